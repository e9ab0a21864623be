"""Clients that always have calls waiting, in a world with limits, on a virtual clock."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks._world import World
from matillion_async import MatillionClient, MatillionError

SAMPLE = 10.0
"""Seconds between two looks at the counts."""
AT_ONCE = 24
"""Calls of a client that are begun at a time."""


@dataclass(slots=True)
class Counts:
    """What the servers had seen at a time."""

    time: float
    arrived: int
    refused: int

    @property
    def accepted(self) -> int:
        """Requests that succeeded."""
        return self.arrived - self.refused


@dataclass(slots=True)
class History:
    """What became of calls over time."""

    samples: list[Counts]
    calls: int = 0
    failed: int = 0

    def between(self, begin: float, end: float) -> Counts:
        """The counts of a period of time, whose length is their time."""
        first, last = self.at(begin), self.at(end)
        return Counts(end - begin, last.arrived - first.arrived, last.refused - first.refused)

    def at(self, time: float) -> Counts:
        """The counts at a time, or the first ones after it."""
        return next((each for each in self.samples if each.time >= time), self.samples[-1])

    def share(self, per_second: float, begin: float, end: float) -> float:
        """How much of a rate was used in a period of time."""
        return self.between(begin, end).accepted / (per_second * (end - begin))


async def saturate(
    worlds: Sequence[World],
    seconds: float,
    rate_limits: Sequence[str] | str | None,
    at_once: int = AT_ONCE,
) -> History:
    """Make calls for so long, with a client in each world; without ``rate_limits`` they find them out."""
    loop = asyncio.get_running_loop()
    clients = [
        MatillionClient(
            base_url="http://localhost",
            token_source=world,
            transport=world,
            rate_limits=rate_limits,
        )
        for world in worlds
    ]
    history = History([Counts(loop.time(), 0, 0)])

    async def work(client: MatillionClient) -> None:
        while True:
            history.calls += 1
            try:
                await client.projects.list(size=25)
            except MatillionError:
                history.failed += 1

    tasks = [asyncio.create_task(work(client)) for client in clients for _ in range(at_once)]
    end = loop.time() + seconds
    while loop.time() < end:
        await asyncio.sleep(SAMPLE)
        arrived, refused = (
            sum(world.arrived for world in worlds),
            sum(world.refused for world in worlds),
        )
        history.samples.append(Counts(loop.time(), arrived, refused))
    for task in tasks:
        task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    for client in clients:
        await client.aclose()
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome
    return history
