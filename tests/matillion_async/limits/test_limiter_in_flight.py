"""Requests under way: how many there may be, and for how long the server may still count one."""

from __future__ import annotations

import asyncio

import pytest

from matillion_async._limits.budget import MAX_TRANSIT
from matillion_async._limits.limiter import Limiter
from matillion_async._limits.rates import parse_rate_limits
from tests.matillion_async.limits.limiters import (
    ONE_A_SECOND,
    STEP,
    now,
)

pytestmark = pytest.mark.virtual_time


async def test_no_more_are_under_way_than_may_be() -> None:
    """Where their number is bounded, the next call goes when one before it ended, in order."""
    limiter = Limiter((), max_in_flight=2)
    went: list[int] = []

    async def call(number: int) -> None:
        permit = await limiter.acquire()
        went.append(number)
        await asyncio.sleep(10)
        limiter.responded(permit, now() - 10)

    tasks = [asyncio.create_task(call(number)) for number in range(5)]
    await asyncio.sleep(1)
    assert limiter.try_acquire() is None
    assert (limiter.stats().in_flight, limiter.stats().waiting) == (2, 3)
    await asyncio.gather(*tasks)

    assert went == [0, 1, 2, 3, 4]
    assert now() == 30
    assert limiter.stats().in_flight == 0


async def test_a_request_counts_until_its_response_and_a_period_after_it() -> None:
    """The server may count a request as late as just before it responds."""
    limiter = Limiter(parse_rate_limits("2/10s"))
    first, second = await limiter.acquire(), await limiter.acquire()
    third = asyncio.create_task(limiter.acquire())

    await asyncio.sleep(3)
    limiter.responded(first, 0.0)
    await asyncio.sleep(4)
    limiter.responded(second, 0.0)
    await third

    assert now() == pytest.approx(3 + 10 * 1.001)


@pytest.mark.parametrize("accepted", [True, False])
async def test_a_response_counts_whatever_its_status(accepted: bool) -> None:
    """A 500 may have been counted by the server like any other response."""
    limiter = Limiter(ONE_A_SECOND)
    limiter.responded(await limiter.acquire(), 0.0, accepted=accepted)

    await limiter.acquire()

    assert now() == pytest.approx(STEP)


async def test_what_may_still_arrive_takes_its_place_until_it_has() -> None:
    """A call that was given up may be counted by the server later."""
    limiter = Limiter(ONE_A_SECOND)
    limiter.dropped(await limiter.acquire(), may_arrive=True)

    await limiter.acquire()

    assert now() == pytest.approx(MAX_TRANSIT + STEP)
    assert limiter.stats().in_flight == 1


async def test_what_was_never_sent_counts_as_sent_now() -> None:
    """Connections that fail do not make a client hammer on the server's door."""
    limiter = Limiter(ONE_A_SECOND)
    limiter.dropped(await limiter.acquire(), may_arrive=False)

    await limiter.acquire()

    assert now() == pytest.approx(STEP)


async def test_a_slow_response_does_not_count_for_longer() -> None:
    """A request that was written has arrived some seconds later, however long the server works on it."""
    limiter = Limiter(ONE_A_SECOND)
    slow = await limiter.acquire()
    limiter.sending(slow)

    permit = await limiter.acquire()

    assert now() == pytest.approx(MAX_TRANSIT + STEP)
    assert limiter.stats().in_flight == 2
    await asyncio.sleep(60)
    for ended in (slow, permit):
        limiter.responded(ended, 0.0)
    assert limiter.stats().in_flight == 0


async def test_a_given_up_request_that_was_written_is_waited_for_no_longer() -> None:
    """The time in which it has arrived counts from when it was written, not from when it was given up."""
    limiter = Limiter(ONE_A_SECOND)
    permit = await limiter.acquire()
    limiter.sending(permit)
    await asyncio.sleep(3)
    limiter.dropped(permit, may_arrive=True)

    await limiter.acquire()

    assert now() == pytest.approx(MAX_TRANSIT + STEP)
