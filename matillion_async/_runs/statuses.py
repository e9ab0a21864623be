"""What the status of an execution means, and which failures to ask again after. No I/O: decisions only."""

from __future__ import annotations

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


def is_temporary(error: MatillionError) -> bool:
    """Whether the same question may well be answered later."""
    return isinstance(
        error, APIConnectionError | ServerError | RateLimitedError | TokenUnavailableError
    )


def as_text(status: object) -> str:
    """A status in capitals; empty if there is none."""
    return str(status).upper() if isinstance(status, str) else ""
