"""What redis-py does that decides how it is used here; a failure means that it has changed."""

from __future__ import annotations

import asyncio

import pytest
import redis.asyncio
from redis.asyncio.connection import Connection

from tests.matillion_async.share.real_server import running


async def test_its_clients_try_again_for_seconds_by_default() -> None:
    """So a call would hang while a server is gone; a connection alone tries once."""
    async with redis.asyncio.Redis() as client:
        retry = client.get_retry()
    assert retry is not None
    assert retry.get_retries() >= 3
    assert 0 == Connection().retry.get_retries()


async def test_a_connection_ends_with_a_request_that_is_given_up() -> None:
    """Or the next request would read its response."""

    with running() as server:
        connection = Connection(host="127.0.0.1", port=server.port, protocol=2)
        await connection.connect()  # type: ignore[no-untyped-call]
        server.freeze()
        await connection.send_command("PING")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await connection.read_response()
        assert not connection.is_connected
