"""What the package costs before and beside the calls: import time, and memory for walking 100,000 projects.

    python -m benchmarks footprint [--projects 100000]

Import times are the totals of ``-X importtime``, the best of three; peers are imported in the same way.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys

from matillion_async.sandbox import Sandbox

IMPORTED = (
    "matillion_async",
    "httpx",
    "aiohttp",
    "authlib.oauth2.client",
    "httpx, aiohttp, attrs, authlib.oauth2.client",
)


def import_ms(names: str) -> float:
    """Milliseconds to import modules in a new process, Python's own start not included."""
    command = [sys.executable, "-X", "importtime", "-c", f"import {names}"]
    best = float("inf")
    for _ in range(3):
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stderr
        own = [line.split("|") for line in printed.splitlines() if line.startswith("import time:")]
        rows = [(cells[0].split(":")[1].strip(), cells[2].strip()) for cells in own]
        start = next(index for index, row in enumerate(rows) if row[1] == "site")
        best = min(best, sum(int(time) for time, _ in rows[start + 1 :]) / 1000)
    return best


async def walk(projects: int) -> int:
    """Count the projects of a sandbox in this process, one after the other."""
    async with Sandbox(projects=projects, environments_per_project=0).client() as client:
        return sum([1 async for _ in client.projects.list()])


async def fill(projects: int) -> None:
    """The sandbox alone, for comparison."""
    Sandbox(projects=projects, environments_per_project=0)


def peak_mib(work: str, projects: int) -> float:
    """Peak memory of a new process that does one thing."""
    code = f"import asyncio, benchmarks.footprint as b; asyncio.run(b.{work}({projects})); print(b.peak())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def peak() -> float:
    """Peak memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="benchmarks footprint", description=__doc__)
    parser.add_argument("--projects", type=int, default=100_000)
    projects = parser.parse_args().projects
    for names in IMPORTED:
        print(f"import {names:<46} {import_ms(names):>8.0f} ms")
    for work, what in (("fill", "the sandbox holds them"), ("walk", "and a client walks them")):
        print(f"{projects:,} projects: {what:<32} {peak_mib(work, projects):>8.0f} MiB at most")


if __name__ == "__main__":
    main()
