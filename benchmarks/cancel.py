"""A cancel storm: 10,000 calls cancelled at random moments, and what is left of the client.

A call is cancelled up to 150 ms after its start, when it waits for a connection, makes one, or waits for the response, which
takes 100 ms; some end before, and do not count among the 10,000. 120 calls are under way at a time, a fifth more
than there are connections. Afterwards nothing is under way: no connection may count as busy, the next call must work,
and with the client closed the process has the file descriptors it had before.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import httpcore
import httpx

from benchmarks._connection import HEADERS, PATH, RATE_LIMIT, FixedToken
from benchmarks._measure import Call
from benchmarks._report import Goal, Report, Table
from benchmarks._server import running
from matillion_async import MatillionClient

LATENCY_MS = 100
LONGEST = 0.15
"""Seconds after which a call is cancelled at the latest."""
UNDER_WAY = 120
TIMEOUT = 5.0
"""Seconds that the call after the storm has."""

Stormed: TypeAlias = AbstractAsyncContextManager[tuple[Call, Callable[[], int]]]
"""What makes a call, and how many connections count as busy."""


@contextlib.asynccontextmanager
async def ours(url: str) -> AsyncIterator[tuple[Call, Callable[[], int]]]:
    """MatillionClient on its own transport."""
    async with MatillionClient(
        base_url=url, token_source=FixedToken(), rate_limits=RATE_LIMIT
    ) as client:

        async def call() -> object:
            return await client.projects.list(size=25)

        yield call, lambda: client.limiter.stats().in_flight


@contextlib.asynccontextmanager
async def httpx_pool(url: str) -> AsyncIterator[tuple[Call, Callable[[], int]]]:
    """An httpx client on its own pool."""
    transport = httpx.AsyncHTTPTransport()
    pool = transport._pool
    assert isinstance(pool, httpcore.AsyncConnectionPool)
    async with httpx.AsyncClient(transport=transport, headers=HEADERS, timeout=TIMEOUT) as client:

        async def call() -> object:
            return (await client.get(url + PATH)).json()

        yield call, lambda: sum(not connection.is_idle() for connection in pool.connections)


CONTESTANTS: dict[str, Callable[[str], Stormed]] = {"ours": ours, "httpx's own pool": httpx_pool}


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What a storm left."""

    cancelled: int
    ended: int
    busy: int
    """Connections that count as busy although no call is under way."""
    next_call: str
    descriptors: int
    """File descriptors that the process has more than before, with the client closed."""


async def storm(contestant: Callable[[str], Stormed], url: str, cancellations: int) -> Aftermath:
    """Make calls until so many were cancelled, and look at what is left."""
    seeded = random.Random(1)
    begun = cancelled = ended = 0
    before = _descriptors()
    async with contestant(url) as (call, busy):

        async def work() -> None:
            nonlocal begun, cancelled, ended
            while begun - ended < cancellations:
                begun += 1
                task = asyncio.ensure_future(call())
                await asyncio.wait({task}, timeout=seeded.uniform(0, LONGEST))
                task.cancel()
                await asyncio.wait({task})
                if task.cancelled():
                    cancelled += 1
                else:
                    task.result()  # raises what a call failed with
                    ended += 1

        async with asyncio.TaskGroup() as group:
            for _ in range(UNDER_WAY):
                group.create_task(work())
        await asyncio.sleep(0.2)  # connections that were cut off are closed by now
        still_busy = busy()
        next_call = await _outcome(call())
    await asyncio.sleep(0.2)
    return Aftermath(cancelled, ended, still_busy, next_call, _descriptors() - before)


async def _outcome(call: Awaitable[object]) -> str:
    try:
        await asyncio.wait_for(call, 2 * TIMEOUT)
    except (httpx.HTTPError, TimeoutError) as error:
        return type(error).__name__
    return "works"


def _descriptors() -> int:
    return sum(1 for _ in Path("/dev/fd").iterdir())


def run(options: argparse.Namespace) -> Report:
    """One storm for each."""
    cancellations = 2_000 if options.quick else 10_000
    with running(latency_ms=LATENCY_MS) as url:
        found = {
            name: asyncio.run(storm(contestant, url, cancellations))
            for name, contestant in CONTESTANTS.items()
        }
    head = (
        "A storm",
        "cancelled",
        "ended",
        "then busy",
        "next call",
        "descriptors left",
    )
    rows = [
        (
            name,
            f"{left.cancelled:,}",
            f"{left.ended:,}",
            str(left.busy),
            left.next_call,
            str(left.descriptors),
        )
        for name, left in found.items()
    ]
    mine = found["ours"]
    return Report(
        tables=[Table(head, rows)],
        goals=[
            Goal("ours: connections busy afterwards", mine.busy, 0, "", digits=0),
            Goal("ours: file descriptors left", mine.descriptors, 0, "", digits=0),
            Goal("ours: next calls that fail", mine.next_call != "works", 0, "", digits=0),
        ],
    )
