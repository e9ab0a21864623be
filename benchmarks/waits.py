"""Many waits on one client at 60 calls a minute: how late an end is noticed, and requests, on a virtual clock.

Each run is waited for by a ``run.wait()`` of its own, as in a service or a triggerer. The runs end evenly over the time: in the
order in which they were started, in any order, or each 30 seconds after its start, so that waits join and leave all
the while.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import statistics
from dataclasses import dataclass, field
from typing import TypeVar

from benchmarks._report import Goal, Report, Table
from benchmarks._virtual import on_virtual_time
from matillion_async import Change
from matillion_async.sandbox import Pipeline, Sandbox
from matillion_async.sandbox._state import Project
from matillion_async.sandbox.groups._executions import Execution

T = TypeVar("T")

LIMITS = ("60/min", "5/s")
LASTING = 30.0
"""Seconds that a run takes which starts meanwhile."""
ORDERS = ("in order", "in any order", "started meanwhile")
BOUNDS = {"in order": (2, 10, 60), "in order, 4 processes": (5, 20, 200)}
"""Of the median and the longest delay, in seconds, and of requests."""


@dataclass(slots=True)
class Measured:
    """What became of the waits."""

    waits: int
    requests: int = 0
    refused: int = 0
    delays: list[float] = field(default_factory=list)
    """Seconds from the end of each run that was noticed until then."""

    @property
    def median(self) -> float:
        return statistics.median(self.delays)


def started(sandbox: Sandbox, project: Project, pipeline: Pipeline) -> str:
    """The id of an execution that begins now, and for which no request is made: somebody else has started it."""
    executions = project.tables.of(Execution)
    execution = Execution(
        id=sandbox._backend.state.new_id("pipeline execution"),
        number=1 + len(executions),
        project_id=project.id,
        environment_name="Environment 1",
        pipeline_name=pipeline.name,
        pipeline=pipeline,
        requested_at=sandbox._backend.now(),
    )
    executions.add(execution.id, execution)
    return execution.id


class Memory:
    """A shared place in memory, on the virtual clock, for clients that stand for processes."""

    def __init__(self) -> None:
        self._values: dict[str, bytes] = {}

    def update(self, name: str, change: Change[T]) -> T:
        """Change a value as one step."""
        value, result = change(self._values.get(name), asyncio.get_running_loop().time())
        if value is not None:
            self._values[name] = value
        return result

    async def aclose(self) -> None:
        """There is nothing to close."""


async def measure(order: str, number: int, seconds: float, processes: int = 1) -> Measured:
    """Wait for runs, for the time over which they end and a minute, from clients that share a limit."""
    numbers = [*range(number)]
    if order == "in any order":
        random.Random(7).shuffle(numbers)
    steps = [(index + 1) * seconds / number for index in numbers]
    lasts = [LASTING] * number if order == "started meanwhile" else steps
    pipelines = [Pipeline(f"p{index}", seconds=lasting) for index, lasting in enumerate(lasts)]
    sandbox = Sandbox(projects=1, pipelines=pipelines, limits=LIMITS)
    loop = asyncio.get_running_loop()
    measured = Measured(number)
    share = Memory() if processes > 1 else "none"
    async with contextlib.AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(sandbox.client(rate_limits=LIMITS, share=share))
            for _ in range(processes)
        ]
        (project,) = sandbox._backend.state.projects
        for client in clients:
            await client.projects.list()  # with a token
        await asyncio.sleep(60)
        sandbox.reset_stats()
        began = loop.time()

        async def one(index: int) -> None:
            if order == "started meanwhile":
                await asyncio.sleep(steps[index])
            ends = loop.time() + lasts[index]
            run_id = started(sandbox, project, pipelines[index])
            executions = clients[index % processes].pipeline_executions
            await executions.attach(project.id, run_id).wait()
            measured.delays.append(loop.time() - ends)

        waits = [asyncio.create_task(one(index)) for index in range(number)]
        await asyncio.wait(waits, timeout=seconds + 60)
        for wait in waits:
            wait.cancel()
        for outcome in await asyncio.gather(*waits, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome
        assert loop.time() - began <= seconds + 60
    measured.requests, measured.refused = sandbox.stats.arrived, sandbox.stats.refused
    return measured


def add_options(parser: argparse.ArgumentParser) -> None:
    """How many waits, and over what time the runs end."""
    parser.add_argument("--waits", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=120)


def run(options: argparse.Namespace) -> Report:
    """One row for each order; it is quick as it is."""
    rows = []
    goals: list[Goal] = []
    for order, processes in (*((order, 1) for order in ORDERS), ("in order", 4)):
        found = on_virtual_time(measure(order, options.waits, options.seconds, processes))
        noticed, longest = len(found.delays), max(found.delays)
        numbers = (f"{noticed} of {found.waits}", f"{found.median:.1f} s", f"{longest:.1f} s")
        if processes > 1:
            order = f"{order}, {processes} processes"
        rows.append((order, *numbers, f"{found.requests}", f"{found.refused}"))
        if bounds := BOUNDS.get(order):
            goals += [
                Goal(f"{order}: not noticed", found.waits - noticed, 0, "", 0),
                Goal(f"{order}: median delay", found.median, bounds[0], "s", 1),
                Goal(f"{order}: longest delay", longest, bounds[1], "s", 1),
                Goal(f"{order}: requests", found.requests, bounds[2], "", 0),
            ]
    title = f"{options.waits} waits, runs end over {options.seconds:g} s"
    head = (title, "noticed", "median delay", "longest delay", "requests", "refused")
    return Report([Table(head, rows)], goals)
