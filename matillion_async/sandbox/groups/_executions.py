"""An execution as it changes with time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from matillion_async.sandbox._clock import iso
from matillion_async.sandbox._pipelines import Pipeline

CANCELLING_SECONDS = 1.0
"""How long a cancellation takes."""
ACTIVE = ("QUEUED", "RUNNING", "CANCELLING")


@dataclass(slots=True, kw_only=True)
class Execution:
    """An execution; everything it says follows from when it was started and cancelled, and from the time."""

    id: str
    number: int
    """Counts all executions of the account."""
    project_id: str
    environment_name: str
    pipeline_name: str
    pipeline: Pipeline
    requested_at: float
    tag: str | None = None
    version_name: str | None = None
    trigger: str = "API"
    schedule_id: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    cancelled_at: float | None = None
    """When it was asked to end."""
    is_forced: bool = False

    @property
    def starts_at(self) -> float:
        """When it begins to run, unless it is cancelled before."""
        return self.requested_at + self.pipeline.queued

    @property
    def ends_at(self) -> float:
        """When it is over."""
        if self.cancelled_at is None:
            return self.starts_at + self.pipeline.seconds
        return self.cancelled_at + (0.0 if self.is_forced else CANCELLING_SECONDS)

    def status(self, now: float) -> str:
        """Where it is."""
        if now >= self.ends_at:
            return self.pipeline.outcome if self.cancelled_at is None else "CANCELLED"
        if self.cancelled_at is not None:
            return "CANCELLING"
        return "RUNNING" if now >= self.starts_at else "QUEUED"

    def cancel(self, now: float, is_forced: bool) -> None:
        """Ask for its end; one that is over, or was asked before, stays as it is."""
        if self.status(now) in ("QUEUED", "RUNNING"):
            self.cancelled_at, self.is_forced = now, is_forced

    def row(self, now: float) -> dict[str, Any]:
        """What the API says of it."""
        status = self.status(now)
        fields: dict[str, Any] = {
            "pipelineExecutionId": self.id,
            "projectId": self.project_id,
            "environmentName": self.environment_name,
            "pipelineName": self.pipeline_name,
            "pipelineType": "TRANSFORMATION"
            if self.pipeline_name.endswith(".tran.yaml")
            else "ORCHESTRATION",
            "status": status,
            "trigger": self.trigger,
        }
        if self.schedule_id is not None:
            fields["scheduleId"] = self.schedule_id
        if self._has_started(now):
            fields["startedAt"] = iso(self.starts_at)
        if status not in ACTIVE:
            fields["finishedAt"] = iso(self.ends_at)
            cancelled = status == "CANCELLED" and self.cancelled_at is not None
            fields["message"] = "It was cancelled." if cancelled else self.pipeline.last_words
        return fields

    def steps(self, now: float) -> list[dict[str, Any]]:
        """The steps that have begun, each a part of the pipeline's time."""
        if not self._has_started(now) or self.pipeline.outcome in ("SKIPPED", "FORBIDDEN"):
            return []
        names = self.pipeline.steps
        share = self.pipeline.seconds / len(names)
        begun = []
        for index, name in enumerate(names):
            begins, ends = self.starts_at + index * share, self.starts_at + (index + 1) * share
            if begins > min(now, self.ends_at):
                break
            begun.append(self._step(index, name, begins, ends, now))
        return begun

    def _has_started(self, now: float) -> bool:
        return self.starts_at <= min(now, self.ends_at)

    def _step(
        self, index: int, name: str, begins: float, ends: float, now: float
    ) -> dict[str, Any]:
        is_last = index == len(self.pipeline.steps) - 1
        result: dict[str, Any] = {"status": "RUNNING", "startedAt": iso(begins)}
        if self.cancelled_at is not None and self.ends_at < ends:
            if now >= self.ends_at:
                result |= {"status": "CANCELLED", "finishedAt": iso(self.ends_at)}
        elif now >= ends:
            status = self.pipeline.outcome if is_last else "SUCCESS"
            result |= {"status": status, "finishedAt": iso(ends)}
            if status == "FAILED":
                result["message"] = self.pipeline.reason
        return {
            "id": f"{self.id}-{index + 1}",
            "name": name,
            "result": result,
            "childPipeline": None,
        }
