"""``matillion secrets``."""

from __future__ import annotations

import click

from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._lists import add_list

COLUMNS = ("name", "agentType", "secretReferenceType", "secretName", "secretKey")


@click.group(name="secrets", cls=CommandGroup)
def command() -> None:
    """List secret references, which name secrets and hold none."""


add_list(command, "secret references", COLUMNS, lambda client: client.secret_references.list)
