"""The triggers: how their waits end, who they share a client with, and whose kill cancels what they wait for."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pkgutil import resolve_name
from typing import Any

import pytest
from airflow.exceptions import AirflowNotFoundException

from matillion_async import MatillionClient
from matillion_async.airflow import _clients, _kills, _names, triggers
from matillion_async.airflow.triggers import AgentTaskTrigger, JobTrigger, RunTrigger
from matillion_async.sandbox import AgentWork, Sandbox, Served
from tests.airflow_provider.surroundings import connection, served

IDS = {"conn_id": "matillion_default"}


@pytest.fixture
async def client(server: Served, sandbox: Sandbox) -> AsyncIterator[MatillionClient]:
    """A client of the test's own."""
    async with sandbox.client() as client:
        yield client


async def started(client: MatillionClient, pipeline: str = "daily.orch.yaml") -> dict[str, Any]:
    """Start a run; gives the arguments of its trigger."""
    run = await client.pipeline_executions.run(
        "Sales", pipeline_name=pipeline, environment_name="Environment 1"
    )
    return {"project_id": run.project_id, "execution_id": run.id, **IDS}


async def status(client: MatillionClient, job: dict[str, Any]) -> str:
    """Where a run is."""
    return await client.pipeline_executions.attach(job["project_id"], job["execution_id"]).status()


async def fired(trigger: JobTrigger) -> dict[str, Any]:
    """The event of a trigger as the database keeps both: as text."""
    path, arguments = trigger.serialize()
    kept = json.loads(json.dumps(arguments))
    assert "sandbox-secret" not in json.dumps(arguments)
    events = [event async for event in resolve_name(path)(**kept).run()]
    assert 1 == len(events)
    payload: dict[str, Any] = json.loads(json.dumps(events[0].payload))
    assert payload == events[0].payload
    return payload


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Wait for something that takes a moment."""
    async with asyncio.timeout(20):
        while not await condition():  # noqa: ASYNC110 - the server of a sandbox tells nobody
            await asyncio.sleep(0.05)


async def test_success(client: MatillionClient) -> None:
    """The event has the ids and the status."""
    job = await started(client)
    event = await fired(RunTrigger(**job))
    del job["conn_id"]
    assert {"outcome": "ended", "status": "SUCCESS", **job} == event


async def test_failure(client: MatillionClient) -> None:
    """The event tells what has failed, as the client's error does."""
    event = await fired(RunTrigger(**await started(client, "fail.orch.yaml")))
    assert ("failed", "FAILED") == (event["outcome"], event["status"])
    assert "this pipeline of the sandbox always fails" in event["message"]


async def test_no_such_run(client: MatillionClient) -> None:
    """What asking again would not change is an event without a status."""
    job = await started(client) | {"execution_id": "00000000-0000-4000-8000-000000000000"}
    event = await fired(RunTrigger(**job))
    assert ("failed", "") == (event["outcome"], event["status"])
    assert "404" in event["message"]


