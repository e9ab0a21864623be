"""The sandbox behaves like the API, and every answer is as the spec says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from matillion_async import (
    AuthenticationError,
    BadRequestError,
    ConfigurationError,
    ConflictError,
    InvalidRequestError,
    MatillionClient,
    NotFoundError,
)
from matillion_async.sandbox import Sandbox, serve
from matillion_async.sandbox._answers import HANDLERS
from tests.sandbox.conformance import Conforming

FORM = {
    "grant_type": "client_credentials",
    "client_id": "sandbox",
    "client_secret": "sandbox-secret",
    "audience": "https://api.matillion.com",
}
ENVIRONMENT: dict[str, Any] = {
    "default_agent_id": "agent",
    "default_user_access_level": "readOnly",
    "default_connections": {"DWH": {"redshift": "main"}},
    "connection_overrides": [
        {"connectionName": "main", "connectionProperties": {"url": {"value": "example.com"}}}
    ],
}


def conforming_client(sandbox: Sandbox, **options: Any) -> MatillionClient:
    """A client whose every answer is held against the spec."""
    transport = httpx.ASGITransport(app=Conforming(sandbox))
    return sandbox.client(transport=transport, rate_limits=None, **options)


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    """Plain HTTP to a sandbox with 30 projects, with a token."""
    sandbox = Sandbox(projects=30)
    transport = httpx.ASGITransport(app=Conforming(sandbox))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        answer = await client.post("/oauth/dpc/token", data=FORM)
        client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        yield client


def test_every_operation_of_the_spec_has_a_handler() -> None:
    """Nothing the spec has is missing here, and nothing is here that it has not."""
    known = {route.operation_id for route in Sandbox().contract.routes}
    assert known == {*HANDLERS, "create_token"}


@pytest.mark.virtual_time
async def test_projects_and_environments_have_state() -> None:
    """What is created is listed, what is deleted is gone, with what was in it."""
    async with conforming_client(Sandbox()) as client:
        created = await client.projects.create(
            name="Sales", warehouse="SNOWFLAKE", agent_deployment_type="HYBRID"
        )
        await client.environments.create(created.project_id, name="a/b c", **ENVIRONMENT)
        with pytest.raises(ConflictError):
            await client.environments.create(created.project_id, name="a/b c", **ENVIRONMENT)
        environments = await client.environments.list(created.project_id).all()
        assert [environment.name for environment in environments] == ["a/b c"]
        await client.environments.delete(created.project_id, "a/b c")
        with pytest.raises(NotFoundError):
            await client.environments.delete(created.project_id, "a/b c")
        assert [p.name for p in await client.projects.list().all()] == ["Sales"]
        await client.projects.delete(created.project_id)
        for gone in (
            client.projects.delete(created.project_id),
            client.environments.create(created.project_id, name="x", **ENVIRONMENT),
            client.environments.delete(created.project_id, "x"),
        ):
            with pytest.raises(NotFoundError):
                await gone
        with pytest.raises(NotFoundError):
            await client.environments.list(created.project_id)
        assert await client.projects.list().all() == []


@pytest.mark.virtual_time
async def test_a_long_walk_outlives_its_tokens() -> None:
    """Tokens expire on the virtual clock, and are renewed under way."""
    sandbox = Sandbox(projects=100, token_ttl=30)
    async with sandbox.client(rate_limits="20/min") as client:
        found = await client.projects.list(size=2).all()
    assert len(found) == 100
    assert asyncio.get_running_loop().time() > 100
    assert 3 <= sandbox.tokens_issued <= 10


@pytest.mark.virtual_time
async def test_a_revoked_token_is_replaced() -> None:
    """After a 401 the client gets a new token and repeats the call."""
    sandbox = Sandbox(projects=1)
    async with conforming_client(sandbox) as client:
        await client.projects.list()
        sandbox.revoke_tokens()
        await client.projects.list()
    assert sandbox.tokens_issued == 2
    assert sandbox.arrived == {"create_token": 2, "list_projects": 3}


@pytest.mark.virtual_time
@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"client_id": "wrong"}, "MATILLION_CLIENT_ID and MATILLION_CLIENT_SECRET"),
        ({"client_secret": "wrong"}, "MATILLION_CLIENT_ID and MATILLION_CLIENT_SECRET"),
        ({"audience": "https://elsewhere"}, "MATILLION_AUDIENCE"),
    ],
)
async def test_wrong_credentials_fail_at_once_and_name_the_variable(
    options: dict[str, str], named: str
) -> None:
    """One request, one clear error, and no second request from later calls."""
    sandbox = Sandbox()
    async with conforming_client(sandbox, **options) as client:
        for _ in range(3):
            with pytest.raises(AuthenticationError, match=named):
                await client.projects.list()
    assert sandbox.arrived == {"create_token": 1}


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"client_secret": "x"}, 401, "invalid_client"),
        ({"client_id": "é"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"audience": "x"}, 400, "invalid_request"),
        ({"audience": ""}, 400, "invalid_request"),
        ({"client_id": ["a", "b"]}, 400, "invalid_request"),
    ],
)
async def test_the_token_endpoint_checks_every_field(
    http: httpx.AsyncClient, change: dict[str, Any], status: int, error: str
) -> None:
    """Errors are those of RFC 6749, section 5.2."""
    answer = await http.post("/oauth/dpc/token", data=FORM | change)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


async def test_the_token_endpoint_takes_forms_only(http: httpx.AsyncClient) -> None:
    """JSON is refused, and a token looks like a JWT."""
    assert (await http.post("/oauth/dpc/token", json=FORM)).status_code == 400
    answer = (await http.post("/oauth/dpc/token", data=FORM)).json()
    assert (answer["expires_in"], answer["token_type"]) == (1800, "Bearer")
    assert len(answer["access_token"].split(".")) == 3


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer x", "Basic abc"])
async def test_without_a_valid_token_there_is_401(
    http: httpx.AsyncClient, authorization: str
) -> None:
    """The answer says which scheme to use."""
    answer = await http.get("/dpc/v1/projects", headers={"Authorization": authorization})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize(
    "query",
    ["page=-1", "size=0", "size=101", "page=x", "page=1&page=2", "size=", "page=2147483648"],
)
async def test_paging_bounds(http: httpx.AsyncClient, query: str) -> None:
    """Out of bounds is 400 with a violation that names the parameter."""
    answer = await http.get(f"/dpc/v1/projects?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["violations"][0].startswith(query.split("=")[0])


async def test_pages(http: httpx.AsyncClient) -> None:
    """25 to a page unless asked otherwise, and an empty page beyond the end."""
    first = (await http.get("/dpc/v1/projects")).json()
    assert (first["page"], first["size"], first["total"], len(first["results"])) == (0, 25, 30, 25)
    beyond = (await http.get("/dpc/v1/projects?page=9&size=7")).json()
    assert (beyond["total"], beyond["results"]) == (30, [])


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b'{"name": ""}', "application/json"),
        (b'{"name": NaN}', "application/json"),
        (b"\xff", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"name=x", "application/x-www-form-urlencoded"),
    ],
)
async def test_a_bad_body_is_400(http: httpx.AsyncClient, content: bytes, kind: str) -> None:
    """Whatever is wrong with it, it is said in problem details."""
    headers = {"Content-Type": kind}
    answer = await http.post("/dpc/v1/projects", content=content, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["violations"]


async def test_unknown_paths_and_methods(http: httpx.AsyncClient) -> None:
    """404 for a path that is not there, 405 with Allow for a method it does not know."""
    assert (await http.get("/dpc/v1/widgets")).status_code == 404
    answer = await http.put("/dpc/v1/projects")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")


async def test_a_violation_reaches_the_caller() -> None:
    """The spec's checks come back as a typed error with violations."""
    async with conforming_client(Sandbox()) as client:
        with pytest.raises(BadRequestError, match="name") as caught:
            await client.projects.create(
                name="", warehouse="SNOWFLAKE", agent_deployment_type="HYBRID"
            )
        assert caught.value.problem.violations
        with pytest.raises(InvalidRequestError):
            await client.projects.delete("..")


async def test_it_is_served_on_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client with the environment it names works over a socket."""
    sandbox = Sandbox(projects=150, token_ttl=60)
    async with serve(sandbox) as served:
        for name, value in served.environment.items():
            monkeypatch.setenv(name, value)
        async with MatillionClient() as client:
            assert len(await client.projects.list().all()) == 150
    with pytest.raises(httpx.ConnectError):
        async with httpx.AsyncClient() as http:
            await http.get(served.url)


async def test_it_is_not_served_to_others() -> None:
    """Another host than this machine is refused, and so is a port that is taken."""
    with pytest.raises(ConfigurationError, match="this machine only"):
        async with serve(Sandbox(), host="0.0.0.0"):
            pass
    async with serve(Sandbox()) as served:
        port = int(served.url.rpartition(":")[2])
        with pytest.raises(ConfigurationError, match=f"cannot listen on 127.0.0.1 port {port}"):
            async with serve(Sandbox(), port=port):
                pass
