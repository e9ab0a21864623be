"""What the tests of the limiter share: calls on a virtual clock, and what they leave on the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from matillion_async._details import Timing
from matillion_async._limits.limiter import Limiter
from matillion_async._limits.rates import parse_rate_limits
from matillion_async.sandbox import VirtualTimeLoop

T = TypeVar("T")
ONE_A_SECOND = parse_rate_limits("1/s")
STEP = 1.001
"""Seconds between two calls at 1/s that get their response at once, with the share for the clock."""


def now() -> float:
    """The virtual time."""
    return asyncio.get_running_loop().time()


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run on a virtual clock; for tests that hypothesis repeats."""
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(coroutine)


def pending_timers() -> int:
    """Timers of the event loop that will still fire."""
    scheduled = asyncio.get_running_loop()._scheduled  # type: ignore[attr-defined]  # no public way
    return sum(not timer.cancelled() for timer in scheduled)


async def turns(count: int = 3) -> None:
    """Let everything that is ready run, without letting time pass."""
    for _ in range(count):
        await asyncio.sleep(0)


async def busy(limiter: Limiter) -> None:
    """Use up what may go now, in requests that get their response at once, so that the next call has to wait."""
    while (permit := limiter.try_acquire()) is not None:
        limiter.responded(permit, now())


async def send(limiter: Limiter, **options: Any) -> Timing:
    """Wait for a permit, and have the response arrive at once."""
    timing = Timing()
    permit = await limiter.acquire(timing=timing, **options)
    limiter.responded(permit, now())
    return timing
