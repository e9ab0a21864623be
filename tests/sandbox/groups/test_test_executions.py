"""Test executions in the sandbox."""

from __future__ import annotations

from typing import Any

import pytest

from matillion_async import BadRequestError, InvalidRequestError, NotFoundError
from tests.sandbox.conformance import ConformingSandbox


async def test_tests_are_started() -> None:
    """Each start has an id of its own."""
    async with ConformingSandbox(projects=1).client() as client:
        project = (await client.projects.list()).results[0]
        started = [
            await client.test_executions.start(
                project.id, environment_name="Environment 1", scope="PROJECT"
            )
            for _ in range(2)
        ]
    assert len({execution.test_execution_id for execution in started}) == 2


@pytest.mark.parametrize(
    "chosen",
    [
        {"scope": "PIPELINE", "pipelines": [{"name": "daily.orch.yaml"}]},
        {"scope": "TEST", "tests": [{"name": "orders_are_unique"}]},
    ],
)
async def test_what_is_tested_is_objects(chosen: dict[str, Any]) -> None:
    """Pipelines and tests are given as objects; a text in their place is refused before it is sent."""
    async with ConformingSandbox(projects=["Sales"]).client() as client:
        started = await client.test_executions.start(
            "Sales", environment_name="Environment 1", **chosen
        )
        assert started.test_execution_id
        with pytest.raises(InvalidRequestError, match="is needed, not str"):
            await client.test_executions.start(
                "Sales",
                environment_name="Environment 1",
                scope="TEST",
                tests=["x"],  # type: ignore[list-item]
            )


async def test_a_scope_needs_its_names() -> None:
    """PIPELINE without pipelines and TEST without tests are refused."""
    async with ConformingSandbox(projects=1).client() as client:
        project = (await client.projects.list()).results[0]
        for scope, missing in (("PIPELINE", "pipelines"), ("TEST", "tests")):
            with pytest.raises(BadRequestError, match=f"{missing}: must be given"):
                await client.test_executions.start(
                    project.id, environment_name="Environment 1", scope=scope
                )


async def test_an_unknown_place_is_refused() -> None:
    """404 for a project and for an environment that do not exist."""
    async with ConformingSandbox(projects=1).client() as client:
        project = (await client.projects.list()).results[0]
        for project_id, name in (
            ("c0000000-0000-4000-8000-000000000000", "Environment 1"),
            (project.id, "Environment 9"),
        ):
            with pytest.raises(NotFoundError):
                await client.test_executions.start(
                    project_id, environment_name=name, scope="PROJECT"
                )
