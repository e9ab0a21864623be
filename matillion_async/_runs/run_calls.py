"""The calls that are made for a run: ahead of others in the queue, and by the lightest way the server knows."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from matillion_api.api.pipeline_executions import PipelineExecutions
from matillion_api.models.pipeline_execution import PipelineExecution
from matillion_api.models.pipeline_execution_step import PipelineExecutionStep
from matillion_api.models.pipeline_execution_step_page import PipelineExecutionStepPage
from matillion_api.types import Listing

from matillion_async._calls.call import bulk_scope
from matillion_async._calls.session import Session
from matillion_async._errors import ResponseDecodingError, StatusError
from matillion_async._limits.limiter import Priority
from matillion_async._limits.polling import Polling
from matillion_async._names.naming import NamingSession
from matillion_async._names.project_names import ProjectNames
from matillion_async._runs.statuses import ENDED, UNDER_WAY, as_text, is_temporary

logger = logging.getLogger("matillion_async")


class RunCalls:
    """Asks for runs over a client's session.

    Args:
        session: the client's.
        names: the names of its projects.

    Attributes:
        executions: the operations, with the priority of somebody who waits.
        polling: all who poll over the connection.
    """

    def __init__(self, session: Session, names: ProjectNames) -> None:
        urgent = session.with_options(priority=Priority.INTERACTIVE).per_call()
        self.executions = PipelineExecutions(NamingSession(urgent, names))
        self.polling: Polling = session.connection.polling
        self._limiter = session.connection.limiter
        self._has_status = True
        self._reported = {"", *ENDED, *UNDER_WAY}

    @property
    def pace(self) -> float:
        """The limiter's, in requests per minute."""
        return self._limiter.stats().pace

    async def look(self, project_id: str, execution_id: str) -> str:
        """The status in capitals; empty if the answer has none.

        An older server has no call for the status alone, and the form of its answer is not documented: where it does
        not work, the details are asked for instead, from then on. If it was refused for a reason that holds for them
        as well, as for an execution that does not exist, they say so.

        Raises:
            NotFoundError: there is no such execution in the project.
        """
        if self._has_status:
            try:
                with _outside_bulk():
                    answer = await self.executions.status(project_id, execution_id)
                if answer.status:
                    return as_text(answer.status)
            except (StatusError, ResponseDecodingError) as error:
                if is_temporary(error):
                    raise
        execution = await self.details(project_id, execution_id)
        self._has_status = False
        return as_text(execution.status)

    async def details(self, project_id: str, execution_id: str) -> PipelineExecution:
        """All that is known."""
        with _outside_bulk():
            return await self.executions.get(project_id, execution_id)

    def has_ended(self, what: object, status: str) -> bool:
        """Whether a status is an end; one that is not known is none, and is logged the first time it is met."""
        if status not in self._reported:
            self._reported.add(status)
            logger.warning("%s has the unknown status %r; waiting on", what, status)
        return status in ENDED

    async def cancel(self, project_id: str, execution_id: str, *, force_update: bool) -> None:
        """Ask for its end."""
        await self.executions.cancel(project_id, execution_id, force_update=force_update)

    def steps(
        self, project_id: str, execution_id: str
    ) -> Listing[PipelineExecutionStep, PipelineExecutionStepPage]:
        """The steps so far."""
        return self.executions.steps(project_id, execution_id)


@contextmanager
def _outside_bulk() -> Iterator[None]:
    """Let a call keep its priority where a bulk waits for runs."""
    token = bulk_scope.set(None)
    try:
        yield
    finally:
        bulk_scope.reset(token)
