"""Listings that come as a bare array."""

from __future__ import annotations

import httpx
import pytest

from matillion_async import ResponseDecodingError
from tests.matillion_async.scripted import Script, scripted_client


@pytest.mark.parametrize("content", [b"", b"[]", b"null"])
async def test_an_empty_response_is_an_empty_list(content: bytes) -> None:
    """An account without connectors may get nothing at all in place of an empty array."""
    async with scripted_client(Script(httpx.Response(200, content=content))) as client:
        assert [] == await client.connectors.list_custom()
        assert [] == await client.connectors.list_flex()


async def test_fields_that_are_not_documented_are_kept() -> None:
    """Little is known of a profile, so all of it is there."""
    rows = [{"id": "c1", "name": "CRM", "endpoints": [{"path": "/x"}]}]
    async with scripted_client(Script(httpx.Response(200, json=rows))) as client:
        (connector,) = await client.connectors.list_custom()
    assert ("c1", "CRM", rows[0]) == (connector.id, connector.extra["name"], connector.to_dict())


async def test_another_shape_is_an_error() -> None:
    """Not an empty list."""
    async with scripted_client(Script(httpx.Response(200, json={"results": 5}))) as client:
        with pytest.raises(ResponseDecodingError):
            await client.connectors.list_custom()
