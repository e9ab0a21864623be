"""Reviews of pipelines in the sandbox."""

from __future__ import annotations

from typing import Any

import pytest

from matillion_async import NotFoundError
from tests.sandbox.conformance import ConformingSandbox

COMMIT: dict[str, Any] = {
    "agent_version": "10.1200.3",
    "branch_name": "main",
    "commit_id": "0a1b2c3d",
    "data_warehouse_type": "SNOWFLAKE",
}


async def test_pipelines_are_reviewed() -> None:
    """They pass; a file that is not a pipeline is left out."""
    paths = ["ingest/daily.orch.yaml", "README.md"]
    async with ConformingSandbox(projects=["Sales"]).client() as client:
        review = await client.pipeline_reviews.create("Sales", file_paths=paths, **COMMIT)
    assert ("PASSED", ["README.md"]) == (review.review_status, review.excluded_files)


async def test_a_project_that_does_not_exist() -> None:
    """404."""
    async with ConformingSandbox().client() as client:
        with pytest.raises(NotFoundError):
            await client.pipeline_reviews.create("c0000000-0000-4000-8000-000000000000", **COMMIT)
