"""Which call that waits gets the next permit, and when it is looked again whether there is one."""

from __future__ import annotations

import asyncio
import math

from matillion_async._errors import client_is_closed
from matillion_async._limits.budget import Budget
from matillion_async._limits.failed_waits import too_late
from matillion_async._limits.pauses import Pauses
from matillion_async._limits.queue import Permit, Queue


class Dispatcher:
    """Takes permits out of a budget, for the calls of a queue. While calls wait there is one timer, for the first of them.

    Args:
        budget: what permits are taken from.
        max_in_flight: how many may be out at once; infinite for any number.

    Attributes:
        queue: the calls that wait.
        pauses: those after 429s, also of others that share the budget.
        in_flight: permits whose request has not ended.
        sent: permits given out so far.
        is_closed: whether no more are given out.
    """

    def __init__(self, budget: Budget, max_in_flight: float) -> None:
        self._budget = budget
        self._budget.wanted = self._wanted
        self._budget.on_change = self._changed
        self._max_in_flight = max_in_flight
        self.queue = Queue()
        self.pauses = Pauses()
        self.in_flight = 0
        self.sent = 0
        self.is_closed = False
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = math.inf

    def grant_at_once(self, now: float) -> Permit | None:
        """Take a permit if one is free and no call waits."""
        if self.queue or self.is_closed or self.in_flight >= self._max_in_flight:
            return None
        if now < self._budget.ready_at(now, 1):
            return None
        return self.grant(now)

    def grant(self, now: float) -> Permit:
        """Take a permit, whether one is free or not."""
        self.sent += 1
        self.in_flight += 1
        return self._budget.grant(now)

    def ready_at(self, now: float) -> float:
        """When the limits may let the first call that waits go."""
        return self._budget.ready_at(now, self._wanted())

    def ended(self, loop: asyncio.AbstractEventLoop, now: float) -> bool:
        """Note that a request ended; returns True if another call got its permit by that."""
        self.in_flight -= 1
        if not self.queue:
            return False
        sent = self.sent
        self._dispatch(loop, now)
        return self.sent > sent

    def schedule_wake_up(self, loop: asyncio.AbstractEventLoop, now: float) -> None:
        """Have one timer, however many calls wait, for the next permit or deadline; none if no call waits."""
        when = math.inf
        if self.queue:
            if self.in_flight < self._max_in_flight:  # else the end of a request frees a permit
                when = self.ready_at(now)
            when = min(when, self.queue.first_deadline())
        else:
            self._budget.nobody_waits(now)
        if when == self._timer_at:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer_at = when
        self._timer = loop.call_at(when, self._wake_up, loop, when) if when < math.inf else None

    def close(self) -> None:
        """Fail all calls that wait, and give out no more."""
        self.is_closed = True
        while self.queue:
            waiter = self.queue.next()
            if not waiter.done():
                waiter.set_result(client_is_closed())
        self._budget.close()
        loop = asyncio.get_running_loop()
        self.schedule_wake_up(loop, loop.time())

    def _changed(self, now: float) -> None:
        """Use what the budget got from elsewhere."""
        if not self.is_closed:
            self._dispatch(asyncio.get_running_loop(), now)

    def _wanted(self) -> int:
        """How many permits could be used now: as many as calls wait, and no more than requests may be in flight."""
        return int(min(len(self.queue), max(0, self._max_in_flight - self.in_flight)))

    def _dispatch(self, loop: asyncio.AbstractEventLoop, now: float) -> None:
        """Give out the permits that are free, fail the calls that cannot have theirs in time, and set the timer."""
        while self.queue and self.in_flight < self._max_in_flight and self.ready_at(now) <= now:
            waiter = self.queue.next()
            if not waiter.done():  # else it was cancelled just now
                waiter.set_result(self.grant(now))
        if self._budget.paused_until > self.pauses.until:
            self.pauses.add(now, self._budget.paused_until)
        if self.queue.first_deadline() < math.inf:
            possible = self._budget.earliest(0, now)
            while (late := self.queue.take_late(now, possible)) is not None:
                late.set_result(too_late(possible - now))
        self.schedule_wake_up(loop, now)

    def _wake_up(self, loop: asyncio.AbstractEventLoop, when: float) -> None:
        self._timer = None
        self._timer_at = math.inf
        # A timer may be early, by the clock's resolution.
        self._dispatch(loop, max(loop.time(), when))
