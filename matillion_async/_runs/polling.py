"""How often to ask for what is under way, so that polling leaves room for the rest. No I/O: decisions only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from matillion_async._limits.stats import LimiterStats

SHORTEST, LONGEST = 1.0, 15.0
"""Seconds between two polls."""
LATENESS = 0.1
"""Poll interval as a share of the time waited so far, so that the end of a run is noticed at most 10 % late."""
SHARE = 0.5
"""The share of the limiter's rate that all polling of a client together may use."""
OF_SEVERAL = 2 / 3
"""That of processes that share a limit, together: each reads for itself what one listing would tell all of them."""


def part_of_rate(stats: LimiterStats) -> float:
    """The rate, in requests per minute, of which a client may use ``SHARE`` for polling: all of it, or its part of one that is shared."""
    if stats.processes == 1:
        return stats.requests_per_minute
    return stats.requests_per_minute * OF_SEVERAL / SHARE / stats.processes


class Polling:
    """Everything that polls with one client: together it uses a share of the rate."""

    def __init__(self) -> None:
        self._members = 0

    def count(self, change: int) -> None:
        """Note that so many more poll, or fewer."""
        self._members += change

    @contextmanager
    def member(self) -> Iterator[None]:
        """Count as one that polls."""
        self.count(1)
        try:
            yield
        finally:
            self.count(-1)

    @staticmethod
    def wanted(waited: float) -> float:
        """Seconds until the next poll, if it were for nothing but the time since there was news."""
        return min(max(LATENESS * waited, SHORTEST), LONGEST)

    def pace(self, requests_per_minute: float, calls: float = 1) -> float:
        """Seconds that so many calls take of the share of one who polls."""
        return calls * max(1, self._members) * 60 / (SHARE * requests_per_minute)

    def pause(
        self,
        waited: float,
        requests_per_minute: float,
        *,
        calls: int = 1,
        interval: float | None = None,
    ) -> float:
        """Seconds until the next poll.

        Args:
            waited: seconds since there was news.
            requests_per_minute: the rate of the limiter.
            calls: requests that a poll takes.
            interval: seconds that were asked for, in place of what ``waited`` suggests.
        """
        wanted = self.wanted(waited) if interval is None else interval
        return max(wanted, self.pace(requests_per_minute, calls))
