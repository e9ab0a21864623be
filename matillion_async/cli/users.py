"""``matillion users``."""

from __future__ import annotations

import click

from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._connection import connect
from matillion_async.cli._listing import SCIM_PAGE, show
from matillion_async.cli._output import Format, format_options

COLUMNS = ("id", "userName", "displayName", "active", "externalId", "emails")


@click.group(name="users", cls=CommandGroup)
def command() -> None:
    """List users of the directory."""


@command.command(name="list")
@format_options
def list_users(output: Format) -> None:
    """List the users that the directory integration (SCIM) knows.

    \b
    Example: matillion users list
    Example: matillion users list --json
    """
    with connect() as connection:
        listing = connection.client.directory_integration.list_users()
        connection.run(show(connection, listing, "users", COLUMNS, output, SCIM_PAGE))
