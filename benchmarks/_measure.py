"""CPU and wall-clock time of calls, measured so that other work on the machine disturbs the comparison little.

All candidates take turns within a round, and what is compared is compared within that round: a busy moment hits
neighbours alike. What is reported is the median over the rounds.
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, TypeVar

T = TypeVar("T")

Call: TypeAlias = Callable[[], Awaitable[object]]
Candidate: TypeAlias = Callable[[str], AbstractAsyncContextManager[Call]]
"""Opens a client of the server at a URL, and gives what makes one call with it."""

WARM_UP = 10
"""Calls one after the other before the many: httpx's pool costs ten times as much when its first calls come all at once."""
MOST_CPU, FEWEST_CALLS = 1.0, 100
"""Seconds of CPU after which a measurement is cut off, if it has seen that many calls."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What calls cost the process that makes them."""

    calls: int
    cpu: float
    """Seconds, of all threads."""
    wall: float

    @property
    def cpu_us(self) -> float:
        """Microseconds of CPU per call."""
        return self.cpu / self.calls * 1e6


class Reading(NamedTuple):
    """The clocks when so many calls had their responses."""

    ended: int
    cpu: float
    wall: float

    @classmethod
    def take(cls, ended: int) -> Reading:
        """Read them now."""
        return cls(ended, time.process_time(), time.perf_counter())


async def cost_of_calls(candidate: Candidate, url: str, in_flight: int, seconds: float) -> Cost:
    """Keep ``in_flight`` calls begun for that time, and until as many have ended; what is too slow is cut off.

    The first ``in_flight`` responses do not count, so that what is measured is a call among many, and not the start.
    """
    async with candidate(url) as call:
        for _ in range(WARM_UP):
            await call()
        gc.collect()
        begun = now = Reading.take(0)
        finished = asyncio.Event()

        async def work() -> None:
            nonlocal begun, now
            while not finished.is_set():
                await call()
                now = Reading.take(now.ended + 1)
                if now.ended <= in_flight:
                    begun = now
                seen = now.ended - begun.ended
                slow = seen >= FEWEST_CALLS and now.cpu - begun.cpu > MOST_CPU
                if slow or (seen >= in_flight and now.wall - begun.wall > seconds):
                    finished.set()

        tasks = [asyncio.create_task(work()) for _ in range(in_flight)]
        ends = asyncio.create_task(finished.wait())
        await asyncio.wait({ends, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        cost = Cost(now.ended - begun.ended, now.cpu - begun.cpu, now.wall - begun.wall)
        for task in (ends, *tasks):
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome
    return cost


def take_turns(
    measure: Callable[[str], T], names: Sequence[str], rounds: int
) -> dict[str, list[T]]:
    """Measure each of ``names`` once a round; each round begins with another one."""
    results: dict[str, list[T]] = {name: [] for name in names}
    for turn in range(rounds):
        shift = turn % len(names)
        for name in (*names[shift:], *names[:shift]):
            print(f"round {turn + 1} of {rounds}: {name}", file=sys.stderr)
            results[name].append(measure(name))
    return results


def ratio(numbers: Mapping[str, Sequence[float]], name: str, peer: str) -> float:
    """The median over the rounds of a number divided by that of a peer in the same round."""
    pairs = zip(numbers[name], numbers[peer], strict=True)
    return statistics.median(own / other for own, other in pairs)
