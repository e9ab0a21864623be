"""Concurrent calls against a rate limit: how long they take together, and how many the server refuses.

On a virtual clock, with a sandbox in this process that enforces the limit by each of three algorithms. A request
travels for 50 ms and so does its response. Everybody begins with a valid token. The optimum is that of a client that knows
the limits but not the algorithm, see ``_optimum``. Numbers of ours are the worst of several starts on the server's clock,
because windows that start anew are met at different moments. Three numbers in a cell are for the three algorithms: bucket,
sliding windows, fixed windows.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, get_args

import httpx

from benchmarks import _retrying
from benchmarks._optimum import optimum
from benchmarks._report import Goal, Report, Table
from matillion_async import MatillionClient, Token
from matillion_async._limits.rates import parse_rate_limits
from matillion_async.sandbox import Sandbox, VirtualTimeLoop
from matillion_async.sandbox._limits import Algorithm

TRAVEL = (0.05, 0.05)
"""Seconds a request and its response travel, at least and at most."""
VARYING_TRAVEL = (0.02, 0.2)
STARTS = (7.3, 0.0, 33.4)
"""When the calls begin, on the server's clock."""
FIRST_MINUTE = 60.0

ALGORITHMS: tuple[Algorithm, ...] = get_args(Algorithm)


@dataclass(frozen=True, slots=True)
class Situation:
    """Calls that are made at once, and what the server accepts."""

    limits: tuple[str, ...]
    calls: int

    @property
    def optimum(self) -> float:
        """Seconds, if the algorithm is not known."""
        return optimum(parse_rate_limits(self.limits), self.calls, sum(TRAVEL))

    def __str__(self) -> str:
        return f"{self.calls:,} calls at {' + '.join(self.limits)}"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the calls."""

    succeeded: int
    arrived: int
    """Requests that arrived at the server."""
    refused: int
    """Those of them that it refused with 429."""
    arrived_late: int
    """Requests that arrived after the first minute."""
    refused_late: int
    seconds: float
    """Until the last call had succeeded or failed."""

    @property
    def late_share(self) -> float:
        """The share that was refused of the requests after the first minute."""
        return self.refused_late / self.arrived_late if self.arrived_late else 0.0


SITUATIONS = (
    Situation(("60/min", "5/s"), 300),
    Situation(("1000/min",), 300),
    Situation(("1000/min",), 3000),
    # In no document: what if the truth lies between them?
    Situation(("300/min", "10/s"), 600),
    Situation(("120/min",), 600),
)

Contestant: TypeAlias = Callable[["Rig", Situation], Coroutine[Any, Any, int]]
"""Makes the calls of a situation, and returns how many succeeded."""


class Rig:
    """A sandbox at a distance."""

    def __init__(
        self, situation: Situation, algorithm: Algorithm, travel: tuple[float, float], seed: int
    ) -> None:
        self.sandbox = Sandbox(projects=3, limits=situation.limits, limit_algorithm=algorithm)
        self._travel = travel
        self._random = random.Random(seed)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Respond to a request, as an ASGI application."""
        await asyncio.sleep(self._random.uniform(*self._travel))
        await self.sandbox(scope, receive, send)
        await asyncio.sleep(self._random.uniform(*self._travel))

    async def fetch(self) -> Token:
        """A token that comes at once, which makes this a token source."""
        options = self.sandbox.client_options()
        form = {
            "grant_type": "client_credentials",
            "client_id": options["client_id"],
            "client_secret": options["client_secret"],
            "audience": options["audience"],
        }
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.sandbox)) as http:
            response = (await http.post(options["token_url"], data=form)).json()
        return Token(response["access_token"], expires_in=response["expires_in"])


async def configured(rig: Rig, situation: Situation) -> int:
    """Ours, told the limits."""
    return await _ours(rig, situation.calls, rate_limits=situation.limits)


async def learning(rig: Rig, situation: Situation) -> int:
    """Ours, told nothing."""
    return await _ours(rig, situation.calls)


async def _ours(rig: Rig, calls: int, **options: Any) -> int:
    base_url = rig.sandbox.client_options()["base_url"]
    async with MatillionClient(
        base_url=base_url, token_source=rig, transport=httpx.ASGITransport(rig), **options
    ) as client:
        results = await asyncio.gather(
            *(client.projects.list(size=25) for _ in range(calls)), return_exceptions=True
        )
    return sum(not isinstance(result, BaseException) for result in results)


def retrying(policy: Callable[[Any, str, int], Coroutine[Any, Any, int]]) -> Contestant:
    """A client that has no limiter."""

    async def contestant(rig: Rig, situation: Situation) -> int:
        return await policy(rig, (await rig.fetch()).value, situation.calls)

    return contestant


CONFIGURED, LEARNING = "ours, limits configured", "ours, nothing configured"
OURS: dict[str, Contestant] = {CONFIGURED: configured, LEARNING: learning}
OPENAI, SEQUENTIAL = "openai SDK, 2 retries", "one after the other"
OTHERS: dict[str, Contestant] = {
    OPENAI: retrying(_retrying.openai_sdk),
    "urllib3's policy, 10 retries": retrying(_retrying.urllib3_policy),
    "retries until it works": retrying(_retrying.for_ever),
    SEQUENTIAL: retrying(_retrying.one_by_one),
}


