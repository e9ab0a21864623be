"""Several processes on one account: what the server refuses, how much of the limit they use, and how evenly; what it costs.

Each process has 50 callers that call all the time, against one server with real sockets. The optimum is what one perfect client could do in
that time: it knows the limits but not the algorithm. Where nothing is configured, one process alone and several that share what they learn
have the same number of callers together.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import get_args

from benchmarks import _far_server, _server
from benchmarks._connection import SIZE, FixedToken
from benchmarks._fleet import Outcome, Worker, fleet
from benchmarks._measure import Call, Candidate, cost_of_calls, ratio, take_turns
from benchmarks._optimum import earliest_times
from benchmarks._places import PLACES, place
from benchmarks._report import Goal, Report, Table
from benchmarks._world import Travel
from matillion_async import MatillionClient
from matillion_async._limits.rates import parse_rate_limits
from matillion_async.sandbox._limits import Algorithm

LIMITS = ("600/min", "20/s")
ALGORITHMS: tuple[Algorithm, ...] = get_args(Algorithm)
NEAR = Travel(0.002, "uniform")
CALLERS = 50
SECONDS = 20.0
KILLS = 20
LEARNING, LEARNING_SECONDS = 4, 180.0
"""Processes that find out the limits together, and for how long: it takes them two minutes."""
MORE_BY = 3
"""Refusals by which two runs of the same kind differ, besides a tenth."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a fleet."""

    arrived: int
    refused: int
    refused_later: int
    """Of those, after the first minute."""
    outcomes: list[Outcome]
    seconds: float

    @property
    def done(self) -> int:
        """Calls that succeeded."""
        return sum(outcome.done for outcome in self.outcomes)

    @property
    def share_of_optimum(self) -> float:
        """Time that was taken, of the time that a perfect client would have taken for these calls."""
        times = earliest_times(parse_rate_limits(LIMITS), self.done)
        return self.seconds / times[-1]

    @property
    def evenness(self) -> float:
        """The calls of the process with fewest, of those that each had in the mean."""
        return min(outcome.done for outcome in self.outcomes) / (self.done / len(self.outcomes))

    @property
    def slowest(self) -> float:
        """Seconds that all exchanges with the shared place but one in a hundred took at most."""
        took = sorted(itertools.chain(*(outcome.exchanges for outcome in self.outcomes)))
        return took[int(len(took) * 0.99)] if took else 0.0


def measure(
    processes: int,
    algorithm: Algorithm,
    share: str,
    *,
    told: Sequence[str] = LIMITS,
    callers: int = CALLERS,
    seconds: float = SECONDS,
    meanwhile: Callable[[list[Worker]], None] = lambda workers: None,
) -> Result:
    """Have a fleet make calls, with a server of its own."""
    with (
        _far_server.running(LIMITS, algorithm, NEAR) as (url, counts),
        fleet(url, processes, share=share, callers=callers, limits=told) as workers,
    ):
        for worker in workers:
            worker.go(seconds)
        meanwhile(workers)
        outcomes = [outcome for worker in workers if (outcome := worker.outcome())]
    for outcome in outcomes:
        if outcome.failed:
            raise RuntimeError(f"calls failed: {outcome.failed[:3]}")
    last = max(outcome.last_at for outcome in outcomes)
    return Result(counts.arrived, counts.refused, counts.refused_later, outcomes, last)


def killed(share: str) -> tuple[int, int]:
    """A process killed in the middle of its calls, again and again: how many calls were refused, and how many of how many were lost."""
    refused = 0
    for _ in range(KILLS):

        def kill(workers: list[Worker]) -> None:
            time.sleep(1.5)
            workers[0].signal(signal.SIGKILL)

        refused += measure(3, "sliding-window", share, seconds=3.0, meanwhile=kill).refused
    return refused, KILLS


def _client(share: str) -> Candidate:
    @contextlib.asynccontextmanager
    async def opened(url: str) -> AsyncIterator[Call]:
        async with MatillionClient(
            client_id="benchmark",
            base_url=url,
            token_source=FixedToken(),
            rate_limits="100000/min",
            timeout=120,
            share=share,
        ) as client:

            async def call() -> object:
                return await client.projects.list(size=SIZE)

            yield call

    return opened


def costs(share: str, rounds: int) -> float:
    """CPU of a call, of that of one without a shared limit; the median over rounds, ten calls in flight."""
    candidates = {"shared": _client(share), "own": _client("none")}
    with _server.running(latency_ms=0) as url:

        def cost(name: str) -> float:
            return asyncio.run(cost_of_calls(candidates[name], url, 10, 0.6)).cpu_us

        return ratio(take_turns(cost, ["own", "shared"], rounds), "shared", "own")


def add_options(parser: argparse.ArgumentParser) -> None:
    """What to measure, for work on one part."""
    parser.add_argument("--place", nargs="+", choices=PLACES, default=PLACES)
    parser.add_argument("--only", choices=("sharing", "learning", "kills", "cost"))


