"""The bound on requests at once: order, limits on the wait, cancellation."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matillion_async._transport.slots import Slot, Slots
from matillion_async.sandbox import VirtualTimeLoop

pytestmark = pytest.mark.virtual_time


async def taken(slots: Slots) -> Slot:
    """A slot, waited for."""
    slot = await slots.take()
    assert slot is not None
    return slot


async def test_a_slot_is_given_back_once() -> None:
    """Whoever gives it back a second time takes it from nobody."""
    slots = Slots(2)
    first = await taken(slots)
    await taken(slots)

    first.give_back()
    first.give_back()

    assert slots.taken == 1


async def test_slots_are_granted_in_the_order_of_asking() -> None:
    """Whoever waits longest gets the next slot, also before somebody who comes while it is given back."""
    slots = Slots(1)
    held = await taken(slots)
    order: list[int] = []

    async def wait(number: int) -> None:
        slot = await taken(slots)
        order.append(number)
        slot.give_back()

    tasks = [asyncio.create_task(wait(number)) for number in range(5)]
    await asyncio.sleep(0)
    held.give_back()
    tasks.append(asyncio.create_task(wait(5)))
    await asyncio.gather(*tasks)

    assert order == [0, 1, 2, 3, 4, 5]
    assert slots.taken == 0


async def test_a_wait_ends_at_its_limit() -> None:
    """Without a slot in time there is none, and the waiting place is given up."""
    slots = Slots(1)
    held = await taken(slots)
    started = asyncio.get_running_loop().time()

    assert await slots.take(7.5) is None

    assert asyncio.get_running_loop().time() - started == 7.5
    held.give_back()
    assert slots.taken == 0


async def test_a_slot_granted_to_a_cancelled_task_goes_to_the_next() -> None:
    """Cancellation in the very moment of the grant loses no wake-up: the next in line gets the slot."""
    slots = Slots(1)
    held = await taken(slots)
    first = asyncio.create_task(slots.take())
    second = asyncio.create_task(slots.take())
    await asyncio.sleep(0)

    held.give_back()
    first.cancel()

    assert await second is not None
    assert first.cancelled()
    assert slots.taken == 1


async def test_a_slot_granted_at_the_limit_of_the_wait_is_not_lost() -> None:
    """When the limit passes and the slot comes in the same moment, the slot is either used or handed on."""
    slots = Slots(1)
    held = await taken(slots)
    asyncio.get_running_loop().call_later(1.0, held.give_back)

    slot = await slots.take(1.0)
    if slot is not None:
        slot.give_back()

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
        waiting: list[asyncio.Task[Slot | None]] = []
        held: list[Slot] = []
        granted: list[int] = []
        numbers: dict[asyncio.Task[Slot | None], int] = {}

        def settle() -> None:
            for task in [task for task in waiting if task.done()]:
                waiting.remove(task)
                slot = None if task.cancelled() else task.result()
                if slot is not None:
                    held.append(slot)
                    granted.append(numbers[task])

        for number, (step, index) in enumerate(steps):
            if step.startswith("take"):
                task = asyncio.create_task(slots.take(5.0 if step == "take in time" else None))
                numbers[task] = number
                waiting.append(task)
                if index % 2:
                    await asyncio.sleep(0)
            elif step == "give back" and held:
                held.pop().give_back()
            elif step == "cancel" and waiting:
                waiting[index % len(waiting)].cancel()
            elif step == "wait":
                await asyncio.sleep(index)
            settle()
        for _ in range(4):
            await asyncio.sleep(0)
        settle()
        assert len(held) == slots.taken <= limit
        assert not waiting or len(held) == limit
        assert granted == sorted(granted)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        assert len(held) == slots.taken

    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        runner.run(run())
