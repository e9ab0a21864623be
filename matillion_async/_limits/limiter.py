"""Who may send when: one queue for all calls of a client, and one pause for all of them after a 429."""

from __future__ import annotations

import asyncio
import logging
import math
from dataclasses import dataclass

from matillion_async._arguments import check, count_fault
from matillion_async._details import Timing
from matillion_async._errors import (
    ConfigurationError,
    DeadlineExceededError,
    MatillionError,
    client_is_closed,
)
from matillion_async._limits.budget import MAX_TRANSIT, Budget, OwnBudget
from matillion_async._limits.queue import Permit, Priority, Queue, Waiter
from matillion_async._limits.rates import RateLimit

__all__ = ["Limiter", "LimiterStats", "Permit", "Priority"]

logger = logging.getLogger("matillion_async")

MAX_PAUSE = 300.0
"""Seconds for which a 429 pauses a client at most, whatever Retry-After says: five of the vendor's longest
periods. A server that asks for more gets one request then."""
GIVE_UP_AFTER = 300.0
"""Seconds of nothing but 429s after which the calls that were refused fail."""


class NothingAcceptedError(MatillionError):
    """A call was refused, and so was every request for minutes after it; it fails with its own 429."""


@dataclass(frozen=True, slots=True)
class LimiterStats:
    """The state of a limiter."""

    waiting: int
    """Calls that wait for a permit."""
    in_flight: int
    """Permits given out whose request has not ended."""
    sent: int
    """Permits given out so far; each stands for one request."""
    refused: int
    """429 responses so far."""
    paused_for: float
    """Seconds until the pause after a 429 ends; 0 when there is none."""
    requests_per_minute: float
    """The long-run rate, as configured or learned; infinite without a limit."""
    seconds_to_drain: float
    """Seconds until all calls that wait now have their permit, at this rate."""
    processes: int = 1
    """Processes that share the limit, this one included, as far as is known; 1 if it is not shared."""


