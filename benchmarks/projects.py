"""Reading a listing of 10,000 projects: 100 pages of 100, each 20 ms after it was asked for.

Without a rate limit. "Ours" is ``async for project in client.projects.list(size=100)`` with typed models; the others read
JSON with httpx. The server is a process of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

import httpx

from benchmarks._connection import HEADERS, PATH, TIMEOUT, FixedToken
from benchmarks._measure import Cost, ratio, take_turns
from benchmarks._report import Report, Table
from benchmarks._server import running
from matillion_async import MatillionClient

PROJECTS, SIZE, LATENCY_MS = 10_000, 100, 20


async def ours(url: str) -> int:
    """Walk all pages."""
    async with MatillionClient(
        base_url=url, token_source=FixedToken(), rate_limits="none"
    ) as client:
        return sum([1 async for _ in client.projects.list(size=SIZE)])


@contextlib.asynccontextmanager
async def _pages(url: str) -> AsyncIterator[Callable[[int], Awaitable[dict[str, Any]]]]:
    async with httpx.AsyncClient(headers=HEADERS, timeout=TIMEOUT) as http:

        async def page(number: int) -> dict[str, Any]:
            response = await http.get(url + PATH, params={"page": number, "size": SIZE})
            found: dict[str, Any] = response.json()
            return found

        yield page


async def loop_on_httpx(url: str) -> int:
    """One page after the other, until all are there."""
    async with _pages(url) as page:
        projects: list[Any] = []
        number = 0
        while True:
            found = await page(number)
            projects += found["results"]
            if len(projects) >= found["total"]:
                return len(projects)
            number += 1


async def gather_on_httpx(url: str) -> int:
    """The first page for the total, then all others at once."""
    async with _pages(url) as page:
        first = await page(0)
        rest = range(1, -(-first["total"] // SIZE))
        pages = [first, *await asyncio.gather(*map(page, rest))]
        return sum(len(found["results"]) for found in pages)


OURS, LOOP, GATHER = "ours: `async for`", "loop on httpx", "`asyncio.gather` on httpx"
WALKS: dict[str, Callable[[str], Awaitable[int]]] = {
    OURS: ours,
    LOOP: loop_on_httpx,
    GATHER: gather_on_httpx,
}


def run(options: argparse.Namespace) -> Report:
    """Time and CPU of the whole walk."""
    with running(total=PROJECTS, latency_ms=LATENCY_MS) as url:

        async def walk(name: str) -> Cost:
            wall, cpu = time.perf_counter(), time.process_time()
            count = await WALKS[name](url)
            if count != PROJECTS:
                raise RuntimeError(f"{name} found {count} projects of {PROJECTS}")
            return Cost(count, time.process_time() - cpu, time.perf_counter() - wall)

        names = [*WALKS]
        take_turns(lambda name: asyncio.run(walk(name)), names, 1)  # imports, caches
        costs = take_turns(lambda name: asyncio.run(walk(name)), names, 3 if options.quick else 9)
    wall = {name: [cost.wall for cost in costs[name]] for name in names}
    cpu = {name: [cost.cpu for cost in costs[name]] for name in names}
    rows = [
        (
            name,
            _milliseconds(wall[name]),
            f"{ratio(wall, name, OURS):.2f} x",
            _milliseconds(cpu[name]),
            f"{ratio(cpu, name, OURS):.2f} x",
        )
        for name in names
    ]
    head = (f"{PROJECTS:,} projects", "time, ms", "of ours", "CPU, ms", "of ours")
    return Report(tables=[Table(head, rows)])


def _milliseconds(seconds: Sequence[float]) -> str:
    return f"{1000 * statistics.median(seconds):,.0f}"
