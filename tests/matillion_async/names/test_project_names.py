"""A project is given by its id or by its exact name."""

from __future__ import annotations

import asyncio
import traceback
import uuid
from collections import Counter
from typing import Any

import httpx
import pytest
from matillion_api.api.environments.list_environments import OPERATION as LIST_ENVIRONMENTS
from matillion_api.models.project import Project
from matillion_api.types import UNSET

from matillion_async import (
    Bulk,
    DeadlineExceededError,
    InvalidRequestError,
    MatillionClient,
    NotFoundError,
    ResourceNameError,
    ServerError,
)
from matillion_async._names.naming import NamingSession
from matillion_async.sandbox import Fault, Sandbox
from tests.matillion_async.scripted import project_page, scripted_client

pytestmark = pytest.mark.virtual_time


def counted(sandbox: Sandbox) -> Counter[str]:
    return sandbox.stats.operations


async def test_a_name_stands_for_the_id() -> None:
    """Wherever a project is asked for; the listing is walked once for all calls."""
    sandbox = Sandbox(projects=["Sales", "Marketing"])
    async with sandbox.client() as client:
        by_name = await client.environments.list("Sales").all()
        project = await client.projects.find("Sales")
        assert by_name == await client.environments.list(project.id).all()
        await client.environments.delete("Marketing", "Environment 1")
        assert (await client.environments.list("Marketing")).total == 1
    assert 1 == counted(sandbox)["projects.list"]


async def test_an_id_is_not_looked_up() -> None:
    """What has the form of an id is sent as it is; in upper case, which the API does not know, it is found."""
    sandbox = Sandbox(projects=1)
    async with sandbox.client() as client:
        project = (await client.projects.list()).results[0]
        await client.environments.list(project.id)
        assert 1 == counted(sandbox)["projects.list"]
        await client.environments.list(project.id.upper())
    assert 2 == counted(sandbox)["projects.list"]


async def test_find_takes_an_id() -> None:
    """An id in any case finds its project, too."""
    async with Sandbox(projects=["Sales"]).client() as client:
        project = await client.projects.find("Sales")
        assert project == await client.projects.find(project.id.upper())


@pytest.mark.parametrize(
    ("names", "given", "told"),
    [
        (["Sales", "Marketing"], "sale", "near: 'Sales' ("),
        (["Sales", "Marketing"], "SALES", "near: 'Sales' ("),
        (["Sales"], "Xyz", "there is only 'Sales'"),
        ([], "Sales", "these credentials see no project at all"),
    ],
)
async def test_an_unknown_name(names: list[str], given: str, told: str) -> None:
    """The error says so and lists what is near."""
    sandbox = Sandbox(projects=names)
    async with sandbox.client() as client:
        with pytest.raises(ResourceNameError) as caught:
            await client.environments.list(given)
        assert told in str(caught.value)
        assert f"exact name {given!r}" in str(caught.value)
        assert given == caught.value.name
        near = [name for _, name in caught.value.candidates]
    assert near == (["Sales"] if "near:" in told else [])
    assert 1 == counted(sandbox)["projects.list"]


async def test_a_name_that_several_have() -> None:
    """It is never guessed which is meant: the error lists the ids."""
    async with Sandbox(projects=["Sales", "Sales"]).client() as client:
        ids = [project.id async for project in client.projects.list()]
        with pytest.raises(
            ResourceNameError, match="2 projects are named 'Sales'; give an id"
        ) as caught:
            await client.projects.find("Sales")
    assert [(each, "Sales") for each in ids] == list(caught.value.candidates)


async def test_many_calls_share_one_look_up() -> None:
    """A bulk by name walks the listing once: three pages, and one to see that a full one was the last."""
    sandbox = Sandbox(projects=300)
    async with sandbox.client() as client:
        names = [f"Project {number}" for number in range(1, 301)]
        (await client.bulk(client.environments.list, names)).raise_for_errors()
    assert 4 == counted(sandbox)["projects.list"]


async def test_a_miss_is_looked_up_afresh() -> None:
    """A project that was made since the listing was read is found."""
    sandbox = Sandbox(projects=["Sales"])
    async with sandbox.client() as client:
        await client.projects.find("Sales")
        created = await client.projects.create(
            name="New", warehouse="SNOWFLAKE", agent_deployment_type="HYBRID"
        )
        assert created.project_id == (await client.projects.find("New")).id


