"""What one call costs in CPU time: ours with everything on, and others, at 1 to 5,000 calls in flight.

Each call is ``GET /v1/projects?size=25`` with a token of 800 characters, and reads the page. "Ours" has the token, the
limiter, the retry loop and typed models on. The server is a process of its own and responds at once, or after 20 ms.
A number is the CPU time of the calling process divided by the calls that ended, from the moment when as many had
ended as are in flight: the median over rounds in which all take turns.

    scripts/bench calls --in-flight 10 --latency-ms 0 --only ours "aiohttp + json()"
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
from collections.abc import Mapping, Sequence

from benchmarks._measure import cost_of_calls, ratio, take_turns
from benchmarks._peers import (
    AIOHTTP,
    CANDIDATES,
    FEW_IN_FLIGHT,
    HTTPX,
    HTTPX2,
    OPENAI,
    OURS,
    OURS_ON_HTTPX2,
    PARTS,
)
from benchmarks._report import Goal, Report, Table
from benchmarks._server import running

IN_FLIGHT = (1, 10, 100, 1000, 5000)
LATENCIES = (0, 20)

Costs = dict[str, list[float]]
"""Microseconds of CPU per call in each round, by candidate."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """What to measure, for work on one part."""
    parser.add_argument("--in-flight", type=int, nargs="+", default=None)
    parser.add_argument("--latency-ms", type=int, nargs="+", default=LATENCIES)
    parser.add_argument("--only", nargs="+", choices=[*CANDIDATES, *PARTS], metavar="NAME")
    parser.add_argument("--rounds", type=int, default=None)
    parser.add_argument("--seconds", type=float, default=None, help="of one measurement")


def run(options: argparse.Namespace) -> Report:
    """One table for each latency."""
    names: list[str] = options.only or [*CANDIDATES]
    levels: Sequence[int] = options.in_flight or ((10, 1000) if options.quick else IN_FLIGHT)
    rounds: int = options.rounds or (1 if options.quick else 3)
    seconds: float = options.seconds or (0.5 if options.quick else 0.6)
    report = Report(peers=("httpx-aiohttp", "openai", "httpx2"))
    for latency in options.latency_ms:
        costs: dict[int, Costs] = {}
        with running(latency_ms=latency) as url:
            for in_flight in levels:
                print(f"{latency} ms, {in_flight} in flight", file=sys.stderr)

                def measure(name: str, in_flight: int = in_flight, url: str = url) -> float:
                    candidate = {**CANDIDATES, **PARTS}[name]
                    return asyncio.run(cost_of_calls(candidate, url, in_flight, seconds)).cpu_us

                able = [name for name in names if in_flight <= 1000 or name not in FEW_IN_FLIGHT]
                costs[in_flight] = take_turns(measure, able, rounds)
        where = f"responses after {latency} ms" if latency else "responses at once"
        report.tables.append(_table(where, costs, names))
        report.goals.extend(goals(where, costs))
    return report


def _table(where: str, costs: Mapping[int, Costs], names: Sequence[str]) -> Table:
    head = (f"µs of CPU per call, {where}", *(f"{level:,}" for level in costs))
    rows = [(name, *(_median(level.get(name)) for level in costs.values())) for name in names]
    return Table(head, rows)


def _median(numbers: Sequence[float] | None) -> str:
    return f"{statistics.median(numbers):,.0f}" if numbers else "-"


def goals(where: str, costs: Mapping[int, Costs]) -> list[Goal]:
    """The goals that what was measured says something about."""
    found: list[Goal] = []

    def compare(level: int, peer: str, limit: float, own: str = OURS) -> None:
        measured = costs.get(level, {})
        if own in measured and peer in measured:
            what = f"{where}, {level:,} in flight: {own} / {peer}"
            found.append(Goal(what, ratio(measured, own, peer), limit))

    compare(10, HTTPX, 0.70)
    compare(1000, HTTPX, 0.30)
    for level in (10, 1000):
        compare(level, OPENAI, 0.40)
    for level in (10, 1000):
        compare(level, AIOHTTP, 1.5)
    compare(10, HTTPX2, 1.25, OURS_ON_HTTPX2)
    few, many = costs.get(10, {}).get(OURS), costs.get(5000, {}).get(OURS)
    if few and many:
        what = f"{where}: ours at 5,000 in flight / ours at 10"
        found.append(Goal(what, statistics.median(many) / statistics.median(few), 1.25))
    return found
