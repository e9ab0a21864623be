"""Many calls at the limit of the server."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import pytest

from matillion_async import AiohttpTransport, Bulk, MatillionClient, Priority, RateLimitedError
from matillion_async.sandbox import Sandbox
from tests.matillion_async.raw_server import Peer, raw_server
from tests.matillion_async.scripted import CountingTokens


async def page(client: MatillionClient) -> Any:
    """One call."""
    return await client.projects.list(size=1)


@pytest.mark.virtual_time
@pytest.mark.parametrize("algorithm", ["bucket", "sliding-window", "fixed-window"])
@pytest.mark.parametrize("limits", [("60/min", "5/s"), ("1000/min",)])
async def test_200_concurrent_calls_at_the_limit(algorithm: Any, limits: tuple[str, ...]) -> None:
    """All succeed, each was sent once, and none was refused."""
    sandbox = Sandbox(limits=limits, limit_algorithm=algorithm)
    async with sandbox.client(rate_limits=limits) as client:
        results = await asyncio.gather(*(page(client) for _ in range(200)), return_exceptions=True)
    assert [] == [result for result in results if isinstance(result, BaseException)]
    assert (200, 0) == (sandbox.stats.arrived, sandbox.stats.refused)


@pytest.mark.virtual_time
async def test_a_retry_after_of_an_hour_fails_at_once() -> None:
    """The call is not held for it; its error says how long to wait."""
    sandbox = Sandbox(faults=["projects.list:429,retry-after=3600"])
    async with sandbox.client() as client:
        with pytest.raises(RateLimitedError) as caught:
            await page(client)
    assert 3600 == caught.value.retry_after
    assert 1 == sandbox.stats.arrived
    assert 0 == asyncio.get_running_loop().time()


@pytest.mark.virtual_time
async def test_a_status_poll_does_not_wait_for_a_bulk_of_10_000() -> None:
    """It gets one of the next permits, and the client's own calls go before the bulk's too."""
    limits = ("60/min", "5/s")
    sandbox = Sandbox(limits=limits)
    loop = asyncio.get_running_loop()
    async with sandbox.client(rate_limits=limits) as client:

        async def one(_: int) -> Any:
            return await page(client)

        async def run() -> None:
            await client.bulk(one, range(10_000), max_in_flight=10_000)

        work = asyncio.ensure_future(run())
        await asyncio.sleep(30)
        assert client.limiter.stats().waiting > 9_900
        began = loop.time()
        await page(client.with_options(priority=Priority.INTERACTIVE))
        polled = loop.time()
        await page(client)
        called = loop.time()
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        assert 0 == client.limiter.stats().waiting
    assert polled - began <= 1.1
    assert called - polled <= 2.2


@pytest.mark.parametrize("priority", [Priority.NORMAL, Priority.INTERACTIVE])
async def test_without_a_limit_a_call_does_not_wait_for_the_connections_of_a_bulk(
    priority: Priority,
) -> None:
    """It has the next connection that is free, though hundreds of calls wait for one."""
    arrived: list[bytes] = []
    many = asyncio.Event()

    async def behaviour(peer: Peer) -> None:
        while (request := await peer.request()) is not None:
            arrived.append(request.split()[1])
            if len(arrived) == 20:
                many.set()
            await peer.respond(b'{"results": []}')

    async with (
        raw_server(behaviour) as server,
        MatillionClient(
            base_url=f"http://{server.address}",
            token_source=CountingTokens(),
            rate_limits="none",
            transport=AiohttpTransport(max_connections=2),
        ) as client,
    ):
        ids = [str(uuid.UUID(int=number)) for number in range(400)]
        work = asyncio.ensure_future(
            _collect(client.bulk(client.environments.list, ids, max_in_flight=400))
        )
        await many.wait()
        before = len(arrived)
        await client.with_options(priority=priority).projects.list()
        place = [b"environments" in path for path in arrived[before:]].index(False)
        await work
    assert place <= 4
    assert 401 == len(arrived)


async def _collect(work: Bulk[Any, Any]) -> Any:
    return await work
