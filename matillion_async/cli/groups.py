"""``matillion groups``."""

from __future__ import annotations

import click

from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._connection import connect
from matillion_async.cli._listing import SCIM_PAGE, show
from matillion_async.cli._output import Format, format_options

COLUMNS = ("id", "displayName", "projectName", "environment", "role", "externalId", "projectId")


@click.group(name="groups", cls=CommandGroup)
def command() -> None:
    """List groups of the directory."""


@command.command(name="list")
@format_options
def list_groups(output: Format) -> None:
    """List the groups that the directory integration (SCIM) knows; --json has their members.

    \b
    Example: matillion groups list
    Example: matillion groups list --json
    """
    with connect() as connection:
        listing = connection.client.directory_integration.list_groups()
        connection.run(show(connection, listing, "groups", COLUMNS, output, SCIM_PAGE))
