"""The calls that are made for a run: ahead of others in the queue, and by the lightest way the server knows."""

from __future__ import annotations

import logging

from matillion_api.api.pipeline_executions import PipelineExecutions, get_pipeline_execution
from matillion_api.models.pipeline_execution import PipelineExecution
from matillion_api.models.pipeline_execution_step import PipelineExecutionStep
from matillion_api.models.pipeline_execution_step_page import PipelineExecutionStepPage
from matillion_api.types import Listing

from matillion_async._errors import ResponseDecodingError, StatusError, is_of_the_caller
from matillion_async._limits.queue import Priority
from matillion_async._names.naming import NamingSession
from matillion_async._runs.gathering import Gathering, Gatherings
from matillion_async._runs.polling import Polling, part_of_rate
from matillion_async._runs.recording import RecordingSession
from matillion_async._runs.run_listings import RunListings
from matillion_async._runs.starts import Starts
from matillion_async._runs.statuses import (
    GOING_ON,
    UNDER_WAY,
    as_text,
    has_ended,
    of_another,
    without_status,
)

logger = logging.getLogger("matillion_async")


class RunGatherings(Gatherings[PipelineExecution]):
    """Those of runs."""


class RunCalls:
    """Asks for runs over a client's session.

    Args:
        session: the client's.

    Attributes:
        executions: the operations, with the priority of somebody who waits.
        polling: all who poll over the connection.
        told: who is told of waits.
        gathering: all who wait over the connection with the same options.
    """

    def __init__(self, session: NamingSession) -> None:
        urgent = session.with_options(priority=Priority.INTERACTIVE).per_call()
        connection = session.by_id.connection
        self.executions = PipelineExecutions(RecordingSession(urgent, connection.shared(Starts)))
        self.polling = connection.shared(Polling)
        self.told = session.by_id.options.told
        self._limiter = connection.limiter
        self.gathering = connection.shared(RunGatherings).of(
            urgent.by_id.options,
            lambda: Gathering(
                RunListings(self),
                self.polling,
                lambda: self.requests_per_minute,
                "matillion waits for runs",
            ),
        )
        self._has_status = True
        self._reported = {"", *UNDER_WAY}

    @property
    def requests_per_minute(self) -> float:
        """The long-run rate of the limiter, or this process's part of it."""
        return part_of_rate(self._limiter.stats())

    async def look(
        self, project_id: str, execution_id: str
    ) -> tuple[str, PipelineExecution | None]:
        """The status in capitals, empty if only the details have it; and those, unless it says that the execution goes on.

        An older server has no call for the status alone, and the form of its response is not documented: where it does
        not work, the details are asked for instead, from then on. If it was refused for a reason that holds for them
        as well, as for an execution that does not exist, they say so.

        Raises:
            NotFoundError: there is no such execution in the project.
            ResponseDecodingError: the details have no status, or are another execution's.
        """
        status = await self._status(project_id, execution_id) if self._has_status else ""
        if status in GOING_ON:
            return status, None
        if status:
            return status, await self.read(project_id, execution_id)
        execution = await self.read(project_id, execution_id)
        self._has_status = False
        return "", execution

    async def _status(self, project_id: str, execution_id: str) -> str:
        """What the call for the status alone says; empty if that is nothing."""
        try:
            response = await self.executions.status(project_id, execution_id)
        except (StatusError, ResponseDecodingError) as error:
            if error.is_temporary or is_of_the_caller(error):
                raise
            return ""
        return as_text(response.status)

    async def details(self, project_id: str, execution_id: str) -> PipelineExecution:
        """All that is known.

        Raises:
            ResponseDecodingError: the response is about another execution.
        """
        execution = await self.executions.get(project_id, execution_id)
        told = execution.pipeline_execution_id
        if told and told.lower() != execution_id.lower():
            raise of_another(get_pipeline_execution.OPERATION.id, told)
        return execution

    async def read(self, project_id: str, execution_id: str) -> PipelineExecution:
        """All that is known, the status included.

        Raises:
            ResponseDecodingError: the response has no status; the message has the names of what it has instead.
        """
        execution = await self.details(project_id, execution_id)
        if as_text(execution.status):
            return execution
        raise without_status(get_pipeline_execution.OPERATION.id, execution.to_dict())

    def has_ended(self, what: object, status: str, finished_at: object) -> bool:
        """Whether the status is terminal. Unknown statuses count as not terminal, and each is logged once."""
        if has_ended(status, finished_at):
            return True
        if status not in self._reported:
            self._reported.add(status)
            logger.warning("%s has the unknown status %r; still waiting", what, status)
        return False

    async def cancel(self, project_id: str, execution_id: str, *, force_update: bool) -> None:
        """Ask for its end."""
        await self.executions.cancel(project_id, execution_id, force_update=force_update)

    def steps(
        self, project_id: str, execution_id: str
    ) -> Listing[PipelineExecutionStep, PipelineExecutionStepPage]:
        """The steps so far."""
        return self.executions.steps(project_id, execution_id)
