"""Deadlines of calls that wait for a permit: who cannot meet theirs learns it at once."""

from __future__ import annotations

import asyncio

import pytest

from matillion_async._details import Timing
from matillion_async._errors import DeadlineExceededError
from matillion_async._limits.limiter import Limiter
from matillion_async._limits.queue import Priority
from tests.matillion_async.limits.limiters import (
    ONE_A_SECOND,
    STEP,
    busy,
    now,
    pending_timers,
    send,
    turns,
)
from tests.matillion_async.scripted import shut

pytestmark = pytest.mark.virtual_time


async def test_a_deadline_that_cannot_be_met_fails_at_once() -> None:
    """A call that many others precede does not wait for a permit that comes too late."""
    limiter = Limiter(ONE_A_SECOND)
    tasks = [asyncio.create_task(send(limiter)) for _ in range(100)]
    await turns()

    with pytest.raises(DeadlineExceededError, match="no free permit before the deadline"):
        await send(limiter, deadline=50.0)

    assert now() == 0
    assert limiter.stats().waiting == 99
    await asyncio.gather(*tasks)


async def test_a_deadline_that_can_be_met_is() -> None:
    """A permit just before the deadline is waited for."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)

    waited = await send(limiter, deadline=1.05)

    assert waited.queue == pytest.approx(STEP)


async def test_a_pause_beyond_the_deadline_fails_those_who_wait_at_once() -> None:
    """When a pause is longer than a call may wait, the call learns it now; others go on waiting."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)
    patient = asyncio.create_task(send(limiter, deadline=100.0))
    hasty = [asyncio.create_task(send(limiter, deadline=20.0 + n)) for n in range(3)]
    await turns()

    shut(limiter, 60.0)
    results = await asyncio.gather(*hasty, return_exceptions=True)

    assert all(isinstance(result, DeadlineExceededError) for result in results)
    assert now() == 0
    assert limiter.stats().waiting == 1
    await patient
    assert now() == pytest.approx(60.0)


async def test_a_deadline_that_others_use_up_is_kept() -> None:
    """A bulk call with a deadline fails by it when calls of higher priority keep coming before it."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)
    bulk = asyncio.create_task(send(limiter, priority=Priority.BULK, deadline=5.0))
    await turns()
    others = [asyncio.create_task(send(limiter)) for _ in range(20)]

    with pytest.raises(DeadlineExceededError):
        await bulk

    assert now() <= 5.0
    await asyncio.gather(*others)


async def test_a_wait_that_fails_tells_where_its_time_went() -> None:
    """Seconds in the queue and in a pause are noted also if the call fails or is cancelled."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)
    failed, cancelled = Timing(), Timing()
    waits = [
        asyncio.create_task(limiter.acquire(deadline=60.0, timing=failed)),
        asyncio.create_task(limiter.acquire(timing=cancelled)),
    ]
    await asyncio.sleep(0.5)
    shut(limiter, 10.0)
    await asyncio.sleep(2)
    shut(limiter, 100.0)
    waits[1].cancel()
    await asyncio.gather(*waits, return_exceptions=True)

    for timing in (failed, cancelled):
        assert (timing.queue, timing.pause) == pytest.approx((0.5, 2.0))


async def test_while_the_default_is_unproven_deadlines_are_not_failed_early() -> None:
    """The next responses may let all go at once, so no call is failed by an estimate before they come."""
    limiter = Limiter()
    tasks = [asyncio.create_task(limiter.acquire(deadline=0.5)) for _ in range(300)]
    await asyncio.sleep(0.2)
    assert limiter.stats().sent == 11

    for task in tasks[:11]:
        limiter.responded(task.result(), 0.0)
    await asyncio.gather(*tasks)

    assert now() == pytest.approx(0.2)


async def test_while_the_default_is_unproven_deadlines_are_kept() -> None:
    """If no response comes, the calls behind the probe fail each at its deadline, not at the next permit."""
    limiter = Limiter()
    permits = [await limiter.acquire() for _ in range(11)]
    failed: list[float] = []

    async def call(deadline: float | None) -> None:
        try:
            await limiter.acquire(deadline=deadline)
        except DeadlineExceededError:
            failed.append(now())

    calls = [asyncio.create_task(call(deadline)) for deadline in (None, 0.5, 0.3, 0.5)]
    await asyncio.sleep(1)
    for permit in permits:
        limiter.responded(permit, 0.0)
    await asyncio.gather(*calls)

    assert failed == pytest.approx([0.3, 0.5, 0.5])


async def test_deadlines_are_kept_while_too_many_are_under_way() -> None:
    """Who waits for others to end fails at the deadline, and no timer waits for what no clock brings."""
    limiter = Limiter((), max_in_flight=1)
    permit = await limiter.acquire()
    patient = asyncio.create_task(limiter.acquire())
    await turns()
    assert pending_timers() == 0

    with pytest.raises(DeadlineExceededError, match="too many requests were under way"):
        await limiter.acquire(deadline=5.0)

    assert now() == 5
    limiter.responded(permit, 0.0)
    await patient
    assert pending_timers() == 0
