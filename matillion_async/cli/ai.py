"""``matillion ai``."""

from __future__ import annotations

import click
from matillion_api.models.agent_task_status import AgentTaskStatus
from matillion_api.types import UNSET

from matillion_async._agent_tasks.agent_run import AgentRun
from matillion_async.cli._agent_following import command as command_for
from matillion_async.cli._agent_following import wait
from matillion_async.cli._agent_start import run_task, wait_timeout_option
from matillion_async.cli._agent_talk import decide_task, list_messages, tell_task
from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._completion import known_values
from matillion_async.cli._connection import CliClient, connect
from matillion_async.cli._deletion import yes_option
from matillion_async.cli._listing import PageFields, row, show
from matillion_async.cli._lookup import project_id
from matillion_async.cli._output import (
    Format,
    format_options,
    json_fields_option,
    wait_json_option,
    write_fields,
)
from matillion_async.cli._prompts import confirm_deletion, require_confirmation
from matillion_async.cli._streams import say
from matillion_async.cli._types import GIVEN

COLUMNS = (
    "taskId", "status", "description", "modifiedAt", "agentName", "mode", "projectId",
    "branchId",
)  # fmt: skip
FIELDS = (
    "taskId", "status", "description", "createdAt", "modifiedAt", "agentConfig",
    "grantedPermissions", "pendingDecisions",
)  # fmt: skip
_PAGE = PageFields(items="tasks")


@click.group(name="ai", cls=CommandGroup)
def command() -> None:
    """Give AI agents something to do, follow them, answer and stop them."""


for _command in (run_task, list_messages, tell_task, decide_task):
    command.add_command(_command)


@command.command(name="watch")
@click.argument("task")
@wait_timeout_option
@wait_json_option
def watch_task(task: str, wait_timeout: float | None, as_json: bool) -> None:
    """Wait until the agent of TASK has stopped; all that was said is written to stderr.

    If it asks something, the wait ends with the exit code 1, and the last lines say how to answer. Ctrl-C, SIGTERM and
    SIGHUP stop waiting and leave the agent at work.

    \b
    Example: matillion ai watch 9c5b3e1a-7f2d-4b86-8a4c-1e0d6f9b3c72 --wait-timeout 3600
    """
    with connect() as connection:
        wait(connection, _attach(connection, task), wait_timeout, as_json=as_json)


@command.command(name="list")
@click.option("--project", metavar="PROJECT", help="In this project (id or exact name).")
@click.option("--branch-id", type=GIVEN, metavar="ID", help="On the branch with this id.")
@click.option(
    "--status",
    type=GIVEN,
    metavar="STATUS",
    shell_complete=known_values(AgentTaskStatus),
    help=f"With this status: {', '.join(AgentTaskStatus)}.",
)
@format_options
def list_tasks(
    project: str | None, branch_id: str | None, status: str | None, output: Format
) -> None:
    """List tasks of AI agents.

    \b
    Example: matillion ai list --project Sales --status RUNNING
    """
    with connect() as connection:
        found = None if project is None else connection.run(project_id(connection, project))
        listing = connection.client.ai_agent_tasks.list(
            project=found or UNSET, branch_id=branch_id or UNSET, status=status or UNSET
        )
        connection.run(show(connection, listing, "tasks", COLUMNS, output, _PAGE))


@command.command(name="show")
@click.argument("task")
@json_fields_option
def show_task(task: str, as_json: bool) -> None:
    """Show all that is known of TASK, and what its agent asks.

    \b
    Example: matillion ai show 9c5b3e1a-7f2d-4b86-8a4c-1e0d6f9b3c72
    """
    with connect() as connection:
        fields = row(connection.run(_attach(connection, task).details()), FIELDS)
    write_fields(fields, as_json=as_json)


@command.command(name="stop")
@click.argument("task")
def stop_task(task: str) -> None:
    """Ask for the end of TASK; 'ai watch' tells when it is over.

    \b
    Example: matillion ai stop 9c5b3e1a-7f2d-4b86-8a4c-1e0d6f9b3c72
    """
    with connect() as connection:
        run = _attach(connection, task)
        connection.run(run.stop())
    say(f"The end of {run} was asked for; to wait for that: {command_for('watch', run)}")


@command.command(name="delete")
@click.argument("task")
@yes_option
def delete_task(task: str, is_confirmed: bool) -> None:
    """Delete TASK with all that was said in it.

    \b
    Example: matillion ai delete 9c5b3e1a-7f2d-4b86-8a4c-1e0d6f9b3c72 --yes
    """
    require_confirmation(is_confirmed)
    with connect() as connection:
        if not is_confirmed:
            confirm_deletion(f"task {task}")
        connection.run(connection.client.ai_agent_tasks.delete(task))
    say(f"Deleted task {task}.")


def _attach(connection: CliClient, task: str) -> AgentRun:
    return connection.client.ai_agent_tasks.attach(task)
