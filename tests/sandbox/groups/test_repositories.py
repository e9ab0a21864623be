"""Repositories in the sandbox."""

from __future__ import annotations

import pytest

from matillion_async import ConflictError, MatillionClient, NotFoundError
from tests.sandbox.conformance import ConformingSandbox


async def connect(client: MatillionClient, project_id: str) -> None:
    await client.repositories.connect(
        project_id,
        provider="github",
        repository_name="pipelines",
        provider_parameters={"ownerName": "example"},
        git_provider_access_token="git-token",
    )


async def test_a_project_has_one_repository_and_its_token() -> None:
    """A token is replaced once there is a repository; a second one gives 409."""
    async with ConformingSandbox(projects=1).client() as client:
        project_id = (await client.projects.list()).results[0].id
        with pytest.raises(NotFoundError):
            await client.repositories.rotate_token(project_id, git_provider_access_token="new")
        await connect(client, project_id)
        await client.repositories.rotate_token(project_id, git_provider_access_token="new")
        with pytest.raises(ConflictError):
            await connect(client, project_id)


async def test_the_token_is_recorded_nowhere() -> None:
    """What a sandbox remembers of requests and of repositories has no token in it."""
    sandbox = ConformingSandbox(projects=1)
    async with sandbox.client() as client:
        await connect(client, (await client.projects.list()).results[0].id)
    assert "git-token" not in repr(sandbox.requests)
