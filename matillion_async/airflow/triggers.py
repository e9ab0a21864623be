"""What waits in a triggerer: for the end of a run of a pipeline, and of a task of an AI agent."""

from __future__ import annotations

import asyncio
import time
from abc import abstractmethod
from collections.abc import AsyncIterator
from typing import Any

from matillion_async import (
    AgentTaskDecisionNeeded,
    AgentTaskFailed,
    AgentTaskTimeoutError,
    AuthenticationError,
    MatillionClient,
    MatillionError,
    PipelineRunFailed,
    PipelineRunTimeoutError,
    Run,
)
from matillion_async.airflow._clients import clients
from matillion_async.airflow._events import ended, failed, timed_out
from matillion_async.airflow._kills import finish, is_killed
from matillion_async.airflow._names import TELLS_OF_KILLS, BaseTrigger, TriggerEvent

CANCEL_SECONDS = 20.0
"""For the cancellation of what a killed task has started; Airflow gives 30."""
_ONE_LOOK = 30.0


class JobTrigger(BaseTrigger):
    """Waits for the end of something that Matillion does, and fires one event that tells how it ended.

    All triggers of a triggerer share one client per connection, and so its token and its limit, and ask together.

    Args:
        conn_id: id of the connection.
        deadline: when it gives up, in seconds since 1970; it asks for the end of the job then.
        cancel_on_kill: whether the job is ended when somebody kills the task: clears it, or marks it. When the triggerer
            ends, the job goes on.
        poll_interval: seconds between two questions at least; as the client thinks right unless given.
    """

    def __init__(
        self,
        *,
        conn_id: str,
        deadline: float | None = None,
        cancel_on_kill: bool = True,
        poll_interval: float | None = None,
    ) -> None:
        super().__init__()
        self.conn_id = conn_id
        self.deadline = deadline
        self.cancel_on_kill = cancel_on_kill
        self.poll_interval = poll_interval

    @property
    @abstractmethod
    def job(self) -> dict[str, str]:
        """The ids of the job."""

    @abstractmethod
    async def wait(self, client: MatillionClient, seconds: float | None) -> dict[str, Any]:
        """Wait for the end; gives the event."""

    @abstractmethod
    async def cancel(self, client: MatillionClient) -> None:
        """Ask for its end."""

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """The class and its arguments; the connection is looked up where the trigger runs."""
        arguments = {
            "conn_id": self.conn_id,
            "deadline": self.deadline,
            "cancel_on_kill": self.cancel_on_kill,
            "poll_interval": self.poll_interval,
        }
        return f"{type(self).__module__}.{type(self).__qualname__}", self.job | arguments

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Wait, and fire the event."""
        try:
            event = await self._event()
        except asyncio.CancelledError:
            if not TELLS_OF_KILLS and self.cancel_on_kill:
                await finish(self._cancel_if_killed())
            raise
        yield TriggerEvent(event)

    async def on_kill(self) -> None:
        """End the job, since somebody has killed the task."""
        if self.cancel_on_kill:
            await finish(self._cancel())

    async def _event(self) -> dict[str, Any]:
        while True:
            async with clients().use(self.conn_id) as held:
                try:
                    return await self.wait(held.client, self.seconds_left())
                except AuthenticationError as error:
                    if not await clients().is_outdated(self.conn_id, held):
                        return failed(self.job, "", str(error))
                    self.log.info("the connection %s was changed: asking with it", self.conn_id)
                except MatillionError as error:
                    return failed(self.job, "", str(error))

    def seconds_left(self) -> float | None:
        """Until the deadline; None if there is none."""
        return None if self.deadline is None else max(0.0, self.deadline - time.time())

    async def given_up(self, client: MatillionClient, error: MatillionError) -> dict[str, Any]:
        """The event of a job that took too long, whose end was asked for."""
        text = str(error)
        if self.cancel_on_kill:
            try:
                async with asyncio.timeout(CANCEL_SECONDS):
                    await self.cancel(client)
            except (MatillionError, TimeoutError) as failure:
                text += f"; it could not be cancelled: {str(failure) or 'no response'}"
            else:
                text += "; it is cancelled"
        return timed_out(self.job, text)

    async def _cancel_if_killed(self) -> None:
        if await is_killed(self):
            await self._cancel()

    async def _cancel(self) -> None:
        self.log.info("the task was killed: cancelling %s", self.job)
        try:
            async with asyncio.timeout(CANCEL_SECONDS), clients().use(self.conn_id) as held:
                await self.cancel(held.client)
        except Exception:
            self.log.exception("%s could not be cancelled, and goes on", self.job)


class RunTrigger(JobTrigger):
    """Waits for the end of a run of a pipeline.

    Args:
        project_id: id of the project.
        execution_id: id of the execution.
        **options: as of :class:`JobTrigger`.
    """

    def __init__(self, *, project_id: str, execution_id: str, **options: Any) -> None:
        super().__init__(**options)
        self.project_id = project_id
        self.execution_id = execution_id

    @property
    def job(self) -> dict[str, str]:
        """The ids of the job."""
        return {"project_id": self.project_id, "execution_id": self.execution_id}

    async def wait(self, client: MatillionClient, seconds: float | None) -> dict[str, Any]:
        """Wait for the end; gives the event."""
        run = client.pipeline_executions.attach(self.project_id, self.execution_id)
        try:
            try:
                execution = await run.wait(timeout=seconds, poll_interval=self.poll_interval)
            except PipelineRunTimeoutError as error:
                if await _goes_on(run):
                    return await self.given_up(client, error)
                # It ended while nobody looked, as when there was no triggerer for a while.
                execution = await run.wait()
        except PipelineRunFailed as error:
            return failed(self.job, error.status, str(error))
        return ended(self.job, str(execution.status))

    async def cancel(self, client: MatillionClient) -> None:
        """Ask for its end."""
        await client.pipeline_executions.attach(self.project_id, self.execution_id).cancel()


async def _goes_on(run: Run) -> bool:
    """Whether a run may go on."""
    try:
        return (await run.status()).is_active
    except MatillionError:
        return (
            True  # the API has been away for long; whoever is out of time tries to cancel it then
        )


class AgentTaskTrigger(JobTrigger):
    """Waits until an AI agent is no longer at work on a task.

    Args:
        agent_task_id: id of the task, in Matillion.
        **options: as of :class:`JobTrigger`.
    """

    def __init__(self, *, agent_task_id: str, **options: Any) -> None:
        super().__init__(**options)
        self.agent_task_id = agent_task_id

    @property
    def job(self) -> dict[str, str]:
        """The ids of the job."""
        return {"agent_task_id": self.agent_task_id}

    async def wait(self, client: MatillionClient, seconds: float | None) -> dict[str, Any]:
        """Wait for the end; gives the event."""
        run = client.ai_agent_tasks.attach(self.agent_task_id)
        # Once at least, as it may have ended while there was no triggerer.
        seconds = None if seconds is None else max(seconds, _ONE_LOOK)
        try:
            task = await run.wait(timeout=seconds, poll_interval=self.poll_interval)
        except AgentTaskTimeoutError as error:
            return await self.given_up(client, error)
        except AgentTaskDecisionNeeded as error:
            return failed(self.job, "DECISION_NEEDED", str(error))
        except AgentTaskFailed as error:
            return failed(self.job, str(error.task.status), str(error))
        return ended(self.job, str(task.status))

    async def cancel(self, client: MatillionClient) -> None:
        """Ask for its end."""
        await client.ai_agent_tasks.attach(self.agent_task_id).stop()
