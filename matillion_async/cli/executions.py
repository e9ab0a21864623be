"""``matillion executions``."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any

import click
from matillion_api.models.pipeline_execution_step import PipelineExecutionStep
from matillion_api.types import UNSET, Listing

from matillion_async._runs.runs import Run, RunOutcome
from matillion_async.cli import run as running
from matillion_async.cli._cells import cell
from matillion_async.cli._commands import Group
from matillion_async.cli._connection import Connection, connect
from matillion_async.cli._failures import Failure, one_line
from matillion_async.cli._listing import row, walk, wants_progress
from matillion_async.cli._lookup import project_id
from matillion_async.cli._output import Format, format_options, row_writer, write_object
from matillion_async.cli._progress import progress
from matillion_async.cli._streams import is_terminal

COLUMNS = (
    "pipelineExecutionId",
    "pipelineName",
    "environmentName",
    "status",
    "startedAt",
    "finishedAt",
    "message",
)
FIELDS = (*COLUMNS, "pipelineType", "projectId", "trigger", "scheduleId", "user")
STEP_COLUMNS = ("name", "status", "startedAt", "finishedAt", "message", "id")

_in_project = click.option(
    "--project", required=True, metavar="PROJECT", help="Its id or its exact name."
)


def _moment(ctx: click.Context, option: click.Parameter, text: str | None) -> datetime | None:
    """Read a date, or a date and a time; without an offset, it is UTC."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(
            f"{text!r} is no date; write 2026-03-01 or 2026-03-01T12:00:00+01:00", ctx, option
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@click.group(name="executions", cls=Group)
def command() -> None:
    """List, show, cancel and wait for executions of pipelines."""


