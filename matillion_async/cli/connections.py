"""``matillion connections``."""

from __future__ import annotations

import click

from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._deletion import delete_of_project, yes_option
from matillion_async.cli._lists import add_list

COLUMNS = ("name", "platformConnectionType", "authProvider", "authType", "id")


@click.group(name="connections", cls=CommandGroup)
def command() -> None:
    """List and delete connections."""


add_list(command, "connections", COLUMNS, lambda client: client.connections.list)


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
