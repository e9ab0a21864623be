"""Show a run, or a task of an agent, while it is waited for: a line that changes on a terminal, lines that stay anywhere else."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import aclosing, contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from matillion_api.models.pipeline_execution import PipelineExecution
from matillion_api.models.pipeline_execution_step import PipelineExecutionStep

from matillion_async._agent_tasks.updates import AgentUpdate
from matillion_async._errors import (
    APIConnectionError,
    APITimeoutError,
    MatillionError,
    RateLimitedError,
    StatusError,
    TokenUnavailableError,
)
from matillion_async._runs.outcomes import RunUpdate
from matillion_async._runs.runs import Run
from matillion_async._runs.statuses import UNDER_WAY
from matillion_async._runs.steps import looks_at_steps
from matillion_async._text import one_line
from matillion_async.cli._connection import CliClient
from matillion_async.cli._streams import is_terminal, say

if TYPE_CHECKING:
    from rich.progress import Progress

STEPS_EVERY = 5.0
"""Seconds between two looks at the steps, at least."""
SIGN_OF_LIFE = 60.0
"""Seconds after which a line is written although nothing has changed."""


class Display(Protocol):
    """What shows a run."""

    def update(self, update: RunUpdate) -> None:
        """Take what is known of the run."""
        ...

    def show_steps(self, steps: Sequence[PipelineExecutionStep]) -> None:
        """Take the steps so far."""
        ...


async def follow(
    connection: CliClient,
    run: Run,
    timeout: float | None,  # noqa: ASYNC109 - handed on
    on_update: Callable[[RunUpdate], None] | None = None,
) -> PipelineExecution:
    """Wait for the end of a run, and show how it goes; see :meth:`Run.wait` for what is raised."""
    with _display(connection, run) as display:

        def update(news: RunUpdate) -> None:
            display.update(news)
            if on_update is not None:
                on_update(news)

        looking = asyncio.create_task(_look_at_steps(run, display))
        try:
            return await run.wait(timeout, update)
        finally:
            looking.cancel()
            await asyncio.wait([looking])


async def _look_at_steps(run: Run, display: Display) -> None:
    """Read the steps again and again, until they cannot be read."""
    try:
        async with aclosing(looks_at_steps(run, STEPS_EVERY)) as looks:
            async for steps in looks:
                display.show_steps(steps)
    except MatillionError as error:
        say(f"matillion: the steps are not shown: {error}")


@contextmanager
def _display(connection: CliClient, run: Run) -> Iterator[Display]:
    if not is_terminal(sys.stderr) or connection.options.verbose:
        yield Lines()
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=Console(file=sys.stderr),
        transient=True,
    ) as progress:
        yield StatusLine(progress, run)


class StatusLine:
    """One line on the terminal: the status, the steps, and the time, which goes on between two questions."""

    def __init__(self, progress: Progress, run: Run) -> None:
        self._progress = progress
        self._name = run.pipeline_name or run.id
        self._status = self._steps = ""
        self._task = progress.add_task("", total=None)
        self._draw()

    def update(self, update: RunUpdate) -> None:
        self._status = _in_words(update)
        self._draw()

    def show_steps(self, steps: Sequence[PipelineExecutionStep]) -> None:
        ended = sum(_status(step) not in UNDER_WAY for step in steps)
        running = [str(step.name) for step in steps if _status(step) in UNDER_WAY]
        self._steps = f"{ended} steps done"
        if running:
            self._steps += f", now {', '.join(running[:3])}"
        self._draw()

    def _draw(self) -> None:
        from rich.markup import escape

        parts = [one_line(part) for part in (self._name, self._status, self._steps) if part]
        self._progress.update(self._task, description=escape("  ".join(parts)))


class Lines:
    """Plain lines, for a log: each new status, each step that has ended, and a sign of life."""

    def __init__(self) -> None:
        self._elapsed = self._said_at = 0.0
        self._known: set[str] = set()
        self._said = ""

    def update(self, update: RunUpdate | AgentUpdate) -> None:
        self._elapsed = update.elapsed
        text = _in_words(update)
        if text != self._said or update.elapsed - self._said_at >= SIGN_OF_LIFE:
            self._said = text
            self._say(text)

    def show_steps(self, steps: Sequence[PipelineExecutionStep]) -> None:
        for step in steps:
            if _status(step) not in UNDER_WAY and str(step.id) not in self._known:
                self._known.add(str(step.id))
                self._say(f"step {step.name}: {_status(step)}")

    def _say(self, text: str) -> None:
        self._said_at = self._elapsed
        say(f"{elapsed(self._elapsed)} {text}")


def elapsed(seconds: float) -> str:
    """Seconds as ``0:01:23``."""
    minutes, seconds = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _in_words(update: RunUpdate | AgentUpdate) -> str:
    trouble = "" if update.trouble is None else f" ({_trouble_in_words(update.trouble)})"
    return f"{update.status or 'status unknown'}{trouble}"


def _trouble_in_words(trouble: MatillionError) -> str:
    """The kind of it only: a line is written for each that is another than before."""
    match trouble:
        case TokenUnavailableError():
            return "the token endpoint gives no token"
        case APITimeoutError():
            return "the server does not respond in time"
        case APIConnectionError():
            return "the server cannot be reached"
        case RateLimitedError():
            return "the server gets too many requests"
        case StatusError():
            return "the server responds with errors"
    return "the server's response cannot be read"


def _status(step: PipelineExecutionStep) -> str:
    status: Any = step.result.status if step.result else None
    return str(status or "RUNNING").upper()
