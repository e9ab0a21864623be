"""A process while the others are out of reach: its part of the limit. What a process says of a limit that is shared."""

from __future__ import annotations

import logging
import math
import random
from collections.abc import Sequence
from typing import TypeAlias

from matillion_async._limits.rates import RateLimit, Schedule
from matillion_async._share.membership import Membership
from matillion_async._share.place import Share, reason, shown

logger = logging.getLogger("matillion_async")

Limits: TypeAlias = tuple[RateLimit, ...] | None

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
        sent = _part_of_sent(place, parts, known_at, now)
        # Where the bucket of all is empty, so is that of each.
        begins_at = max(begins_at, _possible_at(place, now))
    alone = Schedule([limit.part(parts) for limit in known.limits], sent)
    if parts > 1:
        begins_at = max(begins_at, now) + random.uniform(0, parts / known.rate)
    alone.restart(begins_at)
    return alone


def _part_of_sent(place: Membership, parts: int, known_at: float, now: float) -> list[float]:
    """When requests had arrived that this process answers for if it goes on with one of so many parts, oldest first.

    Of all that is known of, and of what the others had under way, each process takes the same part, whoever sent it: then
    all of them together keep the limit. What was under way may arrive until now. Since it was heard of them they are taken to have sent as
    much as the limit allows. What they were not told counts as a whole.
    """
    schedule = place.account.rate.schedule
    known = [min(at - place.ahead, now) for at in schedule.ends] + [now] * place.theirs
    longest = max((limit.seconds for limit in schedule.limits), default=0.0)
    since = min(now - known_at, longest) * schedule.rate / parts if longest else 0.0
    assumed = [now - count * parts / schedule.rate for count in range(int(since))]
    return sorted([*known[::-parts], *assumed, *place.untold])


def _possible_at(place: Membership, now: float) -> float:
    """When the next request of any process may go at the earliest, after what the others had under way and were not told."""
    unknown = [now] * place.theirs + [*place.untold]
    schedule = place.account.rate.schedule.with_ends(at + place.ahead for at in unknown)
    return schedule.ready_at(now + place.ahead, 0) - place.ahead


class Warnings:
    """Says that the place is gone, and what that means, in a warning not too often; and that others were given other limits.

    Args:
        share: the place.
    """

    def __init__(self, share: Share) -> None:
        self._share = share
        self._warned_at = -math.inf
        self._is_new = False
        self._has_told_limits = False

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

    def tell_of_limits(self, own: Limits, theirs: Limits) -> None:
        """Say once that others were given other limits, if they were; None for those that are found out."""
        if self._has_told_limits or own is None or own == theirs:
            return
        self._has_told_limits = True
        logger.warning(
            "rate_limits is %s here, but %s in other processes of this account that share it: theirs hold",
            *map(_as_given, (own, theirs)),
        )


def _as_given(limits: Limits) -> str:
    if limits is None:
        return "not set"
    return ",".join(map(str, limits)) or "none"
