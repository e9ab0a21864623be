"""Large listings: CPU to read a page, and for how long that holds the event loop.

Pages of lineage events whose facets name columns: 100 of 1.35 kB each, and as many as make 11 MB. What a call does with
such a response, the pauses for other tasks included, is compared with ``json.loads`` and the models in one go, the least it
can take. A hold is the CPU of the thread between two turns of another task, without Python's own collection of garbage, which
takes as long for any objects; of each reading the longest one counts. The median over rounds in which all take turns.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from matillion_api.api.lineage import list_lineage_events

from benchmarks._measure import ratio, take_turns
from benchmarks._report import Goal, Report, Table
from matillion_async._calls.responses import decode, decode_in_slices, is_large
from matillion_async._transport.values import Response

OPERATION = list_lineage_events.OPERATION
PAGE, HUGE = "135 kB", "11 MB"
EVENTS = {PAGE: 107, "1.35 MB": 1070, HUGE: 8700}
AT_LEAST = 0.1
"""Seconds to measure for: one small page takes a millisecond or two."""


def page(events: int) -> bytes:
    """A page of lineage events."""
    items = [{"id": f"{number:032x}", "event": _event(number)} for number in range(events)]
    return json.dumps({"results": items, "page": 0, "size": events, "total": events}).encode()


def _event(number: int) -> dict[str, Any]:
    return {
        "eventType": "COMPLETE",
        "eventTime": "2026-03-01T08:00:00.000Z",
        "producer": "https://www.matillion.com",
        "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
        "job": {"namespace": "matillion://account.project", "name": "daily.orch", "facets": {}},
        "run": {"runId": f"{number:032x}", "facets": {}},
        "inputs": [_dataset("RAW.PUBLIC.ORDERS")],
        "outputs": [_dataset("MART.PUBLIC.ORDERS")],
    }


def _dataset(name: str) -> dict[str, Any]:
    fields = [{"name": f"COLUMN_{number}", "type": "VARCHAR"} for number in range(8)]
    return {"namespace": "snowflake://account", "name": name, "facets": {"schema": fields}}


async def as_a_call_does(content: bytes) -> object:
    """Read a response as the session does."""
    response = Response(200, content=content)
    if is_large(OPERATION, response):
        return await decode_in_slices(OPERATION, response)
    return decode(OPERATION, response)


async def in_one_go(content: bytes) -> object:
    """Read a response without a check or a pause."""
    return OPERATION.parse(json.loads(content))


READERS = {"as a call does": as_a_call_does, "in one go": in_one_go}


async def read(name: str, content: bytes) -> tuple[float, float]:
    """Milliseconds of CPU of one reading, and of its longest hold."""
    reader = READERS[name]
    await reader(content)  # models are imported when they are first used
    gc.collect()
    count, spent, longest = 0, 0.0, 0.0
    while spent < AT_LEAST:
        async with _holds() as holds:
            started = time.thread_time()
            result = await reader(content)
            spent += time.thread_time() - started
        del result  # which takes its time as well, at a moment of the user's choice
        count, longest = count + 1, max(longest, *holds)
    return 1000 * spent / count, 1000 * longest


@asynccontextmanager
async def _holds() -> AsyncIterator[list[float]]:
    """How long the thread worked between two turns of another task, but for garbage."""
    holds: list[float] = []
    collecting = 0.0

    def on_collection(phase: str, info: dict[str, int]) -> None:
        nonlocal collecting
        collecting += time.thread_time() if phase == "stop" else -time.thread_time()

    async def tick() -> None:
        while True:
            before = time.thread_time() - collecting
            await asyncio.sleep(0)
            holds.append(time.thread_time() - collecting - before)

    ticking = asyncio.get_running_loop().create_task(tick())
    gc.callbacks.append(on_collection)
    await asyncio.sleep(0)
    try:
        yield holds
        await asyncio.sleep(0)
    finally:
        gc.callbacks.remove(on_collection)
        ticking.cancel()


def run(options: argparse.Namespace) -> Report:
    """One row for each size."""
    pages = {size: page(events) for size, events in EVENTS.items()}

    def measure(candidate: str) -> tuple[float, float]:
        size, _, name = candidate.partition(", ")
        return asyncio.run(read(name, pages[size]))

    names = [f"{size}, {name}" for size in pages for name in READERS]
    results = take_turns(measure, names, 3 if options.quick else 11)
    cpu = {name: [result[0] for result in results[name]] for name in names}
    holds = {name: statistics.median(result[1] for result in results[name]) for name in names}
    ours, least = READERS
    rows = [
        (
            f"{size} ({len(content) / 1e6:.3g} MB)",
            *(f"{statistics.median(cpu[f'{size}, {name}']):.1f} ms" for name in READERS),
            f"{ratio(cpu, f'{size}, {ours}', f'{size}, {least}'):.2f} x",
            *(f"{holds[f'{size}, {name}']:.1f} ms" for name in READERS),
        )
        for size, content in pages.items()
    ]
    head = ("Page", *(f"CPU {name}" for name in READERS), "ratio")
    head += tuple(f"longest hold {name}" for name in READERS)
    return Report(
        tables=[Table(head, rows)],
        goals=[
            Goal(
                f"CPU of a page of {PAGE} / in one go",
                ratio(cpu, f"{PAGE}, {ours}", f"{PAGE}, {least}"),
                1.1,
            ),
            Goal(
                f"longest hold of the event loop for {HUGE}", holds[f"{HUGE}, {ours}"], 8, "ms", 1
            ),
        ],
    )
