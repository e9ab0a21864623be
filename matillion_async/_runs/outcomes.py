"""What is known of a run while it is waited for, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matillion_async._errors import MatillionError
from matillion_async._runs.statuses import RunStatus, as_text

if TYPE_CHECKING:
    from matillion_api.models.pipeline_execution import PipelineExecution

    from matillion_async._runs.runs import Run


@dataclass(frozen=True, slots=True)
class RunUpdate:
    """What is known of a run while it is waited for."""

    run: Run
    status: RunStatus
    """Such as ``RUNNING``; empty as long as it is not known."""
    elapsed: float
    """Seconds since the wait began."""
    is_new: bool
    """Whether the status is another than before."""
    trouble: MatillionError | None = None
    """Why the status could not be read this time; it will be asked for again."""


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """What became of a run that was watched."""

    run: Run
    execution: PipelineExecution | None = None
    """All that is known of it; None if it could not be found, or not be read."""
    error: MatillionError | None = None
    """Why not."""

    @property
    def status(self) -> RunStatus:
        """How it ended, such as ``SUCCESS``; empty if that could not be found out."""
        return RunStatus("" if self.execution is None else as_text(self.execution.status))

    @property
    def succeeded(self) -> bool:
        """Whether it ended with SUCCESS."""
        return self.status.succeeded
