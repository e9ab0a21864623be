"""Tasks of AI agents in the sandbox."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from matillion_async import (
    BadRequestError,
    ConfigurationError,
    ConflictError,
    MatillionClient,
    NotFoundError,
)
from matillion_async.sandbox import AgentWork
from tests.sandbox.conformance import ConformingSandbox

pytestmark = pytest.mark.virtual_time

CONFIG = {"name": "data_engineer_agent", "projectId": "Sales", "environmentName": "Environment 1"}
ALLOW = [{"type": "PERMISSION", "id": "call-1-1"}]


@asynccontextmanager
async def working(work: AgentWork, *granted: str) -> AsyncIterator[tuple[MatillionClient, str]]:
    """A client of a sandbox, and the id of a task whose agent has just begun to work."""
    async with ConformingSandbox(projects=["Sales"], agent_work=work).client() as client:
        started = await client.ai_agent_tasks.start(
            agent_config=CONFIG,
            message="Load orders",
            granted_permissions=[{"toolName": tool} for tool in granted],
        )
        assert ("RUNNING", "data_engineer_agent") == (started.status, started.agent_name)
        yield client, started.task_id


async def statuses(client: MatillionClient, task: str, *seconds: float) -> list[str]:
    """The status after each of some times."""
    found = []
    for pause in seconds:
        await asyncio.sleep(pause)
        found.append(str((await client.ai_agent_tasks.get(task)).status))
    return found


async def said(client: MatillionClient, task: str) -> list[str]:
    """What was said so far."""
    return [str(message.data) async for message in client.ai_agent_tasks.messages(task)]


async def asked(client: MatillionClient, task: str) -> list[str]:
    """The tools that it asks for."""
    found = await client.ai_agent_tasks.get(task)
    return [str(decision.tool_name) for decision in found.pending_decisions or []]


async def test_an_agent_works_for_its_time() -> None:
    """It says its messages one after the other, and stops after the last."""
    async with working(AgentWork(seconds=60, says=("a", "b", "c"))) as (client, task):
        assert ["RUNNING"] == await statuses(client, task, 20)
        assert ["Load orders", "a"] == await said(client, task)
        assert ["RUNNING", "STOPPED"] == await statuses(client, task, 39, 1)
        assert ["Load orders", "a", "b", "c"] == await said(client, task)


async def test_it_waits_for_decisions() -> None:
    """Halfway, and for all of them; then it works for the rest of its time."""
    work = AgentWork(seconds=60, says=("a", "b"), asks_for=("x", "y"))
    async with working(work, "y") as (client, task):
        assert ["RUNNING", "RUNNING"] == await statuses(client, task, 29, 1000)
        assert (["x"], ["Load orders", "a"]) == (
            await asked(client, task),
            await said(client, task),
        )
        left = await client.ai_agent_tasks.decide(task, decisions=ALLOW)
        assert left is not None
        assert [] == left.pending_decisions
        assert ["RUNNING", "STOPPED"] == await statuses(client, task, 29, 1)
        assert ["Load orders", "a", "b"] == await said(client, task)


async def test_only_what_is_pending_is_decided() -> None:
    """All or none: 409 for a decision that is not there, and before it is asked."""
    async with working(AgentWork(seconds=60, asks_for=("x", "y"))) as (client, task):
        decide = client.ai_agent_tasks.decide
        with pytest.raises(ConflictError):
            await decide(task, decisions=ALLOW)
        await asyncio.sleep(30)
        with pytest.raises(ConflictError):
            await decide(task, decisions=[*ALLOW, {"type": "PERMISSION", "id": "other"}])
        assert ["x", "y"] == await asked(client, task)
        left = await decide(task, decisions=ALLOW)
        assert left is not None
        assert ["y"] == [decision.tool_name for decision in left.pending_decisions or []]


async def test_a_permission_decides() -> None:
    """What is granted is no longer asked, and the agent works on."""
    async with working(AgentWork(seconds=60, asks_for=("x",))) as (client, task):
        await asyncio.sleep(100)
        tools = [{"toolName": "x"}]
        granted = await client.ai_agent_tasks.set_permissions(task, granted_permissions=tools)
        assert granted is not None
        assert tools == granted.to_dict()["grantedPermissions"]
        assert [] == await asked(client, task)
        assert ["STOPPED"] == await statuses(client, task, 30)
        twice = [*tools, *tools]
        with pytest.raises(BadRequestError):
            await client.ai_agent_tasks.set_permissions(task, granted_permissions=twice)


async def test_it_stops_when_it_is_told() -> None:
    """After a second, and it asks and says no more; told again, and once it has stopped, nothing changes."""
    async with working(AgentWork(seconds=60, asks_for=("x",))) as (client, task):
        await asyncio.sleep(40)
        await client.ai_agent_tasks.stop(task)
        await client.ai_agent_tasks.stop(task)
        assert [] == await asked(client, task)
        assert ["STOPPING", "STOPPED"] == await statuses(client, task, 0, 1)
        await client.ai_agent_tasks.stop(task)
        assert ["STOPPED"] == await statuses(client, task, 1000)
        assert 2 == len(await said(client, task))


async def test_it_fails() -> None:
    """An agent that fails ends with ERRORED."""
    async with working(AgentWork(seconds=1, fails=True)) as (client, task):
        assert ["ERRORED"] == await statuses(client, task, 1)


async def test_another_message() -> None:
    """409 while the agent is at work; after that it works again."""
    async with working(AgentWork(seconds=60, says=("a",))) as (client, task):
        with pytest.raises(ConflictError):
            await client.ai_agent_tasks.send_message(task, message="Load customers")
        await asyncio.sleep(60)
        await client.ai_agent_tasks.send_message(
            task,
            message="Load customers",
            agent_config={"mode": "ACT", "projectId": "Sales"},
            granted_permissions=[{"toolName": "x"}],
        )
        assert ["RUNNING", "STOPPED"] == await statuses(client, task, 0, 60)
        assert ["Load orders", "a", "Load customers", "a"] == await said(client, task)
        details = (await client.ai_agent_tasks.get(task)).to_dict()
    assert ([{"toolName": "x"}], "ACT") == (
        details["grantedPermissions"],
        details["agentConfig"]["mode"],
    )


async def test_messages_come_in_pages() -> None:
    """Each page names the one after it, until the last."""
    says = tuple(map(str, range(9)))
    async with working(AgentWork(seconds=1, says=says)) as (client, task):
        await asyncio.sleep(1)
        pages = [page async for page in client.ai_agent_tasks.messages(task, limit=4).pages()]
        assert [4, 4, 2] == [len(page.results) for page in pages]
        beyond = await client.ai_agent_tasks.messages(task, pagination_token="?")
    assert [] == beyond.results


async def test_a_listing_and_its_filters() -> None:
    """Tasks of a project, which may be named, of a branch, and with a status; 20 on a page."""
    sandbox = ConformingSandbox(projects=["Sales", "Finance"], agent_work=AgentWork(seconds=9))
    async with sandbox.client() as client:
        tasks = client.ai_agent_tasks
        for number in range(21):
            project = "Finance" if number else "Sales"
            await tasks.start(agent_config={"projectId": project}, message=f"{number}")
        assert (20, 21) == (len((page := await tasks.list()).tasks), page.total)
        (of_sales,) = await tasks.list(project="Sales").all()
        assert ("0", "RUNNING") == (of_sales.description, of_sales.status)
        assert [of_sales] == await tasks.list(branch_id=of_sales.branch_id or "").all()
        await tasks.stop(of_sales.task_id)
        assert ["0"] == [task.description async for task in tasks.list(status="stopping")]


async def test_a_task_is_deleted() -> None:
    """It is gone, and what it had said."""
    async with working(AgentWork()) as (client, task):
        await client.ai_agent_tasks.delete(task)
        for call in (
            client.ai_agent_tasks.get(task),
            client.ai_agent_tasks.messages(task).all(),
            client.ai_agent_tasks.stop(task),
            client.ai_agent_tasks.delete(task),
        ):
            with pytest.raises(NotFoundError):
                await call


@pytest.mark.parametrize(
    "config",
    [
        {"projectId": "c0000000-0000-4000-8000-000000000000"},
        {"projectId": "Sales", "environmentName": "Environment 9"},
    ],
)
async def test_a_place_that_does_not_exist(config: dict[str, str]) -> None:
    """404 for an unknown project or environment."""
    async with ConformingSandbox(projects=["Sales"]).client() as client:
        with pytest.raises(NotFoundError):
            await client.ai_agent_tasks.start(agent_config=config, message="x")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"seconds": -1}, "seconds must be a number of seconds, 0 or more"),
        ({"says": "a"}, "says must be an iterable of strings"),
        ({"asks_for": "a"}, "asks_for must be an iterable of strings"),
    ],
)
def test_work_that_cannot_be(options: dict[str, object], told: str) -> None:
    """It is refused when it is made."""
    with pytest.raises(ConfigurationError, match=told):
        AgentWork(**options)  # type: ignore[arg-type]
