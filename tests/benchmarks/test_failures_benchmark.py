"""What people write in place of the package works while all goes well, so that the benchmark compares what is comparable."""

from __future__ import annotations

import pytest

from benchmarks.failures import CANDIDATES, Case, read, start


@pytest.mark.parametrize("name", CANDIDATES)
async def test_each_candidate_reads_and_starts(name: str) -> None:
    """Without trouble every call succeeds, and every start gives an id."""
    assert "20" == await read(CANDIDATES[name], Case("nothing"))
    assert "3" == await start(CANDIDATES[name], "delay=0.01")


async def test_trouble_makes_a_difference() -> None:
    """A fault reaches the calls: of four one fails for who does not repeat it."""
    case = Case("every 4th call gets 503", faults=("projects.list:503%4",), interval=0.001)
    assert "15" == await read(CANDIDATES["requests"], case)
