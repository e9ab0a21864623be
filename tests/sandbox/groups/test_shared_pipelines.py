"""Shared pipelines in the sandbox."""

from __future__ import annotations

import io

import pytest
from matillion_api.models.artifact_files import ArtifactFiles
from matillion_api.types import File

from matillion_async import UNSET, ConflictError, MatillionClient, NotFoundError, Unset
from tests.sandbox.conformance import ConformingSandbox


async def upload(client: MatillionClient, version: str, *names: str) -> list[str]:
    """Publish files with the prefix ``acme``; gives the names of those that were ignored."""
    files = ArtifactFiles()
    for name in names:
        files.extra[name] = File(io.BytesIO(b"type: orchestration"), name, "text/plain")
    uploaded = await client.shared_pipeline_artifacts.upload(
        body=files, version_name=version, shared_pipeline_id_prefix="acme"
    )
    assert uploaded is not None
    assert version == uploaded.version_name
    return [str(resource.name) for resource in uploaded.ignored_resources or []]


@pytest.mark.parametrize("version", ["1.0.0", UNSET])
async def test_there_is_one_to_look_at(version: str | Unset) -> None:
    """Its details name the version and the pipelines in it."""
    async with ConformingSandbox().client() as client:
        found = await client.shared_pipeline_artifacts.details(
            shared_pipeline_id_prefix="com.example.shared", version_name=version
        )
    assert not isinstance(found.artifact_details, Unset)
    assert "1.0.0" == found.artifact_details.version_name
    assert ["shared/load.orch.yaml"] == [
        pipeline.source_pipeline for pipeline in found.shared_pipelines or []
    ]


@pytest.mark.parametrize(("prefix", "version"), [("x", "1.0.0"), ("com.example.shared", "2")])
async def test_no_other(prefix: str, version: str) -> None:
    """Another prefix or version gives 404."""
    async with ConformingSandbox().client() as client:
        with pytest.raises(NotFoundError):
            await client.shared_pipeline_artifacts.details(
                shared_pipeline_id_prefix=prefix, version_name=version
            )


async def test_a_version_is_uploaded_and_listed() -> None:
    """Its pipelines are shared from then on, as its newest version has them; other files are not part of it."""
    async with ConformingSandbox().client() as client:
        assert ["a.png"] == await upload(client, "1", "x/load.orch.yaml", "a.png")
        assert [] == await upload(client, "2", "x/load.orch.yaml", "x/clean.tran.yaml", "x/q.sql")
        versions = await client.shared_pipeline_artifacts.list().all()
        shared = await client.shared_pipelines.list().all()
    assert [("com.example.shared", "1.0.0"), ("acme", "1"), ("acme", "2")] == [
        (version.shared_pipeline_id_prefix, version.version_name) for version in versions
    ]
    assert ["com.example.shared.load", "acme.load", "acme.clean"] == [
        pipeline.shared_pipeline_id for pipeline in shared
    ]


async def test_a_name_is_taken_once() -> None:
    """The second version of a name gives 409."""
    async with ConformingSandbox().client() as client:
        await upload(client, "1", "load.orch.yaml")
        with pytest.raises(ConflictError):
            await upload(client, "1", "load.orch.yaml")
