"""Project variables in the sandbox."""

from __future__ import annotations

from typing import Any

import pytest

from matillion_async import ConflictError, MatillionClient, NotFoundError
from tests.sandbox.conformance import ConformingSandbox


async def first_project(client: MatillionClient) -> str:
    return (await client.projects.list()).results[0].id


async def create(client: MatillionClient, project_id: str, name: str) -> None:
    await client.project_variables.create(
        project_id, name=name, type_="TEXT", behaviour="SHARED", value="2026-03-01"
    )


async def overrides(
    client: MatillionClient, project_id: str, name: str, **filters: Any
) -> list[tuple[object, object]]:
    listing = client.project_variables.list_overrides(project_id, name, **filters)
    return [(override.environment_name, override.value) async for override in listing]


async def test_a_variable_is_created_changed_and_deleted() -> None:
    """What a call changes, the next call sees; what is not given stays."""
    async with ConformingSandbox(projects=1).client() as client:
        variables = client.project_variables
        project_id = await first_project(client)
        await create(client, project_id, "load / date")
        await variables.update(
            project_id, "load / date", type_="NUMBER", behaviour="SHARED", value=5
        )
        await variables.update(
            project_id, "load / date", type_="NUMBER", behaviour="COPIED", description="Day"
        )
        (variable,) = await variables.list(project_id).all()
        assert (5, "Day", "NUMBER", "COPIED") == (
            variable.value,
            variable.description,
            variable.type_,
            variable.behaviour,
        )
        await variables.delete(project_id, "load / date")
        assert 0 == (await variables.list(project_id)).total
        with pytest.raises(NotFoundError):
            await variables.delete(project_id, "load / date")


async def test_a_name_is_taken_once_per_project() -> None:
    """The second of a name gives 409, in another project it does not."""
    async with ConformingSandbox(projects=2).client() as client:
        first, second = (await client.projects.list()).results
        await create(client, first.id, "load_date")
        await create(client, second.id, "load_date")
        with pytest.raises(ConflictError):
            await create(client, first.id, "load_date")


async def test_an_environment_has_a_value_of_its_own() -> None:
    """The newest value counts, and a listing is of all environments or of one."""
    async with ConformingSandbox(projects=1, environments_per_project=3).client() as client:
        project_id = await first_project(client)
        await create(client, project_id, "load_date")
        for environment, value in (
            ("Environment 3", "a"),
            ("Environment 1", 1),
            ("Environment 1", 2),
        ):
            await client.project_variables.set_override(
                project_id, "load_date", environment_name=environment, value=value
            )
        assert [("Environment 1", 2), ("Environment 3", "a")] == await overrides(
            client, project_id, "load_date"
        )
        one = await overrides(client, project_id, "load_date", environment_name="Environment 3")
        assert [("Environment 3", "a")] == one
        none = await overrides(client, project_id, "load_date", environment_name="Environment 2")
        assert [] == none


async def test_an_override_goes_with_its_variable_and_its_environment() -> None:
    """A new variable of the same name has none, nor has one whose environment is gone."""
    async with ConformingSandbox(projects=1).client() as client:
        variables = client.project_variables
        project_id = await first_project(client)
        await create(client, project_id, "load_date")
        await variables.set_override(
            project_id, "load_date", environment_name="Environment 1", value="x"
        )
        await variables.delete(project_id, "load_date")
        await create(client, project_id, "load_date")
        assert [] == await overrides(client, project_id, "load_date")
        await variables.set_override(
            project_id, "load_date", environment_name="Environment 1", value="x"
        )
        await client.environments.delete(project_id, "Environment 1")
        assert [] == await overrides(client, project_id, "load_date")


async def test_only_what_exists_is_overridden() -> None:
    """An unknown variable gives 404, and so does an unknown environment."""
    async with ConformingSandbox(projects=1).client() as client:
        project_id = await first_project(client)
        await create(client, project_id, "load_date")
        for variable, environment in (("other", "Environment 1"), ("load_date", "other")):
            with pytest.raises(NotFoundError):
                await client.project_variables.set_override(
                    project_id, variable, environment_name=environment, value=1
                )
            with pytest.raises(NotFoundError):
                await overrides(client, project_id, variable, environment_name=environment)
