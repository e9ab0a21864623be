"""Find the execution of a start whose answer was lost, without starting anything."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from matillion_api.api.pipeline_executions import PipelineExecutions
from matillion_api.models.pipeline_execution import PipelineExecution

from matillion_async._errors import MatillionError
from matillion_async._listings.windows import aware
from matillion_async._runs.statuses import as_text, is_temporary

PAUSES = (0.0, 2.0, 5.0, 10.0, 20.0)
"""Seconds before each look: a request may be carried out some time after its connection broke."""
TOLERANCE = timedelta(seconds=10)
"""By how much this machine's clock may be ahead of the server's."""
_SUFFIXES = ("", ".orch.yaml", ".tran.yaml")


def now() -> datetime:
    """The time of day."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Sought:
    """A start, by what executions show of it: its tag is not among that."""

    project_id: str
    pipeline_name: str
    environment_name: str
    since: datetime
    """When the request was sent, less the tolerance."""

    @property
    def query(self) -> str:
        """The call that shows what may be it, as a user would write it."""
        return (
            f"client.pipeline_executions.list(project={self.project_id!r}, "
            f"pipeline_name={self.pipeline_name!r}, environment_name={self.environment_name!r}, "
            f"started_after=datetime.fromisoformat({self.since.isoformat(timespec='seconds')!r}))"
        )

    def matches(self, execution: PipelineExecution) -> bool:
        """Whether an execution may be the one."""
        names = [self.pipeline_name + suffix for suffix in _SUFFIXES]
        started = aware(execution.started_at)
        return (
            execution.pipeline_execution_id != ""
            and execution.pipeline_name in names
            and execution.environment_name == self.environment_name
            and (not execution.project_id or execution.project_id == self.project_id)
            and as_text(execution.trigger) in ("", "API", "UNKNOWN")
            and (started is None or started >= self.since)
        )


async def find(executions: PipelineExecutions, sought: Sought) -> Sequence[PipelineExecution]:
    """What may be the execution: looked for several times, until there is something.

    Raises:
        MatillionError: looking is not allowed, or no look was answered.
    """
    failure: MatillionError | None = None
    for pause in PAUSES:
        await asyncio.sleep(pause)
        try:
            listed = await executions.list(
                project=sought.project_id,
                pipeline_name=sought.pipeline_name,
                environment_name=sought.environment_name,
                started_after=sought.since,
            ).all()
        except MatillionError as error:
            if not is_temporary(error):
                raise
            failure = error
            continue
        failure = None
        found = [execution for execution in listed if sought.matches(execution)]
        if found:
            return found
    if failure is not None:
        raise failure
    return []
