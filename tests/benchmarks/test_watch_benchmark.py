"""The benchmark of watching: what it counts."""

from __future__ import annotations

import math

import pytest

from benchmarks.watch import INTERVAL, loops, measure, watch


@pytest.mark.virtual_time
async def test_a_loop_for_each_run_is_late_by_its_interval_at_most() -> None:
    """Its delay is counted from the end of a run; it asks on after the last response that the run goes on."""
    calls, longest, mean, last = await measure(loops, 7, 61.0, None)

    assert 0 < mean < longest <= INTERVAL
    assert 61 <= last <= 61 + INTERVAL
    ends = [61 * run / 7 for run in range(1, 8)]
    assert sum(math.ceil(end / INTERVAL) + 1 for end in ends) == calls


@pytest.mark.virtual_time
async def test_watching_takes_fewer_calls() -> None:
    """The same runs, read from the listing."""
    asked, *_ = await measure(loops, 20, 60.0, None)
    listed, *_ = await measure(watch, 20, 60.0, ("60/min", "5/s"))

    assert listed < asked
