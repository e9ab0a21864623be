"""The queue before every request: who goes next, and what waiting costs."""

from __future__ import annotations

import asyncio
import math

import pytest

from matillion_async._details import Timing
from matillion_async._limits.limiter import Limiter
from matillion_async._limits.queue import Priority
from matillion_async._limits.rates import RateLimit, parse_rate_limits
from tests.matillion_async.limits.limiters import (
    ONE_A_SECOND,
    STEP,
    busy,
    now,
    pending_timers,
    run,
    send,
    turns,
)

pytestmark = pytest.mark.virtual_time


def test_it_is_made_without_an_event_loop() -> None:
    """A limiter made at import time works on the loop that runs later."""
    limiter = Limiter(ONE_A_SECOND)

    assert run(send(limiter)) == Timing()


async def test_without_a_limit_nobody_waits() -> None:
    """No limit: every call goes at once."""
    limiter = Limiter(())

    assert all(limiter.try_acquire() is not None for _ in range(10_000))
    assert limiter.stats().sent == 10_000
    assert limiter.stats().requests_per_minute == math.inf


async def test_a_free_permit_is_not_taken_from_those_who_wait() -> None:
    """The fast path is for when nobody waits, even at the moment a permit becomes free."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)
    waiting = asyncio.create_task(send(limiter))
    await turns()
    asyncio.get_running_loop().advance(10)  # type: ignore[attr-defined]  # the virtual clock's

    assert limiter.try_acquire() is None
    await waiting


async def test_first_come_first_served_at_the_rate() -> None:
    """Calls that wait go in the order they came, at intervals of the limit, and know how long they waited."""
    limiter = Limiter(ONE_A_SECOND)
    went: list[tuple[int, float]] = []

    async def call(number: int) -> None:
        waited = await send(limiter)
        assert waited.queue == pytest.approx(now())
        assert waited.pause == 0.0
        went.append((number, now()))

    await asyncio.gather(*(call(number) for number in range(5)))

    assert [number for number, _ in went] == [0, 1, 2, 3, 4]
    assert [at for _, at in went] == pytest.approx([STEP * number for number in range(5)])


async def test_interactive_calls_pass_a_bulk() -> None:
    """A call that somebody watches gets the very next permit, before 10,000 that wait."""
    limiter = Limiter(ONE_A_SECOND)
    bulk = [asyncio.create_task(send(limiter, priority=Priority.BULK)) for _ in range(10_000)]
    await turns()

    await send(limiter, priority=Priority.INTERACTIVE)

    assert now() <= STEP + 0.001
    for task in bulk:
        task.cancel()
    await asyncio.gather(*bulk, return_exceptions=True)


async def test_no_priority_starves() -> None:
    """Under a flood of higher calls each lower priority that waits still gets a share."""
    limiter = Limiter(ONE_A_SECOND)
    served: list[Priority] = []

    async def call(priority: Priority) -> None:
        await send(limiter, priority=priority)
        served.append(priority)

    await busy(limiter)
    tasks = [asyncio.create_task(call(priority)) for priority in Priority for _ in range(200)]
    await asyncio.sleep(200 * STEP + 0.5)

    for priority in (Priority.NORMAL, Priority.BULK):
        assert 15 <= served[:200].count(priority) <= 25
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_refused_calls_go_first_in_their_old_order() -> None:
    """Calls that had a permit and got a 429 go before those of their priority, in the order they come back."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)
    order: list[str] = []

    async def call(name: str, priority: Priority, after_429: bool) -> None:
        await send(limiter, priority=priority, after_429=after_429)
        order.append(name)

    await asyncio.gather(
        call("normal", Priority.NORMAL, False),
        call("again 1", Priority.NORMAL, True),
        call("again 2", Priority.NORMAL, True),
        call("watched", Priority.INTERACTIVE, False),
    )

    assert order == ["watched", "again 1", "again 2", "normal"]


async def test_stats() -> None:
    """A user sees who waits, what was sent and refused, the rate, and when the queue will be empty."""
    limiter = Limiter(parse_rate_limits("60/min,5/s"))
    tasks = [asyncio.create_task(send(limiter)) for _ in range(125)]
    await turns()

    stats = limiter.stats()
    await asyncio.gather(*tasks)

    assert (stats.waiting, stats.sent, stats.refused, stats.paused_for) == (120, 5, 0, 0.0)
    assert stats.requests_per_minute == 60
    assert stats.seconds_to_drain == pytest.approx(now(), abs=6)
    assert limiter.stats().seconds_to_drain == 0


async def test_ten_thousand_calls_wait_at_the_price_of_one_timer() -> None:
    """However many wait there is one timer, and giving up from the middle does not look at the others."""
    limiter = Limiter((RateLimit(10_000, 3600), RateLimit(1, 0.001)))
    await busy(limiter)
    tasks = [
        asyncio.create_task(send(limiter, deadline=1e9, priority=Priority(n % 3)))
        for n in range(10_000)
    ]
    await turns()
    assert limiter.stats().waiting == 10_000
    assert pending_timers() == 1

    for task in tasks[::2]:
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)

    assert sum(isinstance(result, Timing) for result in results) == 5_000
    assert pending_timers() == 0
