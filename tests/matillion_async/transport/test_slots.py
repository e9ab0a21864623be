"""The bound on requests at once: order, limits on the wait, cancellation."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matillion_async._limits.queue import Priority
from matillion_async._transport.slots import Slots
from matillion_async.sandbox import VirtualTimeLoop

pytestmark = pytest.mark.virtual_time


async def test_slots_are_granted_in_the_order_of_asking() -> None:
    """Whoever waits longest gets the next slot, also before somebody who comes while it is given back."""
    slots = Slots(1)
    await slots.take()
    order: list[int] = []

    async def wait(number: int) -> None:
        assert await slots.take()
        order.append(number)
        slots.give_back()

    tasks = [asyncio.create_task(wait(number)) for number in range(5)]
    await asyncio.sleep(0)
    slots.give_back()
    tasks.append(asyncio.create_task(wait(5)))
    await asyncio.gather(*tasks)

    assert order == [0, 1, 2, 3, 4, 5]
    assert slots.taken == 0


async def test_higher_priorities_go_first() -> None:
    """And within one whoever has waited longest."""
    slots = Slots(1)
    await slots.take()
    order: list[Priority] = []

    async def wait(priority: Priority) -> None:
        assert await slots.take(None, priority)
        order.append(priority)
        slots.give_back()

    asked = [Priority.BULK, Priority.NORMAL, Priority.INTERACTIVE, Priority.BULK, Priority.NORMAL]
    tasks = [asyncio.create_task(wait(priority)) for priority in asked]
    await asyncio.sleep(0)
    slots.give_back()
    await asyncio.gather(*tasks)

    assert sorted(asked) == order
    assert slots.taken == 0


async def test_a_wait_ends_at_its_limit() -> None:
    """Without a slot in time the answer is False, and the waiting place is given up."""
    slots = Slots(1)
    await slots.take()
    started = asyncio.get_running_loop().time()

    assert await slots.take(7.5) is False

    assert asyncio.get_running_loop().time() - started == 7.5
    slots.give_back()
    assert slots.taken == 0


async def test_a_slot_granted_to_a_cancelled_task_goes_to_the_next() -> None:
    """Cancellation in the very moment of the grant loses no wake-up: the next in line gets the slot."""
    slots = Slots(1)
    await slots.take()
    first = asyncio.create_task(slots.take())
    second = asyncio.create_task(slots.take())
    await asyncio.sleep(0)

    slots.give_back()
    first.cancel()

    assert await second is True
    assert first.cancelled()
    assert slots.taken == 1


async def test_a_slot_granted_at_the_limit_of_the_wait_is_not_lost() -> None:
    """When the limit passes and the slot comes in the same moment, the slot is either used or handed on."""
    slots = Slots(1)
    await slots.take()
    loop = asyncio.get_running_loop()
    loop.call_later(1.0, slots.give_back)

    if await slots.take(1.0):
        slots.give_back()

    assert slots.taken == 0


@given(
    limit=st.integers(1, 3),
    steps=st.lists(
        st.tuples(
            st.sampled_from(["take", "take in time", "give back", "cancel", "wait"]),
            st.integers(0, 9),
        ),
        max_size=60,
    ),
)
def test_no_history_loses_a_slot_or_a_wake_up(limit: int, steps: list[tuple[str, int]]) -> None:
    """Whatever is taken, given back, timed out and cancelled in whatever order: slots are neither lost nor doubled,
    nobody waits while one is free, and nobody overtakes."""

    async def run() -> None:
        slots = Slots(limit)
        waiting: list[asyncio.Task[bool]] = []
        held = 0
        granted: list[int] = []
        numbers: dict[asyncio.Task[bool], int] = {}

        def settle() -> None:
            nonlocal held
            for task in [task for task in waiting if task.done()]:
                waiting.remove(task)
                if not task.cancelled() and task.result():
                    held += 1
                    granted.append(numbers[task])

        for number, (step, index) in enumerate(steps):
            if step.startswith("take"):
                task = asyncio.create_task(slots.take(5.0 if step == "take in time" else None))
                numbers[task] = number
                waiting.append(task)
                if index % 2:
                    await asyncio.sleep(0)
            elif step == "give back" and held:
                held -= 1
                slots.give_back()
            elif step == "cancel" and waiting:
                waiting[index % len(waiting)].cancel()
            elif step == "wait":
                await asyncio.sleep(index)
            settle()
        for _ in range(4):
            await asyncio.sleep(0)
        settle()
        assert held == slots.taken <= limit
        assert not waiting or held == limit
        assert granted == sorted(granted)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        assert held == slots.taken

    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        runner.run(run())
