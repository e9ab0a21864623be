"""Published pipelines in the sandbox."""

from __future__ import annotations

import pytest

from matillion_async import BadRequestError, ConfigurationError, MatillionClient, NotFoundError
from matillion_async.sandbox import Pipeline, Sandbox
from tests.sandbox.conformance import ConformingSandbox
from tests.sandbox.raw_client import environment_body


async def the_project(client: MatillionClient) -> str:
    """The id of the first project."""
    return (await client.projects.list()).results[0].id


async def test_each_environment_has_some_at_the_start() -> None:
    """There is something to run without any set-up."""
    async with ConformingSandbox(projects=1).client() as client:
        project = await the_project(client)
        for name in ("Environment 1", "Environment 2"):
            listing = client.pipelines.list(project, environment_name=name)
            assert ["daily.orch.yaml", "ingest/orders.orch.yaml", "fail.orch.yaml"] == [
                pipeline.name async for pipeline in listing
            ]


async def test_a_test_chooses_them() -> None:
    """A name alone is a pipeline that succeeds; pages and totals are those of the environment."""
    sandbox = ConformingSandbox(projects=2, pipelines=["a", Pipeline("b", "FAILED"), "c"])
    async with sandbox.client() as client:
        project = await the_project(client)
        page = await client.pipelines.list(project, environment_name="Environment 2", size=2)
        assert (["a", "b"], 3) == ([pipeline.name for pipeline in page.results], page.total)


async def test_an_environment_must_be_named_and_exist() -> None:
    """Without a name it is 400, with an unknown one 404, in another project's too."""
    async with ConformingSandbox(projects=1).client() as client:
        project = await the_project(client)
        with pytest.raises(NotFoundError, match="The environment does not exist"):
            await client.pipelines.list(project, environment_name="Staging")
        with pytest.raises(NotFoundError, match="The project does not exist"):
            await client.pipelines.list(
                "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10", environment_name="Environment 1"
            )
        with pytest.raises(BadRequestError, match="environmentName: must not be blank"):
            await client.pipelines.list(project, environment_name="")


async def test_pipelines_go_with_their_environment() -> None:
    """A new environment of the same name begins with nothing published."""
    async with ConformingSandbox(projects=1).client() as client:
        project = await the_project(client)
        await client.environments.delete(project, "Environment 1")
        body = environment_body("Environment 1")
        await client.environments.create(
            project,
            name="Environment 1",
            default_agent_id=str(body["defaultAgentId"]),
            default_user_access_level=str(body["defaultUserAccessLevel"]),
            default_connections={"DWH": {"redshift": "main"}},
            connection_overrides=[{"connectionName": "main", "connectionProperties": {}}],
        )
        listing = client.pipelines.list(project, environment_name="Environment 1")
        assert [] == await listing.all()
        with pytest.raises(NotFoundError, match="The pipeline does not exist"):
            await client.pipeline_executions.start(
                project, pipeline_name="daily.orch.yaml", environment_name="Environment 1"
            )


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"name": ""}, "needs a name"),
        ({"name": "a", "outcome": "GOOD"}, "outcome must be one of SUCCESS, FAILED"),
        ({"name": "a", "seconds": -1}, "seconds must be a number of seconds, 0 or more"),
        ({"name": "a", "steps": ()}, "steps must be one name or more"),
        ({"name": "a", "steps": "Load"}, "steps must be one name or more"),
    ],
)
def test_a_pipeline_that_cannot_be(given: dict[str, object], message: str) -> None:
    """The mistake is found where it is made."""
    with pytest.raises(ConfigurationError, match=message):
        Pipeline(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize("pipelines", [["a", Pipeline("a")], "daily"])
def test_pipelines_that_cannot_be(pipelines: list[Pipeline | str]) -> None:
    """Two of one name, and one string in place of several, are refused."""
    with pytest.raises(ConfigurationError, match="pipelines"):
        Sandbox(pipelines=pipelines)
