"""The arithmetic of rate limits: what they are, and when the next call may go.

Nothing here reads a clock or waits: ``now`` is always an argument, in seconds on any clock that does not go
back.

The vendor's words "average 60 a minute, burst 5 a second" have two readings: a bucket of 5 that gets one
token a second, and two windows that slide, 60 in any minute and 5 in any second. A client that keeps one of
them is refused by a server that means the other, so both are kept at once. Windows that start on the minute
are wider than windows that slide, so servers with those are satisfied as well.

A server counts calls when they arrive, not when they are sent. Two calls can travel for different times, so
each limit is kept with a margin: windows are longer by it, and buckets smaller by what flows in meanwhile.
"""

from __future__ import annotations

import math
import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matillion_async._errors import ConfigurationError

MARGIN = 0.25
"""Seconds by which travel times may differ; at most ``MARGIN_SHARE`` of a limit's period."""
MARGIN_SHARE = 0.02

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
            ConfigurationError: the text is not a limit.
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


class _Meter:
    """One limit, in both readings."""

    __slots__ = ("count", "empty_at", "interval", "period", "sends", "tolerance")

    def __init__(self, limit: RateLimit, burst: int, margin: float) -> None:
        margin = min(margin, MARGIN_SHARE * limit.seconds)
        self.count = limit.count
        self.period = limit.seconds + margin
        self.interval = limit.seconds / limit.count
        # The bucket is kept as one number, the time at which it would be full again (the generic cell rate
        # algorithm of ATM networks): a call may go when that is less than the tolerance away. A bucket of
        # one has no room for the margin, so it gives up a share of its rate instead.
        room = (burst - 1) * self.interval
        self.tolerance = max(room - margin, -min(margin, MARGIN_SHARE * self.interval)) + _ROUNDING
        self.empty_at = -math.inf
        self.sends: deque[float] = deque(maxlen=limit.count)

    def take(self, now: float) -> float:
        """Count a call; returns when the next one may go."""
        sends = self.sends
        sends.append(now)
        self.empty_at = max(self.empty_at, now) + self.interval
        ready_at = self.empty_at - self.tolerance
        if len(sends) == self.count:
            return max(ready_at, sends[0] + self.period)
        return ready_at


class Schedule:
    """When the next call may be sent under several limits, each in both readings; O(1) per call.

    Each limit is a window, and a bucket whose size is the count of the next shorter limit: the burst that
    goes with its average. The shortest limit's bucket holds its own count.

    Args:
        limits: the limits; none means that a call may always go.
        sends: when the last calls were sent, oldest first; they fill the windows, the buckets start full.
        margin: seconds by which the travel times of two calls may differ.

    Attributes:
        rate: requests per second in the long run; infinite without a limit.
        ready_at: from when on the next call may be sent.
    """

    __slots__ = ("_meters", "rate", "ready_at")

    def __init__(
        self,
        limits: Iterable[RateLimit],
        sends: Sequence[float] = (),
        *,
        margin: float = MARGIN,
    ) -> None:
        self.rate = math.inf
        self.ready_at = -math.inf
        meters: list[_Meter] = []
        burst: int | None = None
        for limit in sorted(limits, key=lambda limit: limit.seconds):
            burst = limit.count if burst is None else min(limit.count, burst)
            meters.append(_Meter(limit, burst, margin))
            burst = limit.count
            self.rate = min(self.rate, limit.rate)
        self._meters = tuple(meters)
        for meter in meters:
            meter.sends.extend(sends)
            if len(meter.sends) == meter.count:
                self.ready_at = max(self.ready_at, meter.sends[0] + meter.period)

    @property
    def sends(self) -> tuple[float, ...]:
        """When the last calls were sent, oldest first, as far back as the longest limit looks."""
        return tuple(self._meters[-1].sends) if self._meters else ()

    def take(self, now: float) -> None:
        """Count a call that is sent now, at ``ready_at`` or later."""
        for meter in self._meters:
            ready_at = meter.take(now)
            self.ready_at = max(self.ready_at, ready_at)

    def restart(self, at: float) -> None:
        """Let nothing go before ``at``, and no burst then: one call, and the others at the pace."""
        for meter in self._meters:
            meter.empty_at = max(meter.empty_at, at + meter.tolerance)
        self.ready_at = max(self.ready_at, at)

    def earliest(self, ahead: int, now: float) -> float:
        """The first moment that is possible for a call with ``ahead`` calls before it."""
        first = max(now, self.ready_at)
        if not ahead:
            return first
        result = first
        for meter in self._meters:
            by_bucket = max(meter.empty_at, now) + ahead * meter.interval - meter.tolerance
            by_window = first + ahead // meter.count * meter.period
            result = max(result, by_bucket, by_window)
        return result
