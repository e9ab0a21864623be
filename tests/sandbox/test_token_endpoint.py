"""Tokens of the sandbox."""

from __future__ import annotations

import asyncio
import base64
import json

import pytest

from matillion_async import AuthenticationError
from matillion_async.sandbox import Sandbox
from tests.sandbox.conformance import ConformingSandbox
from tests.sandbox.raw_client import FORM, TOKEN_URL, connected, sign_in, signed_in

pytestmark = pytest.mark.virtual_time


async def test_a_token() -> None:
    """It looks like a JWT, and its response says how long it lives."""
    async with connected(ConformingSandbox(token_ttl=90)) as client:
        response = await client.post(TOKEN_URL, data=FORM)
    body = response.json()
    parts = body.pop("access_token").split(".")
    assert 3 == len(parts)
    header = json.loads(base64.urlsafe_b64decode(parts[0] + "=="))
    assert "JWT" == header["typ"]
    assert {
        "token_type": "Bearer",
        "expires_in": 90,
        "scope": "pipeline-execution",
        "refresh_expires_in": 0,
        "not-before-policy": 0,
    } == body
    assert "no-store" == response.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("changed", "status", "error"),
    [
        ({"client_id": "other"}, 401, "invalid_client"),
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_secret": "wröng"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"audience": "https://example.com"}, 400, "invalid_request"),
        ({"audience": ""}, 400, "invalid_request"),
        ({"client_id": ["sandbox", "sandbox"]}, 400, "invalid_request"),
    ],
)
async def test_a_refused_form(changed: dict[str, str], status: int, error: str) -> None:
    """Client, secret, grant and audience are checked; errors are those of OAuth 2.0."""
    sandbox = ConformingSandbox()
    async with connected(sandbox) as client:
        response = await client.post(TOKEN_URL, data={**FORM, **changed})
    assert (status, error) == (response.status_code, response.json()["error"])
    assert 0 == sandbox.stats.tokens_issued


async def test_only_forms_are_read() -> None:
    """JSON with the right fields is an invalid request."""
    async with connected(ConformingSandbox()) as client:
        response = await client.post(TOKEN_URL, json=FORM)
    assert (400, "invalid_request") == (response.status_code, response.json()["error"])


@pytest.mark.parametrize(
    ("authorization", "challenge"),
    [
        (None, "Bearer"),
        ("Basic c2FuZGJveDpzYW5kYm94", "Bearer"),
        ("Bearer ", "Bearer"),
        ("Bearer made-up", 'Bearer error="invalid_token"'),
    ],
)
async def test_a_call_without_a_token(authorization: str | None, challenge: str) -> None:
    """401 with a challenge, before anything else about the call is looked at."""
    headers = {} if authorization is None else {"Authorization": authorization}
    async with connected(ConformingSandbox()) as client:
        response = await client.get("/v1/projects?size=0", headers=headers)
    assert (401, challenge) == (response.status_code, response.headers["WWW-Authenticate"])


async def test_a_token_expires() -> None:
    """It is good until just before its life is over, by the event loop's clock."""
    async with signed_in(ConformingSandbox(token_ttl=30)) as client:
        await asyncio.sleep(29.9)
        assert 200 == (await client.get("/v1/projects")).status_code
        await asyncio.sleep(0.1)
        assert 401 == (await client.get("/v1/projects")).status_code
        await sign_in(client)
        assert 200 == (await client.get("/v1/projects")).status_code


async def test_a_clock_of_ones_own() -> None:
    """A token expires by the clock that was passed in."""
    now = 1000.0
    sandbox = ConformingSandbox(token_ttl=30, clock=lambda: now)
    async with signed_in(sandbox) as client:
        await asyncio.sleep(3600)
        assert 200 == (await client.get("/v1/projects")).status_code
        now = 1030.0
        assert 401 == (await client.get("/v1/projects")).status_code
    assert 1030.0 == sandbox.requests[-1].at


async def test_tokens_are_revoked() -> None:
    """All that were issued are refused, a new one is not; an earlier one lives on beside a new one."""
    sandbox = ConformingSandbox()
    async with signed_in(sandbox) as client:
        first = client.headers["Authorization"]
        await sign_in(client)
        again = await client.get("/v1/projects", headers={"Authorization": first})
        sandbox.revoke_tokens()
        revoked = await client.get("/v1/projects")
        await sign_in(client)
        renewed = await client.get("/v1/projects")
    assert [200, 401, 200] == [again.status_code, revoked.status_code, renewed.status_code]


async def test_a_client_renews_its_token() -> None:
    """A client that works for an hour against tokens of 30 seconds sees no failure."""
    sandbox = ConformingSandbox(projects=1, token_ttl=30)
    async with sandbox.client() as client:
        for _ in range(60):
            await client.projects.list()
            await asyncio.sleep(60)
    assert {200} == set(sandbox.stats.statuses)
    assert 60 == sandbox.stats.tokens_issued


async def test_a_client_with_a_wrong_secret() -> None:
    """The client fails with the token endpoint's own error code."""
    async with Sandbox().client(client_secret="wrong") as client:
        with pytest.raises(AuthenticationError) as caught:
            await client.projects.list()
    assert "invalid_client" == caught.value.error_code
