"""Streaming pipelines in the sandbox."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from matillion_api.models.streaming_pipeline import StreamingPipeline
from matillion_api.types import UNSET

from matillion_async import MatillionClient, NotFoundError
from tests.sandbox.conformance import ConformingSandbox
from tests.sandbox.raw_client import signed_in

DEFINITION: dict[str, Any] = {
    "agent_id": "3b0f0d4e-8f1c-4b52-a5a5-1f2b8b7c6d01",
    "streaming_source": {
        "type": "postgres",
        "connection": {
            "password": {"secretType": "AWS_SECRETS_MANAGER", "secretName": "db", "key": "pw"}
        },
    },
    "streaming_target": {"type": "s3", "bucket": "b"},
}


async def create(client: MatillionClient) -> tuple[str, StreamingPipeline]:
    project_id = (await client.projects.list()).results[0].id
    return project_id, await client.streaming_pipelines.create(
        project_id, name="orders", advanced_properties={"a": "b"}, **DEFINITION
    )


async def test_a_streaming_pipeline_is_created_replaced_and_deleted() -> None:
    """What a call changes, the next call sees; what a replacement leaves out is gone."""
    async with ConformingSandbox(projects=1).client() as client:
        pipelines = client.streaming_pipelines
        project_id, created = await create(client)
        key = created.streaming_pipeline_id
        assert created == await pipelines.get(project_id, key)
        assert created == (await pipelines.list(project_id)).results[0]

        replaced = await pipelines.replace(project_id, key, name="renamed", **DEFINITION)
        assert replaced is not None

        assert (key, "renamed", UNSET) == (
            replaced.streaming_pipeline_id,
            replaced.name,
            replaced.advanced_properties,
        )
        assert replaced == await pipelines.get(project_id, key)
        await pipelines.delete(project_id, key)
        assert 0 == (await pipelines.list(project_id)).total
        with pytest.raises(NotFoundError):
            await pipelines.delete(project_id, key)


async def test_one_that_was_read_can_replace_another() -> None:
    """The ids that it came with are not taken over."""
    async with signed_in(ConformingSandbox(projects=["Sales"])) as client:
        project = (await client.get("/v1/projects")).json()["results"][0]["id"]
        path = f"/v1/projects/{project}/streaming-pipelines"
        body: dict[str, Any] = {"name": "a", "agentId": "x"}
        body |= {"streamingSource": {"type": "mysql"}, "streamingTarget": {"type": "s3"}}
        first, second = [(await client.post(path, json=body)).json() for _ in range(2)]
        key = second["streamingPipelineId"]
        replaced = (await client.put(f"{path}/{key}", json={**first, "projectId": "x"})).json()
    assert (key, project) == (replaced["streamingPipelineId"], replaced["projectId"])


async def test_a_definition_comes_back_as_it_was_given() -> None:
    """Nothing of the source and the target is lost or renamed, so that it can be sent back."""
    async with ConformingSandbox(projects=1).client() as client:
        _, created = await create(client)
    fields = created.to_dict()
    assert DEFINITION["streaming_source"] == fields["streamingSource"]
    assert DEFINITION["streaming_target"] == fields["streamingTarget"]


@pytest.mark.virtual_time
async def test_starting_and_stopping_take_a_while() -> None:
    """A start leads through STARTING and SNAPSHOTTING to STREAMING, a stop through STOPPING to NOT_RUNNING."""
    async with ConformingSandbox(projects=1).client() as client:
        pipelines = client.streaming_pipelines
        project_id, pipeline = await create(client)
        key = pipeline.streaming_pipeline_id
        seen = [(await pipelines.status(project_id, key)).status]
        for command in ("START", "STOP"):
            await pipelines.command(project_id, key, command=command)
            for _ in range(3):
                seen.append((await pipelines.status(project_id, key)).status)
                await pipelines.command(project_id, key, command=command)  # changes nothing
                await asyncio.sleep(1)
    assert ["NOT_RUNNING", "STARTING", "SNAPSHOTTING", "STREAMING"] == seen[:4]
    assert ["STOPPING", "NOT_RUNNING", "NOT_RUNNING"] == seen[4:]


async def test_a_pipeline_belongs_to_its_project() -> None:
    """It is not found in another project, and goes with its own."""
    async with ConformingSandbox(projects=2).client() as client:
        first, second = (await client.projects.list()).results
        _, pipeline = await create(client)
        key = pipeline.streaming_pipeline_id
        assert first.id == pipeline.project_id
        with pytest.raises(NotFoundError):
            await client.streaming_pipelines.get(second.id, key)
        await client.projects.delete(first.id)
        with pytest.raises(NotFoundError):
            await client.streaming_pipelines.status(first.id, key)
