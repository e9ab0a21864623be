"""A run of a pipeline: something to wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote

from matillion_async._arguments import check, flag_fault
from matillion_async._errors import (
    InvalidRequestError,
    MatillionError,
    PipelineRunFailed,
    PipelineRunTimeoutError,
)
from matillion_async._observing.observer import ObservedWait
from matillion_async._observing.observers import ClientObservers
from matillion_async._observing.waits import observed_wait
from matillion_async._runs.outcomes import RunUpdate
from matillion_async._runs.statuses import ENDED, FAILED, SUCCESS, RunStatus, as_text
from matillion_async._runs.steps import failures_in_words, has_failed
from matillion_async._runs.wait import RunWait
from matillion_async._runs.waiting import check_wait
from matillion_async._text import in_seconds

if TYPE_CHECKING:
    from matillion_api.models.pipeline_execution import PipelineExecution
    from matillion_api.models.pipeline_execution_step import PipelineExecutionStep
    from matillion_api.models.pipeline_execution_step_page import PipelineExecutionStepPage
    from matillion_api.types import Listing

    from matillion_async._runs.run_calls import RunCalls

_PAGES = "https://app.matillion.com/observability-dashboard/pipeline/"
"""Where the vendor's user interface shows an execution; two public clients link there."""


class Run:
    """A run of a pipeline, made by ``client.pipeline_executions.run`` or ``attach``.

    ``run.project_id`` and ``run.id`` are all that another process needs to wait for it, by ``attach``.

    Attributes:
        id: the id of its execution.
        project_id: the project it runs in.
        pipeline_name: the pipeline; None after ``attach``.
        environment_name: the environment; None after ``attach``.
        was_running: whether ``run`` found it under its tag, and has not started it; True after ``attach``. Where the response
            to the start was lost it is False, although the start may not have arrived, and another process have
            started what was found.
    """

    def __init__(
        self,
        calls: RunCalls,
        project_id: str,
        execution_id: str,
        *,
        pipeline_name: str | None = None,
        environment_name: str | None = None,
        was_running: bool = False,
    ) -> None:
        self._calls = calls
        self.project_id = project_id
        self.id = execution_id
        self.pipeline_name = pipeline_name
        self.environment_name = environment_name
        self.was_running = was_running

    def __repr__(self) -> str:
        return f"<Run {self}>"

    def __str__(self) -> str:
        return f"{self.pipeline_name} ({self.id})" if self.pipeline_name else self.id

    @property
    def url(self) -> str:
        """Its page in the vendor's user interface."""
        return f"{_PAGES}{quote(self.id, safe='')}"

    async def status(self) -> RunStatus:
        """Where it is now, by one look; see :class:`RunStatus` for what that means.

        An end that the status alone tells is looked up in the details, as :meth:`wait` does.

        Raises:
            NotFoundError: there is no such execution in the project.
            ResponseDecodingError: the response has no status, or is another execution's.
        """
        claimed, execution = await self._calls.look(self.project_id, self.id)
        return RunStatus(claimed if execution is None else as_text(execution.status))

    async def details(self) -> PipelineExecution:
        """All that is known of it now."""
        return await self._calls.details(self.project_id, self.id)

    def steps(self) -> Listing[PipelineExecutionStep, PipelineExecutionStepPage]:
        """Its steps so far, as a listing."""
        return self._calls.steps(self.project_id, self.id)

    async def cancel(self, *, force_update: bool = False) -> None:
        """Ask for its end; :meth:`wait` tells when it is over, and how."""
        check(InvalidRequestError, force_update=flag_fault(force_update))
        await self._calls.cancel(self.project_id, self.id, force_update=force_update)

    def _observed(self) -> tuple[ClientObservers, ObservedWait]:
        """Who is told of a wait for it, and what."""
        return self._calls.told, ObservedWait(
            "pipeline_execution", self.id, self.project_id, self.pipeline_name
        )

    @observed_wait
    async def wait(
        self,
        timeout: float | None = None,  # noqa: ASYNC109 - its error says what became of the run
        on_update: Callable[[RunUpdate], None] | None = None,
        poll_interval: float | None = None,
    ) -> PipelineExecution:
        """Wait for its end, through failures of the server, the network and the token endpoint.

        It ends with ``SUCCESS``, ``FAILED``, ``CANCELLED``, ``SKIPPED`` or ``FORBIDDEN``; ``FAILURE`` and ``ERROR``,
        which some clients have seen, count as ends too. An unknown status is an end if the details have the time of
        one; otherwise it is logged once, and waited through. Where the status alone says that the execution goes on, the
        details are read after a minute and then ever more seldom, and believed rather than it.

        Args:
            timeout: seconds to wait at most; without it as long as it takes.
            on_update: called after each question with what is known.
            poll_interval: seconds between two questions at least. Otherwise a tenth of the time since the status
                changed, from 1 to 15 seconds. All who wait on one client use half of its rate limit at most, so that
                the pause is longer where there are many or the limit is low. From three on they are gathered: listings
                are read for all of them, and what is in there is news for each.

        Returns:
            The execution, ended with SUCCESS.

        Raises:
            PipelineRunFailed: it ended otherwise, also if it was skipped or somebody cancelled it.
            PipelineRunTimeoutError: it goes on.
            InvalidRequestError: a time is not a number, or less than 0; nothing was sent.
            NotFoundError: there is no such execution in the project.
            ResponseDecodingError: five responses in a row had no status, were another execution's, or could not be read.
            MatillionError: any other response that asking again would not change.
        """
        check_wait(timeout=timeout, poll_interval=poll_interval, on_update=on_update)
        wait = RunWait(self, self._calls, on_update, poll_interval)
        try:
            async with asyncio.timeout(timeout) as limit:
                execution = await wait.until_end()
        except TimeoutError:
            if timeout is None or not limit.expired():
                raise
            raise self._out_of_time(timeout, wait.status) from None
        if wait.status == SUCCESS:
            return execution
        raise await self._failure(execution, wait.status)

    def _out_of_time(self, timeout: float, status: str) -> PipelineRunTimeoutError:
        took = in_seconds(timeout)
        found = (
            f"{self} is still running after {took}, its last known status is {status}"
            if status
            else f"nothing was heard of {self} within {took}: it may be running, or have ended"
        )
        return PipelineRunTimeoutError(
            f"{found}; wait again or cancel it",
            project_id=self.project_id,
            execution_id=self.id,
            status=status or None,
        )

    async def _failure(self, execution: PipelineExecution, status: str) -> PipelineRunFailed:
        steps: tuple[PipelineExecutionStep, ...] = ()
        note = None
        is_known = status in ENDED
        if status in FAILED or not is_known:
            try:
                steps = tuple([step async for step in self.steps() if has_failed(step)])
            except MatillionError as error:
                note = f"its steps could not be read: {error}"
        name = execution.pipeline_name or self.pipeline_name
        doubt = "" if is_known else ", a status of which nothing is known"
        parts = [f"{name or 'the run'} ({self.id}) ended with {status}{doubt}"]
        parts += [text for text in (execution.message, failures_in_words(steps)) if text]
        failure = PipelineRunFailed(
            "; ".join(parts),
            project_id=self.project_id,
            execution_id=self.id,
            status=status,
            execution=execution,
            failed_steps=steps,
        )
        if note is not None:
            failure.add_note(note)
        return failure
