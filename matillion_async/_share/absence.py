"""Processes that are not heard of although they are there: what each may send without the others is its part of the limit."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matillion_async._limits.rates import Schedule


def with_absent(
    schedule: Schedule, absent: Sequence[tuple[float, int]], parts: int, now: float
) -> Schedule:
    """The schedule with what processes may have sent of which nothing was heard; the same one if that is nothing.

    Args:
        schedule: of what is known.
        absent: for each process since when it may go on alone, and how many of its requests are counted as under way already.
        parts: how many processes share the limit.
        now: the time.
    """
    if not schedule.limits:
        return schedule
    longest, step = schedule.limits[-1].seconds, parts / schedule.rate
    supposed: list[float] = []
    for since, under_way in absent:
        first = max(0, math.ceil((now - longest - since) / step))
        last = math.floor((now - since) / step) - under_way  # the next one may come at any time
        supposed += [since + number * step for number in range(first, last + 1)]
    return schedule.with_ends(supposed) if supposed else schedule
