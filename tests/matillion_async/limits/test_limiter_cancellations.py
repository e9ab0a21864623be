"""Calls that are cancelled at any moment, and a limiter that is closed: nothing is lost and nothing left."""

from __future__ import annotations

import asyncio

import pytest

from matillion_async._errors import ClientStateError
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

pytestmark = pytest.mark.virtual_time


async def test_a_call_cancelled_as_it_is_let_go_makes_room_for_the_next() -> None:
    """An end and a cancellation at the same moment: nobody waits for a request that was never made."""
    limiter = Limiter((), max_in_flight=1)
    permit = await limiter.acquire()
    first = asyncio.create_task(limiter.acquire())
    second = asyncio.create_task(limiter.acquire())
    await turns()

    limiter.responded(permit, 0.0)
    first.cancel()
    await asyncio.gather(first, second, return_exceptions=True)

    assert first.cancelled()
    assert second.exception() is None
    assert limiter.stats().in_flight == 1


async def test_a_call_cancelled_as_it_fails_gives_back_nothing() -> None:
    """It had no permit: the request that is under way still counts."""
    limiter = Limiter((), max_in_flight=1)
    await limiter.acquire()
    task = asyncio.create_task(limiter.acquire(deadline=5.0))
    await turns()
    asyncio.get_running_loop().call_at(5.0, task.cancel)  # after the timer of the deadline

    await asyncio.gather(task, return_exceptions=True)

    assert task.cancelled()
    assert limiter.stats().in_flight == 1


async def test_a_cancelled_call_leaves_no_trace() -> None:
    """Who gives up costs no permit and no time of those behind, and no timer stays when nobody is left."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)
    tasks = [asyncio.create_task(send(limiter, deadline=1e6)) for _ in range(1000)]
    last = asyncio.create_task(send(limiter))
    await turns()
    assert pending_timers() == 1
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert limiter.stats().waiting == 1

    await last

    assert now() == pytest.approx(STEP)
    assert limiter.stats().sent == 2
    assert pending_timers() == 0
    assert not limiter._queue._deadlines


async def test_the_last_one_to_be_cancelled_takes_the_timer_along() -> None:
    """Nothing of the limiter stays on the event loop when all have given up."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)
    task = asyncio.create_task(send(limiter, deadline=10.0))
    await turns()
    assert pending_timers() == 1

    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert pending_timers() == 0
    assert not limiter._queue._deadlines


async def test_a_permit_granted_to_a_call_that_is_cancelled_is_spent() -> None:
    """A grant and a cancellation at the same moment: the permit is not given to anybody else."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)
    first = asyncio.create_task(send(limiter))
    second = asyncio.create_task(send(limiter))
    await turns()
    loop = asyncio.get_running_loop()
    # Runs right after the timer that grants the permit, and before the task that got it.
    loop.call_at(limiter._dispatcher.ready_at(now()), first.cancel)

    await asyncio.gather(first, second, return_exceptions=True)

    assert first.cancelled()
    assert now() == pytest.approx(2 * STEP)
    assert limiter.stats().sent == 3


async def test_no_permit_goes_to_a_call_that_was_just_cancelled() -> None:
    """A cancellation just before the grant, not yet seen by the call: the permit goes to the next one."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)
    first = asyncio.create_task(send(limiter))
    second = asyncio.create_task(send(limiter))
    await turns()
    # So near that the event loop runs both timers in one turn.
    asyncio.get_running_loop().call_at(limiter._dispatcher.ready_at(now()) - 1e-10, first.cancel)

    await asyncio.gather(first, second, return_exceptions=True)

    assert first.cancelled()
    assert now() == pytest.approx(STEP)
    assert limiter.stats().sent == 2


async def test_close_fails_those_who_wait_and_those_who_come() -> None:
    """After close nobody gets a permit, nobody waits for ever, and no timer is left."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)
    tasks = [asyncio.create_task(send(limiter, priority=priority)) for priority in Priority]
    tasks[0].cancel()
    await turns(1)
    limiter.close()

    results = await asyncio.gather(*tasks, return_exceptions=True)

    assert isinstance(results[0], asyncio.CancelledError)
    assert all(isinstance(result, ClientStateError) for result in results[1:])
    await asyncio.sleep(10)
    assert limiter.try_acquire() is None
    with pytest.raises(ClientStateError):
        await send(limiter)
    assert pending_timers() == 0
