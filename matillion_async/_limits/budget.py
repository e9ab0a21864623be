"""What a limiter may give out: permits within limits that are its own, or those that several processes share."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable

from matillion_async._limits.adaptive_rate import AdaptiveRate
from matillion_async._limits.queue import Permit
from matillion_async._limits.rates import RateLimit

MAX_TRANSIT = 5.0
"""Seconds after which a request that was written has arrived at the server, or is lost. Its response may take longer, but
that is the server's work and not the network's: the request has been counted."""


class Budget(ABC):
    """Permits, and what became of their requests. All times are those of the event loop's clock.

    A request is under way from its permit until the server has counted it: until its response, or until it has arrived or is
    lost.

    Attributes:
        under_way: how many requests are; not all that are in flight, and some that were given up.
        wanted: tells how many permits could be used now; set by the limiter.
        on_change: called with the time when there may be permits that there were not; set by the limiter.
    """

    permits_expire = False
    """Whether a permit may become too old to send a request with it."""

    def __init__(self) -> None:
        self.under_way = 0
        self._in_transit: deque[Permit] = deque()  # those of them that were sent, in this order
        self.wanted: Callable[[], int] = lambda: 0
        self.on_change: Callable[[float], None] = lambda now: None

    @property
    def processes(self) -> int:
        """How many processes share the limit, as far as is known."""
        return 1

    @property
    @abstractmethod
    def rate(self) -> float:
        """Requests per second in the long run, as configured or learned; infinite without a limit."""

    @property
    @abstractmethod
    def paused_until(self) -> float:
        """When the latest pause after a 429 ends."""

    @property
    @abstractmethod
    def refused_at(self) -> float:
        """When the first of the latest 429s came; those of requests in flight together count as one."""

    @property
    @abstractmethod
    def refusals(self) -> int:
        """How many 429s came in a row."""

    @property
    @abstractmethod
    def refused_since(self) -> float:
        """When the first of these came; infinite if there was none yet."""

    @abstractmethod
    def ready_at(self, now: float, wanted: int) -> float:
        """When the limits may let a request go: not before then, and perhaps later.

        Args:
            now: the time.
            wanted: how many permits could be used now.
        """

    @abstractmethod
    def earliest(self, ahead: int, now: float) -> float:
        """The first moment at which a permit can come, at the present rate, for a call with so many before it."""

    @abstractmethod
    def accepted(self, now: float, sent_at: float) -> None:
        """Learn from a response that is not a 429."""

    @abstractmethod
    def refused(self, now: float, given_at: float, retry_after: float | None) -> float:
        """Learn from a 429 to a request whose permit was given at that time; returns until when no request may go."""

    @abstractmethod
    def _end(self, at: float) -> None:
        """Count a request that has arrived at this time at the latest."""

    def grant(self, now: float) -> Permit:
        """A permit; only when the limits let a request go."""
        self.under_way += 1
        return Permit(now)

    def is_valid(self, permit: Permit, now: float) -> bool:
        """Whether a request may still be sent with this permit."""
        del permit, now
        return True

    def sending(self, permit: Permit, arrives_by: float) -> None:
        """Note that a request is sent, and arrives by that time or never."""
        permit.arrived_by = arrives_by
        # Sorted but for the times to connect: an earlier one behind a later one counts for longer, which is safe.
        self._in_transit.append(permit)

    def arrived(self, permit: Permit, at: float) -> None:
        """Count a request that has arrived at this time at the latest, if it is not counted yet."""
        if permit.is_under_way:
            permit.is_under_way = False
            self.under_way -= 1
            self._end(at)

    def _settle(self, now: float) -> float:
        """Count all that have arrived by now; returns when the next one will have, infinite if none is in transit."""
        in_transit = self._in_transit
        while in_transit and not (in_transit[0].is_under_way and now < in_transit[0].arrived_by):
            self.arrived(in_transit.popleft(), now)
        return in_transit[0].arrived_by if in_transit else math.inf

    def nobody_waits(self, now: float) -> None:  # noqa: B027 - who shares nothing tells nobody
        """Note that no call waits for a permit any more, perhaps without having got one."""

    def close(self) -> None:
        """Forget what is in transit."""
        self._in_transit.clear()

    async def aclose(self) -> None:
        """Close what the budget opened, once it is closed."""
        self.close()

    async def abandon(self) -> None:
        """Close what the budget opened, although its event loop is closed."""
        self.close()


class OwnBudget(Budget):
    """Limits that nobody else uses, as far as this client knows; see :class:`AdaptiveRate`."""

    def __init__(self, limits: tuple[RateLimit, ...] | None) -> None:
        super().__init__()
        self._rate = AdaptiveRate(limits)

    @property
    def rate(self) -> float:
        return self._rate.schedule.rate

    @property
    def paused_until(self) -> float:
        return self._rate.schedule.paused_until

    @property
    def refused_at(self) -> float:
        return self._rate.refused_at

    @property
    def refusals(self) -> int:
        return self._rate.refusals

    @property
    def refused_since(self) -> float:
        return self._rate.refused_since

    def ready_at(self, now: float, wanted: int) -> float:
        del wanted
        first_arrival = self._settle(now) if self._in_transit else math.inf
        ready_at = self._rate.schedule.ready_at(now, self.under_way)
        return first_arrival if ready_at == math.inf else ready_at

    def earliest(self, ahead: int, now: float) -> float:
        return self._rate.earliest(ahead, now, self.under_way)

    def accepted(self, now: float, sent_at: float) -> None:
        self._rate.accepted(now, sent_at)

    def refused(self, now: float, given_at: float, retry_after: float | None) -> float:
        return self._rate.refused(now, given_at, retry_after)

    def _end(self, at: float) -> None:
        self._rate.schedule.end(at)
