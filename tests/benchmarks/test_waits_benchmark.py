"""The benchmark of many waits: the bounds that are promised hold, in virtual time."""

from __future__ import annotations

import pytest

from benchmarks.waits import ORDERS, measure


@pytest.mark.virtual_time
@pytest.mark.parametrize("order", ORDERS)
async def test_two_hundred_waits_at_sixty_calls_a_minute(order: str) -> None:
    """All ends are noticed, within seconds, for a request every two seconds."""
    found = await measure(order, 200, 120)
    assert (200, 0) == (len(found.delays), found.refused)
    assert found.median <= 2
    assert max(found.delays) <= 10
    assert found.requests <= (64 if order == "in any order" else 60)


@pytest.mark.virtual_time
async def test_two_hundred_waits_of_processes_that_share_a_limit() -> None:
    """Each has its part of the rate to ask with."""
    found = await measure("in order", 200, 120, 4)
    assert (200, 0) == (len(found.delays), found.refused)
    assert found.median <= 5
    assert max(found.delays) <= 20
    assert found.requests <= 200
