"""``matillion connections``."""

from __future__ import annotations

import click

from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._connection import connect
from matillion_async.cli._deletion import delete_of_project, yes_option
from matillion_async.cli._lookup import show_of_project
from matillion_async.cli._output import Format, format_options

COLUMNS = ("name", "platformConnectionType", "authProvider", "authType", "id")


@click.group(name="connections", cls=CommandGroup)
def command() -> None:
    """List and delete connections."""


@command.command(name="list")
@click.argument("project")
@format_options
def list_connections(project: str, output: Format) -> None:
    """List the connections of PROJECT (id or exact name).

    \b
    Example: matillion connections list Sales
    """
    with connect() as connection:
        listing_of = connection.client.connections.list
        connection.run(
            show_of_project(connection, project, listing_of, "connections", COLUMNS, output)
        )


@command.command(name="delete")
@click.argument("project")
@click.argument("name")
@yes_option
def delete_connection(project: str, name: str, is_confirmed: bool) -> None:
    """Delete the connection NAME of PROJECT (id or exact name).

    \b
    Example: matillion connections delete Sales jira --yes
    """
    delete_of_project(
        project,
        f"connection {name!r}",
        lambda connection, key: connection.client.connections.delete(key, connection_name=name),
        is_confirmed=is_confirmed,
    )
