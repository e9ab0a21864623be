"""``matillion ai run``."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from matillion_async._agent_tasks.agent_run import AgentRun
from matillion_async.cli._agent_following import wait
from matillion_async.cli._commands import Command
from matillion_async.cli._connection import CliClient, connect
from matillion_async.cli._lookup import in_environment
from matillion_async.cli._output import wait_json_option, write_object
from matillion_async.cli._signals import signals
from matillion_async.cli._starting import project_of_start, response_to, start
from matillion_async.cli._streams import put, say
from matillion_async.cli._types import GIVEN, SECONDS

wait_timeout_option = click.option(
    "--wait-timeout",
    type=SECONDS,
    metavar="SECONDS",
    help="Wait no longer than that, as long as it takes unless given; the task goes on.",
)


@click.command(name="run", cls=Command)
@click.argument("message", type=GIVEN)
@click.option("--project", required=True, metavar="PROJECT", help="Project (id or exact name).")
@click.option("--environment", metavar="NAME", help="Environment to work in.")
@click.option("--branch", metavar="NAME", help="Git branch to start from.")
@click.option("--target-branch", metavar="NAME", help="Git branch to work on.")
@click.option("--new-branch", is_flag=True, help="Let a branch be made for the work.")
@click.option("--folder", metavar="PATH", help="Folder in the project to work in.")
@click.option(
    "--agent",
    metavar="NAME",
    default="data_engineer_agent",
    show_default=True,
    help="Name of the agent.",
)
@click.option("--mode", metavar="MODE", default="ACT", show_default=True, help="How it works.")
@click.option(
    "--grant",
    "tools",
    metavar="TOOL",
    multiple=True,
    help="A tool that it may use without asking. May be repeated.",
)
@click.option(
    "--wait/--no-wait",
    "does_wait",
    default=True,
    help="Wait for the end, which is the default, or print the id and leave it at work.",
)
@wait_timeout_option
@wait_json_option
def run_task(
    message: str,
    project: str,
    environment: str | None,
    branch: str | None,
    target_branch: str | None,
    new_branch: bool,
    folder: str | None,
    agent: str,
    mode: str,
    tools: tuple[str, ...],
    does_wait: bool,
    wait_timeout: float | None,
    as_json: bool,
) -> None:
    """Let an AI agent do what MESSAGE says, and wait until it has stopped.

    What it says is written to stderr. If it asks something, the wait ends with the exit code 1, and the last lines say
    how to answer. Ctrl-C, SIGTERM and SIGHUP stop waiting and leave the agent at work.

    \b
    Example: matillion ai run "Add a pipeline that loads orders" --project Sales --environment Test --new-branch
    """
    if wait_timeout is not None and not does_wait:
        raise click.UsageError("--wait-timeout goes with --wait only", click.get_current_context())
    options: dict[str, Any] = {
        "message": message,
        "environment_name": environment,
        "agent_name": agent,
        "mode": mode,
        "source_branch_name": branch,
        "target_branch_name": target_branch,
        "generate_branch": True if new_branch else None,
        "working_directory": folder,
        "granted_permissions": tools,
    }
    with connect() as connection:
        with signals.held():  # the id is shown before anything ends this command
            run = _start(connection, project, options)
            say(f"Started {run}.")
        if does_wait:
            wait(connection, run, wait_timeout, as_json=as_json)
        elif as_json:
            write_object({"taskId": run.id})
        else:
            put(run.id)


def _start(connection: CliClient, project: str, options: dict[str, Any]) -> AgentRun:
    found = project_of_start(connection, project)
    send = partial(connection.client.ai_agent_tasks.run, found, **options)
    look = ("matillion", "ai", "list", "--project", found)
    started = in_environment(
        connection, found, [options["environment_name"]], partial(response_to, connection, send)
    )
    return start(connection, started, look)
