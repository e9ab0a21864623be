"""The benchmark of rate limits: what it counts."""

from __future__ import annotations

import pytest

from benchmarks.limits import CONFIGURED, OPENAI, OTHERS, OURS, Rig, Situation, configured, measure
from matillion_async.sandbox import Sandbox

MORE_THAN_A_MINUTE = Situation(("60/min", "5/s"), 70)


def test_ours_is_refused_nothing_and_takes_about_the_optimum() -> None:
    """Told the limit, each call succeeds and is sent once; some of them arrive after the first minute."""
    found = measure(OURS[CONFIGURED], MORE_THAN_A_MINUTE, "bucket", starts=(7.0,))

    assert (70, 70, 0, 0) == (found.succeeded, found.arrived, found.refused, found.refused_late)
    assert 0 < found.arrived_late < 20
    assert found.seconds == pytest.approx(MORE_THAN_A_MINUTE.optimum, rel=0.05)


def test_calls_that_fail_have_not_succeeded() -> None:
    """Without a limiter most calls are refused until they give up: each was sent three times."""
    found = measure(OTHERS[OPENAI], MORE_THAN_A_MINUTE, "bucket", starts=(0.0,))

    assert found.succeeded == found.arrived - found.refused
    assert 0 < found.succeeded < 70
    assert found.arrived > 140


@pytest.mark.virtual_time
async def test_calls_of_ours_that_fail_have_not_succeeded_either() -> None:
    """Three that the server refuses for good are missing."""
    situation = Situation(("1000/min",), 20)
    rig = Rig(situation, "bucket", (0.05, 0.05), seed=0)
    rig.sandbox = Sandbox(projects=1, faults=["projects.list:404x3"])

    assert await configured(rig, situation) == 17
