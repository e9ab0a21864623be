"""Who may send when: one queue for all calls of a client, and one pause for all of them after a 429."""

from __future__ import annotations

import asyncio
import logging
import math
from collections import deque
from dataclasses import dataclass

from matillion_async._details import Timing
from matillion_async._errors import ClientStateError, DeadlineExceededError, MatillionError
from matillion_async._limits.pace import Pace
from matillion_async._limits.queue import Permit, Priority, Queue, Slot
from matillion_async._limits.rates import RateLimit

__all__ = ["Limiter", "LimiterStats", "Permit", "Priority"]

LONGEST_TRAVEL = 5.0
"""Seconds after which a request that was written has arrived, or is lost. A response may take longer: it is the
server's work then, not the network's, and takes no place from others."""
logger = logging.getLogger("matillion_async")

LONGEST_PAUSE = 300.0
"""Seconds for which a 429 pauses a client at most, whatever Retry-After says: five of the vendor's longest
periods. Who asks for more is asked again then, by one request."""


FRUITLESS = 300.0
"""Seconds without an accepted request, and only 429s, after which the calls that were refused wait no longer."""


class NothingAcceptedError(MatillionError):
    """A call was refused, and so was all that was sent for minutes after it; it fails with its own refusal."""


@dataclass(frozen=True, slots=True)
class LimiterStats:
    """The state of a limiter."""

    waiting: int
    """Calls that wait for a permit."""
    in_flight: int
    """Requests under way: permits that were given out, and whose request has not ended."""
    sent: int
    """Permits given out so far; each stands for one request."""
    refused: int
    """Requests that the server answered with 429."""
    paused_for: float
    """Seconds until the pause after a 429 ends; 0 when there is none."""
    pace: float
    """Requests per minute in the long run, as configured or learned; infinite without a limit."""
    seconds_to_drain: float
    """Seconds until all that wait now have their permit, at this rate."""


