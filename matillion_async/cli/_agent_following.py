"""Show a task of an AI agent while it is waited for: what the agent says, and where it is."""

from __future__ import annotations

import asyncio
import shlex
import time
from contextlib import aclosing
from typing import Any

import click
from matillion_api.models.agent_task import AgentTask

from matillion_async._agent_tasks.agent_run import AgentRun
from matillion_async._agent_tasks.watching import AgentUpdate
from matillion_async._errors import (
    AgentTaskDecisionNeeded,
    AgentTaskFailed,
    AgentTaskTimeoutError,
)
from matillion_async.cli._cells import cell
from matillion_async.cli._connection import Connection
from matillion_async.cli._following import SIGN_OF_LIFE, elapsed
from matillion_async.cli._output import write_object


def wait(connection: Connection, run: AgentRun, timeout: float | None, *, as_json: bool) -> None:
    """Follow a task until its agent is no longer at work; an interruption says how to go on.

    Raises:
        AgentTaskFailed: it ended with ERRORED; it is written all the same.
        AgentTaskDecisionNeeded: the agent asks something; how to answer is written before.
        AgentTaskTimeoutError: it goes on.
    """
    began = time.monotonic()
    try:
        task = connection.run(_followed(run, timeout))
    except AgentTaskFailed as failure:
        if as_json:
            write_object(failure.task.to_dict())
        raise
    except AgentTaskDecisionNeeded as error:
        say_how_to_decide(run.id, error)
        raise
    except (KeyboardInterrupt, AgentTaskTimeoutError):
        click.echo(f"{run} goes on.", err=True)
        click.echo(f"To wait for it again: matillion ai watch {shlex.quote(run.id)}", err=True)
        click.echo(f"To stop it: matillion ai stop {shlex.quote(run.id)}", err=True)
        raise
    click.echo(f"{run} stopped after {elapsed(time.monotonic() - began)}.", err=True)
    if as_json:
        write_object(task.to_dict())


def say_how_to_decide(task_id: str, error: AgentTaskDecisionNeeded) -> None:
    """The commands that answer what is asked, on stderr."""
    for decision in error.decisions:
        words = ["matillion", "ai", "decide", task_id, "--id", decision.tool_id or "ID"]
        click.echo(f"To decide it: {shlex.join(words)} --answer 0=OPTION", err=True)
    click.echo(f"To wait on after that: matillion ai watch {shlex.quote(task_id)}", err=True)


def plain(data: Any) -> str:
    """What was said, as lines without control sequences."""
    lines = cell(data).splitlines()
    return "\n".join("".join(c if c.isprintable() else " " for c in line) for line in lines)


async def _followed(run: AgentRun, timeout: float | None) -> AgentTask:  # noqa: ASYNC109 - its error says what became of the task
    lines = Lines()
    try:
        async with asyncio.timeout(timeout) as limit, aclosing(run.follow(lines.update)) as said:
            async for message in said:
                click.echo(plain(message.data), err=True)
    except TimeoutError:
        if not limit.expired():
            raise
        raise AgentTaskTimeoutError(
            f"{run} did not stop within {timeout:g} seconds", task_id=run.id, status=lines.status
        ) from None
    return await run.details()


class Lines:
    """Plain lines on stderr: each new status, trouble with the server, and a sign of life."""

    def __init__(self) -> None:
        self.status: str | None = None
        self._said = ""
        self._said_at = 0.0

    def update(self, update: AgentUpdate) -> None:
        """Take what is known of the task."""
        self.status = update.status or None
        trouble = "" if update.trouble is None else " (the server cannot be reached)"
        text = f"{update.status or 'status unknown'}{trouble}"
        if text != self._said or update.elapsed - self._said_at >= SIGN_OF_LIFE:
            self._said, self._said_at = text, update.elapsed
            click.echo(f"{elapsed(update.elapsed)} {text}", err=True)
