"""Why the default transport is one of its own: what the others do when calls are cancelled or servers disconnect.

A test here that fails after an upgrade says that a reason is gone, not that the package is broken.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from importlib.util import find_spec

import aiohttp
import httpx
import pytest

from matillion_async import AiohttpTransport, MatillionClient
from tests.matillion_async.raw_server import Peer, raw_server
from tests.matillion_async.scripted import CountingTokens

Call = Callable[[str], Coroutine[None, None, object]]
"""Calls a path of the server, and reads the whole response."""
Candidate = Callable[[str], AbstractAsyncContextManager[Call]]
"""A client of the server at a URL, with one connection."""
POOL_TIMEOUT = 0.05
"""Seconds until a connection counts as lost, for those that lose some."""
TURNS = 20
"""Turns of the event loop between two cancellations; more than any of the candidates needs to hand on a connection."""


@contextlib.asynccontextmanager
async def httpx_pool(url: str) -> AsyncIterator[Call]:
    """httpx's own transport."""
    async with httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=1)) as transport:

        async def call(path: str) -> object:
            limits = httpx.Timeout(5.0, pool=POOL_TIMEOUT).as_dict()
            request = httpx.Request("GET", url + path, extensions={"timeout": limits})
            return await (await transport.handle_async_request(request)).aread()

        yield call


@contextlib.asynccontextmanager
async def httpx2_pool(url: str) -> AsyncIterator[Call]:
    """httpx2's own transport."""
    import httpx2  # not everywhere installed

    async with httpx2.AsyncHTTPTransport(limits=httpx2.Limits(max_connections=1)) as transport:

        async def call(path: str) -> object:
            limits = httpx2.Timeout(5.0).as_dict()
            request = httpx2.Request("GET", url + path, extensions={"timeout": limits})
            try:
                return await (await transport.handle_async_request(request)).aread()
            except httpx2.PoolTimeout:
                raise TimeoutError from None

        yield call


@contextlib.asynccontextmanager
async def ours(url: str) -> AsyncIterator[Call]:
    """Our client: calls wait at its limiter."""
    async with MatillionClient(
        base_url=f"{url}/dpc",
        transport=AiohttpTransport(max_connections=1),
        token_source=CountingTokens(),
        rate_limits="none",
        deadline=5.0,
    ) as client:

        async def call(path: str) -> object:
            http = client.api.get_async_httpx_client()
            return await http.get(f"{url}/dpc{path}")

        yield call


@contextlib.asynccontextmanager
async def aiohttp_connector(url: str) -> AsyncIterator[Call]:
    """An aiohttp session whose own connector is the limit."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1)) as session:

        async def call(path: str) -> object:
            async with (
                asyncio.timeout(POOL_TIMEOUT if path == "/" else 5),
                session.get(url + path) as response,
            ):
                return await response.read()

        yield call


async def hang_on_request(peer: Peer) -> None:
    """Respond to everything but ``/hang``."""
    while request := await peer.request():
        if b"/hang" in request:
            await peer.wait_for_the_end()
        await peer.respond()


async def calls_that_fail_after_two_cancellations(
    candidate: Candidate,
) -> list[int]:
    """One call is on the wire, a second waits for the connection, a third behind it; the first is cancelled, and a
    few turns of the event loop later the second. Returns for how many turns the third then gets no connection."""
    failed: list[int] = []
    async with raw_server(hang_on_request) as server:
        for turns in range(TURNS):
            async with candidate(f"http://{server.address}") as call:
                arrived = len(server.requests)
                first = asyncio.create_task(call("/hang"))
                while len(server.requests) == arrived:  # noqa: ASYNC110 - the server is a plain list
                    await asyncio.sleep(0)
                second = asyncio.create_task(call("/hang"))
                third = asyncio.create_task(call("/"))
                for _ in range(TURNS):
                    await asyncio.sleep(0)
                first.cancel()
                for _ in range(turns):
                    await asyncio.sleep(0)
                second.cancel()
                try:
                    await third
                except (httpx.PoolTimeout, TimeoutError):
                    failed.append(turns)
                await asyncio.gather(first, second, return_exceptions=True)
    return failed


async def test_httpx_loses_a_connection_when_a_waiting_call_is_cancelled() -> None:
    """httpx 0.28: a call that is cancelled just when it was given a connection takes it along for good. With one
    connection, two cancellations stop the client; with the default of 100, some hundreds."""
    assert await calls_that_fail_after_two_cancellations(httpx_pool)


@pytest.mark.skipif(find_spec("httpx2") is None, reason="httpx2 is not installed")
async def test_httpx2_loses_none() -> None:
    """httpx2 2.16: that is mended. What is left of the reason is the cost of a call, which ``scripts/bench calls`` shows."""
    assert [] == await calls_that_fail_after_two_cancellations(httpx2_pool)


async def test_aiohttp_loses_a_wake_up_when_a_waiting_call_is_cancelled() -> None:
    """aiohttp 3.14: when the call whose turn it is is cancelled in the same moment, the next one in the line is not
    woken, although the connection is free. So the limit is not left to aiohttp."""
    assert await calls_that_fail_after_two_cancellations(aiohttp_connector)


async def test_ours_loses_nothing_when_a_waiting_call_is_cancelled() -> None:
    """Our client: whenever the two are cancelled, the third is served."""
    assert await calls_that_fail_after_two_cancellations(ours) == []


async def test_the_published_aiohttp_transport_calls_a_processed_post_a_connect_timeout() -> None:
    """httpx-aiohttp 0.2.0: the server has read a POST whole and disconnects; the error says that there was never a
    connection, so that a retry would send the POST twice."""
    httpx_aiohttp = pytest.importorskip("httpx_aiohttp")

    async def read_and_close(peer: Peer) -> None:
        await peer.request()

    async with (
        raw_server(read_and_close) as server,
        httpx_aiohttp.HttpxAiohttpClient() as client,
    ):
        with pytest.raises(httpx.ConnectTimeout):
            await client.post(f"http://{server.address}/", content=b"{}")

    assert len(server.requests) == 1
