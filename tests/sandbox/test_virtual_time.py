"""The event loop whose clock jumps."""

from __future__ import annotations

import asyncio
import faulthandler
import math
import threading
from collections.abc import Iterator

import pytest

from matillion_async.sandbox import VirtualTimeLoop

DAY = 86_400.0


@pytest.fixture(autouse=True)
def _hang_guard() -> Iterator[None]:
    """A loop that spins on a timer would never let the test end."""
    faulthandler.dump_traceback_later(60, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.mark.parametrize("days", [1, 97, 195, 400, 40_000, 4_000_000])
def test_timers_fire_however_late_it_is(days: int) -> None:
    """Floating point numbers of that size have no nanoseconds left; the clock moves on all the same."""

    async def sleeps() -> float:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualTimeLoop)
        loop.advance(days * DAY)
        began = loop.time()
        for number in range(1000):
            await asyncio.sleep(0.1 + number / 1e6)
            due: asyncio.Future[None] = loop.create_future()
            loop.call_at(loop.time(), due.set_result, None)
            await due
        return loop.time() - began

    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        slept = runner.run(sleeps())
    assert slept == pytest.approx(100.4995, abs=1000 * 10 * math.ulp(days * DAY))


def test_time_stands_still_while_there_is_work() -> None:
    """Turns of the event loop take no time."""

    async def turns() -> float:
        for _ in range(1000):
            await asyncio.sleep(0)
        return asyncio.get_running_loop().time()

    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        assert 0.0 == runner.run(turns())


def test_timers_fire_in_their_order() -> None:
    """The clock stops at each timer on its way."""
    fired: list[tuple[float, float]] = []

    async def timers() -> None:
        loop = asyncio.get_running_loop()

        def fire(seconds: float) -> None:
            fired.append((seconds, loop.time()))

        for seconds in (3, 1, 2):
            loop.call_later(seconds, fire, seconds)
        await asyncio.sleep(5)

    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        runner.run(timers())
    assert [(1, 1.0), (2, 2.0), (3, 3.0)] == fired


@pytest.mark.virtual_time
async def test_time_stands_still_while_a_thread_would_work() -> None:
    """Work that is given to a thread is done in this one, so that no timer comes first; its errors are its own."""

    def work(number: int) -> tuple[threading.Thread, int]:
        return threading.current_thread(), 10 // number

    async with asyncio.timeout(60):
        assert (threading.current_thread(), 5) == await asyncio.to_thread(work, 2)
        with pytest.raises(ZeroDivisionError):
            await asyncio.to_thread(work, 0)
    assert 0.0 == asyncio.get_running_loop().time()
