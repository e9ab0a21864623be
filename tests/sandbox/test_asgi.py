"""The sandbox as an application: how it is mounted, set up and observed."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from matillion_async import ConfigurationError
from matillion_async.sandbox import Sandbox
from tests.sandbox.raw_client import signed_in


async def test_a_sandbox_under_a_path() -> None:
    """Mounted under a path of another application it works as ever."""
    sandbox = Sandbox(projects=1)
    async with signed_in(sandbox) as client:
        statuses = []

        async def send(message: Any) -> None:
            statuses.append(message.get("status"))

        async def receive() -> dict[str, Any]:
            return {"type": "http.request"}

        scope = {
            "type": "http",
            "method": "GET",
            "root_path": "/fake",
            "path": "/fake/dpc/v1/projects",
            "headers": [(b"authorization", client.headers["Authorization"].encode())],
        }
        await sandbox(scope, receive, send)
    assert 200 == statuses[0]


async def test_lifespan_and_websockets() -> None:
    """A server's lifespan events are taken, a websocket is closed."""
    incoming = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
    sent = []

    async def receive() -> dict[str, str]:
        return next(incoming)

    async def send(message: Any) -> None:
        sent.append(message["type"])

    await Sandbox()({"type": "lifespan"}, receive, send)
    await Sandbox()({"type": "websocket"}, receive, send)
    assert ["lifespan.startup.complete", "lifespan.shutdown.complete", "websocket.close"] == sent


async def test_what_a_sandbox_saw() -> None:
    """Counts and records tell what arrived and what became of it, without secrets."""
    sandbox = Sandbox(projects=1)
    async with signed_in(sandbox) as client:
        await client.get("/v1/projects?size=5")
        await client.delete(f"/v1/projects/{quote('no such')}")
        await client.get("/v1/elsewhere")
        token = client.headers["Authorization"].removeprefix("Bearer ")
    stats = sandbox.stats
    assert (3, 0, 1, 1) == (stats.arrived, stats.refused, stats.token_requests, stats.tokens_issued)
    assert {
        "authentication.create": 1,
        "projects.list": 1,
        "projects.delete": 1,
    } == stats.operations
    assert {200: 2, 404: 2} == stats.statuses
    assert [
        ("authentication.create", "/oauth/dpc/token", "", 200),
        ("projects.list", "/dpc/v1/projects", "size=5", 200),
        ("projects.delete", "/dpc/v1/projects/no%20such", "", 404),
        (None, "/dpc/v1/elsewhere", "", 404),
    ] == [(seen.operation, seen.path, seen.query, seen.status) for seen in sandbox.requests]
    assert "sandbox-secret" not in repr((sandbox, stats, sandbox.requests))
    assert token not in repr((sandbox, stats, sandbox.requests))

    sandbox.reset_stats()

    assert (0, 0) == (sandbox.stats.arrived, len(sandbox.requests))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"projects": -1}, "projects must be an integer, at least 0"),
        ({"projects": "Sales"}, "not a single string"),
        (
            {"environments_per_project": -1},
            "environments_per_project must be an integer, at least 0",
        ),
        ({"token_ttl": 0.5}, "token_ttl must be at least 1 second"),
        ({"limits": ["60"]}, "'60' is not a rate limit"),
        ({"limits": ["60/min"], "limit_algorithm": "leaky"}, "limit_algorithm must be one of"),
        (
            {"limits": ["60/min", 5]},
            "limits must be a string, or an iterable of strings, not of int",
        ),
        ({"projects": ["Sales", ""]}, "projects: '' is not a name"),
        ({"clock": 5}, "clock must be a function, not int"),
        ({"spec": {"openapi": "3.1.0"}}, "spec must be a Spec, not dict"),
        ({"client_id": 5}, "client_id must be a string, not int"),
        ({"client_secret": b"secret"}, "client_secret must be a string, not bytes"),
        ({"audience": ""}, "audience must be a string, not an empty one"),
        ({"faults": ["projects.lst:503"]}, "'projects.lst' is not an operation"),
        ({"faults": ["projects.list:boom"]}, "'boom' is unknown"),
    ],
)
def test_bad_arguments(options: dict[str, Any], message: str) -> None:
    """One clear error says what is wrong."""
    with pytest.raises(ConfigurationError, match=message):
        Sandbox(**options)
