"""Wait for many runs, and get each as it ends."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterable, Callable, Coroutine, Iterable
from typing import Any

from matillion_async._errors import (
    AuthenticationError,
    ClientStateError,
    MatillionError,
    is_of_the_caller,
)
from matillion_async._runs.outcomes import RunOutcome
from matillion_async._runs.run_calls import RunCalls
from matillion_async._runs.runs import Run
from matillion_async._runs.wait import RunWait


class RunWatch:
    """Many runs that are waited for; made by ``client.pipeline_executions.watch``.

    ``async for outcome in watch`` gives each run as it ends, until none is left. :meth:`add` takes more of them at any time.
    Nothing is asked before the walk begins, nor after it was left; it may be taken up again.
    """

    def __init__(
        self,
        calls: RunCalls,
        runs: Iterable[Run] | AsyncIterable[object],
        as_run: Callable[[object], Run],
        interval: float | None,
    ) -> None:
        """
        Args:
            calls: how to ask.
            runs: those to begin with, or where they come from.
            as_run: makes a run of what is given for one, or refuses it.
            interval: seconds between two questions at least.
        """
        self._as_run = as_run
        source = runs if isinstance(runs, AsyncIterable) else None
        self._waits = _Waits(calls, source, as_run, interval)
        if not isinstance(runs, AsyncIterable):
            self._waits.add(runs)
        self._walk: AsyncGenerator[RunOutcome, None] | None = None

    def add(self, *runs: Run | tuple[str, str]) -> None:
        """Watch more runs, given as for ``watch``; one that is watched already is watched once.

        Raises:
            InvalidRequestError: what is given is not a run; none was added.
        """
        self._waits.add([self._as_run(run) for run in runs])

    def __aiter__(self) -> AsyncGenerator[RunOutcome, None]:
        # The walk has no reference to this object: left by break, it ends as soon as nobody has it.
        if self._walk is None or not self._waits.is_walked:
            self._walk = self._waits.outcomes()
        return self._walk

    async def __anext__(self) -> RunOutcome:
        return await anext(aiter(self))

    async def aclose(self) -> None:
        """Leave the walk: nothing is asked any more when this returns."""
        if self._walk is not None:
            await self._walk.aclose()


class _Waits:
    """A task for each run; all of them are gathered like any other waits."""

    def __init__(
        self,
        calls: RunCalls,
        source: AsyncIterable[object] | None,
        as_run: Callable[[object], Run],
        interval: float | None,
    ) -> None:
        self._calls = calls
        self._source = source
        self._as_run = as_run
        self._interval = interval
        self._pending: dict[str, Run] = {}
        self._ended: deque[RunOutcome] = deque()
        self._failure: BaseException | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._news = asyncio.Event()
        self.is_walked = False

    def add(self, runs: Iterable[Run]) -> None:
        for run in runs:
            if (key := run.id.lower()) not in self._pending:
                self._pending[key] = run
                if self.is_walked:
                    self._begin(run)

    async def outcomes(self) -> AsyncGenerator[RunOutcome, None]:
        """Each run as it ends."""
        self.is_walked = True
        try:
            for run in self._pending.values():
                self._begin(run)
            if self._source is not None:
                self._do(self._take_in(self._source))
            while True:
                while self._ended:
                    outcome = self._ended.popleft()
                    self._pending.pop(outcome.run.id.lower(), None)
                    yield outcome
                if self._failure is not None:
                    failure, self._failure = self._failure, None
                    raise failure
                if not self._tasks:
                    return
                self._news.clear()
                await self._news.wait()
        finally:
            self.is_walked = False
            tasks = [*self._tasks]
            for task in tasks:
                task.cancel()
            if tasks:
                await asyncio.wait(tasks)
            self._failure = None

    def _begin(self, run: Run) -> None:
        self._do(self._wait(run))

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        failure = asyncio.CancelledError() if task.cancelled() else task.exception()
        self._failure = self._failure or failure
        self._news.set()

    async def _take_in(self, source: AsyncIterable[object]) -> None:
        async for given in source:
            self.add([self._as_run(given)])
        self._source = None

    async def _wait(self, run: Run) -> None:
        try:
            execution = await RunWait(run, self._calls, None, self._interval).until_end()
        except (AuthenticationError, ClientStateError):
            raise  # it would be the same for every other run
        except MatillionError as error:
            if is_of_the_caller(error):
                raise
            outcome = RunOutcome(run, error=error)
        else:
            outcome = RunOutcome(run, execution)
        self._ended.append(outcome)
