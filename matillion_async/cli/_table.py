"""Rows as a table for people; plain text, because rich's tables take most of a millisecond per row."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from itertools import zip_longest

import click
from rich.cells import cell_len, chop_cells

from matillion_async._text import one_line
from matillion_async.cli._cells import Row, cell

_GAP = "  "
_LONGEST_WORD = 30
"""Characters; what is longer without a place to break is not a word, and is broken anywhere."""
_LETTER = r"[^\W\d_]"
_BREAK = re.compile(
    rf"(?<=[\s/_])(?=\w)|(?<={_LETTER}[-.])(?={_LETTER})|(?<=\dT)(?=\d\d:)|(?<=\s)(?=\W)"
)
"""Where a line may end: after a space, within a path or the name of a file, and between a date and its time."""
_BREAK_IN_NAME = re.compile(r"(?<=[a-z])(?=[A-Z])")


class TableWriter:
    """Collects rows, and writes them as one table that is no wider than the terminal and cuts nothing.

    Long cells go on in the next line, but no word, number or id is broken: where these do not fit beside each other, each
    row is written as a list of its fields.
    """

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
        columns = list(zip(self._columns, zip(*self._rows, strict=True), strict=True))
        room = terminal_width - len(_GAP) * (len(columns) - 1)
        whole = [max(map(cell_len, (name, *texts))) for name, texts in columns]
        widths: list[int] | None = whole
        if sum(whole) > room:
            widths = _fitted(whole, [_least(name, texts) for name, texts in columns], room)
        if widths is None:
            yield from self._fields(terminal_width)
            return
        yield from _folded(self._columns, widths, _BREAK_IN_NAME)
        yield _GAP.join("-" * width for width in widths)
        for row in self._rows:
            yield from _folded(row, widths)

    def _fields(self, terminal_width: int) -> Iterator[str]:
        """The rows one below the other, each field on a line of its own."""
        name_width = min(max(map(cell_len, self._columns)), terminal_width // 2)
        widths = [name_width, max(2, terminal_width - name_width - len(_GAP))]
        for number, row in enumerate(self._rows):
            if number:
                yield ""
            for name, text in zip(self._columns, row, strict=True):
                yield from _folded([name, text], widths)


def _least(name: str, texts: Sequence[str]) -> int:
    """The characters that a column needs so that nothing in it is broken that must not be."""
    words = {*_BREAK_IN_NAME.split(name)}
    if name.lower().endswith("id"):
        return max(map(cell_len, (*words, *texts)))
    words |= {word for text in texts for word in _BREAK.split(text)}
    return min(_LONGEST_WORD, max(cell_len(word.rstrip()) for word in words))


def _fitted(widths: list[int], least: list[int], room: int) -> list[int] | None:
    """Widths that fit into the room; the widest give way first. None if there is not even room for the least."""
    if sum(least) > room:
        return None
    limit = max(
        limit
        for limit in range(room + 1)
        if sum(map(min, widths, (max(limit, need) for need in least))) <= room
    )
    return [min(width, max(limit, need)) for width, need in zip(widths, least, strict=True)]


def _folded(
    texts: Sequence[str], widths: Sequence[int], breaks: re.Pattern[str] = _BREAK
) -> Iterator[str]:
    """The lines of one row: a cell that is wider than its column goes on in the next line."""
    columns = [_wrapped(text, width, breaks) for text, width in zip(texts, widths, strict=True)]
    for pieces in zip_longest(*columns, fillvalue=""):
        padded = (
            piece + " " * (width - cell_len(piece))
            for piece, width in zip(pieces, widths, strict=True)
        )
        yield _GAP.join(padded).rstrip()


def _wrapped(text: str, width: int, breaks: re.Pattern[str]) -> list[str]:
    if cell_len(text) <= width:
        return [text]
    lines = [""]
    for word in breaks.split(text):
        if cell_len(lines[-1] + word.rstrip()) <= width:
            lines[-1] += word
        elif cell_len(word.rstrip()) <= width:
            lines.append(word)
        else:
            lines += chop_cells(word, width)
    return [line.rstrip() for line in lines if line]
