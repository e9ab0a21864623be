"""The calls that wait for a permit of the rate limiter: in which order they get it, and which cannot in time."""

from __future__ import annotations

import asyncio
import enum
import heapq
import math
from collections import OrderedDict
from typing import TypeAlias

from matillion_async._errors import MatillionError

MAX_PASSED_OVER = 9
"""A priority gets the next permit after so many went to higher ones while it waited: a tenth is its share."""


class Permit:
    """The right to send one request; whoever takes it says how the request ended."""

    __slots__ = ("arrived_by", "given_at", "is_under_way")

    def __init__(self, given_at: float) -> None:
        self.given_at = given_at
        """When the limiter gave it, on the event loop's clock."""
        self.is_under_way = True
        """Whether the server may yet count the request; otherwise it has been counted here."""
        self.arrived_by = math.inf
        """When the request has arrived at the latest, on the event loop's clock; infinite until it is sent."""


Waiter: TypeAlias = "asyncio.Future[Permit | MatillionError]"
"""What a call waits for: a permit, or the error it fails with."""


class Priority(enum.IntEnum):
    """Which of several waiting calls gets the next permit; within a priority, first come, first served."""

    INTERACTIVE = 0
    """For a user who watches; also for the polls of a status."""
    NORMAL = 1
    BULK = 2
    """Calls made by :meth:`MatillionClient.bulk`."""


class _Line:
    """The waiting calls of one priority."""

    __slots__ = ("after_429", "others", "passed_over")

    def __init__(self) -> None:
        # Ordered dictionaries, so that a call that is cancelled leaves from the middle in constant time.
        self.after_429: OrderedDict[Waiter, None] = OrderedDict()  # before the others
        self.others: OrderedDict[Waiter, None] = OrderedDict()
        self.passed_over = 0

    def __len__(self) -> int:
        return len(self.after_429) + len(self.others)


class Queue:
    """Waiting calls, by priority and in order of arrival; constant time per call, however many wait."""

    def __init__(self) -> None:
        self._lines = tuple(_Line() for _ in Priority)
        self._length = 0
        # A heap, whose entries may outlive their wait.
        self._deadlines: list[tuple[float, int, Waiter]] = []
        self._entries = 0

    def __len__(self) -> int:
        return self._length

    def add(
        self, waiter: Waiter, priority: Priority, after_429: bool, deadline: float | None
    ) -> None:
        """Let a call wait: behind the others of its priority, or behind those of them that got a 429."""
        line = self._lines[priority]
        (line.after_429 if after_429 else line.others)[waiter] = None
        self._length += 1
        if deadline is None:
            return
        if len(self._deadlines) > 2 * self._length + 64:  # mostly of calls that no longer wait
            self._deadlines = [entry for entry in self._deadlines if not entry[2].done()]
            heapq.heapify(self._deadlines)
        self._entries += 1  # orders equal deadlines: futures have no order
        heapq.heappush(self._deadlines, (deadline, self._entries, waiter))

    def remove(self, waiter: Waiter) -> None:
        """Forget a call, if it is still known."""
        for line in self._lines:
            for waiters in (line.after_429, line.others):
                if waiter in waiters:
                    del waiters[waiter]
                    self._shrink()

    def next(self) -> Waiter:
        """Remove the call that gets the next permit."""
        waiting = [line for line in self._lines if line]
        chosen = waiting[0]
        for line in waiting[1:]:
            line.passed_over += 1
            if line.passed_over > MAX_PASSED_OVER:
                chosen = line
        chosen.passed_over = 0
        waiter, _ = (chosen.after_429 or chosen.others).popitem(last=False)
        self._shrink()
        return waiter

    def refused(self) -> list[Waiter]:
        """Remove all calls that got a 429."""
        waiters = [waiter for line in self._lines for waiter in line.after_429]
        for waiter in waiters:
            self.remove(waiter)
        return waiters

    def ahead(self, priority: Priority, after_429: bool) -> int:
        """How many calls at least would get their permit before one that came now."""
        line = self._lines[priority]
        own = len(line.after_429) + (0 if after_429 else len(line.others))
        higher = sum(len(other) for other in self._lines[:priority])
        return own + min(higher, max(0, MAX_PASSED_OVER * (own + 1) - line.passed_over))

    def first_deadline(self) -> float:
        """The earliest deadline of all that wait; infinite if none has one."""
        while self._deadlines and self._deadlines[0][2].done():
            heapq.heappop(self._deadlines)
        return self._deadlines[0][0] if self._deadlines else math.inf

    def _shrink(self) -> None:
        self._length -= 1
        if not self._length:  # the last one leaves nothing behind
            self._deadlines.clear()

    def take_late(self, now: float, possible: float) -> Waiter | None:
        """Remove a call whose deadline has come, or comes before the first ``possible`` permit; None if there is none."""
        deadline = self.first_deadline()
        if now < deadline >= possible:
            return None
        waiter = heapq.heappop(self._deadlines)[2]
        self.remove(waiter)
        return waiter
