"""How often to ask for what is under way, and what the answers mean. No I/O: decisions only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from matillion_async._errors import (
    APIConnectionError,
    MatillionError,
    RateLimitedError,
    ServerError,
    TokenUnavailableError,
)

SUCCESS = "SUCCESS"
FAILED = frozenset({"FAILED", "FORBIDDEN", "FAILURE", "ERROR"})
"""Ends of an execution, or of a step, that went wrong; the last two are named by clients only."""
ENDED = FAILED | {SUCCESS, "CANCELLED", "SKIPPED"}
UNDER_WAY = frozenset({"QUEUED", "RUNNING", "CANCELLING", "UNKNOWN"})

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


def is_temporary(error: MatillionError) -> bool:
    """Whether the same question may well be answered later."""
    return isinstance(
        error, APIConnectionError | ServerError | RateLimitedError | TokenUnavailableError
    )


def as_text(status: object) -> str:
    """A status in capitals; empty if there is none."""
    return str(status).upper() if isinstance(status, str) else ""
