"""Show a task of an AI agent while it is waited for: what the agent says, and where it is."""

from __future__ import annotations

import asyncio
import shlex
import time
from contextlib import aclosing
from typing import Any

from matillion_api.models.agent_task import AgentTask

from matillion_async._agent_tasks.agent_run import AgentRun
from matillion_async._agent_tasks.updates import AgentUpdate
from matillion_async._errors import (
    AgentTaskDecisionNeeded,
    AgentTaskFailed,
    AgentTaskTimeoutError,
    MatillionError,
)
from matillion_async._text import in_seconds
from matillion_async.cli._cells import Row, cell
from matillion_async.cli._connection import CliClient
from matillion_async.cli._following import Lines, elapsed
from matillion_async.cli._output import write_object
from matillion_async.cli._streams import say


def wait(connection: CliClient, run: AgentRun, timeout: float | None, *, as_json: bool) -> None:
    """Follow a task until its agent is no longer at work; an interruption says how to go on.

    Args:
        connection: what it is read over.
        run: the task.
        timeout: seconds to wait at most.
        as_json: whether what became of it is written, or what is known of it where it goes on, or may do.

    Raises:
        AgentTaskFailed: it ended with ERRORED; it is written all the same.
        AgentTaskDecisionNeeded: the agent asks something; how to answer is said before.
        AgentTaskTimeoutError: it goes on.
    """
    began = time.monotonic()
    shown = _Shown(run)

    def write(row: Row) -> None:
        if as_json:
            write_object(row)

    try:
        task = connection.run(_followed(run, timeout, shown))
    except AgentTaskFailed as failure:
        write(failure.task.to_dict())
        raise
    except MatillionError as error:
        if isinstance(error, AgentTaskDecisionNeeded):
            say_how_to_decide(run, error)
        elif isinstance(error, AgentTaskTimeoutError):
            say_how_to_go_on(run)
        write(_known(shown.last))
        raise
    except KeyboardInterrupt:
        say_how_to_go_on(run)
        write(_known(shown.last))  # at the end: Ctrl-C has ended who would read it, perhaps
        raise
    say(f"{run} stopped after {elapsed(time.monotonic() - began)}.")
    write(task.to_dict())


def say_how_to_go_on(run: AgentRun) -> None:
    """The commands for a task that is no longer waited for, on stderr."""
    say(f"{run} goes on.")
    say(f"To wait for it again: {command('watch', run)}")
    say(f"To stop it: {command('stop', run)}")


def say_how_to_decide(run: AgentRun, error: AgentTaskDecisionNeeded) -> None:
    """The commands that answer what is asked, on stderr."""
    for decision in error.decisions:
        options = ("--id", decision.tool_id or "ID", "--answer", "0=OPTION")
        say(f"To decide it: {command('decide', run, *options)}")
    say(f"To wait on after that: {command('watch', run)}")


def command(name: str, run: AgentRun, *options: str) -> str:
    """A command for a task, as it is typed into a shell."""
    return shlex.join(["matillion", "ai", name, run.id, *options])


def lines_of(data: Any) -> list[str]:
    """What was said, as lines; tabs become spaces, since a line has no place for them."""
    return cell(data).expandtabs(4).splitlines()


class _Shown:
    """What was shown of a task."""

    def __init__(self, run: AgentRun) -> None:
        self._lines = Lines()
        self.last = AgentUpdate(run, "", 0.0, is_new=False)

    def update(self, update: AgentUpdate) -> None:
        self.last = update
        self._lines.update(update)


async def _followed(
    run: AgentRun,
    timeout: float | None,  # noqa: ASYNC109 - its error says what became of the task
    shown: _Shown,
) -> AgentTask:
    try:
        async with asyncio.timeout(timeout) as limit:
            async with aclosing(run.follow(shown.update)) as said:
                async for message in said:
                    for line in lines_of(message.data):
                        say(line)
            return await run.wait(on_update=shown.update)  # it has ended, and may be hard to read
    except TimeoutError:
        if timeout is None or not limit.expired():
            raise
        status = shown.last.status
        last = f", its last known status is {status}" if status else ""
        raise AgentTaskTimeoutError(
            f"{run} did not stop within {in_seconds(timeout)}{last}",
            task_id=run.id,
            status=status or None,
        ) from None


def _known(update: AgentUpdate) -> Row:
    """What is known of a task that goes on, by the names of its fields."""
    fields = {
        "taskId": update.run.id,
        "status": update.status,
        "pendingDecisions": [decision.to_dict() for decision in update.decisions],
    }
    return {name: value for name, value in fields.items() if value}
