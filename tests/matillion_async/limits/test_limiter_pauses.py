"""Pauses after a refusal: for everybody, as long as the server says, and never for ever."""

from __future__ import annotations

import asyncio
import itertools

import pytest

from matillion_async._details import Timing
from matillion_async._limits.limiter import Limiter
from matillion_async._limits.pauses import MAX_PAUSE
from matillion_async._limits.rates import parse_rate_limits
from matillion_async._limits.strays import STRAYS
from tests.matillion_async.limits.limiters import (
    now,
    run,
    send,
    turns,
)
from tests.matillion_async.scripted import shut

pytestmark = pytest.mark.virtual_time


async def test_one_429_pauses_everybody() -> None:
    """After a 429 nobody sends until Retry-After is over; then one after the other, and time is accounted for."""
    limiter = Limiter(parse_rate_limits("1000/min"))
    permit = await limiter.acquire()
    await asyncio.sleep(1)
    limiter.refused(permit, 30.0)
    assert limiter.try_acquire() is None
    went: list[float] = []

    async def call() -> Timing:
        waited = await send(limiter)
        went.append(now())
        return waited

    waited = await asyncio.gather(*(call() for _ in range(20)))

    assert went[0] == pytest.approx(31.0)
    assert all(later - earlier > 0.05 for earlier, later in itertools.pairwise(went))
    assert [w.pause for w in waited] == pytest.approx([30.0] * 20)
    assert [w.queue for w in waited] == pytest.approx([at - 31.0 for at in went])


async def test_the_longest_pause_wins() -> None:
    """A shorter pause does not end a longer one, and pauses that overlap count once."""
    limiter = Limiter(parse_rate_limits("1000/min"))
    shut(limiter, 10.0)
    task = asyncio.create_task(send(limiter))
    await asyncio.sleep(4)
    shut(limiter, 1.0)
    assert limiter.stats().paused_for == pytest.approx(6.0)
    shut(limiter, 20.0)

    waited = await task

    assert now() == pytest.approx(24.0)
    assert waited.pause == pytest.approx(24.0)


@pytest.mark.parametrize("retry_after", [None, 0.0, -5.0])
async def test_a_pause_without_a_length_still_ends(retry_after: float | None) -> None:
    """Whatever the server says or does not say, the pause ends."""
    limiter = Limiter(())
    shut(limiter, retry_after)

    await send(limiter)

    assert now() <= 5


async def test_a_refusal_teaches_nothing_and_many_do() -> None:
    """The rate stays after one 429, and falls after many, which are counted."""
    limiter = Limiter(parse_rate_limits("60/min,5/s"))
    permits = [await limiter.acquire() for _ in range(5)]
    limiter.refused(permits[0], 1.0)
    assert limiter.stats().requests_per_minute == 60

    for permit in permits[1:]:
        limiter.dropped(permit, may_arrive=False)
    for _ in range(int(STRAYS)):
        await asyncio.sleep(1)
        limiter.responded(limiter._dispatcher.grant(now()), now())
        await asyncio.sleep(1)
        limiter.refused(limiter._dispatcher.grant(now()), 1.0)

    assert limiter.stats().requests_per_minute < 60
    assert limiter.stats().refused == 1 + STRAYS


async def test_refusals_of_what_had_a_permit_are_one() -> None:
    """However late a request is sent that had its permit before a 429, it says nothing new, and makes no pause longer."""
    limiter = Limiter(())
    permits = [await limiter.acquire() for _ in range(60)]
    for permit in permits:
        await asyncio.sleep(0.01)
        limiter.sending(permit)
        limiter.refused(permit, 1.0)

    assert limiter.stats().paused_for == pytest.approx(1.0)


async def test_a_pause_is_the_servers_up_to_a_bound() -> None:
    """A server that asks for an hour is asked again after minutes, by one request."""
    limiter = Limiter(())
    limiter.refused(await limiter.acquire(), 3600.0)

    await limiter.acquire()

    assert now() == pytest.approx(MAX_PAUSE)


async def test_an_end_lets_nobody_go_during_a_pause() -> None:
    """What a refused request taught holds before its place is given to the next."""
    limiter = Limiter((), max_in_flight=1)
    permit = await limiter.acquire()
    waiting = Timing()
    task = asyncio.create_task(limiter.acquire(timing=waiting))
    await turns()

    limiter.refused(permit, 30.0)
    await task

    assert waiting.pause == pytest.approx(30.0)


def test_a_pause_outlives_what_is_learned_meanwhile() -> None:
    """Responses that raise the rate during a pause let nothing go."""

    async def scenario() -> None:
        limiter = Limiter()
        flight = [limiter._dispatcher.grant(now()) for _ in range(200)]
        await asyncio.sleep(0.2)
        for permit in flight[:11]:
            limiter.responded(permit, 0.0)
        for permit in flight[11:20]:
            limiter.refused(permit, 30.0)
        lowered = limiter.stats().requests_per_minute
        for permit in flight[20:]:
            limiter.responded(permit, 0.1)
        assert limiter.stats().requests_per_minute > lowered
        await asyncio.wait_for(limiter.acquire(), 100)
        assert now() >= 30

    run(scenario())
