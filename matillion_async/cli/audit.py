"""``matillion audit``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._connection import connect
from matillion_async.cli._export import export, export_options


@click.group(name="audit", cls=CommandGroup)
def command() -> None:
    """Export audit events."""


@command.command(name="export")
@export_options
def export_audit(start: datetime, end: datetime, path: Path | None) -> None:
    """Write the audit events of a range of time as JSON lines, oldest first and each once.

    The API keeps the last 90 days, and shows them to credentials of a Super Admin only.

    \b
    Example: matillion audit export --from 7d --output week.jsonl
    Example: matillion audit export --from 1d | jq .eventType
    """
    with connect() as connection:
        listing = connection.client.audit.events(from_=start, to=end)
        connection.run(export(connection, listing, path))
