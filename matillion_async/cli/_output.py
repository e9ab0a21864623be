"""Rows as JSON, CSV or a table, on stdout."""

from __future__ import annotations

import csv
import functools
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, Protocol

import click

from matillion_async.cli._cells import Row, as_json_text, cell
from matillion_async.cli._streams import Sink, binary_stdout, is_terminal, say


class Format(StrEnum):
    """How rows are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


_CRLF = "\r\n"
"""Before Python 3.13 a CSV writer quotes only the ends of lines that it is told to write itself."""


class RowWriter(Protocol):
    """Writes rows as they come, or together at the end."""

    @property
    def count(self) -> int:
        """How many rows it was given."""
        ...

    def write(self, rows: Sequence[Row]) -> None:
        """Take the next rows."""
        ...

    def close(self) -> None:
        """Write what is left, and that this is all."""
        ...

    def abandon(self) -> None:
        """Write what is left, although it is not all."""
        ...


json_option = click.option("--json", "as_json", is_flag=True, help="Print the response as JSON.")
"""For a command that writes an id or nothing to stdout otherwise; it gets ``as_json``."""
json_fields_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print the response as JSON; the default unless stdout is a terminal.",
)
"""For a command that uses :func:`write_fields`."""
wait_json_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print what became of it as JSON, also if the wait is stopped or out of time.",
)
"""For a command that waits for something."""


def format_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add ``--json`` and ``--csv`` to a command, which gets a :class:`Format` as ``output``."""

    @click.option(
        "--json",
        "as_json",
        is_flag=True,
        help="Write a JSON array, one row on each line; the default unless stdout is a terminal.",
    )
    @click.option(
        "--csv", "as_csv", is_flag=True, help="Write CSV with a header; documented fields only."
    )
    @functools.wraps(function)
    def command(*args: Any, as_json: bool, as_csv: bool, **options: Any) -> None:
        if as_json and as_csv:
            raise click.UsageError("Give --json or --csv, not both", click.get_current_context())
        if as_csv:
            output = Format.CSV
        elif as_json or not is_terminal(sys.stdout):
            output = Format.JSON
        else:
            output = Format.TABLE
        function(*args, output=output, **options)

    return command


@contextmanager
def row_writer(output: Format, columns: Sequence[str]) -> Iterator[RowWriter]:
    """A writer to stdout for rows that may have more fields than ``columns``.

    If the block fails or is interrupted, no row that came before is lost, and stderr says that they are not all.
    """
    writer = _writer(output, columns)
    try:
        yield writer
    except BrokenPipeError:
        raise  # nobody reads the rest
    except BaseException:
        if writer.count:
            writer.abandon()
            say_incomplete(writer.count)
        raise
    writer.close()


def say_incomplete(count: int) -> None:
    """Say on stderr that stdout got no more than the first rows."""
    rows = "row is" if count == 1 else f"{count} rows are"
    say(f"matillion: the output is incomplete: only the first {rows} there")


def _writer(output: Format, columns: Sequence[str]) -> RowWriter:
    if output is Format.TABLE:
        from matillion_async.cli._table import TableWriter  # it builds on this module

        return TableWriter(columns)
    stream = binary_stdout()
    return JsonWriter(stream) if output is Format.JSON else CsvWriter(stream, columns)


def write_object(row: Row) -> None:
    """Write one JSON object."""
    stream = binary_stdout()
    stream.write(_encoded(as_json_text(row)) + b"\n")
    stream.flush()


def write_fields(row: Row, *, as_json: bool) -> None:
    """Write the fields of one thing: a line for each on a terminal, one JSON object otherwise."""
    if as_json or not is_terminal(sys.stdout):
        write_object(row)
        return
    with row_writer(Format.TABLE, ("field", "value")) as writer:
        writer.write([{"field": name, "value": value} for name, value in row.items()])


class JsonWriter:
    """A JSON array in UTF-8, one row on each line, so that it can be read line by line as well."""

    def __init__(self, stream: Sink) -> None:
        self._stream = stream
        self.count = 0

    def write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            before = b",\n" if self.count else b"[\n"
            self._stream.write(before + _encoded(as_json_text(row)))
            self.count += 1
        self._stream.flush()

    def close(self) -> None:
        self._stream.write(b"\n]\n" if self.count else b"[]\n")
        self._stream.flush()

    def abandon(self) -> None:
        """Leave the array open: no parser takes it for whole."""
        self._stream.write(b"\n")
        self._stream.flush()


class CsvWriter:
    """CSV in UTF-8 with ``columns`` as its header, values as they came; says which fields it left out."""

    def __init__(self, stream: Sink, columns: Sequence[str]) -> None:
        self._stream = stream
        self._columns = columns
        self.count = 0
        self._left_out: dict[str, None] = {}
        self._writer = csv.writer(_Utf8(stream), lineterminator=_CRLF)

    def write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self._head()
            self._writer.writerow([cell(row.get(column)) for column in self._columns])
            self._left_out.update((name, None) for name in row if name not in self._columns)
            self.count += 1
        self._stream.flush()

    def close(self) -> None:
        self._head()
        self._stream.flush()
        if self._left_out:
            names = ", ".join(self._left_out)
            say(f"matillion: left out of the CSV, --json has them: {names}")

    def abandon(self) -> None:
        """Nothing: each row is written at once, and CSV has no end."""

    def _head(self) -> None:
        if not self.count:  # not before there is a response: an error leaves stdout empty
            self._writer.writerow(self._columns)


class _Utf8:
    """The text stream that a CSV writer needs, over a binary one that stays open."""

    def __init__(self, stream: Sink) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(_encoded(text.removesuffix(_CRLF) + "\n"))


def _encoded(text: str) -> bytes:
    # A lone surrogate, which JSON text can hold, has no UTF-8 form: it is written as its JSON escape.
    return text.encode("utf-8", errors="backslashreplace")
