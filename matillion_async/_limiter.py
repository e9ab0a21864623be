"""Who may send when: one queue for all calls of a client, and one gate that a 429 shuts for all of them."""

from __future__ import annotations

import asyncio
import enum
import math
from collections import OrderedDict
from dataclasses import dataclass

from matillion_async._errors import ClientStateError, DeadlineExceededError
from matillion_async._pace import Pace
from matillion_async._rates import RateLimit

LOWER_PRIORITY_SHARE = 8
"""Every so many slots, one goes to the lowest priority that waits, so that no call waits for ever."""


class Priority(enum.IntEnum):
    """Whose turn it is when several calls wait for a slot; within one, first come, first served."""

    INTERACTIVE = 0
    """Somebody watches."""
    NORMAL = 1
    BULK = 2
    """Calls made by :meth:`MatillionClient.bulk`."""


@dataclass(frozen=True, slots=True)
class LimiterStats:
    """The state of a limiter."""

    waiting: int
    """Calls that wait for a slot."""
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
    gate: float


class Limiter:
    """Gives out slots for requests, within the limits, first come, first served.

    Args:
        limits: the limits to keep; an empty tuple for none; None to find them out, see :class:`Pace`.
    """

    def __init__(self, limits: tuple[RateLimit, ...] | None) -> None:
        self._pace = Pace(limits)
        self._queues: tuple[OrderedDict[asyncio.Future[None], None], ...] = tuple(
            OrderedDict() for _ in Priority
        )
        self._waiting = 0
        self._sent = 0
        self._refused = 0
        self._timer: asyncio.TimerHandle | None = None
        self._pause_began = self._pause_ends = -math.inf
        self._paused_before = 0.0

    def try_acquire(self) -> bool:
        """Take a slot if one is free and nobody waits."""
        if self._waiting:
            return False
        now = asyncio.get_running_loop().time()
        if self._pace.schedule.ready_at > now:
            return False
        self._take(now)
        return True

    async def acquire(
        self,
        *,
        priority: Priority = Priority.NORMAL,
        deadline: float | None = None,
        requeued: bool = False,
    ) -> Waited:
        """Wait for a slot.

        Args:
            priority: whose turn it is.
            deadline: on the event loop's clock; a slot that cannot come before it is not waited for.
            requeued: wait at the head of the queue: the call had a slot, and was refused by a 429.

        Raises:
            DeadlineExceededError: the slot comes after the deadline.
            ClientStateError: the client was closed meanwhile.
        """
        if self.try_acquire():
            return Waited(0.0, 0.0)
        loop = asyncio.get_running_loop()
        began = loop.time()
        if deadline is not None:
            ahead = sum(len(queue) for queue in self._queues[: priority + (not requeued)])
            earliest = self._pace.schedule.earliest(ahead, began)
            if earliest > deadline:
                raise DeadlineExceededError(
                    f"the next free slot comes in {earliest - began:.1f} s, after the deadline"
                )
        gate_before = self._gate_seconds(began)
        await self._slot(loop, self._queues[priority], deadline, requeued)
        now = loop.time()
        gate = self._gate_seconds(now) - gate_before
        return Waited(queue=now - began - gate, gate=gate)

    async def _slot(
        self,
        loop: asyncio.AbstractEventLoop,
        queue: OrderedDict[asyncio.Future[None], None],
        deadline: float | None,
        requeued: bool,
    ) -> None:
        slot: asyncio.Future[None] = loop.create_future()
        queue[slot] = None
        if requeued:
            queue.move_to_end(slot, last=False)
        self._waiting += 1
        self._arm(loop)
        try:
            async with asyncio.timeout_at(deadline):
                await slot
        except TimeoutError:
            raise DeadlineExceededError("the deadline passed while waiting for a slot") from None
        finally:
            # Granted slots are out of the queue, and spent whatever becomes of the call.
            if queue.pop(slot, slot) is None:
                self._waiting -= 1
                if not self._waiting:
                    self._disarm()

    def succeeded(self, sent_at: float) -> None:
        """Learn that a request sent at ``sent_at`` was answered, and not with 429."""
        loop = asyncio.get_running_loop()
        if self._pace.accepted(loop.time(), sent_at) and self._waiting:
            self._arm(loop)

    def refused(self, retry_after: float | None, sent_at: float) -> None:
        """Learn of a 429: pause everybody, for ``retry_after`` seconds if the server said so."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._refused += 1
        until = self._pace.refused(now, sent_at, retry_after)
        if now >= self._pause_ends:
            self._paused_before = self._gate_seconds(now)
            self._pause_began = now
        self._pause_ends = max(self._pause_ends, until)
        if self._waiting:
            self._arm(loop)

    def stats(self) -> LimiterStats:
        """The state now; call it on the client's event loop."""
        now = asyncio.get_running_loop().time()
        schedule = self._pace.schedule
        drained = schedule.earliest(self._waiting - 1, now) if self._waiting else now
        return LimiterStats(
            waiting=self._waiting,
            sent=self._sent,
            refused=self._refused,
            paused_for=max(0.0, self._pause_ends - now),
            pace=schedule.rate * 60,
            seconds_to_drain=drained - now,
        )

    def close(self) -> None:
        """Fail all calls that wait."""
        self._disarm()
        for queue in self._queues:
            while queue:
                slot, _ = queue.popitem()
                self._waiting -= 1
                if not slot.done():
                    slot.set_exception(ClientStateError("the client was closed"))

    def _take(self, now: float) -> None:
        self._sent += 1
        self._pace.schedule.take(now)

    def _gate_seconds(self, now: float) -> float:
        """Seconds for which the gate was shut until now."""
        if self._pause_began == -math.inf:
            return 0.0
        return self._paused_before + min(now, self._pause_ends) - self._pause_began

    def _arm(self, loop: asyncio.AbstractEventLoop) -> None:
        """Wake up when the next slot is free: one timer, however many wait."""
        when = max(self._pace.schedule.ready_at, loop.time())
        if self._timer is not None:
            if self._timer.when() == when:
                return
            self._timer.cancel()
        self._timer = loop.call_at(when, self._grant, loop)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _grant(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = None
        now = loop.time()
        while self._waiting and self._pace.schedule.ready_at <= now:
            slot = self._next()
            self._waiting -= 1
            if not slot.done():
                self._take(now)
                slot.set_result(None)
        if self._waiting:
            self._arm(loop)

    def _next(self) -> asyncio.Future[None]:
        waiting = [queue for queue in self._queues if queue]
        lowest = self._sent % LOWER_PRIORITY_SHARE == LOWER_PRIORITY_SHARE - 1
        return waiting[-1 if lowest else 0].popitem(last=False)[0]
