"""What is said in a task of an AI agent: messages, and decisions."""

from __future__ import annotations

from contextlib import aclosing
from typing import Any

import click

from matillion_async._agent_tasks.agent_run import AgentRun
from matillion_async._errors import AgentTaskDecisionNeeded, AgentTaskFailed
from matillion_async.cli._agent_following import (
    command,
    lines_of,
    say_how_to_decide,
    say_how_to_go_on,
)
from matillion_async.cli._commands import Command
from matillion_async.cli._connection import connect
from matillion_async.cli._failures import Failure
from matillion_async.cli._listing import row, show
from matillion_async.cli._output import (
    Format,
    format_options,
    json_option,
    row_writer,
    write_object,
)
from matillion_async.cli._streams import put, say
from matillion_async.cli._types import GIVEN

MESSAGE_COLUMNS = ("timestamp", "groupId", "data")


@click.command(name="messages", cls=Command)
@click.argument("task")
@click.option(
    "--follow",
    is_flag=True,
    help="Go on until the agent has stopped or asks something; a table becomes plain text.",
)
@format_options
def list_messages(task: str, follow: bool, output: Format) -> None:
    """List what was said in TASK.

    \b
    Example: matillion ai messages 9c5b3e1a-7f2d-4b86-8a4c-1e0d6f9b3c72 --follow
    """
    with connect() as connection:
        if not follow:
            listing = connection.client.ai_agent_tasks.messages(task)
            connection.run(show(connection, listing, "messages", MESSAGE_COLUMNS, output))
            return
        run = connection.client.ai_agent_tasks.attach(task)
        try:
            connection.run(_write_as_they_come(run, output))
        except AgentTaskDecisionNeeded as error:
            say_how_to_decide(run, error)
            raise
        except KeyboardInterrupt:
            say_how_to_go_on(run)
            raise


@click.command(name="tell", cls=Command)
@click.argument("task")
@click.argument("message", type=GIVEN)
def tell_task(task: str, message: str) -> None:
    """Send MESSAGE to the agent of TASK, which works on then.

    \b
    Example: matillion ai tell 9c5b3e1a-7f2d-4b86-8a4c-1e0d6f9b3c72 "Load customers as well"
    """
    with connect() as connection:
        run = connection.client.ai_agent_tasks.attach(task)
        connection.run(run.tell(message))
    say(f"Sent it to {run}; see: {command('watch', run)}")


@click.command(name="decide", cls=Command)
@click.argument("task")
@click.option(
    "--id",
    "decision_id",
    type=GIVEN,
    metavar="ID",
    help="What to decide, as 'ai show' has it; needed where the agent asks more than one thing.",
)
@click.option(
    "--type",
    "kind",
    type=GIVEN,
    metavar="TYPE",
    help="Kind of the answer; that of the question unless given.",
)
@click.option(
    "--answer",
    "answers",
    metavar="INDEX=OPTION",
    multiple=True,
    help="What is chosen for a question, the first of which is 0. May be repeated.",
)
@json_option
def decide_task(
    task: str, decision_id: str | None, kind: str | None, answers: tuple[str, ...], as_json: bool
) -> None:
    """Answer what the agent of TASK asks; it works on then.

    \b
    Example: matillion ai decide 9c5b3e1a-7f2d-4b86-8a4c-1e0d6f9b3c72 --answer 0=allow
    """
    chosen = _answers(answers)
    with connect() as connection:
        run = connection.client.ai_agent_tasks.attach(task)
        key, asked_as = connection.run(_pending(run, decision_id))
        decision: dict[str, Any] = {"type": kind or asked_as, "id": key}
        if chosen:
            decision["answers"] = chosen
        left = connection.run(run.decide([decision]))
    if as_json:
        write_object({"pendingDecisions": [item.to_dict() for item in left]})
    say(f"Decided {key}; {len(left)} left to decide.")


async def _write_as_they_come(run: AgentRun, output: Format) -> None:
    if output is Format.TABLE:
        async with aclosing(run.follow()) as said:
            async for message in said:
                for line in lines_of(message.data):
                    put(line)
        return
    ended: AgentTaskDecisionNeeded | AgentTaskFailed | None = None
    with row_writer(output, MESSAGE_COLUMNS) as writer:
        try:
            async with aclosing(run.follow()) as said:
                async for message in said:
                    writer.write([row(message, MESSAGE_COLUMNS)])
        except (AgentTaskDecisionNeeded, AgentTaskFailed) as error:
            ended = error  # all messages are there
    if ended is not None:
        raise ended


def _answers(texts: tuple[str, ...]) -> list[dict[str, Any]]:
    """Answers by the questions; a question may have several."""
    chosen: dict[int, list[str]] = {}
    for text in texts:
        index, separator, option = text.partition("=")
        if not separator or not index.isascii() or not index.isdecimal():
            raise click.UsageError(
                f"--answer {text!r}: write the number of a question and an option, such as 0=allow",
                click.get_current_context(),
            )
        chosen.setdefault(int(index), []).append(option)
    return [
        {"questionIndex": index, "selectedOptions": options} for index, options in chosen.items()
    ]


async def _pending(run: AgentRun, wanted: str | None) -> tuple[str, str]:
    """Id and kind of the decision that is meant.

    Raises:
        Failure: there is none, or it is not clear which.
    """
    task = await run.details()
    pending = {
        item.tool_id: str(item.type_ or "") for item in task.pending_decisions or [] if item.tool_id
    }
    if wanted is not None and wanted in pending:
        return wanted, pending[wanted]
    asked = ", ".join(pending) or "nothing"
    if wanted is not None:
        raise Failure(f"{run} does not ask {wanted!r}; it asks {asked}")
    if len(pending) != 1:
        raise Failure(f"{run} asks {asked}" + ("; say which with --id" if pending else ""))
    (only,) = pending.items()
    return only
