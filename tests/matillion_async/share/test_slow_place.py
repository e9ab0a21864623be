"""A place that takes long to answer is asked less often; one that is gone is done without."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import pytest

from matillion_async import MatillionClient
from matillion_async._limits.rates import parse_rate_limits
from matillion_async.sandbox import Sandbox
from tests.matillion_async.share.far_place import FarPlace

TAKES = 0.15
SECONDS = 20


@pytest.mark.virtual_time
async def test_it_is_not_asked_all_the_time() -> None:
    """Two processes at the limit: each asks about half of the time, so that others get through, and little of the rate is lost."""
    place, sandbox = FarPlace(TAKES), Sandbox(limits=["20/s"], faults=["*:delay=0.03"])
    until = asyncio.get_running_loop().time() + SECONDS

    async def process() -> None:
        async with sandbox.client(rate_limits=["20/s"], share=place) as client:

            async def call() -> None:
                while asyncio.get_running_loop().time() < until:
                    await client.projects.list(size=1)

            await asyncio.gather(*(call() for _ in range(5)))

    await asyncio.gather(process(), process())
    assert place.asked * TAKES < 0.55 * 2 * SECONDS
    assert sandbox.stats.arrived > 0.8 * 20 * SECONDS
    assert 0 == sandbox.stats.refused


@pytest.mark.virtual_time
@pytest.mark.parametrize("algorithm", ["bucket", "sliding-window", "fixed-window"])
@pytest.mark.parametrize("limits", [["20/s"], ["7/s", "60/10s"]])
@pytest.mark.parametrize("busy", [1, 3])
async def test_without_it_the_limit_is_kept(algorithm: Any, limits: list[str], busy: int) -> None:
    """Also if one process had used all of it until then, and the others, who did not hear of that, have much to do now."""
    place, sandbox = FarPlace(0.002), Sandbox(limits=limits, limit_algorithm=algorithm)
    is_over = asyncio.Event()

    async def call(client: MatillionClient) -> None:
        while not is_over.is_set():
            await client.projects.list(size=1)

    async with contextlib.AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(sandbox.client(rate_limits=limits, share=place))
            for _ in range(3)
        ]
        for client in clients:
            await client.projects.list(size=1)
        calls = [asyncio.ensure_future(call(each)) for each in clients[:busy] for _ in range(5)]
        await asyncio.sleep(5.13)
        place.is_gone = True
        calls += [asyncio.ensure_future(call(each)) for each in clients[busy:] for _ in range(5)]
        before = sandbox.stats.arrived
        await asyncio.sleep(10)
        sent = sandbox.stats.arrived - before
        is_over.set()
        await asyncio.gather(*calls)
    assert sandbox.stats.refused <= 0.02 * sandbox.stats.arrived
    assert sent > 0.7 * 10 * min(limit.rate for limit in parse_rate_limits(limits))
