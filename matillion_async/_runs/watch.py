"""Wait for many runs with few calls: listings show a hundred at a time."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from datetime import datetime

from matillion_api.models.pipeline_execution import PipelineExecution
from matillion_api.types import UNSET

from matillion_async._bulk.bulk import Bulk
from matillion_async._errors import (
    AuthenticationError,
    MatillionError,
    PagingError,
    ResponseDecodingError,
)
from matillion_async._limits.queue import Priority
from matillion_async._moments import aware
from matillion_async._runs.run_calls import RunCalls
from matillion_async._runs.runs import Run, RunOutcome
from matillion_async._runs.statuses import GOING_ON, UNREADABLE, as_text
from matillion_async._runs.trouble import SETTLING, STILL_ENDED, Trouble


class Watch:
    """Asks for many runs in rounds, until all have ended.

    A round reads the listing, newest first, from the start of the oldest run that goes on, and ends where all were
    seen, or where it would have been cheaper to ask for the rest one by one; those are asked for so, and so are those
    without a status there. When fewer runs remain than the listing has pages, each is polled by itself. Where
    the listing cannot be read, all are asked for one by one.

    Args:
        calls: how to ask.
        runs: the runs; one that is given twice is watched once.
        interval: seconds between two rounds at least.
    """

    def __init__(self, calls: RunCalls, runs: Iterable[Run], interval: float | None) -> None:
        self._calls = calls
        self._pending = {run.id: run for run in runs}
        self._interval = interval
        self._began: dict[str, datetime] = {}  # by the server's clock, of runs that were seen
        self._pages = 1  # that the last listing took
        self._sent = 0  # in this round
        self._unreadable: Counter[str] = Counter()  # responses in a row, by run
        self._trouble = Trouble()
        self._contradictions: dict[str, Trouble] = {}  # by run

    async def outcomes(self) -> AsyncGenerator[RunOutcome, None]:
        """Each run as it ends."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        with self._calls.polling.member():
            while self._pending:
                self._sent = 0
                try:
                    async with aclosing(self._round()) as ended:
                        async for outcome in ended:
                            yield outcome
                    self._trouble.over()
                except MatillionError as error:
                    self._endure(error, loop.time())
                if self._pending:
                    pause = self._calls.polling.pause(
                        loop.time() - began,
                        self._calls.requests_per_minute,
                        calls=max(1, self._sent),
                        interval=self._interval,
                    )
                    await asyncio.sleep(pause)

    def _endure(self, error: MatillionError, now: float) -> None:
        if not error.is_temporary and not isinstance(error, ResponseDecodingError | PagingError):
            raise error
        text = f"{len(self._pending)} runs cannot be read ({error}); still waiting"
        self._trouble.met(now, text)

    async def _round(self) -> AsyncGenerator[RunOutcome, None]:
        missing = dict(self._pending)
        trouble: MatillionError | None = None
        if len(missing) > self._pages:
            try:
                async with aclosing(self._listed(missing)) as ended:
                    async for outcome in ended:
                        yield outcome
            except (ResponseDecodingError, PagingError) as error:
                trouble = error
        if missing:
            async with aclosing(self._singly(list(missing.values()))) as ended:
                async for outcome in ended:
                    yield outcome
        if trouble is not None:
            raise trouble

    async def _listed(self, missing: dict[str, Run]) -> AsyncGenerator[RunOutcome, None]:
        """What the listing shows to have ended; takes out of ``missing`` what it shows."""
        projects = {run.project_id for run in missing.values()}
        since = [self._began[run_id] for run_id in missing if run_id in self._began]
        listing = self._calls.executions.list(
            project=projects.pop() if len(projects) == 1 else UNSET,
            started_after=min(since) if since else UNSET,
        )
        pages = barren = 0
        async with aclosing(listing.pages()) as walk:
            async for page in walk:
                pages += 1
                self._sent += 1
                shown = [row for row in page.results if self._is_one_of(missing, row)]
                barren += not shown
                for row in shown:
                    outcome = self._learn(missing.pop(row.pipeline_execution_id), row)
                    if outcome is not None:
                        yield outcome
                if len(missing) <= barren:
                    break
        self._pages = pages

    async def _singly(self, runs: list[Run]) -> AsyncGenerator[RunOutcome, None]:
        bulk: Bulk[Run, PipelineExecution] = Bulk(
            lambda run: self._calls.read(run.project_id, run.id),
            runs,
            priority=Priority.INTERACTIVE,
            max_in_flight=None,
            ordered=False,
            on_progress=None,
        )
        trouble: MatillionError | None = None
        async with aclosing(bulk):
            async for result in bulk:
                self._sent += 1
                error = result.error
                if error is None:
                    outcome = self._learn(result.item, result.unwrap())
                    if outcome is not None:
                        yield outcome
                elif isinstance(error, AuthenticationError) or not isinstance(
                    error, MatillionError
                ):
                    raise error
                elif error.is_temporary or self._may_be_readable(result.item, error):
                    trouble = error
                else:
                    del self._pending[result.item.id]
                    yield RunOutcome(result.item, error=error)
        if trouble is not None:
            raise trouble

    def _may_be_readable(self, run: Run, error: MatillionError) -> bool:
        """Whether a run is to be asked for again, although its response cannot be read."""
        if not isinstance(error, ResponseDecodingError):
            return False
        self._unreadable[run.id] += 1
        return self._unreadable[run.id] < UNREADABLE

    def _learn(self, run: Run, execution: PipelineExecution) -> RunOutcome | None:
        """Note what is new of a run; its outcome, if it has ended."""
        del self._unreadable[run.id]
        began = aware(execution.started_at)
        if began is not None:
            self._began[run.id] = began
        status = as_text(execution.status)
        if execution.finished_at and status in GOING_ON:
            trouble = self._contradictions.setdefault(run.id, Trouble())
            now = asyncio.get_running_loop().time()
            trouble.met(now, STILL_ENDED % (run, status), grace=SETTLING)
        else:
            self._contradictions.pop(run.id, None)
        if not self._calls.has_ended(run, status, execution.finished_at):
            return None
        del self._pending[run.id]
        return RunOutcome(run, execution)

    @staticmethod
    def _is_one_of(missing: dict[str, Run], row: PipelineExecution) -> bool:
        run = missing.get(row.pipeline_execution_id)
        return (
            run is not None
            and row.project_id in (run.project_id, UNSET)
            and as_text(row.status) != ""
        )
