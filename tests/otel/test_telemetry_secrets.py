"""Nothing that is secret is in a span or a metric, whatever goes wrong."""

from __future__ import annotations

import contextlib
from typing import Any

import httpx
import pytest

from matillion_async import MatillionError
from matillion_async.otel._attributes import redacted
from matillion_async.sandbox import Sandbox
from tests.matillion_async.scripted import Script, scripted_client
from tests.otel.telemetry import Telemetry

pytestmark = pytest.mark.virtual_time

PROJECT = "a0000000-0000-4000-8000-0000000000aa"
SECRET = "S3CRET"
TOKEN = "token-1"
"""What the source of the scripted client gives."""


@pytest.mark.parametrize(
    "step",
    [
        httpx.Response(200, json={"message": SECRET}, headers={"X-Secret": SECRET}),
        httpx.Response(400, json={"detail": f"{SECRET} and Bearer {TOKEN}"}),
        httpx.Response(401, text=f"Bearer {TOKEN}"),
        httpx.Response(403, text=f"{SECRET}"),
        httpx.Response(429, text=f"{SECRET}", headers={"Retry-After": "1"}),
        httpx.Response(503, text=f"{SECRET}"),
        httpx.ConnectError(f"Bearer {TOKEN}"),
        httpx.ReadError(f"Bearer {TOKEN}"),
        ValueError(f"Bearer {TOKEN}"),
    ],
    ids=str,
)
async def test_what_is_sent_and_what_comes_back(telemetry: Telemetry, step: Any) -> None:
    """Queries, headers, bodies, tokens, and what a server says of them."""
    async with scripted_client(Script(step), observers=[telemetry.observer()]) as one:
        sent = one.request(
            "POST",
            "/v1/x",
            params={"q": SECRET},
            json={"password": SECRET},
            headers={"X-Own": SECRET},
        )
        with contextlib.suppress(MatillionError):
            await sent
        with contextlib.suppress(MatillionError):
            await one.repositories.rotate_token(PROJECT, git_provider_access_token=SECRET)
    told = telemetry.everything()
    assert "http.client.request.duration" in told
    assert '"name": "POST"' in told
    assert "repositories.rotate_token" in told
    assert SECRET not in told
    assert TOKEN not in told


async def test_the_credentials(telemetry: Telemetry) -> None:
    """Neither those that are right nor those that are wrong, nor the token that comes of them."""
    sandbox = Sandbox(projects=1, client_secret=SECRET)
    seen: list[str] = []
    async with sandbox.client(observers=[telemetry.observer()]) as one:
        await one.projects.list()
        seen.append(one._own_session.connection.tokens.current() or "")
    async with sandbox.client(observers=[telemetry.observer()], client_secret=f"{SECRET}x") as one:
        with pytest.raises(MatillionError):
            await one.projects.list()
    told = telemetry.everything()
    assert "POST /oauth/dpc/token" in told
    assert SECRET not in told
    assert seen[0]
    assert seen[0] not in told


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/x", "https://a.example/x"),
        ("https://a.example:8443/x?a=1&b=&c=x", "https://a.example:8443/x?a=REDACTED&b=REDACTED&c=REDACTED"),
        ("https://u:p@a.example/x#frag", "https://REDACTED:REDACTED@a.example/x"),
        ("https://a.example/x@y?filter=a%40b", "https://a.example/x@y?filter=REDACTED"),
        ("https://u:p@a.example", "https://REDACTED:REDACTED@a.example"),
        ("http://[::1]:80/x?a=1&a=2", "http://[::1]:80/x?a=REDACTED&a=REDACTED"),
    ],
)  # fmt: skip
def test_urls_have_no_values(url: str, shown: str) -> None:
    """The names of a query stay, its values go, and so do a user's name and password."""
    assert shown == redacted(url)
