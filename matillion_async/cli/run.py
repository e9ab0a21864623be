"""``matillion run``."""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable
from typing import Any

import click

from matillion_async._errors import MatillionError, NotFoundError, PipelineRunFailed
from matillion_async._names.near import near
from matillion_async._runs.runs import Run
from matillion_async.cli._cells import Row
from matillion_async.cli._commands import Command
from matillion_async.cli._connection import Connection, connect
from matillion_async.cli._failures import Failure
from matillion_async.cli._following import elapsed, follow
from matillion_async.cli._lookup import project_id
from matillion_async.cli._output import write_object
from matillion_async.cli._types import SECONDS
from matillion_async.cli._variables import start_options


@click.command(name="run", cls=Command)
@click.argument("pipeline")
@click.option(
    "--project", required=True, metavar="PROJECT", help="Project, by its id or its exact name."
)
@click.option("--environment", required=True, metavar="NAME", help="Environment to run in.")
@start_options
@click.option(
    "--tag",
    metavar="TAG",
    help="At most one run of a tag goes on in an environment. A start whose answer was lost is looked up.",
)
@click.option(
    "--wait/--no-wait",
    "does_wait",
    default=True,
    help="Wait for the end, which is the default, or print the id and leave it running.",
)
@click.option(
    "--timeout",
    type=SECONDS,
    metavar="SECONDS",
    help="Wait no longer than that, as long as it takes unless given; the run goes on. Before the name of the "
    "command, --timeout is that of one request.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what became of it as JSON.")
def command(
    pipeline: str,
    project: str,
    environment: str,
    scalars: dict[str, str] | None,
    grids: dict[str, list[list[str]]] | None,
    does_wait: bool,
    timeout: float | None,
    as_json: bool,
    tag: str | None,
    version_name: str | None,
    agent_id: str | None,
) -> None:
    """Run PIPELINE and wait for its end. Only a run that ends with SUCCESS gives the exit code 0.

    How it goes is written to stderr. Ctrl-C stops waiting and leaves the pipeline running.

    \b
    Example: matillion run daily.orch.yaml --project Sales --environment Production
    Example: matillion run load.orch.yaml --project Sales --environment Test --var day=2026-03-01 --timeout 3600
    """
    if timeout is not None and not does_wait:
        raise click.UsageError("--timeout goes with --wait only", click.get_current_context())
    options = {
        "pipeline_name": pipeline,
        "environment_name": environment,
        "variables": scalars,
        "grid_variables": grids,
        "execution_tag": tag,
        "version_name": version_name,
        "agent_id": agent_id,
    }
    with connect() as connection:
        found = connection.run(project_id(connection, project))
        run = start(connection, found, options)
        click.echo(f"Started {run} in {environment!r}.", err=True)
        if does_wait:
            wait(connection, run, timeout, write_object if as_json else _write_nothing)
        elif as_json:
            write_object({"projectId": run.project_id, "pipelineExecutionId": run.id})
        else:
            click.echo(run.id)


def start(connection: Connection, project: str, options: dict[str, Any]) -> Run:
    """Start a pipeline; an error says what is near, an interruption how to find out whether it runs."""
    try:
        return connection.run(_start(connection, project, options))
    except KeyboardInterrupt:
        listing = ["matillion", "executions", "list", "--project", project]
        click.echo(
            f"It may have been started; see: {shlex.join([*listing, '--pipeline', options['pipeline_name']])}",
            err=True,
        )
        raise


def wait(
    connection: Connection, run: Run, timeout: float | None, write: Callable[[Row], None]
) -> None:
    """Follow a run to its end and write what became of it; an interruption says how to go on.

    Raises:
        PipelineRunFailed: it did not succeed; it is written all the same, with the steps that failed.
    """
    began = time.monotonic()
    try:
        execution = connection.run(follow(connection, run, timeout))
    except PipelineRunFailed as failure:
        steps = [step.to_dict() for step in failure.failed_steps]
        write({**failure.execution.to_dict(), "failedSteps": steps})
        raise
    except KeyboardInterrupt:
        rest = shlex.join([run.id, "--project", run.project_id])
        click.echo(f"{run} goes on.", err=True)
        click.echo(f"To wait for it again: matillion executions watch {rest}", err=True)
        click.echo(f"To cancel it: matillion executions cancel {rest}", err=True)
        raise
    click.echo(f"{run} succeeded after {elapsed(time.monotonic() - began)}.", err=True)
    write(execution.to_dict())


def _write_nothing(execution: Row) -> None:
    """The log on stderr has said what became of it."""


async def _start(connection: Connection, project: str, options: dict[str, Any]) -> Run:
    client = connection.client
    try:
        return await client.pipeline_executions.run(project, **options)
    except NotFoundError as error:
        try:
            reason = await _what_is_missing(connection, project, options)
        except MatillionError:
            raise error from None  # such as an unknown project, which the error says
        if reason is None:
            raise
        raise Failure(f"{error}; {reason}") from None


async def _what_is_missing(
    connection: Connection, project: str, options: dict[str, Any]
) -> str | None:
    """Which of the names does not exist, and what is near; None if all do."""
    client = connection.client
    environment, pipeline = options["environment_name"], options["pipeline_name"]
    environments = {item.name: item.name async for item in client.environments.list(project)}
    if environment not in environments:
        return f"there is no environment {environment!r}; {near(environment, environments)}"
    listing = client.pipelines.list(project, environment_name=environment)
    pipelines = {item.name: item.name async for item in listing}
    if pipeline not in pipelines:
        return (
            f"no pipeline {pipeline!r} is published to {environment!r}; {near(pipeline, pipelines)}"
        )
    return None