async def test_a_name_that_moved_on_is_looked_up_afresh() -> None:
    """When the project is gone and another one has its name, the call goes to that one, once."""
    sandbox = Sandbox(projects=["Sales"], environments_per_project=0)
    async with sandbox.client() as client:
        old = await client.projects.find("Sales")
        async with sandbox.client() as other:
            await other.projects.delete(old.id)
            await other.projects.create(
                name="Sales", warehouse="SNOWFLAKE", agent_deployment_type="HYBRID"
            )
        assert (await client.environments.list("Sales")).total == 0
    assert 2 == counted(sandbox)["environments.list"]


async def test_a_404_for_another_reason_is_not_repeated() -> None:
    """When the name still means the same project, what is missing is something in it."""
    sandbox = Sandbox(projects=["Sales"])
    async with sandbox.client() as client:
        with pytest.raises(NotFoundError):
            await client.schedules.get("Sales", str(uuid.uuid4()))
    assert (1, 2) == (counted(sandbox)["schedules.get"], counted(sandbox)["projects.list"])


async def test_a_look_up_is_not_stuck_behind_a_bulk() -> None:
    """Somebody waits for it, also if that is another bulk."""
    sandbox = Sandbox(projects=["Sales"], limits=("60/min", "5/s"))
    async with sandbox.client(rate_limits=("60/min", "5/s")) as client:
        ids = [str(uuid.UUID(int=number)) for number in range(200)]
        bulk = client.bulk(client.environments.list, ids, max_in_flight=200)
        work = asyncio.ensure_future(_result(bulk))
        await asyncio.sleep(30)
        (await client.bulk(client.projects.find, ["Sales"])).raise_for_errors()
        assert asyncio.get_running_loop().time() <= 31.1
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def _result(bulk: Bulk[Any, Any]) -> Any:
    return await bulk


async def test_the_listing_is_read_again_after_a_while() -> None:
    """A name is trusted for five minutes."""
    sandbox = Sandbox(projects=["Sales"])
    async with sandbox.client() as client:
        await client.projects.find("Sales")
        await asyncio.sleep(299)
        await client.projects.find("Sales")
        assert 1 == counted(sandbox)["projects.list"]
        await asyncio.sleep(2)
        await client.projects.find("Sales")
    assert 2 == counted(sandbox)["projects.list"]


async def test_a_joined_walk_that_is_too_old_is_followed_by_another() -> None:
    """Whoever comes while the listing is read, and misses, reads it once more."""
    names = ["Sales"]

    async def respond(request: httpx.Request) -> httpx.Response:
        found = project_page(*names)
        await asyncio.sleep(5)
        return httpx.Response(200, json=found)

    async with scripted_client(respond) as client:  # type: ignore[arg-type] # MockTransport awaits it
        first = asyncio.create_task(client.projects.find("Sales"))
        await asyncio.sleep(1)
        names.append("New")
        assert "id-New" == (await client.projects.find("New")).id
        await first


async def test_a_caller_that_leaves_takes_nobody_with_it() -> None:
    """The walk goes on for the others when the one who began it is cancelled."""
    async with Sandbox(projects=["Sales"], faults=["projects.list:delay=10"]).client() as client:
        first = asyncio.create_task(client.projects.find("Sales"))
        second = asyncio.create_task(client.projects.find("Sales"))
        await asyncio.sleep(1)
        first.cancel()
        assert "Sales" == (await second).name


async def test_the_deadline_holds_for_the_look_up() -> None:
    """A caller waits no longer than its own deadline."""
    sandbox = Sandbox(projects=["Sales"], faults=["projects.list:delay=10"])
    async with sandbox.client() as client:
        with pytest.raises(DeadlineExceededError, match="'Sales' was looked up"):
            await client.with_options(deadline=3).environments.list("Sales")
        assert 2 == (await client.environments.list("Sales")).total


@pytest.mark.parametrize("deadline", [3, 5, 8, 10, 13])
async def test_a_call_by_name_has_one_deadline(deadline: float) -> None:
    """It is over then, whether its time went to the look-up, to the call, or to both once more after a 404."""
    sandbox = Sandbox(
        projects=["Sales"],
        faults=[
            Fault(target="projects.list", delay=5),
            Fault(target="environments.list", at=1, delay=5, status=404),
        ],
    )
    async with sandbox.client(deadline=deadline) as client:
        with pytest.raises(DeadlineExceededError) as caught:
            await client.environments.list("Sales")
        assert deadline == asyncio.get_running_loop().time()
        assert "environments.list" == caught.value.operation


async def test_a_look_up_that_ends_too_late_is_followed_by_no_call() -> None:
    """Even if the deadline passed while the event loop was busy with others."""

    class Late:
        async def find(self, text: str, deadline: float | None) -> Project:
            await asyncio.sleep(5)
            return Project(id="7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10", name=text)

    sandbox = Sandbox()
    async with sandbox.client(deadline=5) as client:
        names: Any = Late()
        late = NamingSession(client._own_session, names)
        with pytest.raises(DeadlineExceededError, match="while a project was looked up"):
            await late.call(LIST_ENVIRONMENTS, project_id="Sales", page=UNSET, size=UNSET)
    assert [] == list(sandbox.requests)


