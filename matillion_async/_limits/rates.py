"""The arithmetic of rate limits: what they are, and when the next request may be sent.

Nothing here reads a clock or waits: ``now`` is always an argument, in seconds on any clock that does not go
back.

The vendor's words "average 60 a minute, burst 5 a second" have two readings: a bucket of 5 that gets one
token a second, and two windows that slide, 60 in any minute and 5 in any second. A client that keeps one of
them is refused by a server that means the other, so both are kept at once. Windows that start on the minute
are wider than windows that slide, so servers with those are satisfied as well.

A server counts a request when it arrives, which is some time between sending and response. So a request counts here, in
the window and in the bucket, from when it is sent until its response, and for a period after that: whatever takes
its place then arrives a period later, however long each of them was in transit. Where the shortest limit is the
long-run limit as well, this costs throughput by round trip / period; otherwise none.
"""

from __future__ import annotations

import math
import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matillion_async._errors import ConfigurationError

CLOCK_SHARE = 0.001
"""By how much a server's clock may be slower than ours, its own rounding included: 1 ms in a second."""

_ROUNDING = 1e-9  # seconds that a sum of intervals may be off

_UNITS = {"s": 1, "sec": 1, "second": 1, "min": 60, "minute": 60, "h": 3600, "hour": 3600}
_LIMIT = re.compile(r"([0-9]{1,9})\s*/\s*([0-9]+(?:\.[0-9]+)?)?\s*([a-z]+)")
_WHERE = "argument rate_limits, or MATILLION_RATE_LIMITS in the environment"
_EXAMPLES = 'write for example "60/min", "5/s", "3600/h" or "10/2s", or "none" for no limit'


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most ``count`` requests in any ``seconds``."""

    count: int
    seconds: float

    def __post_init__(self) -> None:
        if self.count < 1 or not 0 < self.seconds < math.inf:
            raise ConfigurationError(
                f"A rate limit needs a count of 1 or more and a time above 0 seconds, "
                f"not {self.count} in {self.seconds:g} s ({_WHERE}): {_EXAMPLES}."
            )

    @classmethod
    def parse(cls, text: str) -> RateLimit:
        """Read a limit such as ``"60/min"``, ``"5/s"``, ``"3600/h"`` or ``"10/2s"``.

        Raises:
            ConfigurationError: the string is not a limit.
        """
        found = _LIMIT.fullmatch(text.strip().lower()) if isinstance(text, str) else None
        if found is None or found[3] not in _UNITS:
            raise ConfigurationError(f"{text!r} is not a rate limit ({_WHERE}): {_EXAMPLES}.")
        return cls(int(found[1]), float(found[2] or 1) * _UNITS[found[3]])

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.count / self.seconds

    def at_rate(self, rate: float) -> RateLimit:
        """The same kind of limit at another rate, in requests per second."""
        count = max(1, math.floor(rate * self.seconds + 1e-9))
        return RateLimit(count, count / rate)

    def part(self, parts: int) -> RateLimit:
        """What each of so many clients may keep by itself, so that together they keep this limit in any of its periods."""
        count = self.count // parts
        return RateLimit(count or 1, self.seconds if count else self.seconds * parts / self.count)

    def __str__(self) -> str:
        names = {1: "s", 60: "min", 3600: "h"}
        return f"{self.count}/{names.get(int(self.seconds) if self.seconds == int(self.seconds) else -1) or f'{self.seconds:g}s'}"


def parse_rate_limits(value: str | Sequence[str]) -> tuple[RateLimit, ...]:
    """Read the limits of a client; an empty tuple means that there is none.

    Args:
        value: one or more limits, separated by commas as in the environment or as a sequence; ``"none"`` or
            ``"off"`` for no limit.

    Raises:
        ConfigurationError: one of them is not a limit.
    """
    if isinstance(value, str):
        if value.strip().lower() in {"none", "off"}:
            return ()
        value = value.split(",")
    if not isinstance(value, Iterable) or not value:
        raise ConfigurationError(f"{value!r} is not a rate limit ({_WHERE}): {_EXAMPLES}.")
    return tuple(RateLimit.parse(text) for text in value)


def long_run_rate(limits: Iterable[RateLimit]) -> float:
    """Requests per second that all these limits allow; infinite without any."""
    return min((limit.rate for limit in limits), default=math.inf)


class _Meter:
    """One limit, in both readings."""

    __slots__ = ("burst", "count", "ends", "full_at", "interval", "limit", "period")

    def __init__(self, limit: RateLimit, burst: int) -> None:
        self.limit = limit
        self.count = limit.count
        self.burst = burst
        self.period = limit.seconds * (1 + CLOCK_SHARE)
        self.interval = self.period / limit.count
        self.ends: deque[float] = deque()  # of the requests that still count in the window
        # The bucket is kept as one number, the time at which it would be full again (the generic cell rate
        # algorithm of ATM networks); requests under way are taken from it when the next one is reckoned.
        self.full_at = -math.inf

    def end(self, at: float, paused_until: float) -> None:
        """Count a request that had arrived at this time at the latest."""
        place = len(self.ends)
        while place and self.ends[place - 1] > at:
            place -= 1
        self.ends.insert(place, at)
        # No emptier than empty: of requests that were sent under wider limits there may be more than it holds.
        empty = max(self.ends[-1], paused_until) + self.burst * self.interval
        self.full_at = min(max(self.full_at, at) + self.interval, empty)

    def fill(self, ends: Sequence[float], paused_until: float) -> None:
        """Count many requests, oldest first, where none was counted before."""
        self.ends.extend(ends)
        full_at, interval, size = self.full_at, self.interval, self.burst * self.interval
        for at in ends:
            full_at = min(max(full_at, at) + interval, max(at, paused_until) + size)
        self.full_at = full_at

    def ready_at(self, now: float, under_way: int) -> float:
        """From when on the next request may go; infinite if one under way has to end before."""
        if under_way >= self.burst:
            return math.inf
        ready_at = self.full_at - (self.burst - 1 - under_way) * self.interval - _ROUNDING
        over = len(self._taken(now)) + under_way - self.count
        if over >= 0:
            ready_at = max(ready_at, self.ends[over] + self.period)
        return ready_at

    def earliest(self, ahead: int, now: float, under_way: int) -> float:
        """The first moment possible for a request with so many before it, if all of them get their response at once.

        It changes nothing, so that another thread may ask, to which the window may get shorter meanwhile.
        """
        full_at = max(self.full_at, now) + under_way * self.interval
        full_at = min(full_at, max(self.full_at, now + self.burst * self.interval))  # see end()
        by_bucket = full_at + (ahead + 1 - self.burst) * self.interval
        ends = self.ends
        gone = _gone(ends, now - self.period)
        ended = max(0, len(ends) - gone)
        freed = ended + under_way + ahead - self.count  # the one that has to leave the window
        # A request ahead that has yet to be sent leaves it a period after the one that it has to wait for itself.
        periods = max(0, math.ceil((freed + 1 - ended - under_way) / self.count))
        freed -= periods * self.count
        if freed < 0:
            by_window = now
        elif freed < ended:
            try:
                by_window = ends[gone + freed] + self.period
            except IndexError:  # it has left the window meanwhile
                by_window = now
        else:
            by_window = now + self.period
        return max(by_bucket, by_window + periods * self.period)

    def _taken(self, now: float) -> deque[float]:
        ends, before = self.ends, now - self.period
        while ends and ends[0] <= before:
            ends.popleft()
        return ends


def _gone(ends: deque[float], before: float) -> int:
    """How many have left the window and are still there."""
    gone = 0
    try:
        while ends[gone] <= before:
            gone += 1
    except IndexError:  # all of them have
        return gone
    return gone


class Schedule:
    """When the next request may be sent under several limits, each in both readings; O(1) per request.

    Each limit is a window, and a bucket whose size is the count of the next shorter limit: the burst that
    goes with its average. The shortest limit's bucket holds its own count.

    Args:
        limits: the limits; none means that a request may always go.
        ends: of the requests before, oldest first; they fill the windows, the buckets start full.

    Attributes:
        rate: requests per second in the long run; infinite without a limit.
        paused_until: when the latest pause ends.
    """

    __slots__ = ("_meters", "paused_until", "rate")

    def __init__(self, limits: Iterable[RateLimit], ends: Iterable[float] = ()) -> None:
        self.rate = math.inf
        self.paused_until = -math.inf
        meters: list[_Meter] = []
        burst: int | None = None
        for limit in sorted(limits, key=lambda limit: limit.seconds):
            burst = limit.count if burst is None else min(limit.count, burst)
            meters.append(_Meter(limit, burst))
            burst = limit.count
            self.rate = min(self.rate, limit.rate)
        self._meters = tuple(meters)
        if meters:
            before = tuple(ends)
            for meter in meters:
                meter.ends.extend(before)

    @property
    def limits(self) -> tuple[RateLimit, ...]:
        """The limits, the shortest first."""
        return tuple(meter.limit for meter in self._meters)

    @property
    def full_at(self) -> list[float]:
        """When the bucket of each limit would be full again, the shortest limit first."""
        return [meter.full_at for meter in self._meters]

    @full_at.setter
    def full_at(self, times: Iterable[float]) -> None:
        for meter, time in zip(self._meters, times, strict=True):
            meter.full_at = time

    @property
    def ends(self) -> tuple[float, ...]:
        """When the last requests ended, oldest first, as far back as the longest limit looks."""
        return tuple(self._meters[-1].ends) if self._meters else ()

    def end(self, at: float) -> None:
        """Count a request that had arrived at the server at this time at the latest; those of several processes come in any order."""
        for meter in self._meters:
            meter.end(at, self.paused_until)

    def uncount(self) -> None:
        """Take one request out of the windows again, the last one that was counted."""
        for meter in self._meters:
            if meter.ends:
                meter.ends.pop()

    def with_ends(self, more: Iterable[float]) -> Schedule:
        """The same schedule if these requests had ended as well, in any order, in O(n log n)."""
        schedule = Schedule(self.limits)
        schedule.pause(self.paused_until)
        ends = sorted((*self.ends, *more))
        for meter in schedule._meters:
            meter.fill(ends, self.paused_until)
        schedule.full_at = map(max, schedule.full_at, self.full_at)
        return schedule

    def pause(self, until: float) -> None:
        """Let no request go until then, and as many as before from then on."""
        self.paused_until = max(self.paused_until, until)

    def restart(self, at: float) -> None:
        """Let no request go before ``at``, and no burst then: one request, and the others at the long-run rate."""
        self.pause(at)
        for meter in self._meters:
            meter.full_at = max(meter.full_at, at + (meter.burst - 1) * meter.interval)

    def ready_at(self, now: float, under_way: int) -> float:
        """From when on the next request may go, with so many under way.

        Infinite if that depends on when one of these gets its response.
        """
        ready_at = self.paused_until
        for meter in self._meters:
            ready_at = max(ready_at, meter.ready_at(now, under_way))
        return ready_at

    def earliest(self, ahead: int, now: float, under_way: int) -> float:
        """The first moment that is possible for a request with ``ahead`` requests before it."""
        result = max(now, self.paused_until)
        for meter in self._meters:
            result = max(result, meter.earliest(ahead, now, under_way))
        return result
