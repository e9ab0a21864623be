"""How often to ask for what is under way, so that polling leaves room for the rest. No I/O: decisions only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

SHORTEST, LONGEST = 1.0, 15.0
"""Seconds between two questions."""
LATENESS = 0.1
"""An end is found out after this share of the time that was waited for it, at most."""
SHARE = 0.5
"""Of the limiter's pace, what all polling of a client together may use."""


class Polling:
    """Those who poll over one connection; they share a part of its pace."""

    def __init__(self) -> None:
        self._members = 0

    @contextmanager
    def member(self) -> Iterator[None]:
        """Count as one who polls."""
        self._members += 1
        try:
            yield
        finally:
            self._members -= 1

    def pause(
        self, waited: float, pace: float, *, calls: int = 1, interval: float | None = None
    ) -> float:
        """Seconds until the next question.

        Args:
            waited: seconds since there was news.
            pace: the limiter's, in requests per minute.
            calls: requests that a question takes.
            interval: seconds that were asked for, in place of what ``waited`` suggests.
        """
        wanted = interval
        if wanted is None:
            wanted = min(max(LATENESS * waited, SHORTEST), LONGEST)
        return max(wanted, calls * max(1, self._members) * 60 / (SHARE * pace))
