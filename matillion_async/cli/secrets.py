"""``matillion secrets``."""

from __future__ import annotations

import click

from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._connection import connect
from matillion_async.cli._lookup import show_of_project
from matillion_async.cli._output import Format, format_options

COLUMNS = ("name", "agentType", "secretReferenceType", "secretName", "secretKey")


@click.group(name="secrets", cls=CommandGroup)
def command() -> None:
    """List secret references, which name secrets and hold none."""


@command.command(name="list")
@click.argument("project")
@format_options
def list_secrets(project: str, output: Format) -> None:
    """List the secret references of PROJECT (id or exact name).

    \b
    Example: matillion secrets list Sales
    """
    with connect() as connection:
        listing_of = connection.client.secret_references.list
        connection.run(
            show_of_project(connection, project, listing_of, "secret references", COLUMNS, output)
        )