async def test_the_walk_of_many_has_no_deadline_of_one() -> None:
    """Whoever has more time gets what the walk finds, even if it began for somebody with less."""
    sandbox = Sandbox(projects=["Sales"], faults=["projects.list:delay=10"])
    async with sandbox.client(deadline=3) as client:
        hasty = asyncio.create_task(client.projects.find("Sales"))
        await asyncio.sleep(1)
        assert "Sales" == (await client.with_options(deadline=30).projects.find("Sales")).name
        with pytest.raises(DeadlineExceededError):
            await hasty
    assert 1 == counted(sandbox)["projects.list"]


async def test_a_run_by_name_has_one_deadline() -> None:
    """The look-up of the project is a part of its start."""
    faults = [
        Fault(target="projects.list", delay=5),
        Fault(target="pipeline_executions.start", delay=5),
    ]
    async with Sandbox(projects=["Sales"], faults=faults).client(deadline=8) as client:
        with pytest.raises(DeadlineExceededError):
            await client.pipeline_executions.run(
                "Sales", pipeline_name="a", environment_name="Environment 1"
            )
        assert 8 == asyncio.get_running_loop().time()


async def test_a_run_of_a_name_that_moved_on() -> None:
    """It is started in the project that has the name now."""
    sandbox = Sandbox(projects=["Sales"], pipelines=["load.orch.yaml"])
    async with sandbox.client() as client:
        old = await client.projects.find("Sales")
        async with sandbox.client() as other:
            await other.projects.delete(old.id)
            new = await other.projects.create(
                name="Sales", warehouse="SNOWFLAKE", agent_deployment_type="HYBRID"
            )
        with pytest.raises(NotFoundError):  # it has no environment yet
            await client.pipeline_executions.run(
                "Sales", pipeline_name="load.orch.yaml", environment_name="Environment 1"
            )
    starts = [
        record.path
        for record in sandbox.requests
        if record.operation == "pipeline_executions.start"
    ]
    assert [old.id, new.project_id] == [path.split("/")[-2] for path in starts]


@pytest.mark.parametrize("given", [None, 7, uuid.uuid4()])
async def test_what_is_no_text(given: Any) -> None:
    """It is refused before anything is sent."""
    sandbox = Sandbox(projects=1)
    async with sandbox.client() as client:
        with pytest.raises(InvalidRequestError, match=f"not {type(given).__name__}"):
            await client.projects.find(given)
        with pytest.raises(InvalidRequestError, match=f"not {type(given).__name__}"):
            await client.pipeline_executions.run(given, pipeline_name="a", environment_name="b")
    assert [] == list(sandbox.requests)


async def test_an_unknown_name_is_the_error_of_the_call() -> None:
    """It tells the operation, as any other error does."""
    async with Sandbox(projects=1).client() as client:
        with pytest.raises(
            ResourceNameError, match=r"^environments\.list: no project has"
        ) as caught:
            await client.environments.list("Sales")
    assert "environments.list" == caught.value.operation


async def test_a_failure_is_told_to_all_who_wait() -> None:
    """A listing that cannot be fetched fails all its callers, with one walk, and is tried again by the next."""
    sandbox = Sandbox(projects=["Sales"], faults=["projects.list:503x1"])
    async with sandbox.client(retry=None) as client:
        calls = [client.environments.list("Sales").all() for _ in range(20)]
        outcomes = await asyncio.gather(*calls, return_exceptions=True)
        assert [ServerError] * 20 == [type(outcome) for outcome in outcomes]
        assert 20 == len({id(outcome) for outcome in outcomes})
        frames = traceback.extract_tb(outcomes[-1].__traceback__)  # type: ignore[union-attr]  # an error
        assert 1 == [frame.name for frame in frames].count("_refresh"), "it grows with no caller"
        assert 1 == counted(sandbox)["projects.list"]
        assert 2 == len(await client.environments.list("Sales").all())


async def test_clients_with_other_options_share_the_names() -> None:
    """with_options makes no second look-up."""
    sandbox = Sandbox(projects=["Sales"])
    async with sandbox.client() as client:
        others: list[MatillionClient] = [client, client.with_options(timeout=5)]
        found: list[Any] = [await other.projects.find("Sales") for other in others]
    assert found[0] == found[1]
    assert 1 == counted(sandbox)["projects.list"]
