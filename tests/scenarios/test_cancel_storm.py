"""Thousands of calls that are cancelled at any moment, on real sockets."""

from __future__ import annotations

import asyncio
import json
import os
import random
from pathlib import Path
from typing import Any, cast

import pytest

from matillion_async import AiohttpTransport, MatillionClient, RetryPolicy, Token

CALLS = 4_000
AT_ONCE = 200
PAGE = json.dumps({"page": 0, "size": 1, "total": 0, "results": []}).encode()
RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(PAGE), PAGE)


class Server(asyncio.Protocol):
    """Responds to each request, in two pieces, at a later turn of the event loop."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's are not a subclass of it

    def data_received(self, data: bytes) -> None:
        loop = asyncio.get_running_loop()
        for _ in range(data.count(b"\r\n\r\n")):
            loop.call_soon(self.transport.write, RESPONSE[:30])
            loop.call_soon(loop.call_soon, self.transport.write, RESPONSE[30:])


class Tokens:
    """A source of one token."""

    async def fetch(self) -> Token:
        return Token("token", expires_in=1800)


def open_files() -> int:
    """How many file descriptors this process has open."""
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - the directory is not a place for objects


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts descriptors in /proc")
async def test_calls_cancelled_at_random_moments() -> None:
    """No connection stays busy, no descriptor stays open, and the next call works."""
    moments = random.Random(20_261)
    loop = asyncio.get_running_loop()
    first = await loop.create_server(Server, "127.0.0.1", 0)  # with it uvloop opens a file for good
    first.close()
    await first.wait_closed()
    before = open_files()
    server = await loop.create_server(Server, "127.0.0.1", 0, backlog=4096)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    transport = AiohttpTransport(max_connections=50)
    cancelled = succeeded = 0

    async def call(client: MatillionClient) -> Any:
        return await client.projects.list(size=1)

    async def storm(client: MatillionClient) -> None:
        nonlocal cancelled, succeeded
        for _ in range(CALLS // AT_ONCE):
            task = asyncio.create_task(call(client))
            for _ in range(moments.randrange(60)):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task])
            if task.cancelled():
                cancelled += 1
            else:
                assert [] == task.result().results
                succeeded += 1

    async with MatillionClient(
        base_url=address,
        token_source=Tokens(),
        transport=transport,
        rate_limits="none",
        retry=RetryPolicy(max_attempts=1),
    ) as client:
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(storm(client))
        assert 0 == client.limiter.stats().in_flight
        assert [] == (await call(client)).results
        assert 0 == client.limiter.stats().waiting
    server.close()
    await server.wait_closed()
    for _ in range(10):
        await asyncio.sleep(0)
    assert CALLS == cancelled + succeeded
    assert cancelled > CALLS / 10
    assert succeeded > CALLS / 100
    assert before == open_files()
