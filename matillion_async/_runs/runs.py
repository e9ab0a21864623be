"""A run of a pipeline: something to wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matillion_async._backoff import Backoff
from matillion_async._errors import (
    MatillionError,
    PipelineRunFailed,
    PipelineRunTimeoutError,
)
from matillion_async._observing.observer import ObservedWait
from matillion_async._observing.observers import ClientObservers
from matillion_async._observing.waits import observed_wait
from matillion_async._runs.statuses import (
    ENDED,
    FAILED,
    GOING_ON,
    SUCCESS,
    as_text,
)
from matillion_async._runs.steps import failures_in_words, has_failed
from matillion_async._runs.trouble import AGAIN, LONGEST, SETTLING, STILL_ENDED, Trouble
from matillion_async._runs.waiting import ask_until_known, check_seconds
from matillion_async._text import in_seconds

if TYPE_CHECKING:
    from matillion_api.models.pipeline_execution import PipelineExecution
    from matillion_api.models.pipeline_execution_step import PipelineExecutionStep
    from matillion_api.models.pipeline_execution_step_page import PipelineExecutionStepPage
    from matillion_api.types import Listing

    from matillion_async._runs.run_calls import RunCalls

_CHECKS = Backoff(first=SETTLING, factor=2.0, longest=LONGEST)
"""Between two looks at the details of a run whose status says that it goes on."""


@dataclass(frozen=True, slots=True)
class RunUpdate:
    """What is known of a run while it is waited for."""

    run: Run
    status: str
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
    def status(self) -> str:
        """How it ended, such as ``SUCCESS``; empty if that could not be found out."""
        return "" if self.execution is None else as_text(self.execution.status)

    @property
    def succeeded(self) -> bool:
        """Whether it ended with SUCCESS."""
        return self.status == SUCCESS


class Run:
    """A run of a pipeline, made by ``client.pipeline_executions.run`` or ``attach``.

    ``run.project_id`` and ``run.id`` are all that another process needs to wait for it, by ``attach``.

    Attributes:
        id: the id of its execution.
        project_id: the project it runs in.
        pipeline_name: the pipeline; None after ``attach``.
        environment_name: the environment; None after ``attach``.
    """

    def __init__(
        self,
        calls: RunCalls,
        project_id: str,
        execution_id: str,
        *,
        pipeline_name: str | None = None,
        environment_name: str | None = None,
    ) -> None:
        self._calls = calls
        self.project_id = project_id
        self.id = execution_id
        self.pipeline_name = pipeline_name
        self.environment_name = environment_name

    def __repr__(self) -> str:
        return f"<Run {self}>"

    def __str__(self) -> str:
        return f"{self.pipeline_name} ({self.id})" if self.pipeline_name else self.id

    async def details(self) -> PipelineExecution:
        """All that is known of it now."""
        return await self._calls.details(self.project_id, self.id)

    def steps(self) -> Listing[PipelineExecutionStep, PipelineExecutionStepPage]:
        """Its steps so far, as a listing."""
        return self._calls.steps(self.project_id, self.id)

    async def cancel(self, *, force_update: bool = False) -> None:
        """Ask for its end; :meth:`wait` tells when it is over, and how."""
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
                the pause is longer where there are many or the limit is low.

        Returns:
            The execution, ended with SUCCESS.

        Raises:
            PipelineRunFailed: it ended otherwise, also if it was skipped or somebody cancelled it.
            PipelineRunTimeoutError: it goes on.
            InvalidRequestError: a time is not a number; nothing was sent.
            NotFoundError: there is no such execution in the project.
            ResponseDecodingError: five responses in a row had no status, were another execution's, or could not be read.
            MatillionError: any other response that asking again would not change.
        """
        check_seconds(timeout=timeout, poll_interval=poll_interval)
        wait = _Wait(self, self._calls, on_update, poll_interval)
        try:
            async with asyncio.timeout(timeout) as limit:
                with self._calls.polling.member():
                    execution = await wait.until_end()
        except TimeoutError:
            if timeout is None or not limit.expired():
                raise
            raise self._out_of_time(timeout, wait.status) from None
        if wait.status == SUCCESS:
            return execution
        raise await self._failure(execution, wait.status)

    def _out_of_time(self, timeout: float, status: str) -> PipelineRunTimeoutError:
        last = f", its last known status is {status}" if status else ""
        return PipelineRunTimeoutError(
            f"{self} is still running after {in_seconds(timeout)}{last}; wait again or cancel it",
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


class _Wait:
    """One wait for the end of a run."""

    def __init__(
        self,
        run: Run,
        calls: RunCalls,
        on_update: Callable[[RunUpdate], None] | None,
        interval: float | None,
    ) -> None:
        self._run = run
        self._calls = calls
        self._on_update = on_update
        self._interval = interval
        self._loop = asyncio.get_running_loop()
        self._began = self._changed = self._loop.time()
        self._trouble = Trouble()
        self._contradiction = Trouble()
        self._read_at = self._began
        self._checks = 1
        self.status = ""

    async def until_end(self) -> PipelineExecution:
        """Ask until it has ended."""
        return await ask_until_known(
            self._ask,
            what=f"the status of {self._run}",
            trouble=self._trouble,
            on_failure=lambda error: self._update(self.status, error),
            pause=self._pause,
        )

    def _pause(self) -> float:
        waited = self._loop.time() - self._changed
        return self._calls.polling.pause(
            waited, self._calls.requests_per_minute, interval=self._interval
        )

    async def _ask(self) -> PipelineExecution | None:
        """The execution, if it has ended."""
        run = self._run
        is_check = self._is_time_to_check()
        execution: PipelineExecution | None
        if is_check:
            claimed, execution = "", await self._calls.read(run.project_id, run.id)
        else:
            claimed, execution = await self._calls.look(run.project_id, run.id)
        now = self._loop.time()
        if execution is not None:
            self._read_at = now
        status = claimed if execution is None else as_text(execution.status)
        self._update(status, None)
        if execution is not None and self._calls.has_ended(run, status, execution.finished_at):
            return execution
        if execution is not None and execution.finished_at and status in GOING_ON:
            grace = 0.0 if is_check else SETTLING
            self._contradiction.met(now, STILL_ENDED % (run, status), grace=grace)
        elif execution is not None:
            self._contradiction.over()
        if claimed in ENDED:
            text = f"the status of {run} is {claimed}, but its details say {status}; still waiting"
            self._trouble.met(now, text, grace=SETTLING)
        elif status not in GOING_ON:
            text = f"the status of {run} is {status}, of which nothing is known; still waiting"
            self._trouble.met(now, text, grace=AGAIN)
        else:
            self._trouble.over()
        return None

    def _is_time_to_check(self) -> bool:
        """Whether to ask for the details in place of the status, which may not know of an end that they have: after a
        minute, and then ever more seldom."""
        now = self._loop.time()
        if now - self._read_at < _CHECKS.pause(self._checks):
            return False
        self._read_at = now
        self._checks += 1
        return True

    def _update(self, status: str, trouble: MatillionError | None) -> None:
        now = self._loop.time()
        is_new = status != self.status
        if is_new:
            self.status, self._changed = status, now
        if self._on_update is not None:
            self._on_update(RunUpdate(self._run, status, now - self._began, is_new, trouble))
