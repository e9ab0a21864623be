"""One process among those that share a limit: what it tells and hears, and what it does when the shared place has forgotten."""

from __future__ import annotations

import asyncio
import logging
import os
from collections import deque
from collections.abc import Awaitable
from dataclasses import dataclass, field
from inspect import isawaitable

from matillion_async._limits.rates import RateLimit
from matillion_async._share.account import Account, Given, Refusal, Report
from matillion_async._share.place import TIMEOUT, Share
from matillion_async._share.record import decode, encode

logger = logging.getLogger("matillion_async")

CLOCK_SLACK = 1.0
"""Seconds by which the clock of a place may be behind what is kept in it; more, and it began anew."""
MOST_NEWS = 1000
"""Of each kind, while the shared place is gone."""


@dataclass(slots=True)
class News:
    """What became of requests since the others were told; times of the event loop's clock."""

    arrived: deque[float] = field(default_factory=deque)
    """Until when requests had arrived at the latest."""
    accepted: deque[tuple[float, float]] = field(default_factory=lambda: deque(maxlen=MOST_NEWS))
    """When responses came that are not 429s, and when their requests were sent."""
    refused: deque[tuple[float, float, float | None]] = field(
        default_factory=lambda: deque(maxlen=MOST_NEWS)
    )
    """When 429s came, when their permits had been given, and how long they asked to wait."""

    def __bool__(self) -> bool:
        return bool(self.arrived or self.accepted or self.refused)

    def put_back(self, older: News) -> None:
        """Take what could not be told for news again."""
        self.arrived.extendleft(reversed(older.arrived))
        self.accepted = deque([*older.accepted, *self.accepted], maxlen=MOST_NEWS)
        self.refused = deque([*older.refused, *self.refused], maxlen=MOST_NEWS)


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
        account: as it was when it was heard of last.
        ahead: seconds by which the clock of the place is ahead of the event loop's.
    """

    def __init__(self, share: Share, name: str, limits: tuple[RateLimit, ...] | None) -> None:
        self.account = Account(limits)
        self.ahead = 0.0
        self._share = share
        self._name = name
        self._limits = limits
        self._process = os.urandom(6).hex()
        self._has_heard = False
        self._news = News()
        self._sent: deque[float] = (
            deque()
        )  # all that arrived, as far back as the longest limit looks
        self._has_warned = False

    @property
    def has_news(self) -> bool:
        """Whether there is something to tell."""
        return bool(self._news)

    def arrived(self, at: float) -> None:
        """Note that a request of this process had arrived at this time at the latest."""
        self._news.arrived.append(at)
        self._sent.append(at)
        longest = max((limit.seconds for limit in self.account.rate.schedule.limits), default=0.0)
        while self._sent[0] < at - longest - 1:
            self._sent.popleft()

    def accepted(self, at: float, sent_at: float) -> None:
        """Note a response that is not a 429."""
        self._news.accepted.append((at, sent_at))

    def refused(self, at: float, given_at: float, retry_after: float | None) -> None:
        """Note a 429."""
        self._news.refused.append((at, given_at, retry_after))

    def part_of_sent(self, parts: int, heard_at: float, now: float) -> list[float]:
        """When requests had arrived that this process answers for if it goes on with one of so many parts, oldest first.

        Of all that is known of, and of what the others had under way, each process takes the same part, whoever sent it: then
        all of them together keep the limit. Since it was heard of them they are taken to have sent as much as the limit allows.
        What they were not told counts as a whole.
        """
        account, schedule = self.account, self.account.rate.schedule
        me = account.members.get(self._process)
        theirs = account.under_way - (me.under_way if me else 0)
        known = [min(at - self.ahead, now) for at in schedule.ends] + [heard_at] * theirs
        longest = max((limit.seconds for limit in schedule.limits), default=0.0)
        since = min(now - heard_at, longest) * schedule.rate / parts if longest else 0.0
        assumed = [now - count * parts / schedule.rate for count in range(int(since))]
        return sorted([*known[::-parts], *assumed, *self._news.arrived])

    def exchange(
        self, under_way: int, wanted: int, *, leave: bool = False
    ) -> Heard | Awaitable[Heard]:
        """Tell what is new, and ask for permits.

        Args:
            under_way: requests that the server may yet count, and permits in advance.
            wanted: calls that wait for a permit.
            leave: whether this is the last time.

        Raises:
            Exception: of any kind, or from the awaitable; the place is gone, and nothing is lost.
        """
        news, self._news = self._news, News()
        loop = asyncio.get_running_loop()
        asked_at = loop.time()

        def change(kept: bytes | None, now: float) -> tuple[bytes, tuple[Account, Given, float]]:
            ahead = now - loop.time()
            account = self._current(kept, now, ahead)
            report = self._report(news, under_way, wanted, now - ahead)
            given = account.leave(report, now) if leave else account.exchange(report, now)
            account.changes += 1
            return encode(account), (account, given, ahead)

        def heard(told: tuple[Account, Given, float]) -> Heard:
            account, given, self.ahead = told
            self._warn_of_other_limits(account)
            self.account = account
            self._has_heard = True
            return Heard(given, asked_at)

        try:
            told = self._share.update(self._name, change)
        except BaseException:
            self._news.put_back(news)
            raise
        if not isawaitable(told):
            return heard(told)

        async def later(coming: Awaitable[tuple[Account, Given, float]]) -> Heard:
            try:
                async with asyncio.timeout(TIMEOUT):
                    return heard(await coming)
            except BaseException:
                self._news.put_back(news)
                raise

        return later(told)

    def _report(self, news: News, under_way: int, wanted: int, now: float) -> Report:
        return Report(
            self._process,
            self._limits,
            under_way,
            wanted,
            [now - at for at in news.arrived],
            [(now - at, now - sent_at) for at, sent_at in news.accepted],
            [Refusal(now - at, now - given_at, seconds) for at, given_at, seconds in news.refused],
        )

    def _current(self, kept: bytes | None, now: float, ahead: float) -> Account:
        """The account that is kept; if it was lost, or is older than what is known here, it begins without a burst."""
        account = _decoded(kept)
        if account is not None and account.changed_at > now + CLOCK_SLACK:
            account = Account(
                self._limits
            )  # the clock began anew, and with it all times that are kept
            account.begin_again([at + ahead for at in self._sent], now)
            return account
        if not self._has_heard:
            return account or Account(self._limits)
        mine = self.account
        if account is None or (account.history == mine.history and account.changes < mine.changes):
            account = decode(encode(mine))
            account.history = os.urandom(8).hex()
            account.begin_again([], now)
        elif account.history != mine.history:
            account.begin_again([at + ahead for at in self._sent], now)
        return account

    def _warn_of_other_limits(self, account: Account) -> None:
        if self._has_warned or self._limits is None or account.limits == self._limits:
            return
        self._has_warned = True
        logger.warning(
            "rate_limits is %s here, but %s in other processes of this account that share it: theirs hold",
            _shown(self._limits),
            _shown(account.limits),
        )


def _decoded(kept: bytes | None) -> Account | None:
    try:
        return None if kept is None else decode(kept)
    except ValueError:
        return None  # what nobody can read is as good as lost


def _shown(limits: tuple[RateLimit, ...] | None) -> str:
    if limits is None:
        return "not set"
    return ",".join(map(str, limits)) or "none"