class Limiter:
    """Gives out permits for requests, within the limits, first come, first served.

    It may be made anywhere, and is used on one event loop. It has no task: while calls wait there is one timer,
    for the first of them.

    A permit is for a request that is sent at once, so calls wait here for a connection too: one that waited elsewhere,
    with its permit in hand, would be sent during a pause, and after calls that came later.

    Whoever takes a permit says how its request ended, once: by :meth:`responded`, :meth:`refused` or :meth:`dropped`.

    Args:
        limits: the limits to keep; an empty tuple for none; None to find them out, see :class:`AdaptiveRate`. Or the
            budget that has them.
        max_in_flight: how many permits may be out at once; None for any number.
    """

    def __init__(
        self,
        limits: tuple[RateLimit, ...] | Budget | None = None,
        *,
        max_in_flight: int | None = None,
    ) -> None:
        check(ConfigurationError, max_in_flight=count_fault(max_in_flight, or_none=True))
        self._budget = limits if isinstance(limits, Budget) else OwnBudget(limits)
        self._budget.wanted = self._wanted
        self._budget.on_change = self._changed
        self._queue = Queue()
        self._max_in_flight = math.inf if max_in_flight is None else max_in_flight
        self._in_flight = 0  # permits whose request has not ended
        self._sent = 0
        self._refused = 0
        self._closed = False
        self._loop: asyncio.AbstractEventLoop | None = None  # whose clock stats() reads
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = math.inf
        self._pause_began = self._paused_until = 0.0  # the latest pause
        self._earlier_pauses = 0.0  # seconds of those before it

    def __len__(self) -> int:
        """How many calls wait for a permit."""
        return len(self._queue)

    def try_acquire(self) -> Permit | None:
        """Take a permit if one is free and no call waits."""
        loop = self._loop = asyncio.get_running_loop()
        if self._queue or self._closed or self._in_flight >= self._max_in_flight:
            return None
        now = loop.time()
        if now < self._budget.ready_at(now, 1):
            return None
        return self._grant(now)

    async def acquire(
        self,
        *,
        priority: Priority = Priority.NORMAL,
        deadline: float | None = None,
        after_429: bool = False,
        timing: Timing | None = None,
    ) -> Permit:
        """Wait for a permit.

        Args:
            priority: that of the call.
            deadline: on the event loop's clock; a permit that cannot come before it is not waited for.
            after_429: whether the call had a permit and got a 429; it then goes before the others of its priority.
            timing: where to add the seconds waited, also those of a wait that fails or is cancelled.

        Raises:
            DeadlineExceededError: the permit comes after the deadline.
            NothingAcceptedError: the call was refused before, and nothing has been accepted for minutes.
            ClientStateError: the client was closed, before or meanwhile.
        """
        permit = self.try_acquire()
        if permit is not None:
            return permit
        if self._closed:
            raise client_is_closed()
        loop = asyncio.get_running_loop()
        began = loop.time()
        if deadline is not None:
            # The limits show now that it would be too late: waiting until the deadline would only delay the error.
            earliest = self._budget.earliest(self._queue.ahead(priority, after_429), began)
            if earliest > deadline:
                raise _too_late(earliest - began)
        waiter: Waiter = loop.create_future()
        self._queue.add(waiter, priority, after_429, deadline)
        self._schedule_wake_up(loop, began)
        paused_before = self._paused_seconds(began)
        try:
            outcome = await waiter
        except asyncio.CancelledError:
            # The permit may have been granted in the turn of the event loop in which the task was cancelled.
            granted = waiter.result() if waiter.done() and not waiter.cancelled() else None
            if isinstance(granted, Permit):
                self.dropped(granted, may_arrive=False)
            raise
        finally:
            ended = loop.time()
            if waiter.cancelled() or not waiter.done():
                self._queue.remove(waiter)
                self._schedule_wake_up(loop, ended)
            if timing is not None:
                paused = self._paused_seconds(ended) - paused_before
                timing.queue += max(0.0, ended - began - paused)
                timing.pause += paused
        if isinstance(outcome, MatillionError):
            raise outcome
        return outcome

    def sending(self, permit: Permit, connect: float = 0.0) -> None:
        """Note that a request is being sent now.

        Args:
            permit: of the request.
            connect: seconds that its connection takes at most; 0 if there is one.
        """
        now = asyncio.get_running_loop().time()
        self._budget.sending(permit, now + connect + MAX_TRANSIT)

    @property
    def permits_expire(self) -> bool:
        """Whether a permit may become too old, so that :meth:`is_valid` is to be asked."""
        return self._budget.permits_expire

    def is_valid(self, permit: Permit) -> bool:
        """Whether a request may still be sent with a permit; one that is too old is given back by :meth:`dropped`."""
        return self._budget.is_valid(permit, asyncio.get_running_loop().time())

    def responded(self, permit: Permit, sent_at: float, *, accepted: bool = True) -> bool:
        """Note that the response to a request arrived, and is not a 429.

        Args:
            permit: of the request.
            sent_at: when it was sent, on the event loop's clock.
            accepted: whether it is evidence of the limits; an error of a gateway is not.

        Returns:
            True if another call got its permit by that.
        """
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._budget.arrived(permit, now)
        if accepted:
            self._budget.accepted(now, sent_at)
        return self._ended(loop, now)

    def refused(self, permit: Permit, retry_after: float | None) -> bool:
        """Note that a request got a 429, and pause all calls, for ``MAX_PAUSE`` seconds at most.

        Args:
            permit: of the request.
            retry_after: seconds, as the server said; None if it did not.

        Returns:
            True if the permit is newer than the latest 429; False if the request was in flight when that came.
        """
        loop = self._loop = asyncio.get_running_loop()
        now = loop.time()
        self._refused += 1
        # One moment of too many requests refuses all in flight; only the first 429 says something new. What counts is the
        # time of the permit: of many that are given at once, the last is sent after the first 429.
        is_first = permit.given_at > self._budget.refused_at
        if retry_after is not None:
            retry_after = min(retry_after, MAX_PAUSE)
        self._budget.arrived(permit, now)  # there are servers that count what they refuse
        until = self._budget.refused(now, permit.given_at, retry_after)
        self._pause(now, until)
        if is_first:
            self._report_pause(now, until - now)
        self._ended(loop, now)
        return is_first

    def _report_pause(self, now: float, pause: float) -> None:
        """Log a pause, and fail the calls that were refused once there were only 429s for ``GIVE_UP_AFTER`` seconds."""
        refusals = self._budget.refusals
        level = logging.WARNING if refusals >= 3 else logging.INFO
        logger.log(
            level,
            "429: %d calls wait while all pause for %.1f s (refused %d times in a row)",
            *(len(self._queue), pause, refusals),
        )
        if refusals >= 3 and now - self._budget.refused_since >= GIVE_UP_AFTER:
            for waiter in self._queue.refused():
                if not waiter.done():
                    waiter.set_result(NothingAcceptedError("nothing is accepted"))

    def dropped(self, permit: Permit, *, may_arrive: bool) -> None:
        """Note that a request ended without a response: it failed, or was given up. It counts all the same.

        Args:
            permit: of the request.
            may_arrive: whether it may have been written, and be on its way.
        """
        loop = asyncio.get_running_loop()
        now = loop.time()
        if not may_arrive:
            self._budget.arrived(permit, now)
        elif permit.arrived_by == math.inf:
            self._budget.sending(permit, now + MAX_TRANSIT)
        self._ended(loop, now)

    def stats(self) -> LimiterStats:
        """The state now, from any thread: it changes nothing and takes no lock.

        Each number is right, and they are of one moment as far as another thread, whose calls go on, can see one. On uvloop
        the clock is that of the event loop's last turn, so that an idle loop's pause ends in the numbers when it next turns.
        """
        now = 0.0 if self._loop is None else self._loop.time()
        waiting = len(self._queue)
        last = self._budget.earliest(waiting - 1, now) if waiting else now
        return LimiterStats(
            waiting=waiting,
            in_flight=self._in_flight,
            sent=self._sent,
            refused=self._refused,
            paused_for=max(0.0, self._paused_until - now),
            requests_per_minute=round(self._budget.rate * 60, 6),
            seconds_to_drain=last - now,
            processes=self._budget.processes,
        )

    def close(self) -> None:
        """Fail all calls that wait, and all that come later, with a ClientStateError."""
        self._closed = True
        while self._queue:
            waiter = self._queue.next()
            if not waiter.done():
                waiter.set_result(client_is_closed())
        self._budget.close()
        loop = asyncio.get_running_loop()
        self._schedule_wake_up(loop, loop.time())

    async def aclose(self) -> None:
        """Close, and leave those with whom the limit is shared."""
        self.close()
        await self._budget.aclose()

    async def abandon(self) -> None:
        """Close what was opened for those with whom the limit is shared, although its event loop is closed."""
        await self._budget.abandon()

    def _changed(self, now: float) -> None:
        """Use what the budget got from elsewhere."""
        if not self._closed:
            self._dispatch(asyncio.get_running_loop(), now)

    def _grant(self, now: float) -> Permit:
        self._sent += 1
        self._in_flight += 1
        return self._budget.grant(now)

    def _ended(self, loop: asyncio.AbstractEventLoop, now: float) -> bool:
        self._in_flight -= 1
        if not self._queue:
            return False
        sent = self._sent
        self._dispatch(loop, now)
        return self._sent > sent

    def _pause(self, now: float, until: float) -> None:
        self._earlier_pauses = self._paused_seconds(now)
        self._pause_began = now
        self._paused_until = max(self._paused_until, until)

    def _paused_seconds(self, now: float) -> float:
        """Seconds spent in pauses until now."""
        return self._earlier_pauses + min(now, self._paused_until) - self._pause_began

    def _ready_at(self, now: float) -> float:
        """When the limits may let the first call that waits go."""
        return self._budget.ready_at(now, self._wanted())

    def _wanted(self) -> int:
        """How many permits could be used now: as many as calls wait, and no more than requests may be in flight."""
        return int(min(len(self._queue), max(0, self._max_in_flight - self._in_flight)))

    def _dispatch(self, loop: asyncio.AbstractEventLoop, now: float) -> None:
        """Give out the permits that are free, fail the calls that cannot have theirs in time, and set the timer."""
        while self._queue and self._in_flight < self._max_in_flight and self._ready_at(now) <= now:
            waiter = self._queue.next()
            if not waiter.done():  # else it was cancelled just now
                waiter.set_result(self._grant(now))
        if self._budget.paused_until > self._paused_until:
            self._pause(now, self._budget.paused_until)
        if self._queue.first_deadline() < math.inf:
            possible = self._budget.earliest(0, now)
            while (late := self._queue.take_late(now, possible)) is not None:
                late.set_result(_too_late(possible - now))
        self._schedule_wake_up(loop, now)

    def _schedule_wake_up(self, loop: asyncio.AbstractEventLoop, now: float) -> None:
        """Have one timer, however many calls wait, for the next permit or deadline; none if no call waits."""
        when = math.inf
        if self._queue:
            if self._in_flight < self._max_in_flight:  # else the end of a request frees a permit
                when = self._ready_at(now)
            when = min(when, self._queue.first_deadline())
        else:
            self._budget.nobody_waits(now)
        if when == self._timer_at:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer_at = when
        self._timer = loop.call_at(when, self._wake_up, loop, when) if when < math.inf else None

    def _wake_up(self, loop: asyncio.AbstractEventLoop, when: float) -> None:
        self._timer = None
        self._timer_at = math.inf
        # A timer may be early, by the clock's resolution.
        self._dispatch(loop, max(loop.time(), when))


def _too_late(seconds: float) -> DeadlineExceededError:
    reason = (
        f"the first possible one comes in {seconds:.1f} s"
        if seconds > 0
        else "too many requests were under way"
    )
    return DeadlineExceededError(f"no free permit before the deadline: {reason}")
