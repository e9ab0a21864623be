"""A real triggerer: what it costs to wait for many, and what becomes of runs when it ends and when tasks are killed."""

from __future__ import annotations

import asyncio
import logging
import time

import pytest

from matillion_async import MatillionClient
from matillion_async.airflow import MatillionHook
from matillion_async.airflow.triggers import RunTrigger
from matillion_async.sandbox import Pipeline, Sandbox, Served
from matillion_async.sandbox._limits import ServerLimit
from tests.airflow_provider.deferred_tasks import IS_OLD, DeferredTasks, Triggerer, triggerer, until
from tests.airflow_provider.surroundings import connection, served

# Seeds make ids that no other test has: the DAGs of the page leave triggers in the database, which a triggerer takes and ends.
RUNS = 50
LIMITS = "60/min,5/s"

pytestmark = [pytest.mark.usefixtures("database")]


def started(server: Served, names: list[str]) -> list[RunTrigger]:
    """Start runs, and give what waits for each."""

    async def start() -> list[RunTrigger]:
        async with MatillionClient(
            client_id="sandbox",
            client_secret="sandbox-secret",
            base_url=server.url,
            token_url=server.environment["MATILLION_TOKEN_URL"],
            rate_limits="none",
        ) as client:
            runs = [
                await client.pipeline_executions.run(
                    "Sales", pipeline_name=name, environment_name="Environment 1"
                )
                for name in names
            ]
        return [
            RunTrigger(project_id=run.project_id, execution_id=run.id, conn_id="matillion_default")
            for run in runs
        ]

    return asyncio.run(start())


def test_a_fleet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty runs are noticed within ten seconds of their ends, under a limit of one call a second, with sixty calls."""
    pipelines = [Pipeline(f"run_{n}", seconds=8 + n / 2) for n in range(RUNS)]
    sandbox = Sandbox(projects=["Sales"], pipelines=pipelines, limits=LIMITS, seed=1)
    no_limit = ServerLimit("bucket", [])
    tasks = DeferredTasks("fleet", RUNS)
    with served(sandbox) as server:
        extra = {"token_url": server.environment["MATILLION_TOKEN_URL"], "rate_limits": LIMITS}
        monkeypatch.setenv("AIRFLOW_CONN_MATILLION_DEFAULT", connection(server, extra=extra))
        with triggerer() as process:
            until(process.is_up, "a triggerer")
            limit, sandbox._backend.limit = sandbox._backend.limit, no_limit
            triggers = started(server, [each.name for each in pipelines])
            start = time.monotonic()
            sandbox._backend.limit = limit
            sandbox.reset_stats()
            tasks.defer(triggers)
            noticed: dict[int, float] = {}
            while len(noticed) < RUNS:
                for number, state in enumerate(tasks.states()):
                    if state == "scheduled":
                        noticed.setdefault(number, time.monotonic() - start)
                assert time.monotonic() - start < 120, process.log()[-5000:]
                time.sleep(0.25)
            late = {n: noticed[n] - each.seconds for n, each in enumerate(pipelines)}
    told = tasks.told()
    assert [] == [text for text in told if "SUCCESS" not in text], process.log()
    assert all(trigger.execution_id in text for trigger, text in zip(triggers, told, strict=True))
    figures = f"{sorted(late.values())[RUNS // 2]:.1f} s late, at most {max(late.values()):.1f} s"
    logging.getLogger(__name__).info("%s; %s", figures, sandbox.stats)
    assert max(late.values()) < 10, late
    assert sandbox.stats.arrived <= 60, sandbox.stats
    assert 0 == sandbox.stats.refused
    assert 1 == sandbox.stats.tokens_issued


def test_ends_of_triggerers_and_of_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A triggerer that ends, in peace or not, cancels nothing, and the next one goes on; who clears a task cancels its run."""
    names = ["first", "second", "third", "fourth"]
    pipelines = [Pipeline(name, seconds=3600) for name in names]
    sandbox = Sandbox(projects=["Sales"], pipelines=pipelines, seed=2)
    operations = sandbox.stats.operations
    tasks = DeferredTasks("ends", len(names))
    with served(sandbox) as server:
        monkeypatch.setenv("AIRFLOW_CONN_MATILLION_DEFAULT", connection(server))
        runs = started(server, names)

        hook = MatillionHook()

        async def look(client: MatillionClient) -> list[str]:
            attach = client.pipeline_executions.attach
            return [await attach(each.project_id, each.execution_id).status() for each in runs]

        def statuses() -> list[str]:
            return hook.run(look)

        tasks.defer(runs)
        for end in ("in peace", "at once"):
            with triggerer() as process:
                _wait_until_asked(sandbox, process)
                if end == "in peace":
                    process.terminate()
            time.sleep(1)
            assert ["RUNNING"] * 4 == statuses(), end
            assert ["deferred"] * 4 == tasks.states(), end
            assert not IS_OLD or [True] * 4 == tasks.are_waiting()
        with triggerer() as process:
            _wait_until_asked(sandbox, process)
            tasks.clear(0)
            until(lambda: statuses()[0] == "CANCELLED", "the end of a run whose task was cleared")
            tasks.mark(1, "failed")
            until(lambda: statuses()[1] == "CANCELLED", "the end of one whose task was marked")
            assert ["RUNNING"] * 2 == statuses()[2:]
            assert not IS_OLD or [False, False, True, True] == tasks.are_waiting()
        hook.close()
    assert ["deferred"] * 2 == tasks.states()[2:]
    assert 4 == operations["pipeline_executions.start"]
    assert 2 == operations["pipeline_executions.cancel"]


def _wait_until_asked(sandbox: Sandbox, process: Triggerer) -> None:
    """Wait until a triggerer has asked for what goes on."""
    tokens = sandbox.stats.tokens_issued
    until(lambda: sandbox.stats.tokens_issued > tokens, process.log()[-3000:])
    arrived = sandbox.stats.arrived
    until(lambda: sandbox.stats.arrived >= arrived + 2, process.log()[-3000:])
