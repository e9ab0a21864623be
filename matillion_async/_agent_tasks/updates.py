"""What is known of a task while it is waited for, and how what its agent asks is answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from matillion_async._errors import MatillionError

if TYPE_CHECKING:
    from matillion_api.models.agent_task_decision import AgentTaskDecision
    from matillion_api.models.pending_agent_task_decision import PendingAgentTaskDecision

    from matillion_async._agent_tasks.agent_run import AgentRun

OnDecision: TypeAlias = "Callable[[Sequence[PendingAgentTaskDecision]], Awaitable[Iterable[AgentTaskDecision | Mapping[str, Any]] | None]]"
"""Answers what an agent asks: it gets what is to be decided, and gives the decisions; None ends the wait."""


@dataclass(frozen=True, slots=True)
class AgentUpdate:
    """What is known of a task while it is waited for."""

    run: AgentRun
    status: str
    """Such as ``RUNNING``; empty as long as it is not known."""
    elapsed: float
    """Seconds since the wait began."""
    is_new: bool
    """Whether the status is another than before."""
    decisions: tuple[PendingAgentTaskDecision, ...] = ()
    """What the agent asks."""
    trouble: MatillionError | None = None
    """Why nothing could be learnt this time; it will be asked again."""
