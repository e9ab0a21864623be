"""One wait for the end of a run: what it makes of what it is told, and what it asks by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from matillion_async._backoff import Backoff
from matillion_async._errors import MatillionError, of_the_caller
from matillion_async._moments import aware
from matillion_async._runs.outcomes import RunUpdate
from matillion_async._runs.statuses import ENDED, GOING_ON, RunStatus, as_text
from matillion_async._runs.trouble import AGAIN, LONGEST, SETTLING, STILL_ENDED, Trouble
from matillion_async._runs.waiting import ask_until_known

if TYPE_CHECKING:
    from matillion_api.models.pipeline_execution import PipelineExecution

    from matillion_async._runs.run_calls import RunCalls
    from matillion_async._runs.runs import Run
    from matillion_async._runs.seat import Seat

_CHECKS = Backoff(first=SETTLING, factor=2.0, longest=LONGEST)
"""Between two looks at the details of a run whose status says that it goes on."""


class RunWait:
    """One wait for the end of a run.

    Args:
        run: the run.
        calls: how to ask.
        on_update: told what is known after each question.
        interval: seconds between two questions at least.

    Attributes:
        status: the last one that is known; empty before.
    """

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
        self._seat: Seat[PipelineExecution] | None = None
        self.status = ""

    async def until_end(self) -> PipelineExecution:
        """Ask until it has ended, as one of all who wait over the connection.

        Raises:
            MatillionError: a failure that asking again would not change.
        """
        run, gathering = self._run, self._calls.gathering
        async with gathering.seat(run.project_id, run.id, self._interval, self._pause) as seat:
            self._seat = seat
            await seat.rest()
            execution = await ask_until_known(
                lambda: self._ask(seat),
                what=f"the status of {run}",
                trouble=self._trouble,
                on_failure=lambda error: self._update(self.status, error),
                rest=seat.rest,
            )
            gathering.ended()
            return execution

    def _pause(self) -> float:
        waited = self._loop.time() - self._changed
        return self._calls.polling.pause(
            waited, self._calls.requests_per_minute, interval=self._interval
        )

    async def _ask(self, seat: Seat[PipelineExecution]) -> PipelineExecution | None:
        """The execution, if it has ended."""
        news = seat.take()
        if news is not None:
            if news.trouble is not None:
                self._update(self.status, news.trouble)
            return None if news.row is None else self._learn("", news.row)
        run = self._run
        claimed, execution = "", None
        is_check = self._is_time_to_check()
        # Whoever is gathered asks seldom, and listings need the time of the start, which the status alone does not have.
        if is_check or self._calls.gathering.is_gathered:
            execution = await self._calls.read(run.project_id, run.id)
        else:
            claimed, execution = await self._calls.look(run.project_id, run.id)
        seat.answered(None if execution is None else aware(execution.started_at))
        return self._learn(claimed, execution, is_check=is_check)

    def _learn(
        self, claimed: str, execution: PipelineExecution | None, *, is_check: bool = False
    ) -> PipelineExecution | None:
        """The execution, if it has ended; ``claimed`` is what the call for the status alone says."""
        run = self._run
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
            if self._seat is not None:
                self._seat.changed()
        if self._on_update is not None:
            known = RunStatus(status)
            update = RunUpdate(self._run, known, now - self._began, is_new, trouble)
            with of_the_caller:
                self._on_update(update)
