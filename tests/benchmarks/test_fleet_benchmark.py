"""The benchmark of several processes: what it tells of those that find out the limits together."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from benchmarks import _far_server, fleet
from benchmarks._fleet import Outcome
from benchmarks._report import Report
from matillion_async._limits.rates import parse_rate_limits
from matillion_async.sandbox._limits import ServerLimit


@pytest.mark.virtual_time
async def test_refusals_after_the_first_minute_are_counted_apart() -> None:
    """The minute begins with the first request, and not with the server."""
    counts = _far_server.Counts()
    limit = ServerLimit("bucket", parse_rate_limits("1/h"))
    server = _far_server.FarServer(limit, lambda: 0.0, counts, handshakes=False)
    await asyncio.sleep(100)
    for _ in range(4):
        server._judge()
        await asyncio.sleep(25)
    assert (4, 3, 1) == (counts.arrived, counts.refused, counts.refused_later)


def test_one_process_and_several_are_told_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """With as many callers together, and what the first one did as the measure of the others."""
    asked: list[tuple[int, str, Any]] = []

    def measured(processes: int, algorithm: str, share: str, **options: Any) -> fleet.Result:
        asked.append((processes, share, options))
        later = 20 if processes == 1 else 26
        outcomes = [Outcome(done=1220 // processes) for _ in range(processes)]
        return fleet.Result(1300, 80, later, outcomes, 150.0 if processes == 1 else 168.0)

    monkeypatch.setattr(fleet, "measure", measured)
    report = Report()
    fleet.learning(report, ("host",), 4, 180.0)
    options: dict[str, Any] = {"told": (), "seconds": 180.0}
    assert asked == [
        (1, "none", options | {"callers": 48}),
        (4, "host", options | {"callers": 12}),
    ]
    (table,) = report.tables
    assert [list(row) for row in table.rows] == [
        ["one process", "1220", "80", "20", "1.25"],
        ["host, 4 processes", "1220", "80", "26", "1.40"],
    ]
    time, refused = report.goals
    assert time.measured == pytest.approx(1.12)
    assert not time.is_met
    assert (25, 26, False) == (refused.limit, refused.measured, refused.is_met)
