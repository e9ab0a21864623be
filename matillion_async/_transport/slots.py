"""A bound on how much happens at once, first come, first served."""

from __future__ import annotations

import asyncio
from collections import OrderedDict


class Slots:
    """A fixed number of slots; who finds none waits for one, in order, and may be cancelled at any moment.

    Unlike ``asyncio.Semaphore`` it gives up a waiting place in constant time, however many others wait, and limits
    the wait without a task or a context manager. Belongs to one event loop.

    Args:
        limit: how many slots there are, at least 1.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._free = limit  # above 0 only while nobody waits
        self._line: OrderedDict[asyncio.Future[bool], None] = OrderedDict()

    @property
    def taken(self) -> int:
        """How many slots are in use."""
        return self.limit - self._free

    def take_free(self) -> Slot | None:
        """Take a slot if one is free."""
        if not self._free:
            return None
        self._free -= 1
        return Slot(self)

    async def take(self, seconds: float | None = None) -> Slot | None:
        """Wait for a slot, and take it.

        Args:
            seconds: the longest wait; None waits as long as it takes.

        Returns:
            A slot, which has to be given back; None if there was none in time.
        """
        slot = self.take_free()
        if slot is not None:
            return slot
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[bool] = loop.create_future()
        self._line[turn] = None
        timer = None if seconds is None else loop.call_later(seconds, _settle, turn, False)
        try:
            return Slot(self) if await turn else None
        except asyncio.CancelledError:
            if not turn.cancelled() and turn.result():
                self.hand_on()  # the slot came in the same turn of the event loop as the cancellation
            raise
        finally:
            self._line.pop(turn, None)
            if timer is not None:
                timer.cancel()

    def hand_on(self) -> None:
        """Hand a slot to whoever has waited longest, or make it free."""
        while self._line:
            turn, _ = self._line.popitem(last=False)
            if _settle(turn, True):
                return
        self._free += 1


class Slot:
    """One of the slots, in use."""

    __slots__ = ("_slots",)

    def __init__(self, slots: Slots) -> None:
        self._slots: Slots | None = slots

    def give_back(self) -> None:
        """Leave the slot to others; a second time does nothing."""
        slots, self._slots = self._slots, None
        if slots is not None:
            slots.hand_on()


def _settle(turn: asyncio.Future[bool], granted: bool) -> bool:
    """Decide a wait, unless it has been decided or cancelled."""
    if turn.done():
        return False
    turn.set_result(granted)
    return True
