"""Plain HTTP to a sandbox, for tests of how it responds to requests that the client would never send."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from matillion_async.sandbox import Sandbox

TOKEN_URL = "http://localhost/oauth/dpc/token"
FORM = {
    "grant_type": "client_credentials",
    "client_id": "sandbox",
    "client_secret": "sandbox-secret",
    "audience": "https://api.matillion.com",
}


@asynccontextmanager
async def connected(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client of the API, without a token."""
    transport = httpx.ASGITransport(app=sandbox)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost/dpc") as client:
        yield client


@asynccontextmanager
async def signed_in(sandbox: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client of the API, with a token."""
    async with connected(sandbox) as client:
        await sign_in(client)
        yield client


async def sign_in(client: httpx.AsyncClient) -> str:
    """Get a token and send it from now on."""
    response = await client.post(TOKEN_URL, data=FORM)
    token: str = response.json()["access_token"]
    client.headers["Authorization"] = f"Bearer {token}"
    return token


def environment_body(name: str) -> dict[str, object]:
    """A body that creates an environment."""
    return {
        "name": name,
        "defaultAgentId": "3b0f0d4e-8f1c-4b52-a5a5-1f2b8b7c6d01",
        "defaultUserAccessLevel": "readOnly",
        "defaultConnections": {"DWH": {"redshift": "main"}},
        "connectionOverrides": [{"connectionName": "main", "connectionProperties": {}}],
    }
