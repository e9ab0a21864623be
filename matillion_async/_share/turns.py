"""Whose turn it is among the processes that wait for a permit: pure arithmetic, in the time of the shared place.

Those that had fewest go first. Not all come for each permit: the next comes when it is free, the one behind it soon after, should
the next not have come; and each of the others when half of those before it should have had theirs. Then it hears anew how many
there are. So of many that wait, few ask for each permit: as many as the logarithm of their number.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

PRECEDENCE = 0.025
"""Seconds for which a free permit is kept for a process that waits and had fewer, from when it was to ask."""
WAITING = 0.5
"""Seconds for which a process counts as one that waits after it said so, or was to ask again."""
LONGEST_WAIT = 0.25
"""Seconds for which a free permit waits for a process that is to ask later."""


@dataclass(slots=True)
class Member:
    """A process, as the others know it."""

    name: str
    seen_at: float
    under_way: int = 0
    waiting: int = 0
    given: int = 0
    """Permits, so that of those that wait the one with fewest goes first."""
    asks_at: float = -math.inf
    """When it was told to ask again: it is silent until then, and waits all the same."""
    alone_since: float = math.inf
    """Since when it may have gone on without the others: as one did that came back, or since it was to be heard of, if it had requests under
    way that are counted by now. Infinite once it is heard of."""
    has_left: bool = False
    """Whether it has said that it is gone; what it had under way then still counts."""
    agrees: bool = False
    """Whether it was given the limits that all keep."""

    @property
    def expected_at(self) -> float:
        """When it was heard of last, or is to be heard of next."""
        return max(self.seen_at, self.asks_at)

    def waits(self, now: float) -> bool:
        """Whether it waits for a permit."""
        return self.waiting > 0 and now <= self.expected_at + WAITING


def part(member: Member, others: Sequence[Member], free: int) -> int:
    """How many of the permits that are free are for a process that waits with others.

    Those with fewest get them first, until all have the same, or as many as they want. Who is here goes before those that have as many.
    """
    levels = range(member.given, member.given + free)
    # With so many more than it had, it goes after as many permits of its own, and those of all that have fewer.
    return bisect_left(levels, free, key=lambda level: level - member.given + _below(level, others))


def turns_before(member: Member, others: Sequence[Member]) -> int:
    """How many permits others get before this process gets its next; of those that had as many, each has its place."""
    return sum(
        min(max(member.given - other.given + (other.name < member.name), 0), other.waiting)
        for other in others
    )


def kept_until(free_since: float, member: Member, others: Sequence[Member]) -> float:
    """Until when a permit is kept for those that had fewer: until they come as they were told, and some time on top."""
    fewer = [other.asks_at for other in others if other.given < member.given]
    asks_at = max(fewer, default=-math.inf)
    return max(free_since, min(asks_at, free_since + LONGEST_WAIT)) + PRECEDENCE


def _below(level: int, members: Sequence[Member]) -> int:
    """How many permits they get until each has so many, or as many as it wants."""
    return sum(min(max(level - member.given, 0), member.waiting) for member in members)
