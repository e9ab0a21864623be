"""Calls of any path."""

from __future__ import annotations

from typing import Any

import httpx
from matillion_api.types import Operation

from matillion_async._client import MatillionClient

Query = list[tuple[str, Any]]


async def send(
    client: MatillionClient, method: str, path: str, query: Query, content: bytes | None = None
) -> httpx.Response:
    """Send one request with all that the client does for any; only GET and its like are repeated."""
    operation = _operation(method, path)
    return await client.api.get_async_httpx_client().request(
        method,
        path,
        params=query or None,
        content=content,
        headers={} if content is None else {"Content-Type": "application/json"},
        extensions={"operation": operation},
    )


def _operation(method: str, path: str) -> Operation[Any]:
    return Operation(
        id=f"{method} {path}",
        method=method,
        path=path,
        idempotent=method in ("GET", "HEAD", "OPTIONS"),
        get_kwargs=dict,
        parse=lambda data: data,
    )
