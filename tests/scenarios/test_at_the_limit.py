"""Many calls at the limit of the server."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from matillion_async import MatillionClient, Priority, RateLimitedError
from matillion_async.sandbox import Sandbox

pytestmark = pytest.mark.virtual_time


async def page(client: MatillionClient) -> Any:
    """One call."""
    return await client.projects.list(size=1)


@pytest.mark.parametrize("algorithm", ["bucket", "sliding-window", "fixed-window"])
@pytest.mark.parametrize("limits", [("60/min", "5/s"), ("1000/min",)])
async def test_200_concurrent_calls_at_the_limit(algorithm: Any, limits: tuple[str, ...]) -> None:
    """All succeed, each was sent once, and none was refused."""
    sandbox = Sandbox(limits=limits, limit_algorithm=algorithm)
    async with sandbox.client(rate_limits=limits) as client:
        results = await asyncio.gather(*(page(client) for _ in range(200)), return_exceptions=True)
    assert [] == [result for result in results if isinstance(result, BaseException)]
    assert (200, 0) == (sandbox.stats.arrived, sandbox.stats.refused)


async def test_a_retry_after_of_an_hour_fails_at_once() -> None:
    """The call is not held for it; its error says how long to wait."""
    sandbox = Sandbox(faults=["projects.list:429,retry-after=3600"])
    async with sandbox.client() as client:
        with pytest.raises(RateLimitedError) as caught:
            await page(client)
    assert 3600 == caught.value.retry_after
    assert 1 == sandbox.stats.arrived
    assert 0 == asyncio.get_running_loop().time()


async def test_a_status_poll_does_not_wait_for_a_bulk_of_10_000() -> None:
    """It has one of the next slots, and the client's own calls go before the bulk's too."""
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
