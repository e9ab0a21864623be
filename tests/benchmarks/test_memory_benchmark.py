"""The benchmark of memory: when it is measured, and how growth is judged."""

from __future__ import annotations

import argparse
from collections.abc import AsyncIterator

import pytest

from benchmarks import memory


async def test_memory_is_watched_after_each_share_of_the_work() -> None:
    """Three numbers, whatever the length of the work."""
    for name, (work, _) in memory.WORK.items():
        assert len(await memory.watch(work, 200)) == 3, name


async def test_work_that_ends_early_is_not_measured() -> None:
    """Half of the work would look flat."""

    async def half(items: int) -> AsyncIterator[object]:
        for item in range(items // 2):
            yield item

    with pytest.raises(RuntimeError, match="100 of 200 were done"):
        await memory.watch(half, 200)


def test_growth_is_that_from_a_tenth_to_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory that doubles is 2, and misses the goal."""
    monkeypatch.setattr(memory, "in_process_of_its_own", lambda name, items: [50.0, 75.0, 100.0])

    goals = memory.run(argparse.Namespace(quick=True)).goals

    assert [(2.0, False)] * 3 == [(goal.measured, goal.is_met) for goal in goals]
