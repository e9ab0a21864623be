"""The calls that wait for a permit of the rate limiter: in which order they go, and which wait in vain."""

from __future__ import annotations

import asyncio
import enum
import heapq
import math
from collections import OrderedDict
from typing import TypeAlias

from matillion_async._errors import MatillionError

PASSED_OVER = 9
"""A priority that waits is next after so many permits went to higher ones: a tenth is its share."""


class Permit:
    """The right to send one request, from when the limiter gives it until it is told how the request ended."""

    __slots__ = ("arrived_by", "given_at", "is_under_way")

    def __init__(self, given_at: float) -> None:
        self.given_at = given_at
        """When the limiter gave it, on the event loop's clock."""
        self.is_under_way = True
        """Whether the request takes a place, as one that may yet arrive at the server."""
        self.arrived_by = math.inf
        """When the request has arrived at the latest, on the event loop's clock."""


Slot: TypeAlias = "asyncio.Future[Permit | MatillionError]"
"""What a call waits for: a permit when it may go, an error when it will not."""


class Priority(enum.IntEnum):
    """Whose turn it is when several calls wait for a permit; within one, first come, first served."""

    INTERACTIVE = 0
    """Somebody watches, or a status is polled."""
    NORMAL = 1
    BULK = 2
    """Calls made by :meth:`MatillionClient.bulk`."""


class _Line:
    """The waiting calls of one priority."""

    __slots__ = ("again", "first", "passed_over")

    def __init__(self) -> None:
        # Ordered dictionaries, so that whoever gives up leaves from the middle in constant time.
        self.again: OrderedDict[Slot, None] = OrderedDict()  # refused by a 429, before all others
        self.first: OrderedDict[Slot, None] = OrderedDict()
        self.passed_over = 0

    def __len__(self) -> int:
        return len(self.again) + len(self.first)


class Queue:
    """Waiting calls, by priority and in order of arrival; constant time per call, however many wait."""

    def __init__(self) -> None:
        self._lines = tuple(_Line() for _ in Priority)
        self._length = 0
        self._deadlines: list[
            tuple[float, int, Slot]
        ] = []  # a heap; entries may outlive their wait
        self._entries = 0

    def __len__(self) -> int:
        return self._length

    def add(self, slot: Slot, priority: Priority, requeued: bool, deadline: float | None) -> None:
        """Let a call wait: at the end of its priority, or of those in it that were refused."""
        line = self._lines[priority]
        (line.again if requeued else line.first)[slot] = None
        self._length += 1
        if deadline is None:
            return
        if len(self._deadlines) > 2 * self._length + 64:  # mostly of calls that wait no more
            self._deadlines = [entry for entry in self._deadlines if not entry[2].done()]
            heapq.heapify(self._deadlines)
        self._entries += 1  # orders equal deadlines: futures have no order
        heapq.heappush(self._deadlines, (deadline, self._entries, slot))

    def remove(self, slot: Slot) -> None:
        """Forget a call, if it is still known."""
        for line in self._lines:
            for place in (line.again, line.first):
                if slot in place:
                    del place[slot]
                    self._shrink()

    def next(self) -> Slot:
        """Take out the call whose turn it is."""
        waiting = [line for line in self._lines if line]
        chosen = waiting[0]
        for line in waiting[1:]:
            line.passed_over += 1
            if line.passed_over > PASSED_OVER:
                chosen = line
        chosen.passed_over = 0
        slot, _ = (chosen.again or chosen.first).popitem(last=False)
        self._shrink()
        return slot

    def refused(self) -> list[Slot]:
        """Take out all calls that had a permit before and were refused."""
        slots = [slot for line in self._lines for slot in line.again]
        for slot in slots:
            self.remove(slot)
        return slots

    def ahead(self, priority: Priority, requeued: bool) -> int:
        """How many calls at least would go before one that came now."""
        line = self._lines[priority]
        own = len(line.again) + (0 if requeued else len(line.first))
        higher = sum(len(other) for other in self._lines[:priority])
        return own + min(higher, max(0, PASSED_OVER * (own + 1) - line.passed_over))

    def first_deadline(self) -> float:
        """The earliest deadline of all that wait; infinite if none has one."""
        while self._deadlines and self._deadlines[0][2].done():
            heapq.heappop(self._deadlines)
        return self._deadlines[0][0] if self._deadlines else math.inf

    def _shrink(self) -> None:
        self._length -= 1
        if not self._length:  # the last one leaves nothing behind
            self._deadlines.clear()

    def take_late(self, now: float, possible: float) -> Slot | None:
        """Take out a call whose deadline has come, or comes before the first ``possible`` permit."""
        deadline = self.first_deadline()
        if now < deadline >= possible:
            return None
        slot = heapq.heappop(self._deadlines)[2]
        self.remove(slot)
        return slot
