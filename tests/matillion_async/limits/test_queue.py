"""The calls that wait for a permit: in which order they go, and what is kept of them."""

from __future__ import annotations

import asyncio

import pytest

from matillion_async._limits.queue import MAX_PASSED_OVER, Priority, Queue, Waiter

pytestmark = pytest.mark.virtual_time


def waiter() -> Waiter:
    """A place to wait."""
    return asyncio.get_running_loop().create_future()


async def test_calls_that_gave_up_are_forgotten() -> None:
    """Deadlines of calls that wait no more do not pile up behind that of one that still waits."""
    queue = Queue()
    queue.add(waiter(), Priority.NORMAL, False, deadline=1.0)
    for _ in range(1000):
        leaving = waiter()
        queue.add(leaving, Priority.NORMAL, False, deadline=1000.0)
        leaving.cancel()
        queue.remove(leaving)

    assert len(queue._deadlines) < 100


async def test_those_ahead_of_a_call() -> None:
    """All of its own priority are ahead; of the higher ones only as many as its share lets pass."""
    queue = Queue()
    for _ in range(100):
        queue.add(waiter(), Priority.NORMAL, False, None)
    for _ in range(2):
        queue.add(waiter(), Priority.BULK, False, None)

    assert queue.ahead(Priority.INTERACTIVE, False) == 0
    assert queue.ahead(Priority.NORMAL, False) == 100
    assert queue.ahead(Priority.NORMAL, True) == 0
    assert queue.ahead(Priority.BULK, False) == 2 + 3 * MAX_PASSED_OVER


async def test_the_number_ahead_is_never_too_high() -> None:
    """However many went already, a call goes after those said to be ahead of it, and not before."""
    for gone in range(25):
        queue = Queue()
        for _ in range(100):
            queue.add(waiter(), Priority.NORMAL, False, None)
        queue.add(waiter(), Priority.BULK, False, None)
        for _ in range(gone):
            queue.next()
        expected = queue.ahead(Priority.BULK, False)
        mine = waiter()
        queue.add(mine, Priority.BULK, False, None)

        before = 0
        while queue.next() is not mine:
            before += 1

        assert expected == before


async def test_a_removed_call_is_gone() -> None:
    """Removing works wherever a call waits, and once."""
    queue = Queue()
    waiters = [waiter() for _ in range(6)]
    for number, waiting in enumerate(waiters):
        queue.add(waiting, Priority(number % 3), number >= 3, None)
    for waiting in waiters[1:]:
        queue.remove(waiting)
        queue.remove(waiting)

    assert len(queue) == 1
    assert queue.next() is waiters[0]


async def test_late_calls_come_out_in_the_order_of_their_deadlines() -> None:
    """Those whose time has come or comes before the next permit, and no others."""
    queue = Queue()
    waiters = {deadline: waiter() for deadline in (5.0, 1.0, 3.0, 9.0)}
    for deadline, waiting in waiters.items():
        queue.add(waiting, Priority.NORMAL, False, deadline)

    late = [queue.take_late(1.0, 5.0) for _ in range(3)]

    assert late == [waiters[1.0], waiters[3.0], None]
    assert len(queue) == 2
    assert queue.first_deadline() == 5.0