async def test_bad_seconds_are_outlived(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is away for some requests ends no wait, and starts nothing."""
    faults = ["pipeline_executions.get:503x3", "pipeline_executions.status:resetx2", "token:503x1"]
    sandbox = Sandbox(projects=["Sales"], pipelines=["daily.orch.yaml"], faults=faults)
    with served(sandbox) as server:
        monkeypatch.setenv("AIRFLOW_CONN_MATILLION_DEFAULT", connection(server))
        async with sandbox.client() as client:
            event = await fired(RunTrigger(**await started(client)))
    assert "ended" == event["outcome"]
    assert sandbox.stats.faults >= 3
    assert 1 == sandbox.stats.operations["pipeline_executions.start"]


@pytest.mark.parametrize("cancels", [True, False])
async def test_a_deadline(client: MatillionClient, cancels: bool) -> None:
    """It is absolute, and ends the run unless that is not wanted."""
    job = await started(client, "long.orch.yaml")
    event = await fired(RunTrigger(**job, deadline=time.time() + 1, cancel_on_kill=cancels))
    assert "timed out" == event["outcome"]
    assert ("it is cancelled" in event["message"]) == cancels
    assert (await status(client, job) in ("CANCELLING", "CANCELLED")) == cancels


async def test_a_deadline_that_passed_while_there_was_no_triggerer(
    client: MatillionClient,
) -> None:
    """What had ended by then has ended."""
    job = await started(client)

    async def has_ended() -> bool:
        return await status(client, job) == "SUCCESS"

    await until(has_ended)
    assert "ended" == (await fired(RunTrigger(**job, deadline=time.time() - 3600)))["outcome"]


async def test_a_run_that_cannot_be_cancelled_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The event of a run out of time says that the run goes on."""
    faults = ["pipeline_executions.cancel:403"]
    sandbox = Sandbox(projects=["Sales"], faults=faults)
    with served(sandbox) as server:
        monkeypatch.setenv("AIRFLOW_CONN_MATILLION_DEFAULT", connection(server))
        async with sandbox.client() as client:
            event = await fired(RunTrigger(**await started(client), deadline=time.time()))
    assert "timed out" == event["outcome"]
    assert "it could not be cancelled: " in event["message"]


async def test_a_deadline_while_the_api_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be asked for any longer is out of time as well, and not a failure."""
    faults = ["pipeline_executions.get:503", "pipeline_executions.status:503"]
    sandbox = Sandbox(projects=["Sales"], faults=faults)
    with served(sandbox) as server:
        monkeypatch.setenv("AIRFLOW_CONN_MATILLION_DEFAULT", connection(server))
        async with sandbox.client() as client:
            event = await fired(RunTrigger(**await started(client), deadline=time.time() + 0.5))
    assert "timed out" == event["outcome"]
    assert 1 == sandbox.stats.operations["pipeline_executions.cancel"]


async def test_one_client_for_all(
    client: MatillionClient, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty triggers that start at once look the connection up once, and take one token."""
    looks = []
    look_up = _names.get_async_connection

    async def counted(conn_id: str) -> Any:
        looks.append(conn_id)
        return await look_up(conn_id)

    monkeypatch.setattr(_clients, "get_async_connection", counted)
    jobs = [await started(client) for _ in range(20)]
    before = sandbox.stats.token_requests
    events = await asyncio.gather(*(fired(RunTrigger(**job)) for job in jobs))
    assert {"ended"} == {event["outcome"] for event in events}
    assert ["matillion_default"] == looks
    assert 1 == sandbox.stats.token_requests - before


async def test_a_client_that_nobody_uses_is_closed(
    client: MatillionClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is kept for a while, and then closed; the next trigger has another."""
    monkeypatch.setattr(_clients, "LINGER", 0.2)
    used = _clients.clients()
    async with used.use("matillion_default") as first:
        pass
    async with used.use("matillion_default") as second:
        assert second is first
    assert first.keeper is not None
    await asyncio.wait_for(first.keeper, 10)
    async with used.use("matillion_default") as third:
        assert third is not first


async def test_a_changed_connection(
    server: Served, client: MatillionClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wait goes on with a secret that has come in place of one that is refused."""
    monkeypatch.setenv("AIRFLOW_CONN_MATILLION_DEFAULT", connection(server, password="old"))
    async with _clients.clients().use("matillion_default"):  # who still uses it is not disturbed
        monkeypatch.setenv("AIRFLOW_CONN_MATILLION_DEFAULT", connection(server))
        assert "ended" == (await fired(RunTrigger(**await started(client))))["outcome"]


async def test_refused_credentials(
    server: Served, client: MatillionClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A secret that is wrong, and stays so, ends the wait; it is not in the event."""
    monkeypatch.setenv("AIRFLOW_CONN_MATILLION_DEFAULT", connection(server, password="wrong-one"))
    event = await fired(RunTrigger(**await started(client)))
    assert "failed" == event["outcome"]
    assert "wrong-one" not in str(event)


async def test_a_connection_that_cannot_be_looked_up(
    client: MatillionClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that is away for a moment is waited for; a connection that is not there is not."""
    look_up = _names.get_async_connection
    left = [OSError("the database is away")] * 3

    async def flaky(conn_id: str) -> Any:
        if left:
            raise left.pop()
        return await look_up(conn_id)

    monkeypatch.setattr(_clients, "get_async_connection", flaky)
    monkeypatch.setattr(_clients, "PAUSES", (0.0,) * 3)
    assert "ended" == (await fired(RunTrigger(**await started(client))))["outcome"]
    left[:] = [OSError("away")] * 9
    monkeypatch.setattr(_clients, "LOOK_AGAIN", 0.0)
    assert "ended" == (await fired(RunTrigger(**await started(client))))["outcome"], "as before"
    with pytest.raises(OSError, match="away"):
        await fired(RunTrigger(**await started(client) | {"conn_id": "another"}))
    left.clear()
    with pytest.raises(AirflowNotFoundException):
        await fired(RunTrigger(**await started(client) | {"conn_id": "no_such"}))


async def kill(trigger: JobTrigger, *, times: int = 1) -> None:
    """Cancel a trigger that waits, as a triggerer does: once a second until it has ended."""

    async def wait() -> None:
        async for event in trigger.run():
            pytest.fail(f"it fired {event}")

    task = asyncio.create_task(wait())
    await asyncio.sleep(0.5)
    for _ in range(times):
        task.cancel()
        await asyncio.sleep(0.01)
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("waits", [True, False])
async def test_a_killed_task(
    client: MatillionClient, monkeypatch: pytest.MonkeyPatch, waits: bool
) -> None:
    """Where Airflow does not tell, the run is cancelled if its task waits no longer, and goes on if it does."""
    monkeypatch.setattr(triggers, "TELLS_OF_KILLS", False)

    def look(trigger: JobTrigger) -> bool:
        time.sleep(0.2)  # a database takes a moment, and the next cancellation comes meanwhile
        return waits

    monkeypatch.setattr(_kills, "_is_waiting", look)
    job = await started(client, "long.orch.yaml")
    await kill(RunTrigger(**job), times=5)
    assert (await status(client, job) in ("CANCELLING", "CANCELLED")) != waits


async def test_a_task_of_which_nothing_is_known(
    client: MatillionClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run is not cancelled in doubt."""
    monkeypatch.setattr(triggers, "TELLS_OF_KILLS", False)

    def fail(trigger: JobTrigger) -> bool:
        raise OSError("the database is away")

    monkeypatch.setattr(_kills, "_is_waiting", fail)
    job = await started(client, "long.orch.yaml")
    await kill(RunTrigger(**job))
    assert "RUNNING" == await status(client, job)


async def test_the_end_of_a_triggerer_that_tells(
    client: MatillionClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Airflow tells of kills, a trigger that is only cancelled leaves the run alone."""
    monkeypatch.setattr(triggers, "TELLS_OF_KILLS", True)
    job = await started(client, "long.orch.yaml")
    await kill(RunTrigger(**job))
    assert "RUNNING" == await status(client, job)


@pytest.mark.parametrize("cancels", [True, False])
async def test_on_kill(client: MatillionClient, cancels: bool) -> None:
    """It cancels the run however often it is cancelled itself, unless that is not wanted."""
    job = await started(client, "long.orch.yaml")
    task = asyncio.create_task(RunTrigger(**job, cancel_on_kill=cancels).on_kill())
    for _ in range(5):
        await asyncio.sleep(0.01)
        task.cancel()
    await asyncio.wait([task])
    assert (await status(client, job) in ("CANCELLING", "CANCELLED")) == cancels


async def test_a_kill_that_does_not_get_through_is_logged(
    server: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It raises nothing, as nobody would see it."""
    trigger = RunTrigger(project_id="p", execution_id="e", **IDS)
    said: list[str] = []
    monkeypatch.setattr(trigger.log, "exception", lambda text, *values: said.append(text % values))
    await trigger.on_kill()
    assert 1 == len(said)
    assert "could not be cancelled, and goes on" in said[0]


@pytest.mark.parametrize(
    ("work", "outcome", "text"),
    [
        (AgentWork(seconds=0.1), "ended", ""),
        (AgentWork(seconds=0.1, fails=True), "failed", "ended with ERRORED"),
        (AgentWork(seconds=0.1, asks_for=("shell",)), "failed", "shell"),
        (AgentWork(seconds=3600), "timed out", "it is cancelled"),
    ],
)
async def test_a_task_of_an_agent(
    work: AgentWork, outcome: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends as that of a run does; a question fails it."""
    monkeypatch.setattr(triggers, "_ONE_LOOK", 1.5)
    sandbox = Sandbox(projects=["Sales"], agent_work=work)
    with served(sandbox) as server:
        monkeypatch.setenv("AIRFLOW_CONN_MATILLION_DEFAULT", connection(server))
        async with sandbox.client() as client:
            run = await client.ai_agent_tasks.run("Sales", message="Work")
            deadline = time.time() if outcome == "timed out" else None
            trigger = AgentTaskTrigger(agent_task_id=run.id, deadline=deadline, **IDS)
            event = await fired(trigger)
            assert (outcome, run.id) == (event["outcome"], event["agent_task_id"])
            assert text in event.get("message", "")
            if outcome == "timed out":
                assert str((await run.details()).status) in ("STOPPING", "STOPPED")


async def test_a_supervisor_is_asked_for_the_state(monkeypatch: pytest.MonkeyPatch) -> None:
    """From Airflow 3.0 to 3.2 a trigger has no database, and asks by the names of its task."""
    runner = pytest.importorskip("airflow.sdk.execution_time.task_runner")
    asked: list[dict[str, Any]] = []
    states = {"run": {"load_3": "deferred"}}

    def answer(**names: Any) -> Any:
        asked.append(names)
        return states

    monkeypatch.setattr(runner.RuntimeTaskInstance, "get_task_states", staticmethod(answer))
    trigger = RunTrigger(project_id="p", execution_id="e", **IDS)
    names = {"dag_id": "sales", "run_id": "run", "task_id": "load", "map_index": 3}
    trigger._task_instance = type("TaskInstance", (), names)()
    assert not await _kills.is_killed(trigger)
    states["run"]["load_3"] = "None"
    assert await _kills.is_killed(trigger)
    assert {"dag_id": "sales", "task_ids": ["load"], "run_ids": ["run"], "map_index": 3} == asked[0]
