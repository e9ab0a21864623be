"""Which refusals have another cause than the rate: those of a gateway, or of another client that uses the limit."""

from __future__ import annotations

import math
from typing import ClassVar

from matillion_async._limits.rates import RateLimit

STRAYS, CALLS_PER_STRAY = 5.0, 60
"""Refusals that are ascribed to something else, a gateway or another client: so many at once, and one more for
so many accepted calls. One 429 in 100 calls stays below that, a rate that is a tenth too high does not."""
MOMENT, REPEAT_WEIGHT = 1.0, 0.5
"""Where the limits were given, each refusal of one moment, in seconds, counts for so much of the one before it, so that
all of them count for two at most. Another client that sends at once what a second allows may cause any number, and
a server that rounds its Retry-After down to 0 refuses again for the same reason."""
DOUBT, DOUBTFUL_ROW = 120.0, 3
"""Seconds after more refusals in a row than strays explain, and at least so many, in which the next one lowers the rate
at once: two of the vendor's longest periods, since a window that is used up refuses once in each."""


class Strays:
    """Refusals that may yet be ascribed to something else than the rate.

    Args:
        limits: the limits that were given; None if they are a guess, which has to be confirmed first.
    """

    LEARNED: ClassVar[tuple[str, ...]] = (
        "_strays",
        "_doubted_until",
        "_moment_began",
        "_moment_refusals",
        "_weight",
    )

    def __init__(self, limits: tuple[RateLimit, ...] | None) -> None:
        self._strays = 1.0 if limits is None else STRAYS
        self._repeat_weight = REPEAT_WEIGHT if limits else 1.0
        self._doubted_until = -math.inf
        self._moment_began = -math.inf
        self._moment_refusals = 0
        self._weight = 1.0  # of the next refusal

    def accepted(self) -> None:
        """Count an accepted call."""
        if self._strays < STRAYS:
            self._strays += 1 / CALLS_PER_STRAY

    def refused(self, now: float) -> int:
        """Count a refusal; returns how many came in this moment."""
        if now >= self._moment_began + MOMENT:
            self._moment_began = now
            self._moment_refusals = 0
            self._weight = 1.0
        self._moment_refusals += 1
        self._strays = max(-1.0, self._strays - self._weight)
        self._weight *= self._repeat_weight
        return self._moment_refusals

    def are_exceeded(self, now: float, in_a_row: int, *, is_first: bool) -> bool:
        """Whether the rate is the cause of the refusal that was counted last.

        One right after a pause says that the pause was too short. But if such rows repeat, the rate is the cause: what is
        accepted between two of them may be a whole window's worth, and would outweigh any row.

        Args:
            now: the time.
            in_a_row: refusals since a call was accepted.
            is_first: whether the call was not in flight when another one was refused.
        """
        if in_a_row == 1:
            return self._strays < 0 or (is_first and now < self._doubted_until)
        if self._strays < 0 and in_a_row >= DOUBTFUL_ROW:
            self._doubted_until = now + DOUBT
        return False

    def begin_anew(self) -> None:
        """Ascribe the next refusal to the rate again: what there was is explained by the one that was lowered."""
        self._strays = 0.0
        self._doubted_until = -math.inf
