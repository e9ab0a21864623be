"""``matillion schedules create``, ``update``, ``enable`` and ``disable``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from matillion_async.cli._commands import Command
from matillion_async.cli._connection import connect
from matillion_async.cli._dates import MOMENT_FORM, moment
from matillion_async.cli._lookup import schedule_id
from matillion_async.cli._options import given
from matillion_async.cli._output import json_fields_option, json_option, write_fields, write_object
from matillion_async.cli._streams import put
from matillion_async.cli._variables import start_options

_timezone = click.option(
    "--timezone",
    metavar="ZONE",
    help="Time zone of the cron expression, by its IANA name, such as Europe/Dublin.",
)
_begin = click.option(
    "--from",
    "effective_from",
    type=moment,
    metavar="DATE",
    help=f"Since when it is in force; {MOMENT_FORM}.",
)
_concurrent = click.option(
    "--concurrent/--no-concurrent",
    default=None,
    help="Whether a run may start while the one before is not over. It may unless --no-concurrent is given, at each "
    "change again: the API does not tell what it was.",
)


@click.command(cls=Command, name="create")
@click.argument("project")
@click.option("--name", required=True, help="Name of the schedule.")
@click.option("--pipeline", required=True, metavar="NAME", help="Pipeline that it starts.")
@click.option("--environment", required=True, metavar="NAME", help="Environment to start it in.")
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
@start_options
@json_option
def create(
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
    """Create a schedule in PROJECT (id or exact name) and print its id.

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
        created = connection.run(
            connection.client.schedules.create(
                project, pipeline=given(started), schedule=given(settings)
            )
        )
    if as_json:
        write_object(created.to_dict())
    else:
        put(created.schedule_id)


@click.command(cls=Command, name="update")
@click.argument("project")
@click.argument("schedule")
@click.option("--name", help="Its new name.")
@click.option(
    "--cron", metavar="CRON", help="When: a Quartz cron expression, which begins with the seconds."
)
@_timezone
@_begin
@_concurrent
@json_fields_option
def update(
    project: str,
    schedule: str,
    name: str | None,
    cron: str | None,
    timezone: str | None,
    effective_from: datetime | None,
    concurrent: bool | None,
    as_json: bool,
) -> None:
    """Change when SCHEDULE of PROJECT runs (ids or exact names); the rest stays as it is.

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
        raise click.UsageError(
            "Nothing to change: give at least one option", click.get_current_context()
        )
    _change(project, schedule, as_json, **given(options))


@click.command(cls=Command, name="enable")
@click.argument("project")
@click.argument("schedule")
@_concurrent
@json_fields_option
def enable(project: str, schedule: str, concurrent: bool | None, as_json: bool) -> None:
    """Let a paused SCHEDULE of PROJECT run again (ids or exact names).

    \b
    Example: matillion schedules enable Sales "Nightly load"
    """
    _change(
        project,
        schedule,
        as_json,
        schedule_enabled=True,
        **given({"allow_concurrent_executions": concurrent}),
    )


@click.command(cls=Command, name="disable")
@click.argument("project")
@click.argument("schedule")
@_concurrent
@json_fields_option
def disable(project: str, schedule: str, concurrent: bool | None, as_json: bool) -> None:
    """Pause SCHEDULE of PROJECT (ids or exact names).

    \b
    Example: matillion schedules disable Sales "Nightly load"
    """
    _change(
        project,
        schedule,
        as_json,
        schedule_enabled=False,
        **given({"allow_concurrent_executions": concurrent}),
    )


def _change(project: str, schedule: str, as_json: bool, **options: Any) -> None:
    with connect() as connection:
        key = connection.run(schedule_id(connection, project, schedule))
        changed = connection.run(connection.client.schedules.change(project, key, **options))
    write_fields(changed.to_dict(), as_json=as_json)
