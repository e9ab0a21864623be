"""Limits that are configured exactly, over networks of every kind: whether the server ever refuses a call.

Calls that are made all at once, on a virtual clock. The server counts a request when it arrives, and what it takes
from its permit to there differs: the first requests wait for the token and for their connections, and each journey takes as
long as it likes. Limits x algorithms x journeys x warm or cold clients are 60 cases; each is begun at three moments
of the server's clock, with other travel times.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from benchmarks._optimum import optimum
from benchmarks._report import Goal, Report, Table
from benchmarks._virtual import on_virtual_time
from benchmarks._world import Travel, World
from matillion_async import MatillionClient
from matillion_async._limits.rates import parse_rate_limits
from matillion_async.sandbox._limits import Algorithm

CALLS = 280
LIMITS = (("60/min", "5/s"), ("1200/min", "100/s"))
ALGORITHMS: tuple[Algorithm, ...] = get_args(Algorithm)
JOURNEYS = (
    Travel(0.02, "spiky"),
    Travel(0.1, "uniform"),
    Travel(0.2, "spiky"),
    Travel(0.5, "uniform"),
    Travel(0.5, "spiky"),
)
STARTS = (7.3, 0.0, 33.4)
"""When the calls begin, on the server's clock."""
MOST_REFUSED, MOST_SECONDS = 5, 8_800


@dataclass(frozen=True, slots=True)
class Case:
    """A server, a network and a client."""

    limits: tuple[str, ...]
    algorithm: Algorithm
    travel: Travel
    warm: bool

    @property
    def optimum(self) -> float:
        """Seconds, for a client that does not know the algorithm and whose connections are there."""
        return optimum(parse_rate_limits(self.limits), CALLS, 2 * self.travel.seconds)

    def __str__(self) -> str:
        client = "warm" if self.warm else "cold"
        return f"{' + '.join(self.limits)}, {self.algorithm}, {self.travel}, {client}"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the calls of a case."""

    refused: int
    failed: int
    seconds: float


def cases() -> Iterator[Case]:
    """All of them."""
    for limits in LIMITS:
        for algorithm in ALGORITHMS:
            for travel in JOURNEYS:
                for warm in (True, False):
                    yield Case(limits, algorithm, travel, warm)


async def _measure(case: Case, start: float, seed: int) -> Result:
    await asyncio.sleep(start)
    loop = asyncio.get_running_loop()
    world = World(case.limits, case.algorithm, case.travel, warm=case.warm, seed=seed)
    async with MatillionClient(
        base_url="http://localhost", token_source=world, transport=world, rate_limits=case.limits
    ) as client:
        calls = (client.projects.list(size=25) for _ in range(CALLS))
        responses = await asyncio.gather(*calls, return_exceptions=True)
    failed = sum(isinstance(response, BaseException) for response in responses)
    return Result(world.refused, failed, loop.time() - start)


def measure(case: Case, start: float, seed: int) -> Result:
    """Make the calls of a case, begun at one moment."""
    return on_virtual_time(_measure(case, start, seed))


def add_options(parser: argparse.ArgumentParser) -> None:
    """Whether to show each case."""
    parser.add_argument("--cases", action="store_true", help="also a row for each of the cases")


def run(options: argparse.Namespace) -> Report:
    """Sums by limits and by client, and each case if that was asked for."""
    starts = STARTS[:1] if options.quick else STARTS
    found = {
        case: [measure(case, start, seed) for seed, start in enumerate(starts)] for case in cases()
    }
    groups = {
        f"{' + '.join(limits)}, {algorithm}": [
            case for case in found if (case.limits, case.algorithm) == (limits, algorithm)
        ]
        for limits in LIMITS
        for algorithm in ALGORITHMS
    }
    groups |= {
        f"{travel}, {'warm' if warm else 'cold'}": [
            case for case in found if (case.travel, case.warm) == (travel, warm)
        ]
        for travel in JOURNEYS
        for warm in (True, False)
    }
    groups["all"] = [*found]
    rows = [_row(name, members, found) for name, members in groups.items()]
    report = Report([Table((f"{CALLS} calls at once", *_HEAD), rows)])
    if options.cases:
        rows = [_row(str(case), [case], found) for case in found]
        report.tables.append(Table(("A case", *_HEAD), rows))
    every = [result for results in found.values() for result in results]
    report.goals = [
        Goal(f"refused in {len(every)} cases", sum(r.refused for r in every), MOST_REFUSED, "", 0),
        Goal("calls that failed", sum(r.failed for r in every), 0, "", 0),
        Goal(
            f"seconds in {len(found)} cases",
            sum(r.seconds for r in every) / len(starts),
            MOST_SECONDS,
            "s",
            0,
        ),
    ]
    return report


_HEAD = ("cases", "refused", "seconds, mean", "optimum, mean")


def _row(name: str, members: Sequence[Case], found: dict[Case, list[Result]]) -> tuple[str, ...]:
    results = [result for case in members for result in found[case]]
    return (
        name,
        f"{len(results)}",
        f"{sum(result.refused for result in results):,}",
        f"{sum(result.seconds for result in results) / len(results):.1f}",
        f"{sum(case.optimum for case in members) / len(members):.1f}",
    )
