"""``matillion schedules``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from matillion_async._client import MatillionClient
from matillion_async._names.near import first_few, near
from matillion_async.cli._commands import Group
from matillion_async.cli._connection import Connection, connect
from matillion_async.cli._deletion import delete_of_project, yes_option
from matillion_async.cli._failures import Failure
from matillion_async.cli._listing import show
from matillion_async.cli._lookup import is_id, project_id
from matillion_async.cli._output import Format, format_options, write_fields, write_object
from matillion_async.cli._variables import grid_variables, scalar_variables

COLUMNS = (
    *("scheduleId", "name", "pipelineName", "environmentName", "versionName", "cronExpression"),
    *("cronTimezone", "intervalExpression", "effectiveFrom", "lastRunAt", "nextRunAt"),
    *("scheduleEnabled", "scalarVariables", "gridVariables"),
)


def _moment(ctx: click.Context, option: click.Parameter, given: str | None) -> datetime | None:
    """Read a date with time and offset from UTC."""
    if given is None:
        return None
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        moment = datetime.min
    if moment.tzinfo is None:
        raise click.BadParameter(
            f"{given!r} is no date with time and offset, such as 2026-03-01T00:00+01:00",
            ctx,
            option,
        )
    return moment


_timezone = click.option("--timezone", metavar="ZONE", help="Of the cron expression (IANA).")
_begin = click.option(
    "--from", "effective_from", callback=_moment, metavar="DATE", help="Since when it is in force."
)
_concurrent = click.option(
    "--concurrent/--no-concurrent",
    default=None,
    help="Whether a run may start while the one before is not over. It may unless --no-concurrent is given, at each "
    "change again: the API does not tell what it was.",
)
_as_json = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")


@click.group(name="schedules", cls=Group)
def command() -> None:
    """List, show, create, change, pause and delete schedules.

    PROJECT and SCHEDULE are given by their ids or their exact names.
    """


@command.command(name="list")
@click.argument("project")
@format_options
def list_schedules(project: str, output: Format) -> None:
    """List the schedules of PROJECT.

    \b
    Example: matillion schedules list Sales --csv > schedules.csv
    """
    with connect() as connection:
        found = connection.run(project_id(connection, project))
        listing = connection.client.schedules.list(found)
        count = connection.run(show(connection, listing, "schedules", COLUMNS, output))
    if not count and output is Format.TABLE:
        click.echo("No schedules.", err=True)


@command.command(name="show")
@click.argument("project")
@click.argument("schedule")
@_as_json
def show_schedule(project: str, schedule: str, as_json: bool) -> None:
    """Show SCHEDULE of PROJECT.

    \b
    Example: matillion schedules show Sales "Nightly load"
    """
    with connect() as connection:
        found, schedule_id = connection.run(_ids(connection, project, schedule))
        shown = connection.run(connection.client.schedules.get(found, schedule_id))
    write_fields(shown.to_dict(), as_json=as_json)


@command.command(name="create")
@click.argument("project")
@click.option("--name", required=True, help="Name of the schedule.")
@click.option("--pipeline", required=True, metavar="NAME", help="What it starts.")
@click.option("--environment", required=True, metavar="NAME", help="Where it starts it.")
@click.option(
    "--cron",
    required=True,
    metavar="CRON",
    help="When: a Quartz cron expression, which begins with the seconds.",
)
@_timezone
@_begin
@_concurrent
@click.option("--disabled", is_flag=True, help="Let it start nothing until it is enabled.")
@click.option(
    "--var",
    "scalars",
    metavar="NAME=VALUE",
    multiple=True,
    callback=scalar_variables,
    help="Value of a scalar variable; may be repeated.",
)
@click.option(
    "--grid-var",
    "grids",
    metavar="NAME=JSON",
    multiple=True,
    callback=grid_variables,
    help="Value of a grid variable, as rows of texts in JSON; may be repeated.",
)
@click.option("--version", "version_name", metavar="NAME", help="The latest unless given.")
@click.option("--agent", "agent_id", metavar="ID", help="The environment's default unless given.")
@_as_json
def create_schedule(
    project: str,
    name: str,
    pipeline: str,
    environment: str,
    cron: str,
    timezone: str | None,
    effective_from: datetime | None,
    concurrent: bool | None,
    disabled: bool,
    scalars: dict[str, str] | None,
    grids: dict[str, list[list[str]]] | None,
    version_name: str | None,
    agent_id: str | None,
    as_json: bool,
) -> None:
    """Create a schedule in PROJECT and print its id.

    \b
    Example: matillion schedules create Sales --name "Nightly load" --pipeline daily.orch.yaml
      --environment "Production EU" --cron "0 0 2 ? * MON-FRI" --timezone Europe/Dublin
    """
    started = {
        "pipelineName": pipeline,
        "environmentName": environment,
        "versionName": version_name,
        "agentId": agent_id,
        "scalarVariables": scalars,
        "gridVariables": grids,
    }
    settings = {
        "name": name,
        "cronExpression": cron,
        "cronTimezone": timezone,
        "effectiveFrom": effective_from.isoformat() if effective_from else None,
        "scheduleEnabled": not disabled,
        "allowConcurrentExecutions": concurrent,
    }
    with connect() as connection:
        found = connection.run(project_id(connection, project))
        created = connection.run(
            connection.client.schedules.create(
                found, pipeline=_given(started), schedule=_given(settings)
            )
        )
    if as_json:
        write_object(created.to_dict())
    else:
        click.echo(created.schedule_id)


@command.command(name="update")
@click.argument("project")
@click.argument("schedule")
@click.option("--name", help="Its new name.")
@click.option("--cron", metavar="CRON", help="When: a Quartz cron expression.")
@_timezone
@_begin
@_concurrent
@_as_json
def update_schedule(
    project: str,
    schedule: str,
    name: str | None,
    cron: str | None,
    timezone: str | None,
    effective_from: datetime | None,
    concurrent: bool | None,
    as_json: bool,
) -> None:
    """Change when SCHEDULE of PROJECT runs; what is not given stays as it is.

    \b
    Example: matillion schedules update Sales "Nightly load" --cron "0 30 3 ? * MON-FRI"
    """
    options = {
        "name": name,
        "cron_expression": cron,
        "cron_timezone": timezone,
        "effective_from": effective_from,
        "allow_concurrent_executions": concurrent,
    }
    if all(value is None for value in options.values()):
        raise click.UsageError("Give what is to change", click.get_current_context())
    _change(project, schedule, as_json, **_given(options))


@command.command(name="enable")
@click.argument("project")
@click.argument("schedule")
@_concurrent
@_as_json
def enable_schedule(project: str, schedule: str, concurrent: bool | None, as_json: bool) -> None:
    """Let a paused SCHEDULE of PROJECT run again.

    \b
    Example: matillion schedules enable Sales "Nightly load"
    """
    _change(
        project,
        schedule,
        as_json,
        schedule_enabled=True,
        **_given({"allow_concurrent_executions": concurrent}),
    )


@command.command(name="disable")
@click.argument("project")
@click.argument("schedule")
@_concurrent
@_as_json
def disable_schedule(project: str, schedule: str, concurrent: bool | None, as_json: bool) -> None:
    """Pause SCHEDULE of PROJECT.

    \b
    Example: matillion schedules disable Sales "Nightly load"
    """
    _change(
        project,
        schedule,
        as_json,
        schedule_enabled=False,
        **_given({"allow_concurrent_executions": concurrent}),
    )


@command.command(name="delete")
@click.argument("project")
@click.argument("schedule")
@yes_option
def delete_schedule(project: str, schedule: str, is_confirmed: bool) -> None:
    """Delete SCHEDULE of PROJECT.

    \b
    Example: matillion schedules delete Sales "Nightly load" --yes
    """

    async def delete(client: MatillionClient, found: str) -> None:
        await client.schedules.delete(found, await _schedule_id(client, found, schedule))

    delete_of_project(project, f"schedule {schedule!r}", delete, is_confirmed=is_confirmed)


def _change(project: str, schedule: str, as_json: bool, **options: Any) -> None:
    with connect() as connection:
        found, schedule_id = connection.run(_ids(connection, project, schedule))
        changed = connection.run(connection.client.schedules.change(found, schedule_id, **options))
    write_fields(changed.to_dict(), as_json=as_json)


def _given(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


async def _ids(connection: Connection, project: str, schedule: str) -> tuple[str, str]:
    """The ids of a project and of a schedule in it."""
    found = await project_id(connection, project)
    return found, await _schedule_id(connection.client, found, schedule)


async def _schedule_id(client: MatillionClient, project: str, text: str) -> str:
    """The id of the schedule with this id, which is not looked up, or exact name.

    Raises:
        Failure: no schedule has the name, or several have.
    """
    if is_id(text):
        return text
    names = {item.schedule_id: item.name or "" async for item in client.schedules.list(project)}
    ids = [schedule_id for schedule_id, name in names.items() if name == text]
    if len(ids) == 1:
        return ids[0]
    if ids:
        raise Failure(f"{len(ids)} schedules are named {text!r}; give an id: {first_few(ids)}")
    raise Failure(
        f"no schedule has the id or the exact name {text!r}; {near(text, names)}; "
        "see 'matillion schedules list'"
    )
