"""Who may send when: one queue for all calls of a client, and one gate that a 429 shuts for all of them."""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass

from matillion_async._details import Timing
from matillion_async._errors import ClientStateError, DeadlineExceededError
from matillion_async._limits.pace import FIRST_PAUSE, Pace
from matillion_async._limits.queue import Priority, Queue, Slot
from matillion_async._limits.rates import RateLimit

__all__ = ["Limiter", "LimiterStats", "Priority", "Waited"]


@dataclass(frozen=True, slots=True)
class LimiterStats:
    """The state of a limiter."""

    waiting: int
    """Calls that wait for a slot."""
    in_flight: int
    """Requests under way: slots that were given out and not yet released."""
    sent: int
    """Slots given out so far; each stands for one request."""
    refused: int
    """Requests that the server answered with 429."""
    paused_for: float
    """Seconds until the gate opens; 0 when it is open."""
    pace: float
    """Requests per minute in the long run, as configured or learned; infinite without a limit."""
    seconds_to_drain: float
    """Seconds until all that wait now have their slot, at this pace."""


@dataclass(frozen=True, slots=True)
class Waited:
    """Where the seconds of a wait for a slot went."""

    queue: float
    """Seconds in the queue while the gate was open."""
    gate: float
    """Seconds while the gate was shut."""


