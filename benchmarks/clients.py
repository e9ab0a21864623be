"""What a client costs: the first of a process, which imports what it needs, the second, and a connection's first certificates.

CPU time in a new process each, ``import matillion_async`` not included; the median over rounds. "On the event loop" is how long a
first call with TLS holds it at a stretch: certificates are loaded in a thread.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys

from benchmarks._report import Goal, Report, Table

SCRIPT = """
import asyncio, json, time
import matillion_async
from matillion_async import MatillionClient, Token

class Source:
    async def fetch(self):
        return Token("a-token")

def make():
    return MatillionClient(base_url="https://127.0.0.1:9/dpc", token_source=Source(), retry=None)

async def main():
    found = {}
    for name in ("the first client", "the second client"):
        started = time.process_time()
        client = make()
        found[name] = 1000 * (time.process_time() - started)
    longest = 0.0
    async def tick():
        nonlocal longest
        while True:
            started = time.thread_time()
            await asyncio.sleep(0)
            longest = max(longest, time.thread_time() - started)
    ticking = asyncio.create_task(tick())
    try:
        await client.projects.list()
    except matillion_async.APIConnectionError:
        pass
    ticking.cancel()
    await client.aclose()
    found["a first call with TLS, on the event loop"] = 1000 * longest
    print(json.dumps(found))

asyncio.run(main())
"""
FIRST, SECOND, TLS = (
    "the first client",
    "the second client",
    "a first call with TLS, on the event loop",
)


def measured() -> dict[str, float]:
    """Milliseconds in a new process."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def run(options: argparse.Namespace) -> Report:
    """One row for each."""
    rounds = [measured() for _ in range(3 if options.quick else 11)]
    medians = {
        name: statistics.median(each[name] for each in rounds) for name in (FIRST, SECOND, TLS)
    }
    rows = [(name, f"{value:.2f} ms") for name, value in medians.items()]
    goals = [
        Goal(f"{SECOND}, in milliseconds", medians[SECOND], 1.0),
        Goal(f"{TLS}, in milliseconds", medians[TLS], 25.0),
    ]
    return Report(tables=[Table(("What", "CPU"), rows)], goals=goals)
