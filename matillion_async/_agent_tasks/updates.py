"""What is known of a task while it is waited for, and how what its agent asks is answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, TypeAlias

from matillion_async._errors import InvalidRequestError, MatillionError

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


def check_on_decision(given: object) -> None:
    """Refuse what is not a function; None stands for nobody.

    Raises:
        InvalidRequestError: it is something else.
    """
    if given is not None and not callable(given):
        kind = type(given).__name__
        raise InvalidRequestError(f"on_decision must be a function made by async def, not {kind}")


def answers_of(on_decision: OnDecision, asked: Sequence[PendingAgentTaskDecision]) -> Any:
    """What is to be awaited for the answers.

    Raises:
        InvalidRequestError: the function gave something else.
    """
    given: object = on_decision(asked)
    if not isawaitable(given):
        kind = type(given).__name__
        raise InvalidRequestError(
            f"on_decision must be a function made by async def, not one that returns {kind}"
        )
    return given
