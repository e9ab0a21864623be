"""Connections in the sandbox."""

from __future__ import annotations

from typing import Any

import pytest
from matillion_api.models.connection import Connection

from matillion_async import BadRequestError, ConflictError, MatillionClient, NotFoundError
from tests.sandbox.conformance import ConformingSandbox

DETAILS = {"connectionProperties": {"secretName": "jira-login", "secretKey": "password"}}


async def first_project(client: MatillionClient) -> str:
    return (await client.projects.list()).results[0].id


async def create(client: MatillionClient, project_id: str, name: str) -> Connection:
    return await client.connections.create(
        project_id,
        name=name,
        platform_connection_type="COMPONENT_BASIC",
        auth_provider="NONE",
        auth_type="GENERIC_SECRET",
        connection_details=DETAILS,
    )


async def create_data_platform(client: MatillionClient, project_id: str, name: str) -> None:
    await client.connections.create_data_platform(
        project_id,
        name=name,
        platform_connection_type="dwh",
        auth_provider="redshift",
        auth_type="password",
    )


def override_of(name: str, secret: str, auth_type: str = "GENERIC_SECRET") -> dict[str, Any]:
    return {
        "environment_name": "Environment 1",
        "connection_name": name,
        "auth_type": auth_type,
        "connection_overrides": {"connectionProperties": {"secretName": secret}},
    }


async def override(client: MatillionClient, project_id: str, name: str, secret: str) -> Connection:
    response = await client.connections.set_override(project_id, **override_of(name, secret))
    assert response is not None
    return response


async def overridden(client: MatillionClient, project_id: str) -> list[str]:
    listing = client.connections.list_overrides(project_id, environment_name="Environment 1")
    return [connection.name async for connection in listing]


async def test_connections_are_created_listed_and_deleted() -> None:
    """Those to the data platform and all others are in one listing, by name."""
    async with ConformingSandbox(projects=1).client() as client:
        project_id = await first_project(client)
        await create_data_platform(client, project_id, "main")
        created = await create(client, project_id, "jira")
        assert DETAILS == created.to_dict()["connectionDetails"]
        listed = await client.connections.list(project_id).all()
        assert [("main", "DWH"), ("jira", "COMPONENT_BASIC")] == [
            (connection.name, connection.platform_connection_type) for connection in listed
        ]
        assert created == listed[1]
        await client.connections.delete(project_id, connection_name="main")
        assert 1 == (await client.connections.list(project_id)).total
        with pytest.raises(NotFoundError):
            await client.connections.delete(project_id, connection_name="main")


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"connection_names": ["a b", "c"]}, ["a b", "c"]),
        ({"auth_provider": ["redshift", "snowflake"]}, ["main"]),
        ({"platform_connection_type": "component_basic"}, ["a b", "c", "d"]),
        ({"auth_provider": ["none"], "connection_names": ["main", "d"]}, ["d"]),
    ],
)
async def test_filters(filters: dict[str, Any], names: list[str]) -> None:
    """A listing is of those that pass all filters, each of which may have several values."""
    async with ConformingSandbox(projects=1).client() as client:
        project_id = await first_project(client)
        await create_data_platform(client, project_id, "main")
        for name in ("a b", "c", "d"):
            await create(client, project_id, name)
        listed = await client.connections.list(project_id, **filters).all()
    assert names == [connection.name for connection in listed]


async def test_a_name_is_taken_once() -> None:
    """The second of a name gives 409, whatever its kind."""
    async with ConformingSandbox(projects=1).client() as client:
        project_id = await first_project(client)
        await create(client, project_id, "main")
        with pytest.raises(ConflictError):
            await create(client, project_id, "main")
        with pytest.raises(ConflictError):
            await create_data_platform(client, project_id, "main")


async def test_an_override_is_set_replaced_and_removed() -> None:
    """An environment has one override of a connection, the newest, until it is removed."""
    async with ConformingSandbox(projects=1).client() as client:
        project_id = await first_project(client)
        created = await create(client, project_id, "jira")
        await override(client, project_id, "jira", "first")
        changed = await override(client, project_id, "jira", "second")
        assert created.id == changed.id
        listing = client.connections.list_overrides(project_id, environment_name="Environment 1")
        assert [changed] == await listing.all()
        assert (
            "second"
            == changed.to_dict()["connectionOverrides"]["connectionProperties"]["secretName"]
        )
        assert [created] == await client.connections.list(project_id).all()
        others = client.connections.list_overrides(project_id, environment_name="Environment 2")
        assert [] == await others.all()

        await client.connections.delete_overrides(
            project_id, environment_name="Environment 1", connection_names=["jira"]
        )
        assert [] == await overridden(client, project_id)


