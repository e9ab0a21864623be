"""Pipelines that come with published versions, in the sandbox."""

from __future__ import annotations

from io import BytesIO

import pytest
from matillion_api.models.artifact_files import ArtifactFiles
from matillion_api.types import File

from matillion_async import GoneError, MatillionClient, NotFoundError, Run
from tests.sandbox.conformance import ConformingSandbox

pytestmark = pytest.mark.virtual_time

FIRST, SECOND = "Environment 1", "Environment 2"


async def sales(client: MatillionClient) -> str:
    """The id of the project."""
    return (await client.projects.find("Sales")).id


@pytest.fixture
async def sandbox() -> ConformingSandbox:
    """A sandbox whose one project has the version 1.0, with one pipeline, in the first environment."""
    sandbox = ConformingSandbox(projects=["Sales"], pipelines=["daily.orch.yaml"])
    files = ArtifactFiles()
    files.extra["load.orch.yaml"] = File(
        BytesIO(b"type: orchestration"), "load.orch.yaml", "text/plain"
    )
    async with sandbox.client() as client:
        await client.artifacts.upload(
            await sales(client), body=files, version_name="1.0", environment_name=FIRST
        )
    return sandbox


async def listed(client: MatillionClient, environment: str) -> list[str]:
    """The names of the published pipelines of an environment."""
    listing = client.pipelines.list("Sales", environment_name=environment)
    return [pipeline.name async for pipeline in listing]


async def run(client: MatillionClient, name: str, version: str | None = None) -> Run:
    """Run a pipeline in the first environment."""
    return await client.pipeline_executions.run(
        "Sales", pipeline_name=name, environment_name=FIRST, version_name=version
    )


async def test_a_version_publishes_its_pipelines(sandbox: ConformingSandbox) -> None:
    """They are listed and run in the environment that the version is in, and after a promotion in the other."""
    async with sandbox.client() as client:
        assert ["daily.orch.yaml", "load.orch.yaml"] == await listed(client, FIRST)
        assert ["daily.orch.yaml"] == await listed(client, SECOND)
        await (await run(client, "load.orch.yaml")).wait()
        await (await run(client, "load", "1.0")).wait()
        await client.artifacts.promote(
            await sales(client),
            source_environment_name=FIRST,
            target_environment_name=SECOND,
            version_name="1.0",
        )
        assert ["daily.orch.yaml", "load.orch.yaml"] == await listed(client, SECOND)


async def test_a_version_must_exist_and_have_the_pipeline(sandbox: ConformingSandbox) -> None:
    """Otherwise it is 404."""
    async with sandbox.client() as client:
        with pytest.raises(NotFoundError, match="The artifact version does not exist"):
            await run(client, "load.orch.yaml", "2.0")
        with pytest.raises(NotFoundError, match="The pipeline does not exist"):
            await run(client, "daily.orch.yaml", "1.0")


@pytest.mark.parametrize("version", ["1.0", None])
async def test_a_disabled_version_is_gone(sandbox: ConformingSandbox, version: str | None) -> None:
    """Its pipelines give 410, also where no other version has them; they are not listed any more."""
    sandbox.disable_artifact("Sales", FIRST, "1.0")
    async with sandbox.client() as client:
        with pytest.raises(GoneError, match="The artifact version is disabled"):
            await run(client, "load.orch.yaml", version)
        assert ["daily.orch.yaml"] == await listed(client, FIRST)
