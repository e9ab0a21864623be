"""``matillion lineage``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._connection import connect
from matillion_async.cli._export import export, export_options


@click.group(name="lineage", cls=CommandGroup)
def command() -> None:
    """Export lineage events."""


@command.command(name="export")
@export_options
def export_lineage(start: datetime, end: datetime, path: Path | None) -> None:
    """Write the OpenLineage events of a range of time as JSON lines, oldest first and each once.

    The range may be of any length, although the API allows 31 days in one request.

    \b
    Example: matillion lineage export --from 90d --output quarter.jsonl
    Example: matillion lineage export --from 1d | jq .event
    """
    with connect() as connection:
        listing = connection.client.lineage.events(generated_from=start, generated_before=end)
        connection.run(export(connection, listing, path))