async def test_overrides_are_removed_all_or_none() -> None:
    """A name without an override gives 404, and the others stay."""
    async with ConformingSandbox(projects=1).client() as client:
        project_id = await first_project(client)
        for name in ("a", "b"):
            await create(client, project_id, name)
        await override(client, project_id, "a", "x")
        with pytest.raises(NotFoundError):
            await client.connections.delete_overrides(
                project_id, environment_name="Environment 1", connection_names=["a", "b"]
            )
        assert ["a"] == await overridden(client, project_id)


async def test_an_override_goes_with_its_connection_and_its_environment() -> None:
    """A new connection or environment of the same name has none."""
    async with ConformingSandbox(projects=1).client() as client:
        project_id = await first_project(client)
        await create(client, project_id, "jira")
        await override(client, project_id, "jira", "x")
        await client.connections.delete(project_id, connection_name="jira")
        await create(client, project_id, "jira")
        assert [] == await overridden(client, project_id)
        await override(client, project_id, "jira", "x")
        await client.environments.delete(project_id, "Environment 1")
        with pytest.raises(NotFoundError):
            await overridden(client, project_id)


async def test_only_what_exists_is_overridden() -> None:
    """An unknown connection gives 404, and so does an unknown environment."""
    async with ConformingSandbox(projects=1, environments_per_project=1).client() as client:
        project_id = await first_project(client)
        with pytest.raises(NotFoundError):
            await override(client, project_id, "jira", "x")
        await create(client, project_id, "jira")
        await client.environments.delete(project_id, "Environment 1")
        with pytest.raises(NotFoundError):
            await override(client, project_id, "jira", "x")


async def test_an_override_is_created_once_and_replaced_after_that() -> None:
    """The second creation gives 409, and the replacement of one that is not there 404."""
    async with ConformingSandbox(projects=1).client() as client:
        project_id = await first_project(client)
        await create(client, project_id, "jira")
        with pytest.raises(NotFoundError):
            await client.connections.replace_override(project_id, **override_of("jira", "x"))
        await client.connections.create_override(project_id, **override_of("jira", "x"))
        with pytest.raises(ConflictError):
            await client.connections.create_override(project_id, **override_of("jira", "y"))
        await client.connections.replace_override(project_id, **override_of("jira", "z"))
        assert ["jira"] == await overridden(client, project_id)


async def test_an_override_signs_in_as_its_connection_does() -> None:
    """Another way gives 400; case does not matter."""
    async with ConformingSandbox(projects=1).client() as client:
        project_id = await first_project(client)
        await create_data_platform(client, project_id, "main")
        with pytest.raises(BadRequestError, match="authType: must be PASSWORD"):
            await client.connections.create_override(project_id, **override_of("main", "x"))
        sent = override_of("main", "x", "password")
        response = await client.connections.create_override(project_id, **sent)
    assert response is not None
    assert "PASSWORD" == response.auth_type


async def test_a_connection_is_replaced() -> None:
    """What is not given is gone; its id and its provider stay, and one that does not exist gives 404."""
    async with ConformingSandbox(projects=1).client() as client:
        project_id = await first_project(client)
        created = await create(client, project_id, "jira")
        replaced = await client.connections.replace(
            project_id,
            connection_name="jira",
            platform_connection_type="component_basic",
            auth_type="OAUTH_CLIENT_CRED",
        )
        assert [replaced] == await client.connections.list(project_id).all()
        with pytest.raises(NotFoundError):
            await client.connections.replace(
                project_id,
                connection_name="x",
                platform_connection_type="DWH",
                auth_type="GENERIC_SECRET",
            )
    assert replaced is not None
    fields = replaced.to_dict()
    assert {
        "id": created.id,
        "name": "jira",
        "projectId": project_id,
        "authProvider": "NONE",
        "platformConnectionType": "COMPONENT_BASIC",
        "authType": "OAUTH_CLIENT_CRED",
    } == fields
