"""How often to ask for what is under way, so that polling leaves room for the rest. No I/O: decisions only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

SHORTEST, LONGEST = 1.0, 15.0
"""Seconds between two polls."""
LATENESS = 0.1
"""Poll interval as a share of the time waited so far, so that the end of a run is noticed at most 10 % late."""
SHARE = 0.5
"""The share of the limiter's rate that all polling of a client together may use."""


class Polling:
    """Everything that polls with one client: together it uses a share of the rate."""

    def __init__(self) -> None:
        self._members = 0

    @contextmanager
    def member(self) -> Iterator[None]:
        """Count as one that polls."""
        self._members += 1
        try:
            yield
        finally:
            self._members -= 1

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
        wanted = interval
        if wanted is None:
            wanted = min(max(LATENESS * waited, SHORTEST), LONGEST)
        return max(wanted, calls * max(1, self._members) * 60 / (SHARE * requests_per_minute))
