"""What refused bursts teach: whether all that a minute allows may be sent at once.

Limits that name no second, such as 60 a minute, allow it. If the server refuses a part of such a burst, it has a shorter limit
that it was not asked about: then calls are spread over the minute, at the same rate, for an hour.
"""

from __future__ import annotations

import math
from typing import ClassVar

from matillion_async._limits.accepted import AcceptedCalls
from matillion_async._limits.rates import RateLimit, long_run_rate
from matillion_async._limits.strays import MOMENT

BURST_REFUSED, BURST_SHARE = 3, 0.1
"""Refusals of one moment that are a burst's, where the limits that were given bound none: so many at least, and this share of all that was
sent in a second, if that is more than a second has on the average."""
BURST_AFTER = 3600.0
"""Seconds for which no burst is sent after one was refused. That costs the rate nothing, and a call the time that the rate takes for those
before it; to try again may cost most of a burst."""


class Bursts:
    """The limits that a user gave, with or without bursts.

    Args:
        configured: the limits.
        are_given: whether they are the user's; nothing is learned of others.
    """

    LEARNED: ClassVar[tuple[str, ...]] = ("_bursts_again_at",)

    def __init__(self, configured: tuple[RateLimit, ...], *, are_given: bool) -> None:
        self._configured = configured
        self._are_given = are_given
        self._bursts_again_at = math.inf  # finite as long as a refused one is not tried again

    @property
    def limits(self) -> tuple[RateLimit, ...]:
        """The limits to keep now."""
        is_refused = self._bursts_again_at < math.inf
        return with_burst(self._configured) if is_refused else self._configured

    def are_cause(
        self, sent_at: float, refused: int, accepted: AcceptedCalls, kept: tuple[RateLimit, ...]
    ) -> bool:
        """Whether a burst that the limits allow is the cause of a refusal, and not their rate.

        Args:
            sent_at: when the refused call was sent.
            refused: calls that were refused in this moment.
            accepted: those that were accepted.
            kept: the limits that were kept.
        """
        if refused < BURST_REFUSED or not self._are_given:
            return False
        a_second = set(with_burst(self._configured)).difference(kept)
        sent = refused + accepted.count(sent_at, MOMENT)
        return refused >= BURST_SHARE * sent and any(sent > limit.count for limit in a_second)

    def forbid(self, now: float) -> None:
        """Send none for a while."""
        self._bursts_again_at = now + BURST_AFTER

    def allow(self, now: float) -> bool:
        """Send them again once it is time; returns True if it is."""
        if now < self._bursts_again_at:
            return False
        self._bursts_again_at = math.inf
        return True


def with_burst(limits: tuple[RateLimit, ...]) -> tuple[RateLimit, ...]:
    """Allow a second's worth of calls as burst where none was given: a client that was refused often sends none."""
    if any(limit.seconds <= 1 for limit in limits):
        return limits
    return (*limits, RateLimit(math.ceil(long_run_rate(limits)), 1))