class Limiter:
    """Gives out slots for requests, within the limits, first come, first served.

    It may be made anywhere, and is used on one event loop. It has no task: while calls wait there is one timer,
    for the first of them.

    A slot is for now, so calls wait here for a connection too: one that waited elsewhere, with its slot in hand,
    would be sent while the gate is shut, and at another time than the limits were reckoned for.

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
        self._in_flight = 0
        self._sent = 0
        self._refused = 0
        self._closed = False
        self._timer: asyncio.TimerHandle | None = None
        self._shut_at = self._opens_at = 0.0  # since the latest pause was asked for, and its end
        self._shut_before = 0.0  # seconds shut before that
        self._refused_at = -math.inf  # when the latest 429 came that was news

    def try_acquire(self) -> bool:
        """Take a slot if one is free and nobody waits; give it back by :meth:`release`."""
        if self._queue or self._closed or self._in_flight >= self._max_in_flight:
            return False
        schedule = self._pace.schedule
        now = asyncio.get_running_loop().time()
        if now < schedule.ready_at:
            return False
        schedule.take(now)
        self._sent += 1
        self._in_flight += 1
        return True

    async def acquire(
        self,
        *,
        priority: Priority = Priority.NORMAL,
        deadline: float | None = None,
        requeued: bool = False,
        timing: Timing | None = None,
    ) -> Waited:
        """Wait for a slot; one that was granted is spent, whatever becomes of the call. Ends by :meth:`release`.

        Args:
            priority: whose turn it is.
            deadline: on the event loop's clock; a slot that cannot come before it is not waited for.
            requeued: wait before the others of this priority: the call had a slot, and got a 429.
            timing: where to add the seconds waited, also those of a wait that fails or is cancelled.

        Raises:
            DeadlineExceededError: the slot comes after the deadline.
            ClientStateError: the client was closed, before or meanwhile.
        """
        if self.try_acquire():
            return Waited(0.0, 0.0)
        if self._closed:
            raise _closed()
        loop = asyncio.get_running_loop()
        began = loop.time()
        if deadline is not None:
            earliest = self._earliest(priority, requeued, began)
            if earliest > deadline:
                raise _too_late(earliest - began)
        slot: Slot = loop.create_future()
        self._queue.add(slot, priority, requeued, deadline)
        self._arm(loop)
        shut_before = self._shut_seconds(began)
        try:
            error = await slot
        except asyncio.CancelledError:
            if not slot.cancelled() and slot.done() and slot.result() is None:
                self.release()  # it was granted in the same turn of the event loop
            raise
        finally:
            if slot.cancelled() or not slot.done():
                self._queue.remove(slot)
                self._arm(loop)
            ended = loop.time()
            gate = self._shut_seconds(ended) - shut_before
            queue = max(0.0, ended - began - gate)
            if timing is not None:
                timing.queue += queue
                timing.gate += gate
        if error is not None:
            raise error
        return Waited(queue, gate)

    def release(self) -> bool:
        """Note that a request is no longer under way; what it taught must be told before.

        Returns:
            True if that let another one go.
        """
        self._in_flight -= 1
        if not self._queue:
            return False
        sent = self._sent
        loop = asyncio.get_running_loop()
        self._settle(loop, loop.time())
        return self._sent > sent

    def succeeded(self, sent_at: float) -> None:
        """Learn that a request sent at ``sent_at`` was answered, with any status but 429."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        if not self._pace.accepted(now, sent_at):
            return
        if now < self._opens_at:
            self._pace.schedule.restart(self._opens_at)  # a new schedule knows of no gate
        if self._queue:
            self._settle(loop, now)

    def refused(self, retry_after: float | None, sent_at: float) -> bool:
        """Learn of a 429, and pause all calls.

        Args:
            retry_after: seconds, as the server said; None if it did not.
            sent_at: when the request was sent, on the event loop's clock.

        Returns:
            True if it is news; False if the request was in flight when another 429 came.
        """
        now = asyncio.get_running_loop().time()
        self._refused += 1
        is_news = sent_at > self._refused_at
        if is_news:
            self._refused_at = now
        self._shut(now, self._pace.refused(now, sent_at, retry_after))
        return is_news

    def pause(self, retry_after: float | None) -> None:
        """Pause all calls for ``retry_after`` seconds, without learning; the longest pause wins."""
        now = asyncio.get_running_loop().time()
        until = now + max(0.0, FIRST_PAUSE if retry_after is None else retry_after)
        self._pace.schedule.restart(until)
        self._shut(now, until)

    def stats(self) -> LimiterStats:
        """The state now; call it on the client's event loop."""
        now = asyncio.get_running_loop().time()
        schedule = self._pace.schedule
        drained = schedule.earliest(len(self._queue) - 1, now) if self._queue else now
        return LimiterStats(
            waiting=len(self._queue),
            in_flight=self._in_flight,
            sent=self._sent,
            refused=self._refused,
            paused_for=max(0.0, self._opens_at - now),
            pace=round(schedule.rate * 60, 6),
            seconds_to_drain=drained - now,
        )

    def close(self) -> None:
        """Fail all calls that wait, and all that come later."""
        self._closed = True
        while self._queue:
            slot = self._queue.next()
            if not slot.done():
                slot.set_result(_closed())
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _earliest(self, priority: Priority, requeued: bool, now: float) -> float:
        """The first moment a slot can come at the present pace, for a call that comes now."""
        if self._pace.proving:
            return max(now, self._opens_at)  # the next answer may let all go at once
        return self._pace.schedule.earliest(self._queue.ahead(priority, requeued), now)

    def _shut(self, now: float, until: float) -> None:
        self._shut_before = self._shut_seconds(now)
        self._shut_at = now
        self._opens_at = max(self._opens_at, until)
        self._settle(asyncio.get_running_loop(), now)

    def _shut_seconds(self, now: float) -> float:
        """Seconds for which the gate was shut until now."""
        return self._shut_before + min(now, self._opens_at) - self._shut_at

    def _settle(self, loop: asyncio.AbstractEventLoop, now: float) -> None:
        """Let go who may, fail who would wait in vain, and see that the others are woken up."""
        schedule = self._pace.schedule
        while self._queue and schedule.ready_at <= now and self._in_flight < self._max_in_flight:
            slot = self._queue.next()
            if not slot.done():  # else it was cancelled just now
                schedule.take(now)
                self._sent += 1
                self._in_flight += 1
                slot.set_result(None)
        possible = self._opens_at if self._pace.proving else schedule.ready_at
        while (late := self._queue.take_late(now, possible)) is not None:
            late.set_result(_too_late(possible - now))
        self._arm(loop)

    def _arm(self, loop: asyncio.AbstractEventLoop) -> None:
        """Have one timer, however many wait: for the next slot or deadline; none if nobody waits."""
        full = self._in_flight >= self._max_in_flight
        when = math.inf if full else self._pace.schedule.ready_at  # the next release gives a slot
        if full or self._pace.proving:  # else nobody waits whose deadline comes before
            deadline = self._queue.first_deadline()
            when = when if deadline is None else min(when, deadline)
        if not self._queue:
            when = math.inf
        if self._timer is not None:
            if self._timer.when() == when:
                return
            self._timer.cancel()
            self._timer = None
        if when < math.inf:
            self._timer = loop.call_at(when, self._wake_up, loop, when)

    def _wake_up(self, loop: asyncio.AbstractEventLoop, when: float) -> None:
        self._timer = None
        self._settle(
            loop, max(loop.time(), when)
        )  # a timer may be early, by the clock's resolution


def _closed() -> ClientStateError:
    return ClientStateError("the client was closed")


def _too_late(seconds: float) -> DeadlineExceededError:
    reason = (
        f"the first possible one comes in {seconds:.1f} s"
        if seconds > 0
        else "too many requests were under way"
    )
    return DeadlineExceededError(f"no free slot before the deadline: {reason}")
