"""``matillion schedules``."""

from __future__ import annotations

import click

from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._connection import CliClient, connect
from matillion_async.cli._deletion import delete_of_project, yes_option
from matillion_async.cli._lists import add_list
from matillion_async.cli._lookup import schedule_id
from matillion_async.cli._output import json_fields_option, write_fields
from matillion_async.cli._schedule_changes import create, disable, enable, update

COLUMNS = (
    "scheduleId", "name", "pipelineName", "environmentName", "versionName", "cronExpression",
    "cronTimezone", "intervalExpression", "effectiveFrom", "lastRunAt", "nextRunAt",
    "scheduleEnabled", "scalarVariables", "gridVariables",
)  # fmt: skip


@click.group(name="schedules", cls=CommandGroup)
def command() -> None:
    """List, show, create, change, pause and delete schedules."""


for _changing in (create, update, enable, disable):
    command.add_command(_changing)


add_list(
    command,
    "schedules",
    COLUMNS,
    lambda client: client.schedules.list,
    "Sales --csv > schedules.csv",
)


@command.command(name="show")
@click.argument("project")
@click.argument("schedule")
@json_fields_option
def show_schedule(project: str, schedule: str, as_json: bool) -> None:
    """Show SCHEDULE of PROJECT (ids or exact names).

    \b
    Example: matillion schedules show Sales "Nightly load"
    """
    with connect() as connection:
        key = connection.run(schedule_id(connection, project, schedule))
        shown = connection.run(connection.client.schedules.get(project, key))
    write_fields(shown.to_dict(), as_json=as_json)


@command.command(name="delete")
@click.argument("project")
@click.argument("schedule")
@yes_option
def delete_schedule(project: str, schedule: str, is_confirmed: bool) -> None:
    """Delete SCHEDULE of PROJECT (ids or exact names).

    \b
    Example: matillion schedules delete Sales "Nightly load" --yes
    """

    async def delete(connection: CliClient, found: str) -> None:
        key = await schedule_id(connection, found, schedule)
        await connection.client.schedules.delete(found, key)

    delete_of_project(project, f"schedule {schedule!r}", delete, is_confirmed=is_confirmed)
