"""A bound on how much happens at once: by priority, and within one first come, first served."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from matillion_async._limits.queue import Priority


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
        self._lines: tuple[OrderedDict[asyncio.Future[bool], None], ...] = tuple(
            OrderedDict() for _ in Priority
        )

    @property
    def taken(self) -> int:
        """How many slots are in use."""
        return self.limit - self._free

    def take_free(self) -> bool:
        """Take a slot if one is free."""
        if not self._free:
            return False
        self._free -= 1
        return True

    async def take(
        self, seconds: float | None = None, priority: Priority = Priority.NORMAL
    ) -> bool:
        """Wait for a slot, and take it.

        Args:
            seconds: the longest wait; None waits as long as it takes.
            priority: whose turn it is. Higher ones always go first: a slot is held for no longer than a request takes.

        Returns:
            True with a slot, which has to be given back; False if there was none in time.
        """
        if self.take_free():
            return True
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[bool] = loop.create_future()
        line = self._lines[priority]
        line[turn] = None
        timer = None if seconds is None else loop.call_later(seconds, _settle, turn, False)
        try:
            return await turn
        except asyncio.CancelledError:
            if not turn.cancelled() and turn.result():
                self.give_back()  # the slot came in the same turn of the event loop as the cancellation
            raise
        finally:
            line.pop(turn, None)
            if timer is not None:
                timer.cancel()

    def give_back(self) -> None:
        """Hand a slot to whoever has waited longest in the highest priority, or make it free."""
        for line in self._lines:
            while line:
                turn, _ = line.popitem(last=False)
                if _settle(turn, True):
                    return
        self._free += 1


def _settle(turn: asyncio.Future[bool], granted: bool) -> bool:
    """Decide a wait, unless it has been decided or cancelled."""
    if turn.done():
        return False
    turn.set_result(granted)
    return True
