"""Pipelines as users run them: started, waited for, watched."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

from matillion_async import MatillionError, PipelineRunFailed, Run, RunOutcome
from scripts._soak.caller import Caller, differs
from scripts._soak.world import ENVIRONMENTS, PIPELINES, PROJECTS


class Pipelines:
    """Starts pipelines, and looks whether each start has its own run."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def run(self) -> None:
        """A pipeline started, and mostly waited for."""
        run = await self._started()
        if run is None or self._caller.chance.random() < 0.2:
            return
        truth = self._caller.world.execution(run.id)
        outcome = truth.outcome if truth else "?"

        def check_error(error: MatillionError) -> str | None:
            if isinstance(error, PipelineRunFailed):
                return differs((run.id, outcome), (error.execution_id, error.status))
            return None

        await self._caller.oracle.call(
            "wait",
            run.id,
            lambda: run.wait(poll_interval=self._caller.workload.poll),
            lambda found: differs(
                (run.id, outcome), (found.pipeline_execution_id, str(found.status))
            ),
            check_error=check_error,
            cancel_after=self._caller.often(
                self._caller.workload.cancels, self._caller.workload.longest_wait
            ),
        )

    async def watch(self) -> None:
        """Several pipelines started, and watched together."""
        started = await asyncio.gather(
            *(self._started() for _ in range(self._caller.chance.randint(3, 8)))
        )
        runs = {run.id: run for run in started if run is not None}
        truths = {run_id: self._caller.world.execution(run_id) for run_id in runs}
        expected = {run_id: truth.outcome if truth else "?" for run_id, truth in truths.items()}

        def check(ends: list[RunOutcome]) -> str | None:
            wrong = [
                end.run.id
                for end in ends
                if end.error is None and end.status != expected[end.run.id]
            ]
            if wrong:
                return f"{wrong[0]} did not end so"
            return differs(sorted(runs), sorted(end.run.id for end in ends))

        async def watched() -> list[RunOutcome]:
            executions = self._caller.client.pipeline_executions
            watch = executions.watch(poll_interval=self._caller.workload.poll)
            watch.add(*runs.values())
            async with aclosing(watch) as ends:
                return [end async for end in ends]

        await self._caller.oracle.call(
            "watch",
            next(iter(runs), ""),
            watched,
            check,
            cancel_after=self._caller.often(
                self._caller.workload.cancels, self._caller.workload.longest_wait
            ),
        )

    async def _started(self) -> Run | None:
        marker = self._caller.marker()
        client, limits = self._caller.hurried(deadlines=False)
        limits["cancel_after"] = limits.get("cancel_after") or self._caller.workload.longest_start
        tag = marker if self._caller.chance.random() < 0.7 else None
        attach = tag is not None and self._caller.chance.random() < 0.5
        project, pipeline, environment = map(
            self._caller.chance.choice, (PROJECTS, PIPELINES, ENVIRONMENTS)
        )

        def check(run: Run) -> str | None:
            truth = self._caller.world.execution(run.id)
            return differs(marker, truth.marker if truth else f"no execution {run.id}")

        return await self._caller.oracle.call(
            "start",
            marker,
            lambda: client.pipeline_executions.run(
                project,
                pipeline_name=pipeline,
                environment_name=environment,
                variables={"marker": marker},
                execution_tag=tag,
                attach=attach,
            ),
            check,
            is_write=True,
            **limits,
        )
