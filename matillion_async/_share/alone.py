"""A process while the others are out of reach: its part of the limit, and what it says of it."""

from __future__ import annotations

import logging
import math
import random
from collections.abc import Sequence

from matillion_async._limits.rates import Schedule
from matillion_async._share.membership import Membership
from matillion_async._share.place import Share, reason, shown

logger = logging.getLogger("matillion_async")

WARN_AGAIN = 60.0
"""Seconds between two warnings that the place is gone: one that comes and goes is worth one."""


def part_of_limit(
    place: Membership, parts: int, known_at: float, begins_at: float, now: float
) -> Schedule:
    """The limits as they were known last, divided by the processes that were there.

    Each of many that lose the place in the same moment must not send one at once: they begin spread over the time that one of them has to wait.

    Args:
        place: what is known of the others.
        parts: how many processes share the limit.
        known_at: when it was last known what they do; minus infinity if it never was.
        begins_at: before which this process sends nothing.
        now: the time.
    """
    known = place.account.rate.schedule
    sent: Sequence[float] = ()
    if known_at > -math.inf:
        sent = place.part_of_sent(parts, known_at, now)
        # Where the bucket of all is empty, so is that of each.
        begins_at = max(begins_at, place.possible_at(now))
    alone = Schedule([limit.part(parts) for limit in known.limits], sent)
    if parts > 1:
        begins_at = max(begins_at, now) + random.uniform(0, parts / known.rate)
    alone.restart(begins_at)
    return alone


class Warnings:
    """Says that the place is gone, and what that means; in a warning not too often.

    Args:
        share: the place.
    """

    def __init__(self, share: Share) -> None:
        self._share = share
        self._warned_at = -math.inf
        self._is_new = False

    def tell(self, error: Exception, parts: int, now: float) -> None:
        """Say that this process goes on with one of so many parts."""
        self._is_new = now >= self._warned_at + WARN_AGAIN
        if self._is_new:
            self._warned_at = now
        logger.log(
            logging.WARNING if self._is_new else logging.DEBUG,
            "the place of the shared limit, %s, is gone (%s): this process goes on with %s of it",
            *(shown(self._share), reason(error), "all" if parts == 1 else f"one part in {parts}"),
        )

    def tell_of_return(self, processes: int) -> None:
        """Say that the place is there again, as loud as it was said that it is gone."""
        level = logging.INFO if self._is_new else logging.DEBUG
        logger.log(level, "the shared limit is back: %d processes share it", processes)
