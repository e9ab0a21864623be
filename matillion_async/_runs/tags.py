"""Which execution holds an execution tag, after a start was refused for it. Listings do not show tags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matillion_api.api.pipeline_executions import PipelineExecutions
from matillion_api.models.pipeline_execution_status_filter import PipelineExecutionStatusFilter

from matillion_async._moments import aware
from matillion_async._runs.statuses import as_text, has_ended

if TYPE_CHECKING:
    from matillion_api.models.pipeline_execution import PipelineExecution

    from matillion_async._calls.server_clock import ServerClock
    from matillion_async._runs.starts import Start, Starts

_CUT = 1.0
"""Seconds by which times in listings may be cut or rounded."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a look at the executions says of a tag."""

    execution_id: str | None = None
    """The execution that holds it, or did when the start was refused."""
    doubt: str = "no execution that may hold the tag is listed"
    """Otherwise, why there is none."""
    is_final: bool = False
    """Whether looking again would not change that."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A start that was refused because its tag was in use.

    Args:
        start: what was to be started.
        sent_at: when it was sent, in the time of the event loop.
        refused_at: when the response was there.
    """

    start: Start
    sent_at: float
    refused_at: float

    async def held(
        self, executions: PipelineExecutions, starts: Starts, clock: ServerClock
    ) -> Held:
        """Look for the execution: among the newest of its pipeline and environment, and where those are not all among all
        that run.

        Raises:
            MatillionError: they cannot be listed.
        """
        start = self.start
        assert start.project_id is not None
        page = await executions.list(
            project=start.project_id,
            pipeline_name=start.pipeline_name,
            environment_name=start.environment_name,
            limit=100,
        )
        listed = {each.pipeline_execution_id: each for each in page.results}
        if page.more:
            async for each in executions.list(
                project=start.project_id,
                pipeline_name=start.pipeline_name,
                environment_name=start.environment_name,
                status=[PipelineExecutionStatusFilter.RUNNING],
            ):
                listed.setdefault(each.pipeline_execution_id, each)
        return self.judge(listed.values(), starts, clock)

    def judge(
        self, listed: Iterable[PipelineExecution], starts: Starts, clock: ServerClock
    ) -> Held:
        """Which of the executions it is; no I/O.

        One that goes on is preferred: under one tag one comes after the other, so what has ended has given it back.
        """
        mine = [each for each in listed if self._may_hold(each, starts)]
        for execution in mine:
            if starts.tag_of(execution.pipeline_execution_id) is not None and not _is_over(
                execution
            ):
                return Held(execution.pipeline_execution_id)
        ahead = clock.ahead(self.sent_at)
        latest = None if ahead is None else self.refused_at + ahead.most + _CUT
        earliest = None if ahead is None else self.sent_at + ahead.least - _CUT
        going_on = [e for e in mine if not _is_over(e) and not _is_later(e.started_at, latest)]
        # Without the server's time nobody knows which of those that have ended went on at that moment.
        ended = [
            e
            for e in mine
            if _is_over(e)
            and not _is_later(e.started_at, latest)
            and earliest is not None
            and _is_later(e.finished_at, earliest)
        ]
        rivals = starts.rivals(self.start, self.refused_at)
        return self._chosen(going_on or ended, any(each.tag != self.start.tag for each in rivals))

    def _chosen(self, candidates: Sequence[PipelineExecution], has_rivals: bool) -> Held:
        names = ", ".join(each.pipeline_execution_id for each in candidates)
        if not candidates:
            return Held()
        if len(candidates) > 1:
            doubt = f"{len(candidates)} executions may hold the tag: {names}"
            return Held(doubt=doubt, is_final=True)
        if has_rivals:
            return Held(
                doubt=f"{names} may hold the tag, or be that of another start of this client"
            )
        return Held(candidates[0].pipeline_execution_id)

    def _may_hold(self, execution: PipelineExecution, starts: Starts) -> bool:
        start, name = self.start, execution.pipeline_execution_id
        is_of_another = starts.has_started(name) and starts.tag_of(name) != start.tag
        return start.looks_like(execution) and not is_of_another


def _is_over(execution: PipelineExecution) -> bool:
    return has_ended(as_text(execution.status), execution.finished_at)


def _is_later(moment: object, bound: float | None) -> bool:
    """Whether a moment is known, and after a bound that is known."""
    known = aware(moment)
    return bound is not None and known is not None and known.timestamp() > bound
