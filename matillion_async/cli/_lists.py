"""Commands that list what belongs to the account or to a project; they differ in words and columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click
from matillion_api.types import Listing

from matillion_async._client import MatillionClient
from matillion_async.cli._connection import connect
from matillion_async.cli._listing import PAGE, PageFields, show
from matillion_async.cli._lookup import show_of_project
from matillion_async.cli._output import Format, format_options


def add_account_list(
    group: click.Group,
    label: str,
    columns: Sequence[str],
    listing_of: Callable[[MatillionClient], Listing[Any, Any]],
    text: str,
    *examples: str,
    fields: PageFields = PAGE,
    none: str = "",
) -> None:
    """Add ``list`` to a group of commands, with its help and the arguments of the examples in it; see :func:`show`."""
    lines = (f"Example: matillion {group.name} list {example}".rstrip() for example in examples)

    @group.command(name="list", help="\n".join([text, "", "\b", *lines]))
    @format_options
    def list_all(output: Format) -> None:
        with connect() as connection:
            listing = listing_of(connection.client)
            connection.run(show(connection, listing, label, columns, output, fields, none))


def add_list(
    group: click.Group,
    label: str,
    columns: Sequence[str],
    listing_of: Callable[[MatillionClient], Callable[[str], Listing[Any, Any]]],
    example: str = "Sales",
) -> None:
    """Add ``list`` to a group of commands, with the project as its argument."""
    text = f"List the {label} of PROJECT (id or exact name)."

    @group.command(
        name="list", help=f"{text}\n\n\b\nExample: matillion {group.name} list {example}"
    )
    @click.argument("project")
    @format_options
    def list_all(project: str, output: Format) -> None:
        with connect() as connection:
            listing = listing_of(connection.client)
            connection.run(show_of_project(connection, project, listing, label, columns, output))
