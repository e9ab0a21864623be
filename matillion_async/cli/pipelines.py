"""``matillion pipelines``."""

from __future__ import annotations

from functools import partial

import click

from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._connection import connect
from matillion_async.cli._listing import show
from matillion_async.cli._lookup import in_environment
from matillion_async.cli._output import Format, format_options

COLUMNS = ("name", "publishedTime")


@click.group(name="pipelines", cls=CommandGroup)
def command() -> None:
    """List published pipelines."""


@command.command(name="list")
@click.argument("project")
@click.option(
    "--environment", required=True, metavar="NAME", help="Environment that they are published to."
)
@format_options
def list_pipelines(project: str, environment: str, output: Format) -> None:
    """List the pipelines of PROJECT (id or exact name) that are published to an environment.

    \b
    Example: matillion pipelines list Sales --environment Production
    """
    with connect() as connection:
        listing = connection.client.pipelines.list(project, environment_name=environment)
        none = "No pipelines are published there."
        work = partial(show, connection, listing, "pipelines", COLUMNS, output, none=none)
        connection.run(in_environment(connection, project, [environment], work))
