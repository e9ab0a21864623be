"""Limits that are configured exactly, over real sockets to a far server: how many calls it refuses, and how long they take.

200 calls at once by a new client: its first connections and its token are under way when the first permits are given
out. Each request and each response takes the journey, the token's as well; connections are there at once in the first rows, and take
a journey there and back in the last ones. The optimum is that of a client with a token and connections that knows the
limits but not the algorithm.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from benchmarks import _far_server
from benchmarks._optimum import optimum
from benchmarks._report import Goal, Report, Table
from benchmarks._world import Travel
from matillion_async import MatillionClient
from matillion_async._limits.rates import parse_rate_limits
from matillion_async.sandbox._limits import Algorithm

CALLS = 200
LIMITS = ("1200/min", "100/s")
ALGORITHMS: tuple[Algorithm, ...] = get_args(Algorithm)
JOURNEYS = (
    Travel(0.0, "none"),
    *(Travel(seconds, jitter) for seconds in (0.02, 0.1, 0.5) for jitter in ("none", "uniform")),
)
HANDSHAKES = (Travel(0.1, "uniform"), Travel(0.5, "uniform"))
"""The journeys that new connections take as well."""
MOST_SECONDS = 135


@dataclass(frozen=True, slots=True)
class Network:
    """How far away the server is."""

    travel: Travel
    handshakes: bool = False

    def __str__(self) -> str:
        return f"{self.travel}{', connections too' if self.handshakes else ''}"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the calls of a cell."""

    refused: int
    failed: int
    seconds: float


async def _calls(address: str) -> tuple[int, float]:
    began = time.perf_counter()
    async with MatillionClient(
        base_url=address,
        token_url=f"{address}{_far_server.TOKEN_PATH.decode()}",
        client_id="benchmark",
        client_secret="benchmark",
        rate_limits=LIMITS,
    ) as client:
        calls = (client.projects.list(size=25) for _ in range(CALLS))
        responses = await asyncio.gather(*calls, return_exceptions=True)
    failed = sum(isinstance(response, BaseException) for response in responses)
    return failed, time.perf_counter() - began


def measure(algorithm: Algorithm, network: Network) -> Result:
    """Make the calls, with a server of their own."""
    with _far_server.running(LIMITS, algorithm, network.travel, handshakes=network.handshakes) as (
        address,
        counts,
    ):
        failed, seconds = asyncio.run(_calls(address))
    return Result(counts.refused, failed, seconds)


def run(options: argparse.Namespace) -> Report:
    """A row for each kind of journey, a column for each algorithm."""
    networks = [*map(Network, JOURNEYS), *(Network(travel, True) for travel in HANDSHAKES)]
    if options.quick:
        networks = networks[-1:]
    found: dict[tuple[Network, Algorithm], Result] = {}
    for network, algorithm in itertools.product(networks, ALGORITHMS):
        found[network, algorithm] = result = measure(algorithm, network)
        print(f"{network}, {algorithm}: {result}", file=sys.stderr)
    rows = [
        _row(network, [found[network, algorithm] for algorithm in ALGORITHMS])
        for network in networks
    ]
    head = (f"{CALLS} calls at {' + '.join(LIMITS)}", "refused", "seconds", "optimum")
    goals = [
        Goal(f"refused in {len(found)} cells", sum(r.refused for r in found.values()), 0, "", 0),
        Goal("calls that failed", sum(r.failed for r in found.values()), 0, "", 0),
    ]
    if not options.quick:
        timed = [result.seconds for (network, _), result in found.items() if not network.handshakes]
        what = f"seconds in the {len(timed)} cells without handshakes"
        goals.append(Goal(what, sum(timed), MOST_SECONDS, "s", 0))
    return Report([Table(head, rows)], goals)


def _row(network: Network, results: Sequence[Result]) -> tuple[str, ...]:
    return (
        str(network),
        " / ".join(str(result.refused) for result in results),
        " / ".join(f"{result.seconds:.1f}" for result in results),
        f"{optimum(parse_rate_limits(LIMITS), CALLS, 2 * network.travel.seconds):.1f}",
    )
