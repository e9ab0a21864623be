"""One process among those that share a limit: what it tells and hears, and what it does when the shared place has forgotten."""

from __future__ import annotations

import asyncio
import math
import os
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from inspect import isawaitable
from itertools import islice
from typing import TypeAlias

from matillion_async._limits.rates import RateLimit
from matillion_async._share.account import SETTLING, Account
from matillion_async._share.news import News
from matillion_async._share.place import (
    NOT_GIVEN_BACK,
    TIMEOUT,
    ReadableShare,
    Share,
    ShareError,
)
from matillion_async._share.record import account_of, decode, encode
from matillion_async._share.report import Given, Refusal, Report

CLOCK_SLACK = 1.0
"""Seconds by which the clock of a place may be behind what is kept in it; more, and it began anew."""
BLOCKED = 0.05
"""Seconds by which a timer is late where the event loop was blocked, or the machine is busy; then an answer has its time again."""
TOLD_WITHIN = 0.5
"""Seconds within which a process tells what it sent."""


Told: TypeAlias = "tuple[bytes, Account, Given, float]"
"""What is kept from now on, what that means, what this process got, and how far the clock of the place is ahead."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a process heard, and when it had asked, on the event loop's clock."""

    given: Given
    asked_at: float


class Membership:
    """Tells the others what became of this process's requests, and hears what they did.

    Args:
        share: the place that is shared.
        name: of the account in it.
        limits: as they were given to this process; None to find them out.

    Attributes:
        limits: the same, the shortest first.
        account: as it was when it was heard of last.
        ahead: seconds by which the clock of the place is ahead of the event loop's.
        alone_since: when this process began to go on without the others, since it cannot reach them; infinite while it can.
    """

    def __init__(self, share: Share, name: str, limits: tuple[RateLimit, ...] | None) -> None:
        self.account = Account(limits)
        self.ahead = 0.0
        self._share = share
        self._name = name
        self.limits = limits and tuple(sorted(limits, key=lambda limit: limit.seconds))
        self._process, self._pid = "", 0
        self._news = News()
        self._telling: News | None = None  # on its way
        self._sent: deque[float] = (
            deque()
        )  # all that arrived, as far back as the longest limit looks
        self._kept: bytes | None = None  # what this process heard last
        self._mark = ("", 0)  # its history and number of changes
        self._decoded: Account | None = None  # the same as an account, until a change begins
        self.alone_since = math.inf

    @property
    def has_news(self) -> bool:
        """Whether there is something to tell."""
        return bool(self._news)

    def arrived(self, at: float) -> None:
        """Note that a request of this process had arrived at this time at the latest."""
        self._news.arrived.append(at)
        self._sent.append(at)
        before = at - self._longest() - 1
        while self._sent[0] < before:
            self._sent.popleft()

    def forget(self, now: float) -> None:
        """Forget what is too old to be told; what cannot be told is not kept for ever."""
        self._news.forget(now, self._longest())

    def accepted(self, at: float, sent_at: float) -> None:
        """Note a response that is not a 429."""
        self._news.accepted.append((at, sent_at))

    def refused(self, at: float, given_at: float, retry_after: float | None) -> None:
        """Note a 429."""
        self._news.refused.append((at, given_at, retry_after))

    def look(self, now: float) -> bool:
        """Learn of the others from what is kept, while nothing can be told to them; returns whether there was something to learn."""
        if not isinstance(self._share, ReadableShare):
            return False
        kept, place_now = self._share.look(self._name)
        account = account_of(kept)
        if account is None:
            return False
        self.account, self.ahead = account, place_now - now
        return True

    @property
    def is_member(self) -> bool:
        """Whether the others know of this process."""
        return self._process in self.account.members

    @property
    def waits(self) -> bool:
        """Whether the others take this process for one that waits for a permit."""
        me = self.account.members.get(self._process)
        return me is not None and me.waiting > 0

    @property
    def theirs(self) -> int:
        """How many requests others had under way when they were heard of last."""
        me = self.account.members.get(self._process)
        return self.account.under_way - (me.under_way if me else 0)

    @property
    def untold(self) -> Sequence[float]:
        """When requests of this process had arrived that the others do not know of."""
        return self._news.arrived

    def exchange(
        self, now: float, under_way: int, wanted: int, *, leave: bool = False
    ) -> Heard | asyncio.Future[Heard]:
        """Tell what is new, and ask for permits.

        Args:
            now: the time.
            under_way: requests that the server may yet count, and permits in advance.
            wanted: calls that wait for a permit.
            leave: whether this is the last time.

        Raises:
            Exception: of any kind, or from the future; the place is gone, and nothing is lost.
        """
        self._take_back()
        if self._pid != os.getpid():  # a process that was forked is another one
            self._process, self._pid = os.urandom(6).hex(), os.getpid()
            self._sent = deque(self._news.arrived)
        news, self._news = self._news, News()
        loop = asyncio.get_running_loop()
        made: list[Told] = []

        def change(kept: bytes | None, place_now: float) -> tuple[bytes, Told]:
            ahead = place_now - loop.time()
            account = self._current(kept, place_now, ahead, news)
            report = self._report(news, under_way, wanted, place_now - ahead)
            exchange = account.leave if leave else account.exchange
            given = exchange(report, place_now)
            account.changes += 1
            encoded = encode(account)
            made[:] = [(encoded, account, given, ahead)]
            return encoded, made[0]

        def heard(told: Told) -> Heard:
            if not made or told is not made[0]:
                raise ShareError(NOT_GIVEN_BACK)
            self._kept, account, given, self.ahead = told
            self._mark = (account.history, account.changes)
            self.account = self._decoded = account
            self.alone_since = math.inf
            return Heard(given, now)

        try:
            told = self._share.update(self._name, change)
            if not isawaitable(told):
                return heard(told)
        except BaseException:
            self._news.put_back(news)
            raise
        self._telling = news
        return self._later(asyncio.ensure_future(told), heard)

    def _later(
        self, coming: asyncio.Future[Told], heard: Callable[[Told], Heard]
    ) -> asyncio.Future[Heard]:
        """What is heard in time. It may be cancelled at any moment, also before the first step of what is coming."""
        loop = asyncio.get_running_loop()
        result: asyncio.Future[Heard] = loop.create_future()
        news = self._telling

        def settle(_: asyncio.Future[Told]) -> None:
            if not coming.cancelled():
                coming.exception()  # or asyncio says that nobody asked for it
            if self._telling is not news or result.done():
                return
            try:
                known = heard(coming.result())
            except BaseException as error:  # noqa: BLE001 - of any place; it is for whoever waits
                self._take_back()
                result.cancel() if coming.cancelled() else result.set_exception(error)
            else:
                self._telling = None
                result.set_result(known)

        due = loop.time() + TIMEOUT
        timer: asyncio.TimerHandle

        def expire() -> None:
            nonlocal timer, due
            if loop.time() > due + BLOCKED:
                due = loop.time() + TIMEOUT
                timer = loop.call_at(due, expire)
                return
            if not result.done():
                self._take_back()
                result.set_exception(TimeoutError())
            coming.cancel()

        timer = loop.call_later(TIMEOUT, expire)

        def end(_: asyncio.Future[Heard]) -> None:
            timer.cancel()
            coming.cancel()

        result.add_done_callback(end)
        coming.add_done_callback(settle)
        return result

    def _take_back(self) -> None:
        """Take for news again what was on its way, and may not have come."""
        if self._telling is not None:
            self._news.put_back(self._telling)
            self._telling = None

    def _longest(self) -> float:
        """Seconds that the longest limit looks back."""
        return max((limit.seconds for limit in self.account.rate.schedule.limits), default=0.0)

    def _report(self, news: News, under_way: int, wanted: int, now: float) -> Report:
        return Report(
            self._process,
            self.limits,
            under_way,
            wanted,
            [now - at for at in news.arrived],
            [(now - at, now - sent_at) for at, sent_at in news.accepted],
            [Refusal(now - at, now - given_at, seconds) for at, given_at, seconds in news.refused],
            max(0.0, now - self.alone_since),
        )

    def _current(self, kept: bytes | None, now: float, ahead: float, news: News) -> Account:
        """The account that is kept; if it was lost, or is older than what is known here, it begins without a burst."""
        # A change may fail, and is then made of what was kept.
        decoded, self._decoded = self._decoded, None
        account = decoded if decoded is not None and kept == self._kept else account_of(kept)
        if account is not None and account.changed_at > now + CLOCK_SLACK:
            account = Account(
                self.limits
            )  # the clock began anew, and with it all times that are kept
            account.begin_again(self._told(news, ahead, -math.inf), now + SETTLING)
            return account
        if self._kept is None:
            return account or Account(self.limits)
        history, changes = self._mark
        if account is None or (account.history == history and account.changes < changes):
            account = decode(self._kept)
            account.history = os.urandom(8).hex()
            account.covers_until = account.changed_at
            # Of what others got since then they tell soon, if they are not alone; who was alone knows that they had nothing.
            is_recent = now < account.changed_at + SETTLING
            pause = TOLD_WITHIN if is_recent else SETTLING
            account.begin_again([], now + (pause if self.alone_since == math.inf else 0.0))
        elif account.history != history:
            since = account.covers_until - TOLD_WITHIN
            account.begin_again(self._told(news, ahead, since), now)
        return account

    def _told(self, news: News, ahead: float, since: float) -> list[float]:
        """When the requests of this process had arrived that it has told of before, on the clock of the place."""
        told = max(0, len(self._sent) - len(news.arrived) - len(self._news.arrived))
        return [at + ahead for at in islice(self._sent, told) if at + ahead > since]
