"""The state of a limiter, read from other threads than that of its event loop, as scrapers of metrics do."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Iterator

import pytest

from matillion_async._limits.budget import OwnBudget
from matillion_async._limits.limiter import Limiter
from matillion_async._limits.rates import RateLimit, parse_rate_limits
from matillion_async._limits.stats import LimiterStats

FAST = parse_rate_limits("1000/s, 20000/min")


@pytest.fixture
def switching() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


async def in_thread(limiter: Limiter) -> LimiterStats:
    return await asyncio.to_thread(limiter.stats)


async def test_a_limiter_that_nobody_used_has_a_state() -> None:
    """It belongs to no event loop yet."""
    stats = await in_thread(Limiter(parse_rate_limits("60/min")))
    assert (0, 0, 0, 0, 0.0, 60.0, 0.0) == (
        *(stats.waiting, stats.in_flight, stats.sent, stats.refused),
        *(stats.paused_for, stats.requests_per_minute, stats.seconds_to_drain),
    )


async def test_another_thread_sees_the_same() -> None:
    """Also of calls that wait, and of a pause: by the clock of the event loop."""
    limiter = Limiter(parse_rate_limits("2/h"))
    first, _second = limiter.try_acquire(), limiter.try_acquire()
    waiting = asyncio.ensure_future(limiter.acquire())
    await asyncio.sleep(0)
    assert first is not None
    limiter.refused(first, 30.0)
    here, there = limiter.stats(), await in_thread(limiter)
    assert (1, 1, 2, 1) == (there.waiting, there.in_flight, there.sent, there.refused)
    assert there.paused_for == pytest.approx(here.paused_for, abs=0.5)
    assert there.paused_for == pytest.approx(30, abs=1)
    assert there.seconds_to_drain == pytest.approx(here.seconds_to_drain, abs=0.5)
    assert there.seconds_to_drain > 1000
    waiting.cancel()


def test_a_closed_event_loop_leaves_a_state() -> None:
    """The last scrape comes after the end of the service."""
    limiter = Limiter(FAST)

    async def use() -> None:
        limiter.try_acquire()

    asyncio.run(use())
    assert 1 == limiter.stats().sent


@pytest.mark.usefixtures("switching")
async def test_calls_come_and_go_meanwhile() -> None:
    """While calls come and go another thread reads without an error, and what it reads is possible."""
    short = RateLimit(50, 0.01)  # so that much leaves the window meanwhile
    limiter = Limiter((short,), max_in_flight=50)
    seen: list[LimiterStats] = []
    failures: list[Exception] = []
    done = threading.Event()

    def scrape() -> None:
        try:
            while not done.is_set():
                seen.append(limiter.stats())
        except Exception as error:  # noqa: BLE001 - of a thread, shown below
            failures.append(error)

    async def call() -> None:
        permit = await limiter.acquire()
        sent_at = asyncio.get_running_loop().time()
        await asyncio.sleep(0)
        limiter.responded(permit, sent_at)

    thread = threading.Thread(target=scrape)
    thread.start()
    sent = 0
    try:
        while len(seen) < 300 and not failures:
            await asyncio.gather(*(call() for _ in range(100)))
            sent += 100
    finally:
        done.set()
        thread.join()
    assert [] == failures
    assert all(
        0 <= each.in_flight <= 50 and 0 <= each.waiting <= 100 and each.seconds_to_drain >= 0
        for each in seen
    )
    assert sent == limiter.stats().sent


async def test_what_has_left_the_window_is_left_to_the_limiter() -> None:
    """To forget it is a change, which only the event loop may make: with two at it, one too many would go."""
    limiter = Limiter(parse_rate_limits("1/s, 5000/min"), max_in_flight=1)
    permit = limiter.try_acquire()
    assert permit is not None
    waiting = asyncio.ensure_future(limiter.acquire())
    await asyncio.sleep(0)
    budget = limiter._budget
    assert isinstance(budget, OwnBudget)
    budget._rate.schedule.end(asyncio.get_running_loop().time() - 100)
    before = [list(meter.ends) for meter in budget._rate.schedule._meters]
    assert 1 == limiter.stats().waiting
    assert before == [list(meter.ends) for meter in budget._rate.schedule._meters]
    waiting.cancel()