@command.command(name="list")
@click.option("--project", metavar="PROJECT", help="Of this project: its id or its exact name.")
@click.option("--environment", metavar="NAME", help="In this environment.")
@click.option("--pipeline", metavar="TEXT", help="Of pipelines whose name contains this text.")
@click.option("--status", "statuses", multiple=True, help="With this status; may be repeated.")
@click.option(
    "--from", "after", metavar="DATE", callback=_moment, help="That started then or later."
)
@click.option(
    "--to", "before", metavar="DATE", callback=_moment, help="That started then or earlier."
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="The newest ones, so many at most.",
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
    Example: matillion executions list --project Sales --status FAILED --from 2026-03-01
    """
    if after is not None and before is not None and before < after:
        raise click.UsageError("--to is before --from", click.get_current_context())
    with connect() as connection:
        found = None if project is None else connection.run(project_id(connection, project))
        listing = connection.client.pipeline_executions.list(
            project=found or UNSET,
            environment_name=environment or UNSET,
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
@click.option("--json", "as_json", is_flag=True, help="As JSON, which is the default in a pipe.")
def show_execution(execution_id: str, project: str, as_json: bool) -> None:
    """Show all that is known of the execution ID.

    \b
    Example: matillion executions show 0b8f2c53-6f1e-4d4f-9a27-5a4f0c7f6e11 --project Sales
    """
    with connect() as connection:
        run = _attach(connection, project, execution_id)
        fields = row(connection.run(run.details()), FIELDS)
    if as_json or not is_terminal(sys.stdout):
        write_object(fields)
        return
    width = max(map(len, fields))
    for name, value in fields.items():
        click.echo(f"{name:<{width}}  {one_line(cell(value))}")


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
@click.option("--force", is_flag=True, help="Force it, as the API calls it.")
def cancel_execution(execution_id: str, project: str, force: bool) -> None:
    """Ask for the end of the execution ID; 'executions watch' tells when it is over.

    \b
    Example: matillion executions cancel 0b8f2c53-6f1e-4d4f-9a27-5a4f0c7f6e11 --project Sales
    """
    with connect() as connection:
        run = _attach(connection, project, execution_id)
        connection.run(run.cancel(force_update=force))
    click.echo(f"The end of {execution_id} was asked for.", err=True)


@command.command(name="watch")
@click.argument("execution_ids", metavar="ID...", nargs=-1, required=True)
@_in_project
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Wait no longer than that; the runs go on.",
)
@format_options
def watch_executions(
    execution_ids: tuple[str, ...], project: str, timeout: float | None, output: Format
) -> None:
    """Wait for executions; only if all end with SUCCESS is the exit code 0.

    \b
    Example: matillion executions watch 0b8f2c53-6f1e-4d4f-9a27-5a4f0c7f6e11 --project Sales --timeout 3600
    """
    with connect() as connection:
        runs = [_attach(connection, project, execution_ids[0])]
        runs += [_sibling(connection, runs[0], other) for other in execution_ids[1:]]
        if len(runs) == 1:
            running.wait(connection, runs[0], timeout, output is Format.JSON)
        else:
            connection.run(_watch(connection, runs, timeout, output))


def _attach(connection: Connection, project: str, execution_id: str) -> Run:
    found = connection.run(project_id(connection, project))
    return connection.client.pipeline_executions.attach(found, execution_id)


def _sibling(connection: Connection, run: Run, execution_id: str) -> Run:
    return connection.client.pipeline_executions.attach(run.project_id, execution_id)


async def _show_newest(
    connection: Connection, listing: Listing[Any, Any], limit: int, output: Format
) -> None:
    """Write the first items of a listing; say so if there are more."""
    writer = row_writer(output, COLUMNS)
    left = limit
    has_more = False
    async with aclosing(walk(connection, listing, "executions", output)) as pages:
        async for items in pages:
            writer.write([row(item, COLUMNS) for item in items[:left]])
            has_more = len(items) > left
            left -= min(left, len(items))
            if has_more:
                break
    writer.close()
    if has_more:
        click.echo(f"matillion: these are the newest {limit}; --limit gives more", err=True)
    elif left == limit and output is Format.TABLE:
        click.echo("No executions.", err=True)


async def _show_steps(connection: Connection, run: Run, output: Format) -> None:
    writer = row_writer(output, STEP_COLUMNS)
    as_row: Callable[[PipelineExecutionStep], dict[str, Any]] = (
        PipelineExecutionStep.to_dict if output is Format.JSON else _flat
    )
    async with aclosing(walk(connection, run.steps(), "steps", output)) as pages:
        async for items in pages:
            writer.write([as_row(step) for step in items])
    writer.close()


def _flat(step: PipelineExecutionStep) -> dict[str, Any]:
    fields = step.to_dict()
    found = {**(fields.get("result") or {}), **fields}
    return {name: found.get(name) for name in STEP_COLUMNS}


async def _watch(
    connection: Connection,
    runs: list[Run],
    timeout: float | None,  # noqa: ASYNC109 - its error says how many go on
    output: Format,
) -> None:
    """Write each run as it ends."""
    writer = row_writer(output, COLUMNS)
    total = len({run.id for run in runs})
    ended: list[RunOutcome] = []
    outcomes = connection.client.pipeline_executions.watch(runs)
    with progress("runs", is_wanted=wants_progress(connection, output)) as bar:
        bar.update(0, total)
        try:
            async with asyncio.timeout(timeout) as limit, aclosing(outcomes):
                async for outcome in outcomes:
                    ended.append(outcome)
                    writer.write([_row(outcome)])
                    bar.update(len(ended), total)
        except TimeoutError:
            if not limit.expired():
                raise
    writer.close()
    if len(ended) < total:
        raise Failure(
            f"{total - len(ended)} of {total} runs did not end within {timeout:g} seconds"
        )
    failed = sum(not outcome.succeeded for outcome in ended)
    if failed:
        raise Failure(f"{failed} of {total} runs did not succeed")


def _row(outcome: RunOutcome) -> dict[str, Any]:
    if outcome.execution is None:
        click.echo(one_line(f"matillion: {outcome.run.id}: {outcome.error}"), err=True)
        return {"pipelineExecutionId": outcome.run.id}
    return dict(row(outcome.execution, COLUMNS))
