"""A task of an AI agent: something to wait for, to listen to, and to answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from matillion_async._agent_tasks.updates import AgentUpdate, check_on_decision
from matillion_async._agent_tasks.watching import ERRORED, AgentWatch
from matillion_async._errors import AgentTaskFailed, AgentTaskTimeoutError, InvalidRequestError
from matillion_async._observing.observer import ObservedWait
from matillion_async._observing.observers import ClientObservers
from matillion_async._observing.waits import observed_wait
from matillion_async._runs.statuses import as_text
from matillion_async._runs.waiting import check_wait
from matillion_async._text import in_seconds

if TYPE_CHECKING:
    from matillion_api.models.agent_task import AgentTask
    from matillion_api.models.agent_task_decision import AgentTaskDecision
    from matillion_api.models.agent_task_message import AgentTaskMessage
    from matillion_api.models.pending_agent_task_decision import PendingAgentTaskDecision

    from matillion_async._agent_tasks.agent_calls import AgentCalls
    from matillion_async._agent_tasks.updates import OnDecision


class AgentRun:
    """A task of an AI agent, made by ``client.ai_agent_tasks.run`` or ``attach``; its id is all that another process needs.

    Attributes:
        id: the id of the task.
    """

    def __init__(self, calls: AgentCalls, task_id: str) -> None:
        self._calls = calls
        self.id = task_id

    def __repr__(self) -> str:
        return f"<AgentRun {self.id}>"

    def __str__(self) -> str:
        return f"task {self.id}"

    async def details(self) -> AgentTask:
        """All that is known of it now."""
        return await self._calls.get(self.id)

    async def tell(self, message: str) -> None:
        """Send a message to its agent, which works on then; it is never sent twice."""
        await self._calls.send_message(self.id, message=message)

    async def decide(
        self, decisions: Iterable[AgentTaskDecision | Mapping[str, Any]]
    ) -> tuple[PendingAgentTaskDecision, ...]:
        """Answer what its agent asks; it is never sent twice. Gives what is left to decide, as far as the API says it.

        Raises:
            InvalidRequestError: these are not decisions; nothing was sent.
        """
        if not isinstance(decisions, Iterable) or isinstance(decisions, str | Mapping):
            kind = type(decisions).__name__
            raise InvalidRequestError(f"decisions must be a list of decisions, not {kind}")
        left = await self._calls.decide(self.id, decisions=list(decisions))
        return () if left is None else tuple(left.pending_decisions or ())

    async def stop(self) -> None:
        """Ask for its end; :meth:`wait` tells when it is over."""
        await self._calls.stop(self.id)

    def _observed(self) -> tuple[ClientObservers, ObservedWait]:
        """Who is told of a wait for it, and what."""
        return self._calls.told, ObservedWait("ai_agent_task", self.id)

    @observed_wait
    async def wait(
        self,
        timeout: float | None = None,  # noqa: ASYNC109 - its error says what became of the task
        on_update: Callable[[AgentUpdate], None] | None = None,
        poll_interval: float | None = None,
        on_decision: OnDecision | None = None,
    ) -> AgentTask:
        """Wait until its agent is no longer at work, through failures of the server, the network and the token endpoint.

        ``STOPPED`` is the end of a task that did what it was told and of one that somebody stopped: the API does not tell
        them apart, the messages do. An agent that asks something is not at the end, whatever its status is.

        Args:
            timeout: seconds to wait at most; without it as long as it takes.
            on_update: called after each question with what is known.
            poll_interval: seconds between two questions at least; otherwise as in :meth:`Run.wait`.
            on_decision: awaited with what the agent asks, each thing once; gives the answers, which are sent once. If it
                gives none, or there is no such function, the wait ends with an error that names what is asked.

        Returns:
            The task, stopped.

        Raises:
            AgentTaskFailed: it ended with ERRORED.
            AgentTaskDecisionNeeded: its agent asks something, and nobody answers; decide it and wait again.
            AgentTaskTimeoutError: it goes on.
            NotFoundError: there is no such task.
            MatillionError: any other failure that asking again would not change.
        """
        check_wait(timeout=timeout, poll_interval=poll_interval, on_update=on_update)
        check_on_decision(on_decision)
        watch = AgentWatch(self, self._calls, on_update, poll_interval, on_decision)
        try:
            async with asyncio.timeout(timeout) as limit:
                task = await watch.until_end()
        except TimeoutError:
            if timeout is None or not limit.expired():
                raise
            last = f", its last known status is {watch.status}" if watch.status else ""
            raise AgentTaskTimeoutError(
                f"{self} did not stop within {in_seconds(timeout)}{last}; it goes on: wait again or stop it",
                task_id=self.id,
                status=watch.status or None,
            ) from None
        return self.checked(task)

    async def follow(
        self,
        on_update: Callable[[AgentUpdate], None] | None = None,
        poll_interval: float | None = None,
        on_decision: OnDecision | None = None,
    ) -> AsyncGenerator[AgentTaskMessage, None]:
        """Its messages, those that are there and those that come, until its agent is no longer at work.

        >>> async for message in run.follow():
        ...     print(message.data)

        It lasts and asks as :meth:`wait` does, and raises the same but for the timeout, for which there is
        ``asyncio.timeout``. A message that changes comes again. That the listing has the oldest message first is taken
        for granted.

        Args:
            on_update: as in :meth:`wait`.
            poll_interval: as in :meth:`wait`.
            on_decision: as in :meth:`wait`.
        """
        check_wait(poll_interval=poll_interval, on_update=on_update)
        check_on_decision(on_decision)
        watch = AgentWatch(self, self._calls, on_update, poll_interval, on_decision)
        with self._calls.polling.member():
            async with aclosing(watch.messages()) as said:
                async for message in said:
                    yield message
        if watch.task is not None:
            self.checked(watch.task)

    def checked(self, task: AgentTask) -> AgentTask:
        """A task that has ended, unless it failed.

        Raises:
            AgentTaskFailed: it did.
        """
        if as_text(task.status) == ERRORED:
            about = f" ({task.description})" if task.description else ""
            raise AgentTaskFailed(
                f"{self}{about} ended with {ERRORED}; its messages may say why",
                task_id=self.id,
                task=task,
            )
        return task
