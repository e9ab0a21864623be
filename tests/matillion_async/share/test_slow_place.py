"""A place that takes long to answer: it is asked less often."""

from __future__ import annotations

import asyncio

import pytest

from matillion_async._share.place import Change, T
from matillion_async.sandbox import Sandbox

TAKES = 0.15
SECONDS = 20


class SlowPlace:
    """A place in this process that is far."""

    def __init__(self) -> None:
        self.asked = 0
        self._values: dict[str, bytes] = {}
        self._lock = asyncio.Lock()

    async def update(self, name: str, change: Change[T]) -> T:
        """Change a value, on the other side of the world."""
        self.asked += 1
        await asyncio.sleep(TAKES / 2)
        async with self._lock:
            value, result = change(self._values.get(name), asyncio.get_running_loop().time())
            if value is not None:
                self._values[name] = value
        await asyncio.sleep(TAKES / 2)
        return result

    async def aclose(self) -> None:
        """Nothing is open."""


@pytest.mark.virtual_time
async def test_it_is_not_asked_all_the_time() -> None:
    """Two processes at the limit: each asks about half of the time, so that others get through, and little of the rate is lost."""
    place, sandbox = SlowPlace(), Sandbox(limits=["20/s"], faults=["*:delay=0.03"])
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
