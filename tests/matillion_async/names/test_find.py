"""Everything that has a name is found by one rule, and what is not found is told in one way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from matillion_async import InvalidRequestError, MatillionClient, ResourceNameError
from matillion_async._names.matching import Kind, Named, is_id
from matillion_async.sandbox import Pipeline, Sandbox

pytestmark = pytest.mark.virtual_time

Find = Callable[[MatillionClient, Any], Awaitable[Any]]
FIND: dict[str, Find] = {
    "project": lambda client, text: client.projects.find(text),
    "agent": lambda client, text: client.agents.find(text),
    "schedule": lambda client, text: client.schedules.find("Sales", text),
    "streaming pipeline": lambda client, text: client.streaming_pipelines.find("Sales", text),
    "environment": lambda client, text: client.environments.find("Sales", text),
    "variable": lambda client, text: client.project_variables.find("Sales", text),
    "published pipeline": lambda client, text: client.pipelines.find(
        "Sales", text, environment_name="Environment 1"
    ),
}
WITH_IDS = ("agent", "schedule", "streaming pipeline")


async def filled(sandbox: Sandbox) -> MatillionClient:
    """A client of an account that has one of each, named Nightly, but for the project and the environment."""
    client = sandbox.client()
    agent = await client.agents.create(
        name="Nightly",
        agent_type="data_productivity_cloud",
        cloud_provider="aws",
        deployment="fargate",
    )
    await client.schedules.create(
        "Sales",
        pipeline={"pipelineName": "Nightly", "environmentName": "Environment 1"},
        schedule={"name": "Nightly", "cronExpression": "0 0 2 ? * *"},
    )
    await client.streaming_pipelines.create(
        "Sales",
        name="Nightly",
        agent_id=agent.agent_id,
        streaming_source={"type": "postgres", "connection": {}},
        streaming_target={"type": "s3", "bucket": "bucket", "prefix": "orders"},
    )
    await client.project_variables.create(
        "Sales", name="Nightly", type_="TEXT", behaviour="SHARED", value="1"
    )
    return client


def sandbox() -> Sandbox:
    return Sandbox(projects=["Sales"], pipelines=[Pipeline("Nightly")])


@pytest.mark.parametrize("what", FIND)
async def test_by_name(what: str) -> None:
    """The exact name finds it; another spelling does not, and the error tells what is near."""
    async with await filled(sandbox()) as client:
        name = {"project": "Sales", "environment": "Environment 1"}.get(what, "Nightly")
        assert name == (await FIND[what](client, name)).name
        with pytest.raises(ResourceNameError, match=f"near: .*{name}") as caught:
            await FIND[what](client, name.lower())
        error = caught.value
        assert (what, name.lower()) == (error.resource, error.name)
        assert name == error.candidates[0][1]
        with pytest.raises(ResourceNameError, match=r"there (is|are) only|none of \d is near"):
            await FIND[what](client, "xyz")
        with pytest.raises(InvalidRequestError, match=rf"{what} must be a string, .* not int"):
            await FIND[what](client, 7)


@pytest.mark.parametrize("what", WITH_IDS)
async def test_by_id(what: str) -> None:
    """In any case; where a name is all there is, an id finds nothing."""
    async with await filled(sandbox()) as client:
        found = await FIND[what](client, "Nightly")
        key = getattr(found, f"{what.replace(' ', '_')}_id")
        assert is_id(key)
        assert key == getattr(await FIND[what](client, key.upper()), f"{what.replace(' ', '_')}_id")


async def test_what_is_looked_for_in_a_project_that_is_not_there() -> None:
    """The error is about the project."""
    async with sandbox().client() as client:
        with pytest.raises(ResourceNameError, match="no project has") as caught:
            await client.schedules.find("Sale", "Nightly")
    assert "project" == caught.value.resource


def test_a_name_comes_before_an_id() -> None:
    """And what has no name is found by its id alone."""
    kind: Kind[tuple[str, str]] = Kind("thing", lambda item: item[1], lambda item: item[0])
    things = Named(kind, [("a", "b"), ("b", "c"), ("d", ""), ("e", "e"), ("f", "e")])
    assert ("a", "b") == things.only("b")
    assert ("d", "") == things.only("d")
    with pytest.raises(ResourceNameError, match="no thing has the id or the exact name ''"):
        things.only("")
    with pytest.raises(ResourceNameError, match="2 things are named 'e'; give an id: e, f"):
        things.only("e")
