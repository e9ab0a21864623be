"""Waits for tasks of AI agents that go on at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from matillion_async import (
    AgentRun,
    AgentTaskDecisionNeeded,
    AgentTaskFailed,
    AgentTaskTimeoutError,
    AgentUpdate,
    MatillionClient,
    NotFoundError,
)
from matillion_async._runs.gathering import Gathering
from matillion_async.sandbox import AgentWork, Fault
from tests.matillion_async.scripted import scripted_client
from tests.sandbox.conformance import ConformingSandbox

pytestmark = pytest.mark.virtual_time

LIST, GET = "ai_agent_tasks.list", "ai_agent_tasks.get"
LIMITS = ("60/min", "5/s")


def now() -> float:
    """The virtual time."""
    return asyncio.get_running_loop().time()


@asynccontextmanager
async def tasks(
    number: int, work: AgentWork, *faults: Fault, apart: float = 0.0, **options: Any
) -> AsyncIterator[tuple[ConformingSandbox, list[AgentRun], dict[str, float]]]:
    """A sandbox, tasks that were started one after the other, and when."""
    sandbox = ConformingSandbox(projects=["Sales"], agent_work=work, faults=faults)
    async with sandbox.client() as starter, sandbox.client(**options) as client:
        await client.projects.list()
        began: dict[str, float] = {}
        for _ in range(number):
            run = await starter.ai_agent_tasks.run("Sales", message="Load orders")
            began[run.id] = now()
            await asyncio.sleep(apart)
        sandbox.reset_stats()
        yield sandbox, [client.ai_agent_tasks.attach(name) for name in began], began


async def ends(runs: list[AgentRun], **options: Any) -> dict[str, float]:
    """When each wait was over."""
    over: dict[str, float] = {}

    async def one(run: AgentRun) -> None:
        await run.wait(**options)
        over[run.id] = now()

    async with asyncio.TaskGroup() as group:
        for run in runs:
            group.create_task(one(run))
    return over


async def test_many_ends_are_noticed_with_few_requests() -> None:
    """Sixty tasks that end over five minutes, at sixty calls a minute; alone each would ask every two minutes."""
    work = AgentWork(seconds=330)
    async with tasks(60, work, apart=5, rate_limits=LIMITS) as (sandbox, runs, began):
        over = await ends(runs)
        late = sorted(over[name] - (start + 330) for name, start in began.items())
        assert 60 == len(late)
        assert late[30] <= 8
        assert late[-1] <= 16
        assert sandbox.stats.operations[LIST] >= 30


async def test_what_is_asked_is_noticed() -> None:
    """Although listings do not show it: each task asks by itself in turn."""
    work = AgentWork(seconds=60, asks_for=("run_pipeline",))
    answered: list[float] = []

    async def allow(asked: Sequence[Any]) -> list[dict[str, Any]]:
        answered.append(now())
        return [{"type": decision.type_, "id": decision.tool_id} for decision in asked]

    async with tasks(20, work, rate_limits=LIMITS) as (_, runs, _began):
        await ends(runs, on_decision=allow)
    assert 20 == len(answered)
    assert 30 <= min(answered)
    assert max(answered) <= 30 + 20 * 4 + 10


async def test_with_a_generous_limit_each_asks_as_if_alone() -> None:
    """The share of the rate is enough for all, so nothing is listed."""
    work = AgentWork(seconds=60, asks_for=("run_pipeline",))
    async with tasks(5, work, rate_limits="1000/min") as (sandbox, runs, _):
        outcomes = await asyncio.gather(*(run.wait() for run in runs), return_exceptions=True)
        assert now() <= 34
        assert 0 == sandbox.stats.operations[LIST]
    assert [AgentTaskDecisionNeeded] * 5 == [type(outcome) for outcome in outcomes]


async def test_each_is_on_its_own() -> None:
    """One that failed, is not there, or is out of time, ends no other."""
    async with tasks(4, AgentWork(seconds=60), rate_limits=LIMITS) as (_, runs, _began):
        heard: list[AgentUpdate] = []
        lost = runs[0]._calls
        waits = [
            runs[0].wait(on_update=heard.append),
            runs[1].wait(timeout=20),
            runs[2].wait(),
            AgentRun(lost, "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10").wait(),
        ]
        await runs[2].stop()
        outcomes = await asyncio.gather(*waits, return_exceptions=True)
    assert ["AgentTask", "AgentTaskTimeoutError", "AgentTask", "NotFoundError"] == [
        type(outcome).__name__ for outcome in outcomes
    ]
    assert isinstance(outcomes[1], AgentTaskTimeoutError)
    assert isinstance(outcomes[3], NotFoundError)
    assert ["RUNNING", "STOPPED"] == [update.status for update in heard if update.is_new]
    async with tasks(3, AgentWork(seconds=60, fails=True), rate_limits=LIMITS) as (_, runs, _began):
        outcomes = await asyncio.gather(*(run.wait() for run in runs), return_exceptions=True)
    assert [AgentTaskFailed] * 3 == [type(outcome) for outcome in outcomes]


async def test_a_listing_that_cannot_be_read(caplog: pytest.LogCaptureFixture) -> None:
    """Each asks by itself then."""
    refused = Fault(target=LIST, status=403)
    async with tasks(9, AgentWork(seconds=60), refused, rate_limits=LIMITS) as (sandbox, runs, _):
        over = await ends(runs)
        assert max(over.values()) <= 60 + 9 * 2 + 10
        assert 1 == sandbox.stats.operations[LIST]
    assert 1 == len(caplog.messages)
    assert "tasks cannot be listed" in caplog.text


async def test_one_that_has_changed_asks_first() -> None:
    """The change may be a question."""
    names = [f"t{index}" for index in range(30)]

    def respond(request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        if name != "tasks":
            asked = [{"toolId": "c", "toolName": "x"}] if name == "t29" and now() >= 100 else []
            task = {"taskId": name, "status": "RUNNING", "pendingDecisions": asked}
            return httpx.Response(200, json=task)
        rows = [
            {
                "taskId": each,
                "status": "RUNNING",
                "modifiedAt": f"2026-01-01T00:0{int(each == 't29' and now() >= 100)}:00Z",
            }
            for each in names
        ]
        return httpx.Response(200, json={"page": 0, "size": 100, "total": 30, "tasks": rows})

    client: MatillionClient
    handler: Callable[[httpx.Request], httpx.Response] = respond
    async with scripted_client(handler, rate_limits=LIMITS) as client:
        waits = [asyncio.create_task(client.ai_agent_tasks.attach(name).wait()) for name in names]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        assert now() <= 100 + 2 * 16
        assert isinstance(waits[29].exception(), AgentTaskDecisionNeeded)
        for wait in waits[:29]:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)


async def test_many_without_a_limit_are_looked_through_in_rounds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And not once for each that has its response: what all of them take would grow with the square of their number."""
    looks = 0
    due_at = Gathering._due_at

    def counted(gathering: Any, seat: Any, at: float) -> float:
        nonlocal looks
        looks += 1
        return due_at(gathering, seat, at)

    monkeypatch.setattr(Gathering, "_due_at", counted)
    asked = 0

    async def respond(request: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        name = request.url.path.rpartition("/")[2]
        await asyncio.sleep(0.05 + asked * 0.000_37 % 0.5)
        status = "STOPPED" if now() > 20 else "RUNNING"
        return httpx.Response(200, json={"taskId": name, "status": status})

    async with scripted_client(respond, rate_limits="none") as client:  # type: ignore[arg-type] # MockTransport awaits it
        await ends([client.ai_agent_tasks.attach(f"task-{number}") for number in range(300)])
    assert looks < 125 * asked, "of 300 that each would look through for itself"
