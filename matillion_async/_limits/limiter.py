"""Who may send when: one queue for all calls of a client, and one pause for all of them after a 429."""

from __future__ import annotations

import asyncio
import logging
import math

from matillion_async._arguments import check, count_fault
from matillion_async._details import Timing
from matillion_async._errors import ConfigurationError, MatillionError, client_is_closed
from matillion_async._limits.budget import MAX_TRANSIT, Budget, OwnBudget
from matillion_async._limits.dispatcher import Dispatcher
from matillion_async._limits.failed_waits import GIVE_UP_AFTER, NothingAcceptedError, too_late
from matillion_async._limits.pauses import MAX_PAUSE
from matillion_async._limits.queue import Permit, Priority, Waiter
from matillion_async._limits.rates import RateLimit
from matillion_async._limits.stats import LimiterStats

logger = logging.getLogger("matillion_async")


class Limiter:
    """Gives out permits for requests, within the limits, first come, first served.

    It may be made anywhere, and is used on one event loop. It has no task.

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
        self._dispatcher = Dispatcher(
            self._budget, math.inf if max_in_flight is None else max_in_flight
        )
        self._queue = self._dispatcher.queue
        self._pauses = self._dispatcher.pauses
        self._refused = 0
        self._loop: asyncio.AbstractEventLoop | None = None  # whose clock stats() reads

    def __len__(self) -> int:
        """How many calls wait for a permit."""
        return len(self._queue)

    def try_acquire(self) -> Permit | None:
        """Take a permit if one is free and no call waits."""
        loop = self._loop = asyncio.get_running_loop()
        return self._dispatcher.grant_at_once(loop.time())

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
        if self._dispatcher.is_closed:
            raise client_is_closed()
        loop = asyncio.get_running_loop()
        began = loop.time()
        if deadline is not None:
            # The limits show now that it would be too late: waiting until the deadline would only delay the error.
            earliest = self._budget.earliest(self._queue.ahead(priority, after_429), began)
            if earliest > deadline:
                raise too_late(earliest - began)
        waiter: Waiter = loop.create_future()
        self._queue.add(waiter, priority, after_429, deadline)
        self._dispatcher.schedule_wake_up(loop, began)
        paused_before = self._pauses.seconds(began)
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
                self._dispatcher.schedule_wake_up(loop, ended)
            if timing is not None:
                paused = self._pauses.seconds(ended) - paused_before
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
        return self._dispatcher.ended(loop, now)

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
        self._pauses.add(now, until)
        if is_first:
            self._report_pause(now, until - now)
        self._dispatcher.ended(loop, now)
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
        self._dispatcher.ended(loop, now)

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
            in_flight=self._dispatcher.in_flight,
            sent=self._dispatcher.sent,
            refused=self._refused,
            paused_for=self._pauses.left(now),
            requests_per_minute=round(self._budget.rate * 60, 6),
            seconds_to_drain=last - now,
            processes=self._budget.processes,
        )

    def close(self) -> None:
        """Fail all calls that wait, and all that come later, with a ClientStateError."""
        self._dispatcher.close()

    async def aclose(self) -> None:
        """Close, and leave those with whom the limit is shared."""
        self.close()
        await self._budget.aclose()

    async def abandon(self) -> None:
        """Close what was opened for those with whom the limit is shared, although its event loop is closed."""
        await self._budget.abandon()