BOUNDS = {"host": (1.15, 5.0), "redis": (1.5, 20.0)}
"""Of the cost of a call, and in milliseconds of an exchange: the slowest but one in a hundred."""


def run(options: argparse.Namespace) -> Report:
    """Tables of sharing, of what nothing shared does, of learning, of kills and of costs."""
    report = Report()
    sizes = (4,) if options.quick else (4, 8)
    algorithms = ALGORITHMS[:1] if options.quick else ALGORITHMS
    for name in options.place:
        print(name, file=sys.stderr)
        with place(name) as share:
            if options.only in (None, "sharing"):
                _sharing(report, name, share, sizes, algorithms)
            if options.only in (None, "kills") and not options.quick:
                refused, kills = killed(share)
                report.goals.append(
                    Goal(
                        f"{name}: refused while processes were killed {kills} times",
                        refused,
                        0,
                        "",
                        0,
                    )
                )
            if options.only in (None, "cost"):
                measured = costs(share, 3 if options.quick else 9)
                report.goals.append(
                    Goal(f"{name}: CPU of a call / not shared", measured, BOUNDS[name][0])
                )
    if options.only in (None, "learning") and not options.quick:
        learning(report, options.place, LEARNING, LEARNING_SECONDS)
    return report


def learning(report: Report, places: Sequence[str], processes: int, seconds: float) -> None:
    """What one process that was told no limits makes of them, and what several do together with as many callers."""
    callers = processes * (CALLERS // processes)
    found = {"one process": _learned(1, "none", callers, seconds)}
    for name in places:
        with place(name) as share:
            found[f"{name}, {processes} processes"] = _learned(processes, share, callers, seconds)
    head = (
        f"{' + '.join(LIMITS)}, nothing configured, {callers} callers for {seconds:g} s",
        "done",
        "refused",
        "after the first minute",
        "time / optimum",
    )
    rows = [
        (
            name,
            str(result.done),
            str(result.refused),
            str(result.refused_later),
            f"{result.share_of_optimum:.2f}",
        )
        for name, result in found.items()
    ]
    report.tables.append(Table(head, rows))
    alone = found.pop("one process")
    for name, result in found.items():
        what = f"{name}, nothing configured"
        took = result.share_of_optimum / alone.share_of_optimum
        most = round(1.1 * alone.refused_later) + MORE_BY
        report.goals += [
            Goal(f"{what}: time / that of one process", took, 1.1),
            Goal(f"{what}: refused after the first minute", result.refused_later, most, "", 0),
        ]


def _learned(processes: int, share: str, callers: int, seconds: float) -> Result:
    algorithm, each = ALGORITHMS[0], callers // processes
    result = measure(processes, algorithm, share, told=(), callers=each, seconds=seconds)
    print(f"nothing configured, {share}: {result.done} done", file=sys.stderr)
    return result


def _sharing(
    report: Report, name: str, share: str, sizes: Sequence[int], algorithms: Sequence[Algorithm]
) -> None:
    found: list[Result] = []
    rows = []
    for size, algorithm in itertools.product(sizes, algorithms):
        result = measure(size, algorithm, share)
        print(f"{name}, {size} processes, {algorithm}: {result.done} done", file=sys.stderr)
        found.append(result)
        rows.append(_row(f"{name}, {size} processes, {algorithm}", result))
    for size in sizes:
        parts = [_part(limit, size) for limit in LIMITS]
        rows.append(
            _row(
                f"own part each, {size} processes", measure(size, algorithms[0], "none", told=parts)
            )
        )
    head = (
        f"{' + '.join(LIMITS)}, {CALLERS} callers each",
        "done",
        "refused",
        "time / optimum",
        "least / mean",
        "p99 of an exchange",
    )
    report.tables.append(Table(head, rows))
    report.goals += [
        Goal(f"{name}: refused", sum(result.refused for result in found), 0, "", 0),
        Goal(f"{name}: time / optimum", max(result.share_of_optimum for result in found), 1.05),
        Goal(
            f"{name}: mean / least served process",
            max(1 / result.evenness for result in found),
            1 / 0.7,
        ),
        Goal(
            f"{name}: p99 of an exchange",
            max(1000 * r.slowest for r in found),
            BOUNDS[name][1],
            "ms",
            1,
        ),
    ]


def _part(limit: str, parts: int) -> str:
    count, unit = limit.split("/")
    whole = int(count)
    return f"{whole // parts}/{unit}" if whole >= parts else f"1/{parts / whole:g}{unit}"


def _row(name: str, result: Result) -> tuple[str, ...]:
    return (
        name,
        str(result.done),
        str(result.refused),
        f"{result.share_of_optimum:.2f}",
        f"{result.evenness:.2f}",
        f"{1000 * result.slowest:.1f} ms",
    )