class Limiter:
    """Gives out permits for requests, within the limits, first come, first served.

    It may be made anywhere, and is used on one event loop. It has no task: while calls wait there is one timer,
    for the first of them.

    A permit is for now, so calls wait here for a connection too: one that waited elsewhere, with its permit in hand,
    would be sent during a pause, and after calls that came later.

    Who takes a permit tells how its request ended, once: by :meth:`answered`, :meth:`refused` or :meth:`dropped`.

    Args:
        limits: the limits to keep; an empty tuple for none; None to find them out, see :class:`Pace`.
        max_in_flight: how many requests may be under way at once; None for any number.
    """

    def __init__(
        self, limits: tuple[RateLimit, ...] | None = None, *, max_in_flight: int | None = None
    ) -> None:
        self._pace = Pace(limits)
        self._queue = Queue()
        self._max_in_flight = math.inf if max_in_flight is None else max_in_flight
        self._in_flight = 0  # permits whose request has not ended
        self._under_way = (
            0  # requests that may yet arrive: not all in flight, and some that were given up
        )
        self._travelling: deque[Permit] = (
            deque()
        )  # requests with a time to arrive by, first come first
        self._sent = 0
        self._refused = 0
        self._closed = False
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = math.inf
        self._shut_at = self._opens_at = 0.0  # since the latest pause was asked for, and its end
        self._shut_before = 0.0  # seconds shut before that
        self._refused_at = -math.inf  # when the latest 429 came that was news
        self._fruitless_since = math.inf  # when the first one in a row came

    def try_acquire(self) -> Permit | None:
        """Take a permit if one is free and nobody waits."""
        if self._queue or self._closed or self._in_flight >= self._max_in_flight:
            return None
        now = asyncio.get_running_loop().time()
        if now < self._ready_at(now):
            return None
        return self._take(now)

    async def acquire(
        self,
        *,
        priority: Priority = Priority.NORMAL,
        deadline: float | None = None,
        requeued: bool = False,
        timing: Timing | None = None,
    ) -> Permit:
        """Wait for a permit.

        Args:
            priority: whose turn it is.
            deadline: on the event loop's clock; a permit that cannot come before it is not waited for.
            requeued: wait before the others of this priority: the call had a permit, and got a 429.
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
            raise _closed()
        loop = asyncio.get_running_loop()
        began = loop.time()
        if deadline is not None:
            # The limits show now that it would be too late: waiting until the deadline would only delay the error.
            earliest = self._earliest(self._queue.ahead(priority, requeued), began)
            if earliest > deadline:
                raise _too_late(earliest - began)
        slot: Slot = loop.create_future()
        self._queue.add(slot, priority, requeued, deadline)
        self._arm(loop, began)
        shut_before = self._shut_seconds(began)
        try:
            outcome = await slot
        except asyncio.CancelledError:
            # The permit may have been granted and the task cancelled in one turn of the loop; unreturned, it would
            # count as in flight for good.
            granted = slot.result() if slot.done() and not slot.cancelled() else None
            if isinstance(granted, Permit):  # in the same turn of the event loop
                self.dropped(granted, may_arrive=False)
            raise
        finally:
            ended = loop.time()
            if slot.cancelled() or not slot.done():
                self._queue.remove(slot)
                self._arm(loop, ended)
            if timing is not None:
                paused = self._shut_seconds(ended) - shut_before
                timing.queue += max(0.0, ended - began - paused)
                timing.pause += paused
        if isinstance(outcome, MatillionError):
            raise outcome
        return outcome

    def sending(self, permit: Permit, connect: float = 0.0) -> None:
        """Learn that the request is being sent now.

        Args:
            permit: of the request.
            connect: seconds in which a connection for it is made at the longest; 0 if there is one.
        """
        permit.arrived_by = asyncio.get_running_loop().time() + connect + LONGEST_TRAVEL
        # Requests are sent in the order of these times but for the time to connect; an early one behind a late one only
        # keeps its place for longer, which is safe.
        self._travelling.append(permit)

    def answered(self, permit: Permit, sent_at: float, *, accepted: bool = True) -> bool:
        """Learn that the request was answered, and not with 429.

        Args:
            permit: of the request.
            sent_at: when it was sent, on the event loop's clock.
            accepted: whether that says something about the limits; an error of a gateway does not.

        Returns:
            True if that let another request go.
        """
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._arrived(permit, now)
        if accepted and self._pace.accepted(now, sent_at) and now < self._opens_at:
            self._pace.schedule.restart(self._opens_at)  # a new schedule does not know of the pause
        return self._ended(loop, now)

    def refused(self, permit: Permit, retry_after: float | None) -> bool:
        """Learn of a 429, and pause all calls, for ``LONGEST_PAUSE`` seconds at most.

        Args:
            permit: of the request.
            retry_after: seconds, as the server said; None if it did not.

        Returns:
            True if it is news; False if the request had its permit when another 429 came.
        """
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._refused += 1
        # One moment of too much refuses all that is in flight; only the first of these says something new. Permits count,
        # not when requests were sent: where many are given at once, the first 429 comes before the last is sent.
        is_news = permit.given_at > self._refused_at
        if is_news:
            self._refused_at = now
        if retry_after is not None:
            retry_after = min(retry_after, LONGEST_PAUSE)
        self._arrived(permit, now)  # there are servers that count what they refuse
        until = self._pace.refused(now, permit.given_at, retry_after)
        self._shut(now, until)
        if is_news:
            self._note_round(now, until - now)
        self._ended(loop, now)
        return is_news

    def _note_round(self, now: float, pause: float) -> None:
        """Tell of a pause, and fail those who were refused once further waiting is in vain."""
        refusals = self._pace.refusals
        if refusals == 1:
            self._fruitless_since = now
        level = logging.WARNING if refusals >= 3 else logging.INFO
        logger.log(
            level,
            "429: %d calls wait while all pause for %.1f s (refused %d times in a row)",
            *(len(self._queue), pause, refusals),
        )
        if refusals >= 3 and now - self._fruitless_since >= FRUITLESS:
            for slot in self._queue.refused():
                if not slot.done():
                    slot.set_result(NothingAcceptedError("nothing is accepted"))

    def dropped(self, permit: Permit, *, may_arrive: bool) -> None:
        """Learn that the request ended without a response: it failed, or was given up. Its place counts all the same.

        Args:
            permit: of the request.
            may_arrive: whether it may have been written, and still be on its way.
        """
        loop = asyncio.get_running_loop()
        now = loop.time()
        if not may_arrive:
            self._arrived(permit, now)
        elif permit.arrived_by == math.inf:
            permit.arrived_by = now + LONGEST_TRAVEL
            self._travelling.append(permit)
        self._ended(loop, now)

    def stats(self) -> LimiterStats:
        """The state now; call it on the client's event loop."""
        now = asyncio.get_running_loop().time()
        last = self._earliest(len(self._queue) - 1, now) if self._queue else now
        return LimiterStats(
            waiting=len(self._queue),
            in_flight=self._in_flight,
            sent=self._sent,
            refused=self._refused,
            paused_for=max(0.0, self._opens_at - now),
            pace=round(self._pace.schedule.rate * 60, 6),
            seconds_to_drain=last - now,
        )

    def close(self) -> None:
        """Fail all calls that wait, and all that come later."""
        self._closed = True
        while self._queue:
            slot = self._queue.next()
            if not slot.done():
                slot.set_result(_closed())
        self._travelling.clear()
        self._set_timer(None, math.inf)

    def _take(self, now: float) -> Permit:
        self._sent += 1
        self._in_flight += 1
        self._under_way += 1
        return Permit(now)

    def _arrived(self, permit: Permit, at: float) -> None:
        """Count a request that was under way until now."""
        if permit.is_under_way:
            permit.is_under_way = False
            self._under_way -= 1
            self._pace.schedule.end(at)

    def _ended(self, loop: asyncio.AbstractEventLoop, now: float) -> bool:
        self._in_flight -= 1
        if not self._queue:
            return False
        sent = self._sent
        self._settle(loop, now)
        return self._sent > sent

    def _ready_at(self, now: float) -> float:
        """From when on a request may go, as far as the limits are concerned: a later one may have to be looked for then."""
        travelling = self._travelling
        while travelling and not (travelling[0].is_under_way and now < travelling[0].arrived_by):
            self._arrived(travelling.popleft(), now)
        ready_at = self._pace.schedule.ready_at(now, self._under_way)
        if ready_at == math.inf and travelling:
            return travelling[0].arrived_by
        return ready_at

    def _earliest(self, ahead: int, now: float) -> float:
        """The first moment a permit can come at the present rate, for a call with so many before it."""
        if self._pace.proving:
            return max(now, self._opens_at)  # the next response may let all go at once
        return self._pace.schedule.earliest(ahead, now, self._under_way)

    def _shut(self, now: float, until: float) -> None:
        self._shut_before = self._shut_seconds(now)
        self._shut_at = now
        self._opens_at = max(self._opens_at, until)

    def _shut_seconds(self, now: float) -> float:
        """Seconds spent in pauses until now."""
        return self._shut_before + min(now, self._opens_at) - self._shut_at

    def _settle(self, loop: asyncio.AbstractEventLoop, now: float) -> None:
        """Let go who may, fail who would wait in vain, and see that the others are woken up."""
        while self._queue and self._in_flight < self._max_in_flight and self._ready_at(now) <= now:
            slot = self._queue.next()
            if not slot.done():  # else it was cancelled just now
                slot.set_result(self._take(now))
        if self._queue.first_deadline() < math.inf:
            possible = self._earliest(0, now)
            while (late := self._queue.take_late(now, possible)) is not None:
                late.set_result(_too_late(possible - now))
        self._arm(loop, now)

    def _arm(self, loop: asyncio.AbstractEventLoop, now: float) -> None:
        """Have one timer, however many wait: for the next permit or deadline; none if nobody waits."""
        when = math.inf
        if self._queue:
            if self._in_flight < self._max_in_flight:  # else the next end gives a permit
                when = self._ready_at(now)
            when = min(when, self._queue.first_deadline())
        if when != self._timer_at:
            self._set_timer(loop, when)

    def _set_timer(self, loop: asyncio.AbstractEventLoop | None, when: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._timer_at = when
        if loop is not None and when < math.inf:
            self._timer = loop.call_at(when, self._wake_up, loop, when)

    def _wake_up(self, loop: asyncio.AbstractEventLoop, when: float) -> None:
        self._timer = None
        self._timer_at = math.inf
        # A timer may be early, by the clock's resolution.
        self._settle(loop, max(loop.time(), when))


def _closed() -> ClientStateError:
    return ClientStateError("the client was closed")


def _too_late(seconds: float) -> DeadlineExceededError:
    reason = (
        f"the first possible one comes in {seconds:.1f} s"
        if seconds > 0
        else "too many requests were under way"
    )
    return DeadlineExceededError(f"no free permit before the deadline: {reason}")
