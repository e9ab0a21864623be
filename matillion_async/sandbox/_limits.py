"""Rate limits as servers enforce them: a bucket of tokens, windows that slide, or windows that start anew.

No I/O and no clock: ``now`` is an argument, in seconds. A refused call is not counted, so that it delays no other.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from typing import Literal, TypeAlias

from matillion_async._limits.rates import RateLimit

Algorithm: TypeAlias = Literal["bucket", "sliding-window", "fixed-window"]

_ROUNDING = 1e-9
"""Seconds or tokens that a sum of floating point numbers may be off."""


class ServerLimit:
    """Several limits under one algorithm; a call must satisfy all of them.

    Args:
        algorithm: how calls are counted. With ``bucket`` a limit's bucket holds the count of the next shorter
            limit, so that 60/min with 5/s means an average of 60 a minute with bursts of 5; the shortest
            limit's own bucket holds its own count.
        limits: how many calls are accepted in which time.
        phase: where on the clock fixed windows start, in seconds.
    """

    def __init__(
        self, algorithm: Algorithm, limits: Sequence[RateLimit], *, phase: float = 0.0
    ) -> None:
        by_period = sorted(limits, key=lambda limit: limit.seconds)
        self._counters: list[_Bucket | _SlidingWindow | _FixedWindow]
        if algorithm == "bucket":
            bursts = [limit.count for limit in by_period]
            shorter = [bursts[0], *bursts] if bursts else []
            self._counters = [
                _Bucket(limit.rate, min(limit.count, burst))
                for limit, burst in zip(by_period, shorter, strict=False)
            ]
        elif algorithm == "sliding-window":
            self._counters = [_SlidingWindow(limit) for limit in by_period]
        else:
            self._counters = [_FixedWindow(limit, phase) for limit in by_period]

    def hit(self, now: float) -> float:
        """A call arrives: 0 if it is accepted, otherwise the seconds after which it would be."""
        wait = max((counter.wait(now) for counter in self._counters), default=0.0)
        if wait <= _ROUNDING:
            for counter in self._counters:
                counter.count(now)
            return 0.0
        return wait


class _Bucket:
    def __init__(self, rate: float, size: int) -> None:
        self._rate = rate
        self._size = size
        self._tokens = float(size)
        self._at = -math.inf

    def wait(self, now: float) -> float:
        return max(0.0, 1 - self._level(now)) / self._rate

    def count(self, now: float) -> None:
        self._tokens = self._level(now) - 1
        self._at = now

    def _level(self, now: float) -> float:
        return min(float(self._size), self._tokens + (now - self._at) * self._rate)


class _SlidingWindow:
    def __init__(self, limit: RateLimit) -> None:
        self._limit = limit
        self._calls: deque[float] = deque(maxlen=limit.count)

    def wait(self, now: float) -> float:
        if len(self._calls) < self._limit.count:
            return 0.0
        return max(0.0, self._calls[0] + self._limit.seconds - now)

    def count(self, now: float) -> None:
        self._calls.append(now)


class _FixedWindow:
    def __init__(self, limit: RateLimit, phase: float) -> None:
        self._limit = limit
        self._phase = phase
        self._window = -math.inf
        self._calls = 0

    def wait(self, now: float) -> float:
        window = self._index(now)
        if window > self._window or self._calls < self._limit.count:
            return 0.0
        return (window + 1) * self._limit.seconds + self._phase - now

    def count(self, now: float) -> None:
        window = self._index(now)
        if window > self._window:
            self._window, self._calls = window, 0
        self._calls += 1

    def _index(self, now: float) -> int:
        return math.floor((now - self._phase) / self._limit.seconds + _ROUNDING)
