"""The budget of one process that shares a limit: what it may give out, also while the others are out of reach."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections import deque
from inspect import isawaitable

from matillion_async._limits.adaptive_rate import BACKOFF, MIN_PAUSE
from matillion_async._limits.budget import Budget
from matillion_async._limits.queue import Permit
from matillion_async._limits.rates import RateLimit, Schedule
from matillion_async._share.account import SHORTEST_POLL, SILENT, VALID
from matillion_async._share.alone import Warnings, part_of_limit
from matillion_async._share.membership import Heard, Membership
from matillion_async._share.place import TIMEOUT, CrowdedError, ReadableShare, Share
from matillion_async._share.turns import WAITING

logger = logging.getLogger("matillion_async")

STOCK_VALID = 0.5
"""Seconds for which permits in advance may be used: a pause that began meanwhile is not heard of before."""
HEARTBEAT = 0.4
"""Seconds between two reports while requests are under way."""
TELL_WITHIN = 0.05
"""Seconds after which the others know that a request has ended."""
TRY_AGAIN = 1.0
"""Seconds between two attempts to reach the shared place while it is gone."""


class SharedBudget(Budget):
    """The part that one process has in the limit of an account.

    It gives out permits that it got from the shared place, some of them in advance. Without a word from there for ``VALID``
    seconds, those that were not used yet are void. While the place is gone, it keeps to the limits as they were known last,
    divided by the processes that were there.

    Args:
        share: the place.
        name: of the account in it.
        limits: to keep; an empty tuple for none; None to find them out.
    """

    permits_expire = True

    def __init__(self, share: Share, name: str, limits: tuple[RateLimit, ...] | None) -> None:
        super().__init__()
        self._share = share
        self._membership = Membership(share, name, limits)
        self._warnings = Warnings(share)
        self._heard_at = self._void_before = -math.inf
        self._began_at = math.inf  # when it first asked
        self._known_at = -math.inf  # when it was last known what the others do
        self._took = 0.0  # seconds of the last exchange
        self._told = 0  # what the others take for under way
        self._stock: deque[float] = deque()  # until when each permit in advance may be used
        self._retry_at = -math.inf
        self._paused_until = self._paused_at = self._refused_at = -math.inf
        self._alone: Schedule | None = None
        self._alone_since = -math.inf
        self._untold = (
            0.0  # permits that may be given alone while it is asked, which are told as under way
        )
        # On the clock of the machine, since that of an event loop may stand still while a callback takes its time.
        self._asked_real = self._heard_real = -math.inf
        self._asking: asyncio.Future[Heard] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._is_closed = False

    @property
    def rate(self) -> float:
        return (self._alone or self._membership.account.rate.schedule).rate

    @property
    def refused_at(self) -> float:
        membership = self._membership
        return max(self._refused_at, membership.account.rate.refused_at - membership.ahead)

    @property
    def refusals(self) -> int:
        return self._membership.account.rate.refusals

    @property
    def refused_since(self) -> float:
        membership = self._membership
        return membership.account.rate.refused_since - membership.ahead

    @property
    def paused_until(self) -> float:
        membership = self._membership
        return max(
            self._paused_until, membership.account.rate.schedule.paused_until - membership.ahead
        )

    @property
    def processes(self) -> int:
        account = self._membership.account
        present = account.present(account.changed_at)
        return present if self._membership.is_member else present + 1

    def ready_at(self, now: float, wanted: int) -> float:
        arrives_at = self._settle(now)
        if not self._has_stock(now) and self._asking is None and now >= self._retry_at:
            self._ask(now, wanted)
        if self._has_stock(now):
            return now
        if self._alone is None:
            ready_at = math.inf if self._asking is not None else self._retry_at
        else:
            ready_at = self._alone.ready_at(now, self.under_way)
            if self._asking is not None and not self._untold:
                ready_at = math.inf
            if ready_at <= now:
                return now
            if ready_at == math.inf:
                ready_at = arrives_at
            if self._asking is None:
                ready_at = min(ready_at, self._retry_at)
        # Not now, where a time to ask has passed, or clocks' differences round it so: no permit is taken that is not given.
        return max(ready_at, now + SHORTEST_POLL)

    def earliest(self, ahead: int, now: float) -> float:
        # What the others have under way may be permits in advance, which come back: it does not count here.
        if self._alone is not None:
            return self._alone.earliest(ahead, now, self.under_way)
        if self._asking is not None and now > self._heard_at + VALID:
            return now  # what was heard so long ago may not hold any more
        place = self._membership
        earliest = place.account.rate.earliest(ahead, now + place.ahead, self.under_way)
        return max(now, earliest - place.ahead)

    def grant(self, now: float) -> Permit:
        if self._stock:
            self._stock.popleft()
        elif self._asking is not None:
            self._untold -= 1
        return super().grant(now)

    def is_valid(self, permit: Permit, now: float) -> bool:
        if permit.given_at < self._void_before:
            return False
        is_own = self._alone is not None and permit.given_at >= self._alone_since
        return is_own or (now <= self._heard_at + VALID and not self._is_late())

    def accepted(self, now: float, sent_at: float) -> None:
        self._membership.accepted(now, sent_at)
        self._schedule_report(now)

    def refused(self, now: float, given_at: float, retry_after: float | None) -> float:
        if given_at > self.refused_at:
            self._refused_at = now
        pause = BACKOFF.pause(1) if retry_after is None else max(retry_after, MIN_PAUSE)
        self._paused_until = max(self._paused_until, now + pause)
        self._paused_at = now
        self._stock.clear()
        self._membership.refused(now, given_at, retry_after)
        if self._alone is not None:
            self._alone.restart(self._paused_until)
        elif self._asking is None and not self._is_closed:
            self._ask(now, self.wanted())
        return self.paused_until

    def nobody_waits(self, now: float) -> None:
        self._schedule_report(now)

    def close(self) -> None:
        super().close()
        self._is_closed = True
        if self._timer is not None:
            self._timer.cancel()

    async def aclose(self) -> None:
        """Tell the others that this process is gone, and close the place."""
        try:
            if self._asking is not None:
                await asyncio.wait(
                    [self._asking]
                )  # it is just telling what nobody would tell again
            if self._heard_at > -math.inf and self._alone is None:
                now = asyncio.get_running_loop().time()
                heard = self._membership.exchange(now, self.under_way, 0, leave=True)
                if not isinstance(heard, Heard):
                    await heard
        except Exception as error:  # noqa: BLE001 - of any place; the others find out by its silence
            logger.debug("could not leave the shared limit: %s", type(error).__name__)
        finally:
            await self.abandon()

    async def abandon(self) -> None:
        closing: object = self._share.aclose()
        if isawaitable(closing):  # a plain function has closed it by now
            await closing

    def _end(self, at: float) -> None:
        self._membership.arrived(at)
        if self._alone is not None:
            self._alone.end(at)
        self._schedule_report(at)

    def _is_late(self) -> bool:
        """Whether a permit of what was heard last is too old, whatever the event loop's clock says."""
        return time.monotonic() > self._heard_real + VALID

    def _has_stock(self, now: float) -> bool:
        if self._stock and self._is_late():
            self._stock.clear()
        while self._stock and self._stock[0] < now:
            self._stock.popleft()
        return bool(self._stock)

    def _ask(self, now: float, wanted: int) -> None:
        """Tell what is new, and ask for permits: at once where the place answers at once, else in a task."""
        self._settle(now)  # slow responses are not under way for ever, also where no call waits
        self._asked_real = time.monotonic()
        if self._began_at == math.inf:
            self._began_at = now
        rate = 0.0 if self._alone is None else self._alone.rate
        self._untold = 1 + rate * TIMEOUT // 1 if 0 < rate < math.inf else rate
        self._told = self.under_way + len(self._stock)
        if self._untold < math.inf:
            self._told += int(self._untold)
        try:
            heard = self._membership.exchange(now, self._told, wanted)
        except Exception as error:  # noqa: BLE001 - of any place
            self._lost(error, now)
            return
        if isinstance(heard, Heard):
            self._take(heard, now)
        else:
            self._asking = heard
            heard.add_done_callback(self._answered)

    def _answered(self, asked: asyncio.Future[Heard]) -> None:
        self._asking = None
        error = None if asked.cancelled() else asked.exception()
        if self._is_closed or asked.cancelled():
            return
        now = asyncio.get_running_loop().time()
        if isinstance(error, Exception):
            self._lost(error, now)
        else:
            self._take(asked.result(), now)
        self.on_change(now)

    def _take(self, heard: Heard, now: float) -> None:
        """Use what was heard."""
        given = heard.given
        self._heard_at = self._known_at = heard.asked_at
        self._heard_real = self._asked_real
        self._took = now - heard.asked_at
        self._warnings.tell_of_limits(self._membership.limits, self._membership.account.limits)
        if given.is_revived:
            self._void_before = heard.asked_at
            self._stock.clear()
        if heard.asked_at >= self._paused_at:  # else they were given before the pause began
            self._stock.extend([now + STOCK_VALID] * given.permits)
        self._retry_at = max(given.retry_at - self._membership.ahead, now + self._took)
        if self._alone is None:
            self._told = self.under_way + len(self._stock)
        else:
            self._alone = None
            self._retry_at = now  # to tell what became of what it had meanwhile
            self._warnings.tell_of_return(self.processes)
        self._schedule_report(now)

    def _lost(self, error: Exception, now: float) -> None:
        """Go on alone, with a part of the limits as they were known last; not where the place is only crowded."""
        place = self._membership
        knew = self._known_at > -math.inf
        is_locked = isinstance(error, TimeoutError) and isinstance(self._share, ReadableShare)
        if is_locked and place.look(now):
            self._known_at = now
        # Who locked it is there, and is not known yet: nobody takes the whole beside it, unless it stands still for long.
        is_young = self._known_at == -math.inf and now < self._began_at + SILENT
        if isinstance(error, CrowdedError) or (is_locked and is_young):
            self._retry_at = now + SHORTEST_POLL
            return
        # Before that the others take it for one that waits, and what they do not use for theirs.
        noticed_at = max(self._heard_at, self._retry_at) + WAITING
        self._retry_at = now + TRY_AGAIN
        place.forget(now)
        if self._alone is not None and (knew or self._known_at == -math.inf):
            return
        parts = self.processes
        place.alone_since = now
        begins_at = max(now, self.paused_until)
        if parts > 1:
            begins_at = max(begins_at, noticed_at)
        if self._known_at == -math.inf and isinstance(error, TimeoutError):
            # Of many that begin at once some hear of nobody: each tries again before it takes the whole.
            begins_at = max(begins_at, now + TRY_AGAIN + TIMEOUT)
        self._alone = part_of_limit(place, parts, self._known_at, begins_at, now)
        self._alone_since = now
        self._stock.clear()
        self._warnings.tell(error, parts, now)

    def _schedule_report(self, now: float) -> None:
        """Have a report made in time, if there is something to tell."""
        if self._timer is not None or self._is_closed:
            return
        under_way = self.under_way + len(self._stock)
        is_awaited = self._membership.waits and not self.wanted()
        is_believed = (self._told or is_awaited) and self._alone is None
        if self._membership.has_news or under_way or is_believed:
            soon = (self._membership.has_news or is_awaited) and self.processes > 1
            # A place that takes long is far, or has much to do: it is not to be asked all the time by all.
            within = min(max(TELL_WITHIN, 2 * self._took), HEARTBEAT)
            when = now + (within if soon else HEARTBEAT)
            if self._alone is not None:
                when = max(when, self._retry_at)
            self._timer = asyncio.get_running_loop().call_at(when, self._report)

    def _report(self) -> None:
        self._timer = None
        now = asyncio.get_running_loop().time()
        self._has_stock(now)
        if self._asking is None:
            self._ask(now, self.wanted())
            if self._asking is None:
                self.on_change(now)
        self._schedule_report(now)
