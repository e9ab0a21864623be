"""Whether memory grows with the work: a bulk over 1,000,000 generated items, and a listing of 100,000 projects.

Peak memory of a process of its own, with everything in that process. The bulk's operation does nothing, so that the
bulk itself is what is seen; a bulk of real calls shows what the layers below keep, and waits for its limit of 1000/min on
a virtual clock; the listing is walked with ``async for``. Memory that does not grow is about the same after a tenth of the
work and after all of it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import resource
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import httpx

from benchmarks._connection import FixedToken
from benchmarks._report import Goal, Report, Table
from benchmarks._server import page
from matillion_async import MatillionClient
from matillion_async.sandbox import VirtualTimeLoop

SHARES = (0.1, 0.5, 1.0)
GROWTH = 1.05
"""How much more memory all of the work may take than a tenth of it."""


def peak_mib() -> float:
    """Peak memory of this process so far, in MiB."""
    status = Path("/proc/self/status")
    if status.exists():  # on Linux the other number includes the parent's memory at the fork
        peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        if peak is not None:
            return int(peak[1]) / 2**10
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


class Pages(httpx.AsyncBaseTransport):
    """Gives each request a page of a listing, without a server."""

    def __init__(self, total: int) -> None:
        self._total = total

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The page that was asked for."""
        asked = request.url.params
        found = page(int(asked.get("page", 0)), int(asked.get("size", 25)), self._total)
        await asyncio.sleep(0)  # as every transport does, it lets others go on
        return httpx.Response(200, json=found, request=request)


def client(total: int) -> MatillionClient:
    """A client whose requests stay in this process."""
    return MatillionClient(
        base_url="http://localhost",
        token_source=FixedToken(),
        rate_limits="1000/min",
        transport=Pages(total),
    )


async def bulk_of_nothing(items: int) -> AsyncIterator[object]:
    """A bulk whose operation does nothing."""

    async def nothing(item: int) -> int:
        return item

    async with client(0) as ours:
        async for outcome in ours.bulk(nothing, _generated(items)):
            yield outcome.unwrap()


async def bulk_of_calls(items: int) -> AsyncIterator[object]:
    """A bulk of calls that list a page each."""
    async with client(items) as ours:

        async def one(number: int) -> object:
            return await ours.projects.list(page=number, size=1)

        async for outcome in ours.bulk(one, _generated(items)):
            yield outcome.unwrap()


async def listing(items: int) -> AsyncIterator[object]:
    """A walk through all pages of a listing."""
    async with client(items) as ours:
        async for project in ours.projects.list(size=100):
            yield project


WORK: dict[str, tuple[Callable[[int], AsyncIterator[object]], int]] = {
    "bulk of an operation that does nothing": (bulk_of_nothing, 1_000_000),
    "bulk of calls": (bulk_of_calls, 100_000),
    "listing of projects": (listing, 100_000),
}


def _generated(items: int) -> Iterator[int]:
    yield from range(items)


async def watch(work: Callable[[int], AsyncIterator[object]], items: int) -> list[float]:
    """Peak memory after each share of the work."""
    marks = {round(share * items) for share in SHARES}
    peaks: list[float] = []
    done = 0
    async for _ in work(items):
        done += 1
        if done in marks:
            peaks.append(peak_mib())
    if done != items:
        raise RuntimeError(f"{done} of {items} were done")
    return peaks


def in_process_of_its_own(name: str, items: int) -> list[float]:
    """Peak memory after each share of the work, in a new process."""
    code = f"from benchmarks.memory import child; child({name!r}, {items})"
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True)
    peaks: list[float] = json.loads(done.stdout)
    return peaks


def child(name: str, items: int) -> None:
    """What the new process does."""
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        print(json.dumps(runner.run(watch(WORK[name][0], items))))


def run(options: argparse.Namespace) -> Report:
    """One row for each kind of work."""
    report = Report()
    rows: list[tuple[str, ...]] = []
    for name, (_, all_items) in WORK.items():
        items = all_items // 10 if options.quick else all_items
        print(f"{name}: {items:,}", file=sys.stderr)
        peaks = in_process_of_its_own(name, items)
        what = f"{name}, {items:,} items"
        rows.append((what, *(f"{peak:.1f} MiB" for peak in peaks)))
        report.goals.append(
            Goal(f"{what}: after all / after a tenth", peaks[-1] / peaks[0], GROWTH)
        )
    head = ["Peak memory after", *(f"{share:.0%}" for share in SHARES)]
    report.tables.append(Table(head, rows))
    return report
