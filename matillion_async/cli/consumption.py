"""``matillion consumption``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import aclosing
from datetime import UTC, date, datetime, timedelta
from typing import Any

import click
from matillion_api.models.consumption_day import ConsumptionDay

from matillion_async.cli._cells import Row
from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._connection import CliClient, connect
from matillion_async.cli._dates import DAY_FORM, day
from matillion_async.cli._listing import say_none, wants_progress
from matillion_async.cli._output import Format, format_options, row_writer
from matillion_async.cli._progress import progress

FACTS = ("day", "consumptionType", "credits")
DIMENSIONS = (
    "pipelineName",
    "environment",
    "pipelineId",
    "installationId",
    "userEmail",
    "projectId",
)


@click.group(name="consumption", cls=CommandGroup)
def command() -> None:
    """Show the credits that the account has used."""


@command.command(name="show")
@click.option(
    "--from", "first", type=day, required=True, metavar="DAY", help=f"The first day, {DAY_FORM}."
)
@click.option(
    "--to",
    "before",
    type=day,
    metavar="DAY",
    help="The day after the last one; tomorrow unless given.",
)
@format_options
def show_consumption(first: date, before: date | None, output: Format) -> None:
    """Show what was used on each day, by kind and cause. Days are days in UTC.

    \b
    Example: matillion consumption show --from 7d
    Example: matillion consumption show --from 30d --csv > month.csv
    """
    if before is None:
        before = datetime.now(UTC).date() + timedelta(days=1)
    with connect() as connection:
        connection.run(_show(connection, first, before, output))


async def _show(connection: CliClient, first: date, before: date, output: Format) -> None:
    is_table = output is Format.TABLE
    columns = (*FACTS, "cause") if is_table else (*FACTS, *DIMENSIONS)
    bar = progress("days", is_wanted=wants_progress(connection, output))
    days = connection.client.consumption.by_day(consumed_from=first, consumed_before=before)
    done = 0
    with row_writer(output, columns) as writer, bar as shown:
        async with aclosing(aiter(days)) as walk:
            async for used in walk:
                writer.write(list(_rows_for_people(used) if is_table else _rows(used)))
                done += 1
                shown.update(done, max(done, (before - first).days))
    say_none(writer.count, "consumption", output)


def _rows(used: ConsumptionDay) -> Iterator[dict[str, Any]]:
    """One row for each cause, with its dimensions as columns."""
    start = used.consumed_from
    for item in used.consumption or []:
        fields = item.to_dict()
        dimensions = fields.pop("dimensions", {})
        yield {
            "day": start.date().isoformat() if isinstance(start, datetime) else None,
            **fields,
            **{name: value for name, value in dimensions.items() if name not in fields},
        }


def _rows_for_people(used: ConsumptionDay) -> Iterator[Row]:
    """Likewise, with the dimensions in one column: most causes have few of them."""
    for row in _rows(used):
        names = [name for name in DIMENSIONS if name in row]
        names += [name for name in row if name not in FACTS and name not in DIMENSIONS]
        yield {
            **{name: row.get(name) for name in FACTS},
            "cause": ", ".join(str(row[name]) for name in names),
        }
