"""Waits that go on at once are gathered: what listings show is told to each, and the rest ask in turn."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar
from weakref import ref

from matillion_async._runs.polling import Polling
from matillion_async._runs.seat import Seat

T = TypeVar("T")

GATHERED_FROM = 3
"""So many waits at once are gathered; fewer each ask by themselves, which is lighter than to list."""
_LEAST, _LONGEST_LEAST = 1.5, 3.0
"""A round of listings counts for so many calls at least, as far as that takes no longer than so many seconds: where ends come
often, asking more often would tell little more."""
_CHECK_EVERY = 20
"""Rounds after which one that listings show asks by itself: a listing that is behind for good would hold it for ever."""
_FEW, _A_SEAT, _ALL_SEATS = 100, 0.0001, 0.1
"""Seconds between two rounds at least for each wait beyond so many, and for all: to look through them takes a part of that.
Without a rate limit each one that is due would have a round of its own, and a thousand of them keep the event loop busy. At a
thousand calls a minute a round takes longer."""
_CHECKS = 4
"""So many ask by themselves in a round at least, where listings do not tell all."""


@dataclass(slots=True)
class Reading(Generic[T]):
    """What a reading of listings came to."""

    sent: int = 0
    """Requests."""
    left: list[Seat[T]] = field(default_factory=list)
    """Those that are to ask by themselves: listings did not show them, cannot be read, or take no fewer requests."""


class Listings(Protocol[T]):
    """Reads what many waits want to know."""

    async def read(self, due: Sequence[Seat[T]], others: Sequence[Seat[T]]) -> Reading[T]:
        """Tell each that is due what listings show of it, and the others if they happen to be shown.

        Raises:
            BaseException: what no wait could go on with; a failure that passes, or concerns some, is told to those.
        """
        ...


class Gathering(Generic[T]):
    """All waits over one connection that ask with the same options.

    As long as there are few, each asks by itself. From :data:`GATHERED_FROM` on a task reads listings for all, until the last
    one has left. What listings do not show, or would show at a higher price, asks by itself, in its own task: as many
    requests a round as the listings took, so that nothing lost holds up the others.

    Args:
        listings: reads for all.
        polling: all who poll over the connection; a gathering counts as one.
        requests_per_minute: the rate of the limiter.
        name: of its task.
        tells_all: whether listings tell all there is to know; otherwise those that they show ask by themselves as well, as
            often as the share of the rate allows.
    """

    def __init__(
        self,
        listings: Listings[T],
        polling: Polling,
        requests_per_minute: Callable[[], float],
        name: str,
        *,
        tells_all: bool = True,
    ) -> None:
        self._listings = listings
        self._polling = polling
        self._requests_per_minute = requests_per_minute
        self._name = name
        self._tells_all = tells_all
        self._seats: dict[Seat[T], None] = {}
        self._task: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        self._sleeps_until = -math.inf
        self._ended_at = -math.inf
        self._rounds = 0

    @property
    def is_gathered(self) -> bool:
        """Whether a task reads for all; it begins, or begins again, when that is asked for."""
        if self._task is None and len(self._seats) >= GATHERED_FROM:
            self._polling.count(1 - len(self._seats))
            # Of none of the waits: a variable of the context, such as a span, is one's own.
            self._task = asyncio.create_task(self._go_on(), name=self._name, context=Context())
            self._task.add_done_callback(self._task_ended)
            for seat in self._seats:
                seat.stir()
        return self._task is not None

    @asynccontextmanager
    async def seat(
        self,
        project_id: str | None,
        key: str,
        interval: float | None,
        pause: Callable[[], float],
    ) -> AsyncGenerator[Seat[T], None]:
        """Take part as one more wait; see :class:`Seat` for the arguments."""
        seat: Seat[T] = Seat(self, project_id, key, interval, pause)
        self._seats[seat] = None
        if self._task is None:
            self._polling.count(1)
        try:
            yield seat
        finally:
            del self._seats[seat]
            if self._task is None:
                self._polling.count(-1)
            elif not self._seats:
                await self._end()

    def ended(self) -> None:
        """Note that what one waited for has ended, so that others may end soon."""
        self._ended_at = asyncio.get_running_loop().time()
        self._wake.set()

    def stirred(self, seat: Seat[T]) -> None:
        """Note that a wait rests, and may be due; only if it is the first one of all, they are all looked through."""
        if self._due_at(seat, asyncio.get_running_loop().time()) < self._sleeps_until:
            self._wake.set()

    async def _end(self) -> None:
        task, self._task = self._task, None
        assert task is not None
        self._polling.count(-1)
        task.cancel()
        await asyncio.wait([task])

    def _task_ended(self, task: asyncio.Task[None]) -> None:
        """Nobody but the last wait ends the task, unless something is wrong; then each has to know, or to go on."""
        failure = None if task.cancelled() else task.exception()
        if task is not self._task:
            return
        self._task = None
        self._polling.count(len(self._seats) - 1)
        for seat in self._seats:
            if failure is None:
                seat.stir()
            else:
                seat.fail(failure)

    async def _go_on(self) -> None:
        loop = asyncio.get_running_loop()
        free_at = loop.time()
        while True:
            await self._until_due(free_at)
            now = loop.time()
            listed, asking = await self._round(now)
            rate = self._requests_per_minute()
            pause = self._polling.pace(rate, listed + asking)
            if listed:
                pause = max(pause, min(self._polling.pace(rate, _LEAST), _LONGEST_LEAST))
            looking = min(_A_SEAT * (len(self._seats) - _FEW), _ALL_SEATS)
            free_at = loop.time() + max(pause, looking)

    async def _until_due(self, free_at: float) -> None:
        loop = asyncio.get_running_loop()
        if (left := free_at - loop.time()) > 0:
            await asyncio.sleep(left)
        while True:
            now = loop.time()
            soonest = min((self._due_at(seat, now) for seat in self._seats), default=math.inf)
            if soonest <= now:
                return
            self._wake.clear()
            self._sleeps_until = soonest
            try:
                async with asyncio.timeout_at(None if soonest == math.inf else soonest):
                    await self._wake.wait()
            except TimeoutError:
                return
            finally:
                self._sleeps_until = -math.inf

    def _due_at(self, seat: Seat[T], now: float) -> float:
        if seat.is_asking:
            return math.inf
        if seat.told_at is None:
            return now
        if seat.interval is not None:
            return seat.told_at + seat.interval
        return seat.told_at + self._polling.wanted(
            seat.told_at - max(seat.changed_at, self._ended_at)
        )

    async def _round(self, now: float) -> tuple[int, int]:
        """Read listings for those that are due, and let some ask; returns the requests for both."""
        due = [seat for seat in self._seats if self._due_at(seat, now) <= now]
        regular = [seat for seat in due if not seat.is_stray]
        strays = [seat for seat in due if seat.is_stray]
        number = self._number_to_check(regular, now)
        checked = dict.fromkeys(sorted(regular, key=_turn)[:number] if len(regular) > 1 else ())
        regular = [seat for seat in regular if seat not in checked]
        reading: Reading[T] = Reading()
        if regular:
            # Who is not due, and gives no interval, likes to hear of it too if that costs nothing.
            others = [
                seat
                for seat in self._seats.keys() - due
                if seat.interval is None and not seat.is_asking
            ]
            reading = await self._listings.read(regular, [*strays, *others])
        if reading.sent:
            self._rounds += 1
        # Some may have left meanwhile, and some of the strays were shown by chance.
        asking = [
            seat
            for seat in sorted([*reading.left, *strays, *checked], key=_turn)
            if seat in self._seats and not seat.has_news
        ][: max(1, number, reading.sent)]
        for seat in asking:
            seat.ask()
        return reading.sent, len(asking)

    def _number_to_check(self, regular: Sequence[Seat[T]], now: float) -> int:
        """How many that are listed ask by themselves in this round."""
        if self._tells_all:
            if self._rounds < _CHECK_EVERY:
                return 0
            self._rounds = 0
            return 1
        news_at = max((seat.changed_at for seat in regular), default=now)
        seconds = self._polling.wanted(now - max(news_at, self._ended_at))
        pace = self._polling.pace(self._requests_per_minute())
        return max(_CHECKS, int(min(seconds / pace, len(regular))) - 1 if pace else len(regular))


def _turn(seat: Seat[Any]) -> tuple[int, float]:
    """Whose turn is first: of those that have most reason to ask that of who has not asked for longest."""
    return -seat.urgency, seat.asked_at


class Gatherings(Generic[T]):
    """The gatherings of all who share a connection; those whose options differ, such as a hook, ask apart."""

    def __init__(self) -> None:
        self._made: list[tuple[object, ref[Gathering[T]]]] = []

    def of(self, options: object, make: Callable[[], Gathering[T]]) -> Gathering[T]:
        """The one for these options; it lasts as long as somebody has it."""
        self._made = [each for each in self._made if each[1]() is not None]
        for known, made in self._made:
            gathering = made()
            if known == options and gathering is not None:
                return gathering
        gathering = make()
        self._made.append((options, ref(gathering)))
        return gathering
