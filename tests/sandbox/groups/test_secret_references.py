"""Secret references in the sandbox."""

from __future__ import annotations

import pytest

from matillion_async import BadRequestError, ConflictError, MatillionClient, NotFoundError
from tests.sandbox.conformance import ConformingSandbox


async def create(client: MatillionClient, project_id: str, name: str) -> None:
    await client.secret_references.create(
        project_id,
        name,
        agent_type="Matillion hosted",
        secret_reference_type="password",
        secret_name="redshift-login",
    )


async def test_a_secret_reference_is_created_and_listed_once() -> None:
    """Its name is its key in its project; the second of a name gives 409."""
    async with ConformingSandbox(projects=2).client() as client:
        first, second = (await client.projects.list()).results
        await create(client, first.id, "warehouse-password_(1)")
        await create(client, second.id, "warehouse-password_(1)")
        with pytest.raises(ConflictError):
            await create(client, first.id, "warehouse-password_(1)")
        (listed,) = await client.secret_references.list(first.id).all()
    assert ("warehouse-password_(1)", "redshift-login") == (listed.name, listed.secret_name)


@pytest.mark.parametrize("name", ["with space", "a" * 129, "a/b"])
async def test_a_name_that_is_not_allowed(name: str) -> None:
    """Names have at most 128 letters, digits and a few signs."""
    async with ConformingSandbox(projects=1).client() as client:
        project = (await client.projects.list()).results[0]
        with pytest.raises(BadRequestError, match="secretReferenceName: must match"):
            await create(client, project.id, name)


async def test_a_project_that_is_not_there() -> None:
    """404 for listing and creating."""
    async with ConformingSandbox().client() as client:
        with pytest.raises(NotFoundError):
            await client.secret_references.list("c0000000-0000-4000-8000-000000000000")
        with pytest.raises(NotFoundError):
            await create(client, "c0000000-0000-4000-8000-000000000000", "name")
