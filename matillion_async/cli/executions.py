"""``matillion executions``."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing
from datetime import datetime
from typing import Any

import click
from matillion_api.models.pipeline_execution_status_filter import PipelineExecutionStatusFilter
from matillion_api.models.pipeline_execution_step import PipelineExecutionStep
from matillion_api.types import UNSET, Listing

from matillion_async._runs.runs import Run
from matillion_async.cli import run as running
from matillion_async.cli._cells import Row
from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._completion import known_values
from matillion_async.cli._connection import CliClient, connect
from matillion_async.cli._dates import MOMENT_FORM, moment
from matillion_async.cli._listing import row, walk
from matillion_async.cli._lookup import project_id
from matillion_async.cli._output import (
    Format,
    format_options,
    json_fields_option,
    row_writer,
    write_fields,
)
from matillion_async.cli._streams import say
from matillion_async.cli._types import GIVEN, SECONDS
from matillion_async.cli._watching import COLUMNS, watch

FIELDS = (*COLUMNS, "pipelineType", "projectId", "trigger", "scheduleId", "user")
STEP_COLUMNS = ("name", "status", "startedAt", "finishedAt", "message", "id")

_in_project = click.option(
    "--project", required=True, metavar="PROJECT", help="Project (id or exact name)."
)


@click.group(name="executions", cls=CommandGroup)
def command() -> None:
    """List, show, cancel and wait for executions of pipelines."""


@command.command(name="list")
@click.option("--project", metavar="PROJECT", help="In this project (id or exact name).")
@click.option("--environment", type=GIVEN, metavar="NAME", help="In this environment.")
@click.option(
    "--pipeline", type=GIVEN, metavar="TEXT", help="Of pipelines whose name contains this string."
)
@click.option(
    "--status",
    "statuses",
    multiple=True,
    metavar="STATUS",
    shell_complete=known_values(PipelineExecutionStatusFilter),
    help=f"With this status: {', '.join(PipelineExecutionStatusFilter)}; may be repeated.",
)
@click.option(
    "--from",
    "after",
    type=moment,
    metavar="DATE",
    help=f"That started then or later; {MOMENT_FORM}.",
)
@click.option(
    "--to", "before", type=moment, metavar="DATE", help="That started then or earlier; likewise."
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    metavar="COUNT",
    help="Show at most COUNT executions, newest first.",
)
@format_options
def list_executions(
    project: str | None,
    environment: str | None,
    pipeline: str | None,
    statuses: tuple[str, ...],
    after: datetime | None,
    before: datetime | None,
    limit: int,
    output: Format,
) -> None:
    """List executions, newest first.

    \b
    Example: matillion executions list --project Sales --status FAILED --from 1d
    """
    if after is not None and before is not None and before < after:
        raise click.UsageError("--to is before --from", click.get_current_context())
    with connect() as connection:
        found = None if project is None else connection.run(project_id(connection, project))
        listing = connection.client.pipeline_executions.list(
            project=found or UNSET,
            environment_name=environment or UNSET,  # none of these can be empty
            pipeline_name=pipeline or UNSET,
            status=statuses or UNSET,
            started_after=after or UNSET,
            started_before=before or UNSET,
            limit=min(limit, 100),
        )
        connection.run(_show_newest(connection, listing, limit, output))


@command.command(name="show")
@click.argument("execution_id", metavar="ID")
@_in_project
@json_fields_option
def show_execution(execution_id: str, project: str, as_json: bool) -> None:
    """Show all that is known of the execution ID.

    \b
    Example: matillion executions show 0b8f2c53-6f1e-4d4f-9a27-5a4f0c7f6e11 --project Sales
    """
    with connect() as connection:
        run = _attach(connection, project, execution_id)
        fields = {**row(connection.run(run.details()), FIELDS), "url": run.url}
    write_fields(fields, as_json=as_json)


@command.command(name="steps")
@click.argument("execution_id", metavar="ID")
@_in_project
@format_options
def list_steps(execution_id: str, project: str, output: Format) -> None:
    """List the steps of the execution ID that have begun.

    \b
    Example: matillion executions steps 0b8f2c53-6f1e-4d4f-9a27-5a4f0c7f6e11 --project Sales
    """
    with connect() as connection:
        run = _attach(connection, project, execution_id)
        connection.run(_show_steps(connection, run, output))


@command.command(name="cancel")
@click.argument("execution_id", metavar="ID")
@_in_project
@click.option(
    "--force", is_flag=True, help="Send the API's forceUpdate; what it forces is not documented."
)
def cancel_execution(execution_id: str, project: str, force: bool) -> None:
    """Ask for the end of the execution ID; 'executions watch' tells when it is over.

    \b
    Example: matillion executions cancel 0b8f2c53-6f1e-4d4f-9a27-5a4f0c7f6e11 --project Sales
    """
    with connect() as connection:
        run = _attach(connection, project, execution_id)
        connection.run(run.cancel(force_update=force))
    say(f"Requested cancellation of {execution_id}.")


@command.command(name="watch")
@click.argument("execution_ids", metavar="ID...", nargs=-1, required=True)
@_in_project
@click.option(
    "--wait-timeout",
    type=SECONDS,
    metavar="SECONDS",
    help="Wait no longer than that, as long as it takes unless given; the runs go on.",
)
@format_options
def watch_executions(
    execution_ids: tuple[str, ...], project: str, wait_timeout: float | None, output: Format
) -> None:
    """Wait for the executions ID...; only if all end with SUCCESS is the exit code 0.

    Each is written as it ends; a table is written at the end. Ctrl-C stops waiting and leaves the pipelines running.

    \b
    Example: matillion executions watch 0b8f2c53-6f1e-4d4f-9a27-5a4f0c7f6e11 --project Sales --wait-timeout 3600
    """
    with connect() as connection:
        found = connection.run(project_id(connection, project))
        attach = connection.client.pipeline_executions.attach
        runs = {other: attach(found, other) for other in execution_ids}
        if len(runs) == 1:
            (run,) = runs.values()
            running.wait(
                connection,
                run,
                wait_timeout,
                write=lambda ended: _write([ended], output),
                write_unended=lambda known: None,  # stdout stays empty: no array, no header
            )
        else:
            watch(connection, runs, wait_timeout, output)


def _write(ended: list[Row], output: Format) -> None:
    with row_writer(output, COLUMNS) as writer:
        writer.write(ended)


def _attach(connection: CliClient, project: str, execution_id: str) -> Run:
    found = connection.run(project_id(connection, project))
    return connection.client.pipeline_executions.attach(found, execution_id)


async def _show_newest(
    connection: CliClient, listing: Listing[Any, Any], limit: int, output: Format
) -> None:
    """Write the first items of a listing; say so if there are more."""
    has_more = False
    pages = walk(connection, listing, "executions", output)
    with row_writer(output, COLUMNS) as writer:
        async with aclosing(pages):
            async for items in pages:
                left = limit - writer.count
                writer.write([row(item, COLUMNS) for item in items[:left]])
                has_more = len(items) > left
                if has_more:
                    break
    if has_more:
        say(f"matillion: these are the newest {limit}; --limit gives more")
    elif not writer.count and output is Format.TABLE:
        say("No executions.")


async def _show_steps(connection: CliClient, run: Run, output: Format) -> None:
    as_row: Callable[[PipelineExecutionStep], dict[str, Any]] = (
        PipelineExecutionStep.to_dict if output is Format.JSON else _flat
    )
    pages = walk(connection, run.steps(), "steps", output)
    with row_writer(output, STEP_COLUMNS) as writer:
        async with aclosing(pages):
            async for items in pages:
                writer.write([as_row(step) for step in items])


def _flat(step: PipelineExecutionStep) -> dict[str, Any]:
    fields = step.to_dict()
    found = {**(fields.get("result") or {}), **fields}
    return {name: found.get(name) for name in STEP_COLUMNS}
