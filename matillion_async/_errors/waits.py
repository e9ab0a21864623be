"""How a wait can end: a run of a pipeline, or a task of an AI agent, that failed, goes on, or asks something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matillion_async._errors.base import MatillionError

if TYPE_CHECKING:
    from matillion_api.models.agent_task import AgentTask
    from matillion_api.models.pending_agent_task_decision import PendingAgentTaskDecision
    from matillion_api.models.pipeline_execution import PipelineExecution
    from matillion_api.models.pipeline_execution_step import PipelineExecutionStep


class PipelineRunFailed(MatillionError):  # noqa: N818 - what happened is in the name already
    """A run of a pipeline ended with anything but SUCCESS: it failed, or was cancelled, skipped or forbidden.

    Attributes:
        project_id: the project it ran in.
        execution_id: the id of its execution.
        status: how it ended, such as ``FAILED`` or ``CANCELLED``.
        execution: all that is known of it; ``execution.message`` is what it says of its end.
        failed_steps: its steps that failed, as far as they could be read.
    """

    def __init__(
        self,
        message: str,
        *,
        project_id: str,
        execution_id: str,
        status: str,
        execution: PipelineExecution,
        failed_steps: tuple[PipelineExecutionStep, ...] = (),
    ) -> None:
        super().__init__(message)
        self.project_id = project_id
        self.execution_id = execution_id
        self.status = status
        self.execution = execution
        self.failed_steps = failed_steps


class PipelineRunTimeoutError(MatillionError, TimeoutError):
    """A run of a pipeline did not end in the time it was given; it goes on, and can be waited for again.

    Attributes:
        project_id: the project it runs in.
        execution_id: the id of its execution.
        status: its last known status; None if it was never learnt.
    """

    def __init__(
        self, message: str, *, project_id: str, execution_id: str, status: str | None
    ) -> None:
        super().__init__(message)
        self.project_id = project_id
        self.execution_id = execution_id
        self.status = status


class AgentTaskFailed(MatillionError):  # noqa: N818 - what happened is in the name already
    """A task of an AI agent ended with ERRORED.

    Attributes:
        task_id: the id of the task.
        task: all that is known of it.
    """

    def __init__(self, message: str, *, task_id: str, task: AgentTask) -> None:
        super().__init__(message)
        self.task_id = task_id
        self.task = task


class AgentTaskTimeoutError(MatillionError, TimeoutError):
    """A task of an AI agent did not stop in the time it was given; it goes on, and can be waited for again.

    Attributes:
        task_id: the id of the task.
        status: its last known status; None if it was never learnt.
    """

    def __init__(self, message: str, *, task_id: str, status: str | None) -> None:
        super().__init__(message)
        self.task_id = task_id
        self.status = status


class AgentTaskDecisionNeeded(MatillionError):  # noqa: N818 - what happened is in the name already
    """An AI agent asks something, and works on once that is decided; nothing has failed.

    Attributes:
        task_id: the id of the task.
        decisions: what it asks.
    """

    def __init__(
        self, message: str, *, task_id: str, decisions: tuple[PendingAgentTaskDecision, ...]
    ) -> None:
        super().__init__(message)
        self.task_id = task_id
        self.decisions = decisions
