"""``matillion groups``."""

from __future__ import annotations

import click

from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._listing import SCIM_PAGE
from matillion_async.cli._lists import add_account_list

COLUMNS = ("id", "displayName", "projectName", "environment", "role", "externalId", "projectId")


@click.group(name="groups", cls=CommandGroup)
def command() -> None:
    """List groups of the directory."""


add_account_list(
    command,
    "groups",
    COLUMNS,
    lambda client: client.directory_integration.list_groups(),
    "List the groups that the directory integration (SCIM) knows; --json has their members.",
    *("", "--json"),
    fields=SCIM_PAGE,
)
