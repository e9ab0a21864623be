"""Rows as a table for people; plain text, because rich's tables take most of a millisecond per row."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from itertools import zip_longest

import click
from rich.cells import cell_len, chop_cells

from matillion_async._details import one_line
from matillion_async.cli._cells import Row, cell

_GAP = "  "
_READABLE = 10
"""Characters that a column of text gets before ids may be folded."""


class TableWriter:
    """Collects rows, and writes them as one table that is no wider than the terminal and cuts nothing."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = columns
        self._rows: list[list[str]] = []

    @property
    def count(self) -> int:
        return len(self._rows)

    def write(self, rows: Sequence[Row]) -> None:
        for row in rows:
            # On one line, a name sends no control codes to the terminal.
            self._rows.append([one_line(cell(row.get(column))) for column in self._columns])

    def close(self) -> None:
        if self._rows:
            click.echo("\n".join(self._lines(shutil.get_terminal_size().columns)))

    def abandon(self) -> None:
        self.close()

    def _lines(self, terminal_width: int) -> Iterator[str]:
        widths = [
            max(map(cell_len, column)) for column in zip(self._columns, *self._rows, strict=True)
        ]
        room = terminal_width - len(_GAP) * (len(widths) - 1)
        widths = _fitted(widths, [name.lower().endswith("id") for name in self._columns], room)
        yield from _folded(self._columns, widths)
        yield _GAP.join("-" * width for width in widths)
        for row in self._rows:
            yield from _folded(row, widths)


def _fitted(widths: list[int], is_id: list[bool], room: int) -> list[int]:
    """Widths that fit into the room; the widest texts give way first, ids only when nothing else is left."""
    ids = sum(width for width, whole in zip(widths, is_id, strict=True) if whole)
    if ids + _READABLE * is_id.count(False) > room:
        is_id, ids = [False] * len(widths), 0
    left = room - ids
    fitted = list(widths)
    texts = sorted((width, i) for i, width in enumerate(widths) if not is_id[i])
    for done, (width, i) in enumerate(texts):
        fitted[i] = max(2, min(width, left // (len(texts) - done)))  # 2: a character may be so wide
        left -= fitted[i]
    return fitted


def _folded(texts: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """The lines of one row: a text that is wider than its column goes on in the next line."""
    columns = [
        [text] if cell_len(text) <= width else chop_cells(text, width)
        for text, width in zip(texts, widths, strict=True)
    ]
    for pieces in zip_longest(*columns, fillvalue=""):
        padded = (
            piece + " " * (width - cell_len(piece))
            for piece, width in zip(pieces, widths, strict=True)
        )
        yield _GAP.join(padded).rstrip()
