"""Shared pipelines in the sandbox."""

from __future__ import annotations

import pytest

from matillion_async import UNSET, NotFoundError, Unset
from tests.sandbox.conformance import ConformingSandbox


@pytest.mark.parametrize("version", ["1.0.0", UNSET])
async def test_there_is_one_to_look_at(version: str | Unset) -> None:
    """Its details name the version and the pipelines in it."""
    async with ConformingSandbox().client() as client:
        found = await client.shared_pipelines.details(
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
            await client.shared_pipelines.details(
                shared_pipeline_id_prefix=prefix, version_name=version
            )
