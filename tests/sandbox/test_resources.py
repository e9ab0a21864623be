"""Projects and environments in the sandbox."""

from __future__ import annotations

from typing import Any

import pytest

from matillion_async import (
    BadRequestError,
    ConflictError,
    MatillionClient,
    NotFoundError,
)
from matillion_async.sandbox import Sandbox
from matillion_async.sandbox.groups import HANDLERS
from tests.sandbox.conformance import ConformingSandbox
from tests.sandbox.raw_client import connected, environment_body, signed_in


async def create_environment(client: MatillionClient, project_id: str, name: str) -> None:
    body: dict[str, Any] = environment_body(name)
    await client.environments.create(
        project_id,
        name=name,
        default_agent_id=body["defaultAgentId"],
        default_user_access_level=body["defaultUserAccessLevel"],
        default_connections=body["defaultConnections"],
        connection_overrides=body["connectionOverrides"],
    )


def test_every_operation_has_a_handler() -> None:
    """Each operation of the OpenAPI document is carried out by a handler, the token endpoint aside."""
    assert set(Sandbox().spec.operations) - {"create_token"} == set(HANDLERS)


async def test_a_project_is_created_listed_and_deleted() -> None:
    """What a call changes, the next call sees."""
    async with ConformingSandbox(projects=["Sales"]).client() as client:
        created = await client.projects.create(
            name="Marketing",
            warehouse="SNOWFLAKE",
            agent_deployment_type="HYBRID",
            description="Campaigns",
        )
        page = await client.projects.list()
        assert ["Sales", "Marketing"] == [project.name for project in page.results]
        assert (created.project_id, "Campaigns") == (
            page.results[1].id,
            page.results[1].description,
        )

        await client.projects.delete(created.project_id)

        assert ["Sales"] == [project.name async for project in client.projects.list()]
        with pytest.raises(NotFoundError) as caught:
            await client.projects.delete(created.project_id)
    assert caught.value.problem.instance == f"/v1/projects/{created.project_id}"


async def test_an_environment_is_created_listed_and_deleted() -> None:
    """Its name is its key, spaces and slashes included."""
    async with ConformingSandbox(projects=1, environments_per_project=1).client() as client:
        project = (await client.projects.list()).results[0]
        await create_environment(client, project.id, "Prod / EU %2F 1")
        names = [environment.name async for environment in client.environments.list(project.id)]
        assert ["Environment 1", "Prod / EU %2F 1"] == names

        await client.environments.delete(project.id, "Prod / EU %2F 1")

        assert (await client.environments.list(project.id)).total == 1
        with pytest.raises(NotFoundError):
            await client.environments.delete(project.id, "Prod / EU %2F 1")


async def test_an_environment_name_is_taken_once_per_project() -> None:
    """The second of a name gets 409, in another project it does not."""
    async with ConformingSandbox(projects=2).client() as client:
        first, second = (await client.projects.list()).results
        await create_environment(client, first.id, "Staging")
        await create_environment(client, second.id, "Staging")
        with pytest.raises(ConflictError):
            await create_environment(client, first.id, "Staging")
        assert (await client.environments.list(first.id)).total == 3


async def test_a_deleted_project_takes_its_environments_with_it() -> None:
    """Nothing is found under a deleted project any more."""
    async with ConformingSandbox(projects=1).client() as client:
        project = (await client.projects.list()).results[0]
        await client.projects.delete(project.id)
        with pytest.raises(NotFoundError):
            await client.environments.list(project.id)
        with pytest.raises(NotFoundError):
            await client.environments.delete(project.id, "Environment 1")
        with pytest.raises(NotFoundError):
            await create_environment(client, project.id, "Staging")


async def test_pages() -> None:
    """Pages are in the order of creation; one beyond the end is empty and has the right total."""
    async with signed_in(ConformingSandbox(projects=60)) as client:
        first = (await client.get("/v1/projects")).json()
        last = (await client.get("/v1/projects?page=2")).json()
        beyond = (await client.get("/v1/projects?page=2147483647&size=100")).json()
    assert (0, 25, 60, "Project 1") == (
        first["page"],
        first["size"],
        first["total"],
        first["results"][0]["name"],
    )
    assert [f"Project {number}" for number in range(51, 61)] == [
        project["name"] for project in last["results"]
    ]
    assert {"page": 2147483647, "size": 100, "total": 60, "results": []} == beyond


