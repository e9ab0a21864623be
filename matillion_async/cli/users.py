"""``matillion users``."""

from __future__ import annotations

import click

from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._listing import SCIM_PAGE
from matillion_async.cli._lists import add_account_list

COLUMNS = ("id", "userName", "displayName", "active", "externalId", "emails")


@click.group(name="users", cls=CommandGroup)
def command() -> None:
    """List users of the directory."""


add_account_list(
    command,
    "users",
    COLUMNS,
    lambda client: client.directory_integration.list_users(),
    "List the users that the directory integration (SCIM) knows.",
    *("", "--json"),
    fields=SCIM_PAGE,
)
