"""Watching many runs at 60 calls a minute: calls sent, and how late an end is reported, on a virtual clock.

All runs start together, and one ends after the other over the time. ``watch`` is compared with one loop for each run
that asks for its details every 5 seconds, as users write it: without any limit, which the API would not allow, and
within the limit.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from benchmarks._report import Report, Table
from matillion_async import MatillionClient, Run
from matillion_async.sandbox import Pipeline, Sandbox, VirtualTimeLoop

LIMITS = ("60/min", "5/s")
INTERVAL = 5.0

Wait = Callable[[MatillionClient, list[Run]], AsyncIterator[str]]


async def watch(client: MatillionClient, runs: list[Run]) -> AsyncIterator[str]:
    """Ours."""
    async for outcome in client.pipeline_executions.watch(
        [(run.project_id, run.id) for run in runs]
    ):
        yield outcome.run.id


async def loops(client: MatillionClient, runs: list[Run]) -> AsyncIterator[str]:
    """One loop for each run."""

    async def until_end(run: Run) -> str:
        while True:
            execution = await client.pipeline_executions.get(run.project_id, run.id)
            if execution.status == "SUCCESS":
                return run.id
            await asyncio.sleep(INTERVAL)

    waits: list[Awaitable[str]] = [until_end(run) for run in runs]
    for ended in asyncio.as_completed(waits):
        yield await ended


async def measure(
    wait: Wait, number: int, seconds: float, limits: tuple[str, ...] | None
) -> tuple[int, float, float, float]:
    """Calls sent, the longest and the mean delay of a report, and when the last one came."""
    lasts = {f"p{index}": (index + 1) * seconds / number for index in range(number)}
    pipelines = [Pipeline(name, seconds=lasting) for name, lasting in lasts.items()]
    sandbox = Sandbox(projects=1, environments_per_project=1, pipelines=pipelines)
    loop = asyncio.get_running_loop()
    async with sandbox.client() as starter, sandbox.client(rate_limits=limits) as client:
        project = (await starter.projects.list()).results[0].id
        runs = [
            await starter.pipeline_executions.run(
                project, pipeline_name=name, environment_name="Environment 1"
            )
            for name in lasts
        ]
        ends = {run.id: loop.time() + lasts[run.pipeline_name or ""] for run in runs}
        began = loop.time()
        sandbox.reset_stats()
        delays = [loop.time() - ends[run_id] async for run_id in wait(client, runs)]
        return sandbox.stats.arrived, max(delays), sum(delays) / number, loop.time() - began


def add_options(parser: argparse.ArgumentParser) -> None:
    """How many runs, and how long the last one takes."""
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--minutes", type=float, default=10)


def run(options: argparse.Namespace) -> Report:
    """One row for each way to wait; with ``--quick`` there are a tenth of the runs."""
    number = options.runs // 10 if options.quick else options.runs
    ways: list[tuple[str, Wait, tuple[str, ...] | None]] = [
        ("watch, 60/min", watch, LIMITS),
        ("a loop per run, 60/min", loops, LIMITS),
        ("a loop per run, no limit", loops, None),
    ]
    rows = []
    for name, wait, limits in ways:
        with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
            work = measure(wait, number, options.minutes * 60, limits)
            calls, longest, mean, last = runner.run(work)
        rows.append((name, f"{calls:,}", f"{longest:.1f} s", f"{mean:.1f} s", f"{last:.0f} s"))
    title = f"{number} runs that end over {options.minutes:g} minutes"
    return Report([Table((title, "calls", "longest delay", "mean delay", "all reported"), rows)])