async def _measure(contestant: Contestant, situation: Situation, rig: Rig, start: float) -> Result:
    await asyncio.sleep(start)
    loop = asyncio.get_running_loop()
    stats = rig.sandbox.stats
    early: list[tuple[int, int]] = []
    timer = loop.call_later(FIRST_MINUTE, lambda: early.append((stats.arrived, stats.refused)))
    succeeded = await contestant(rig, situation)
    timer.cancel()
    arrived, refused = early[0] if early else (stats.arrived, stats.refused)
    return Result(
        succeeded=succeeded,
        arrived=stats.arrived,
        refused=stats.refused,
        arrived_late=stats.arrived - arrived,
        refused_late=stats.refused - refused,
        seconds=loop.time() - start,
    )


def measure(
    contestant: Contestant,
    situation: Situation,
    algorithm: Algorithm,
    starts: Sequence[float] = STARTS,
    travel: tuple[float, float] = TRAVEL,
) -> Result:
    """The worst in each respect of the results from several starts."""
    results: list[Result] = []
    for seed, start in enumerate(starts):
        rig = Rig(situation, algorithm, travel, seed)
        with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
            results.append(runner.run(_measure(contestant, situation, rig, start)))
    return worst(results)


def worst(results: Sequence[Result]) -> Result:
    """The worst in each respect; of the requests after the first minute, the largest share refused."""
    late = max(results, key=lambda result: result.late_share)
    return Result(
        succeeded=min(result.succeeded for result in results),
        arrived=max(result.arrived for result in results),
        refused=max(result.refused for result in results),
        arrived_late=late.arrived_late,
        refused_late=late.refused_late,
        seconds=max(result.seconds for result in results),
    )


def _table(situation: Situation, results: Mapping[str, Sequence[Result]]) -> Table:
    """One row for each contestant, with a number for each algorithm in its cells."""

    def cell(numbers: Iterable[str]) -> str:
        shown = list(numbers)
        return shown[0] if len(set(shown)) == 1 else " / ".join(shown)

    rows = []
    for name, by_algorithm in results.items():
        overall = worst(by_algorithm)
        ratio = overall.seconds / situation.optimum
        rows.append(
            (
                name,
                cell(f"{result.succeeded:,}" for result in by_algorithm),
                cell(f"{result.refused:,}" for result in by_algorithm),
                cell(f"{result.seconds:.1f}" for result in by_algorithm),
                f"{ratio:.2f} x" if overall.succeeded == situation.calls else "-",
            )
        )
    head = (
        f"{situation}: optimum {situation.optimum:.1f} s",
        "succeeded",
        "refused",
        "seconds",
        "",
    )
    return Table(head, rows)


def _goals(
    found: Mapping[Situation, Mapping[str, Sequence[Result]]], travelled: Result
) -> list[Goal]:
    told = {situation: worst(results[CONFIGURED]) for situation, results in found.items()}
    untold = {situation: worst(results[LEARNING]) for situation, results in found.items()}
    slowest = max(result.seconds / situation.optimum for situation, result in told.items())
    varying = "{:.0f} to {:.0f} ms".format(*(1000 * seconds for seconds in VARYING_TRAVEL))
    return [
        Goal("configured: refused", worst([*told.values()]).refused, 0, "", digits=0),
        Goal(
            f"configured, requests travel for {varying}: refused",
            travelled.refused,
            0,
            "",
            digits=0,
        ),
        Goal("configured: time / optimum", slowest, 1.02),
        *(
            Goal(
                f"nothing configured, {situation}: time / optimum",
                result.seconds / situation.optimum,
                1.15,
            )
            for situation, result in untold.items()
        ),
        Goal(
            "nothing configured: refused of what was sent after the first minute",
            100 * worst([*untold.values()]).late_share,
            2,
            "%",
        ),
    ]


def run(options: argparse.Namespace) -> Report:
    """One table for each situation."""
    os.environ.pop("MATILLION_RATE_LIMITS", None)  # it would tell those who are to find out
    starts = STARTS[:1] if options.quick else STARTS
    report = Report(peers=("openai", "httpx2", "urllib3"))
    found: dict[Situation, dict[str, list[Result]]] = {}
    travelled: list[Result] = []
    for situation in SITUATIONS:
        others = OTHERS
        if situation.calls > 300:  # the others take minutes, and say what they said before
            others = {} if options.quick else {name: OTHERS[name] for name in (OPENAI, SEQUENTIAL)}
        found[situation] = {
            name: [
                measure(contestant, situation, algorithm, starts if name in OURS else STARTS[:1])
                for algorithm in ALGORITHMS
            ]
            for name, contestant in {**OURS, **others}.items()
        }
        report.tables.append(_table(situation, found[situation]))
        travelled += [
            measure(configured, situation, algorithm, starts, VARYING_TRAVEL)
            for algorithm in ALGORITHMS
        ]
    report.goals = _goals(found, worst(travelled))
    return report
