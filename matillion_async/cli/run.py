"""``matillion run``."""

from __future__ import annotations

import asyncio
import shlex
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import click

from matillion_async._errors import (
    MatillionError,
    PipelineRunFailed,
    PipelineRunTimeoutError,
)
from matillion_async._runs.look_up import CALL
from matillion_async._runs.outcomes import RunUpdate
from matillion_async._runs.runs import Run
from matillion_async._runs.starting import ATTACH
from matillion_async._runs.statuses import RunStatus
from matillion_async._transport.addresses import origin
from matillion_async.cli._cells import Row
from matillion_async.cli._commands import Command
from matillion_async.cli._connection import CliClient, connect
from matillion_async.cli._following import elapsed, follow
from matillion_async.cli._lookup import in_environment
from matillion_async.cli._output import wait_json_option, write_object
from matillion_async.cli._signals import signals
from matillion_async.cli._starting import project_of_start, response_to, start
from matillion_async.cli._streams import put, say
from matillion_async.cli._types import SECONDS
from matillion_async.cli._variables import start_options

_CANCEL_WITHIN = 10.0
"""Seconds; who sent SIGTERM will send SIGKILL, Kubernetes after 30 seconds."""


@click.command(name="run", cls=Command)
@click.argument("pipeline")
@click.option("--project", required=True, metavar="PROJECT", help="Project (id or exact name).")
@click.option("--environment", required=True, metavar="NAME", help="Environment to run in.")
@start_options
@click.option(
    "--tag",
    metavar="TAG",
    help="At most one run of a tag goes on in an environment. A start whose response was lost is looked up.",
)
@click.option(
    "--attach",
    "does_attach",
    is_flag=True,
    help="Attach to what runs under the tag, if something does: a step that is tried again starts no second run.",
)
@click.option(
    "--wait/--no-wait",
    "does_wait",
    default=True,
    help="Wait for the end, which is the default, or print the id and leave it running.",
)
@click.option(
    "--wait-timeout",
    type=SECONDS,
    metavar="SECONDS",
    help="Wait no longer than that, as long as it takes unless given; the run goes on.",
)
@click.option(
    "--cancel-on-interrupt",
    "does_cancel",
    is_flag=True,
    help="Ask for the end of the run when Ctrl-C, SIGTERM or SIGHUP stops this command.",
)
@wait_json_option
def command(
    pipeline: str,
    project: str,
    environment: str,
    scalars: dict[str, str] | None,
    grids: dict[str, list[list[str]]] | None,
    does_wait: bool,
    does_cancel: bool,
    wait_timeout: float | None,
    as_json: bool,
    tag: str | None,
    does_attach: bool,
    version_name: str | None,
    agent_id: str | None,
) -> None:
    """Run PIPELINE and wait for its end. Only a run that ends with SUCCESS gives the exit code 0.

    How it goes is written to stderr. Ctrl-C, SIGTERM and SIGHUP stop waiting and leave the pipeline running.

    \b
    Example: matillion run daily.orch.yaml --project Sales --environment Production
    Example: matillion run load.orch.yaml --project Sales --environment Test --var day=2026-03-01 --wait-timeout 3600
    Example: matillion run daily.orch.yaml --project Sales --environment Production --tag daily --attach
    """
    if does_attach and not tag:
        raise click.UsageError("--attach goes with --tag", click.get_current_context())
    for option, is_given in (
        ("--wait-timeout", wait_timeout is not None),
        ("--cancel-on-interrupt", does_cancel),
    ):
        if is_given and not does_wait:
            raise click.UsageError(f"{option} goes with --wait only", click.get_current_context())
    options = {
        "pipeline_name": pipeline,
        "environment_name": environment,
        "variables": scalars,
        "grid_variables": grids,
        "execution_tag": tag,
        "attach": does_attach,
        "version_name": version_name,
        "agent_id": agent_id,
    }
    with connect() as connection:
        with signals.held():  # the id is shown before anything ends this command
            run = _start(connection, project, options)
            if run.was_running:
                say(f"Attached to {run} in {environment!r}, which runs under the tag {tag!r}.")
            else:
                say(f"Started {run} in {environment!r}.")
            if is_vendors(connection.client.base_url):
                say(f"See {run.url}")
        if does_wait:
            write = write_object if as_json else _write_nothing
            wait(connection, run, wait_timeout, write, write, does_cancel=does_cancel)
        elif as_json:
            write_object(_known(run))
        else:
            put(run.id)