@pytest.mark.parametrize(
    ("query", "violation"),
    [
        ("page=-1", "page: must be at least 0"),
        ("size=0", "size: must be at least 1"),
        ("size=101", "size: must be at most 100"),
        ("page=x", "page: must be an integer"),
        ("page=", "page: must be an integer"),
        ("page=1e1", "page: must be an integer"),
        ("page=" + "9" * 5000, "page: must be an integer"),
        ("page=1&page=2", "page: must be given once only"),
    ],
)
async def test_paging_out_of_bounds(query: str, violation: str) -> None:
    """A page or size that is not allowed gets 400 with the violation."""
    async with signed_in(ConformingSandbox()) as client:
        response = await client.get(f"/v1/projects?{query}")
    assert 400 == response.status_code
    assert [violation] == response.json()["violations"]


@pytest.mark.parametrize(
    ("content", "content_type", "violations"),
    [
        (b'{"name": "x"}', "application/json", ["must have warehouse, agentDeploymentType"]),
        (
            b'{"name": "", "warehouse": "SNOWFLAKE", "agentDeploymentType": "HYBRID"}',
            "application/json",
            ["name: must not be blank"],
        ),
        (
            b'{"name": 1, "warehouse": "ORACLE", "agentDeploymentType": "HYBRID"}',
            "application/json; charset=utf-8",
            ["name: must be of type string", "warehouse: must be one of SNOWFLAKE, REDSHIFT"],
        ),
        (b"[]", "application/json", ["must be of type object"]),
        (b"{}", "text/plain", ["Content-Type: must be application/json"]),
        (b"", "", ["Content-Type: must be application/json"]),
        (b"{", "application/json", ["body: must be valid JSON"]),
        (b'{"name": NaN}', "application/json", ["body: must be valid JSON"]),
        (b'"\xff"', "application/json", ["body: must be valid JSON"]),
        (b"[" * 100_000, "application/json", ["body: must be valid JSON"]),
    ],
)
async def test_a_body_that_is_not_valid(
    content: bytes, content_type: str, violations: list[str]
) -> None:
    """A body that the schema does not allow gets 400 with a sentence for each field."""
    sandbox = ConformingSandbox()
    async with signed_in(sandbox) as client:
        response = await client.post(
            "/v1/projects", content=content, headers={"Content-Type": content_type}
        )
        total = (await client.get("/v1/projects")).json()["total"]
    assert (400, 0) == (response.status_code, total)
    assert violations == response.json()["violations"]


async def test_text_that_is_no_unicode_comes_back_as_it_came() -> None:
    """A lone surrogate, which JSON can hold, breaks nothing."""
    body = b'{"name": "\\ud800", "warehouse": "SNOWFLAKE", "agentDeploymentType": "HYBRID"}'
    async with signed_in(ConformingSandbox()) as client:
        created = await client.post(
            "/v1/projects", content=body, headers={"Content-Type": "application/json"}
        )
        listed = await client.get("/v1/projects")
    assert 201 == created.status_code
    assert "\ud800" == listed.json()["results"][0]["name"]


@pytest.mark.parametrize(
    "path", ["/v1/nothing", "/v1/projects/", "/v1/projects//environments", "/", "/%ff"]
)
async def test_an_unknown_path(path: str) -> None:
    """404 with problem details, with or without a token."""
    async with connected(ConformingSandbox()) as client:
        response = await client.get(path)
    assert 404 == response.status_code
    assert "Not Found" == response.json()["title"]


async def test_a_method_that_the_path_does_not_have() -> None:
    """405, and Allow names those that it has."""
    async with connected(ConformingSandbox()) as client:
        response = await client.put("/v1/projects")
    assert (405, "GET, POST") == (response.status_code, response.headers["Allow"])


async def test_ids_are_the_same_for_the_same_seed() -> None:
    """Two sandboxes give the same ids, with another seed others."""

    async def ids(seed: int) -> list[str]:
        async with Sandbox(projects=3, seed=seed).client() as client:
            return [project.id async for project in client.projects.list()]

    assert await ids(1) == await ids(1)
    assert set(await ids(1)).isdisjoint(await ids(2))


async def test_a_client_walks_a_large_listing() -> None:
    """The client walks all pages of a large sandbox, each once."""
    sandbox = ConformingSandbox(projects=1234, environments_per_project=0)
    async with sandbox.client() as client:
        projects = await client.projects.list().all()
        with pytest.raises(BadRequestError):
            await client.projects.create(
                name="x", warehouse="ORACLE", agent_deployment_type="HYBRID"
            )
    assert 1234 == len({project.id for project in projects})
    assert 13 == sandbox.stats.operations["projects.list"]
