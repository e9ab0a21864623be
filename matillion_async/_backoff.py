"""Pauses between attempts that fail, and between looks for what may have been done. No I/O: decisions only."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

LOOKS = (0.0, 2.0, 5.0, 10.0, 20.0)
"""Seconds before each look for what a request without a response may have done: it may be carried out some time after its
connection broke. The first look is at once, which no back-off has."""
_MOST_STEPS = 60
"""Pauses do not grow further: a float would overflow."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """Pauses that grow with each failure in a row.

    Args:
        first: seconds after the first failure.
        factor: how much longer than the pause before it each other one is.
        longest: seconds; no pause is longer.
        jitter: the share of a pause that is drawn, so that those who failed together do not come back together: 0 for
            none, 1 for anything from 0 to the whole pause.
    """

    first: float
    factor: float
    longest: float
    jitter: float = 0.0

    def pause(
        self, failures: int, uniform: Callable[[float, float], float] = random.uniform
    ) -> float:
        """Seconds to wait after so many failures in a row; 0 after none.

        Args:
            failures: how many.
            uniform: draws a number between two others.
        """
        if failures < 1:
            return 0.0
        steps = min(failures - 1, _MOST_STEPS)
        length = min(self.first * self.factor**steps, self.longest)
        return uniform((1 - self.jitter) * length, length) if self.jitter else length
