"""How a wait for a permit ends without one: it would come too late, or nothing is accepted any more."""

from __future__ import annotations

from matillion_async._errors import DeadlineExceededError, MatillionError

GIVE_UP_AFTER = 300.0
"""Seconds of nothing but 429s after which the calls that were refused fail."""


class NothingAcceptedError(MatillionError):
    """A call was refused, and so was every request for minutes after it; it fails with its own 429."""


def too_late(seconds: float) -> DeadlineExceededError:
    """The error of a call whose permit cannot come before its deadline.

    Args:
        seconds: until the first possible one.
    """
    reason = (
        f"the first possible one comes in {seconds:.1f} s"
        if seconds > 0
        else "too many requests were under way"
    )
    return DeadlineExceededError(f"no free permit before the deadline: {reason}")
