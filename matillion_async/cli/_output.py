"""Rows on a terminal as a table; elsewhere as JSON or CSV."""

from __future__ import annotations

import asyncio
import csv
import json
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any, Protocol, TypeVar

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

CommandT = TypeVar("CommandT", bound=Callable[..., Any])

SECONDS_BEFORE_PROGRESS = 1.0


class Row(Protocol):
    """A model of the API."""

    def to_dict(self) -> dict[str, Any]: ...


def format_options(command: CommandT) -> CommandT:
    """Add ``--json`` and ``--csv`` to a command."""
    for name, text in (
        ("csv", "Print CSV with a header."),
        ("json", "Print a JSON array; the default when the output is not a terminal."),
    ):
        command = click.option(f"--{name}", "form", flag_value=name, help=text)(command)
    return command


async def collect(rows: AsyncIterator[Row], what: str) -> list[dict[str, Any]]:
    """All rows; on a terminal, how many there are so far once that takes long."""
    found: list[dict[str, Any]] = []
    if not sys.stderr.isatty():
        return [row.to_dict() async for row in rows]
    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed} {task.description}"),
        TimeElapsedColumn(),
    )
    with Progress(
        *columns, console=Console(stderr=True), transient=True, auto_refresh=False
    ) as bar:
        task = bar.add_task(what, total=None, visible=False)
        visible_from = asyncio.get_running_loop().time() + SECONDS_BEFORE_PROGRESS
        async for row in rows:
            found.append(row.to_dict())
            if len(found) % 25 == 0:
                visible = asyncio.get_running_loop().time() >= visible_from
                bar.update(task, completed=len(found), visible=visible, refresh=visible)
    return found


def show(rows: Sequence[dict[str, Any]], columns: Sequence[str], form: str | None) -> None:
    """Print rows in the form that was asked for, or in the one that fits where they go."""
    if form is None:
        form = "table" if sys.stdout.isatty() else "json"
    if form == "json":
        click.echo(json.dumps(list(rows), indent=2, ensure_ascii=False))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow(["" if row.get(name) is None else row[name] for name in columns])
    else:
        table = Table(*columns)
        for row in rows:
            # As text: a name such as "[red]" is a name, not a colour.
            table.add_row(*(Text(str(row.get(name) or "")) for name in columns))
        Console().print(table)