def _start(connection: CliClient, project: str, options: dict[str, Any]) -> Run:
    found = project_of_start(connection, project)
    names = ("--pipeline", options["pipeline_name"], "--environment", options["environment_name"])
    look = ("matillion", "executions", "list", "--project", found, *names)
    return start(connection, _started(connection, found, options), look)


def is_vendors(base_url: str) -> bool:
    """Whether the runs of an API have a page in the vendor's user interface: those of a sandbox have none."""
    return origin(base_url).host.endswith(".matillion.com")


def wait(
    connection: CliClient,
    run: Run,
    timeout: float | None,
    write: Callable[[Row], None],
    write_unended: Callable[[Row], None],
    *,
    does_cancel: bool = False,
) -> None:
    """Follow a run to its end and write what became of it; an interruption says how to go on.

    Args:
        connection: what it is read over.
        run: the run.
        timeout: seconds to wait at most.
        write: called with the execution when it has ended.
        write_unended: called with what is known of it when it goes on, or may do.
        does_cancel: whether an interruption asks for the end of the run.

    Raises:
        PipelineRunFailed: it did not succeed; it is written all the same, with the steps that failed.
    """
    began = time.monotonic()
    last = RunUpdate(run, RunStatus(), 0.0, is_new=False)

    def note(update: RunUpdate) -> None:
        nonlocal last
        last = update

    try:
        execution = connection.run(follow(connection, run, timeout, note))
    except PipelineRunFailed as failure:
        steps = [step.to_dict() for step in failure.failed_steps]
        write({**failure.execution.to_dict(), "url": run.url, "failedSteps": steps})
        raise
    except MatillionError as error:  # out of time, or it cannot be read
        if isinstance(error, PipelineRunTimeoutError):
            _say_how_to_go_on(run)
        write_unended(_known(run, last.status))
        raise
    except KeyboardInterrupt:
        if not does_cancel or not _cancel(connection, run):
            _say_how_to_go_on(run)
        write_unended(_known(run, last.status))  # last: Ctrl-C has ended who would read it, perhaps
        raise
    say(f"{run} succeeded after {elapsed(time.monotonic() - began)}.")
    write({**execution.to_dict(), "url": run.url})


def _cancel(connection: CliClient, run: Run) -> bool:
    """Ask for the end of a run that is no longer waited for; returns False if that failed, and says why."""

    async def cancel() -> None:
        async with asyncio.timeout(_CANCEL_WITHIN):
            await run.cancel()

    try:
        with signals.forgotten():
            connection.run(cancel())
    except TimeoutError:
        say(f"matillion: it was not cancelled within {_CANCEL_WITHIN:g} seconds")
    except MatillionError as error:
        say(f"matillion: it was not cancelled: {error}")
    except KeyboardInterrupt:
        say("matillion: it may not have been cancelled")
    else:
        say(f"The end of {run} was asked for; to wait for that: {_command('watch', run)}")
        return True
    return False


def _say_how_to_go_on(run: Run) -> None:
    say(f"{run} goes on.")
    say(f"To wait for it again: {_command('watch', run)}")
    say(f"To cancel it: {_command('cancel', run)}")


def _command(name: str, run: Run) -> str:
    return shlex.join(["matillion", "executions", name, run.id, "--project", run.project_id])


def _known(run: Run, status: str = "") -> Row:
    """What is known of a run that goes on, by the names of an execution's fields."""
    fields = {
        "projectId": run.project_id,
        "pipelineExecutionId": run.id,
        "pipelineName": run.pipeline_name,
        "environmentName": run.environment_name,
        "status": status,
        "url": run.url,
    }
    return {name: value for name, value in fields.items() if value}


def _write_nothing(execution: Row) -> None:
    """The log on stderr has said what became of it."""


async def _started(connection: CliClient, project: str, options: dict[str, Any]) -> Run:
    """The run; an error says what is near, and nothing that is for Python."""
    send = partial(connection.client.pipeline_executions.run, project, **options)
    names, pipeline = [options["environment_name"]], options["pipeline_name"]
    work = partial(response_to, connection, send)
    try:
        return await in_environment(connection, project, names, work, pipeline)
    except MatillionError as error:
        for index, text in enumerate(error.advice):
            if text == ATTACH:
                error.advice[index] = "with --attach it is waited for"
            if text.startswith(f"see {CALL}"):
                del error.advice[index:]  # the command that shows the same is told after it
                break
        raise
