"""Rows as JSON, CSV and tables; the progress bar."""

from __future__ import annotations

import asyncio
import io
import json
import sys
from contextlib import suppress

import pytest
from matillion_api.models.project import Project

from matillion_async.cli._listing import row
from matillion_async.cli._output import CsvWriter, Format, JsonWriter, row_writer
from matillion_async.cli._progress import progress
from matillion_async.cli._table import TableWriter

COLUMNS = ("id", "name")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_json_keeps_what_is_unknown() -> None:
    """Fields that are not documented come through as they came, after the documented ones."""
    model = Project.from_dict(
        {"tier": {"level": 1.5}, "id": "1", "name": "日本", "description": None}
    )
    stream = io.BytesIO()
    writer = JsonWriter(stream)
    writer.write([row(model, ("id", "name", "description"))])
    writer.close()
    assert (
        stream.getvalue().decode()
        == '[\n{"id": "1", "name": "日本", "description": null, "tier": {"level": 1.5}}\n]\n'
    )


def test_an_empty_json_listing() -> None:
    """No rows are an empty array."""
    stream = io.BytesIO()
    JsonWriter(stream).close()
    assert json.loads(stream.getvalue()) == []


def test_a_lone_surrogate_survives_json() -> None:
    """Text that has no UTF-8 form is written as the escape it came as."""
    stream = io.BytesIO()
    writer = JsonWriter(stream)
    writer.write([{"name": "\ud800"}])
    writer.close()
    assert json.loads(stream.getvalue()) == [{"name": "\ud800"}]


def test_csv_values(capsys: pytest.CaptureFixture[str]) -> None:
    """CSV quotes what it must, changes no text, leaves null empty, and says what it left out."""
    stream = io.BytesIO()
    writer = CsvWriter(stream, COLUMNS)
    writer.write([{"id": "=1+1", "name": 'a "b"\n,ü'}, {"id": 12345678901234567890, "more": True}])
    writer.write([{"id": True, "name": {"a": None}}])
    writer.close()
    assert stream.getvalue().decode().split("\n") == [
        "id,name",
        '=1+1,"a ""b""',
        ',ü"',
        "12345678901234567890,",
        'true,"{""a"": null}"',
        "",
    ]
    assert "--json has them: more\n" in capsys.readouterr().err


def test_a_table_shows_names_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    """Brackets are no markup, and control characters do not reach the terminal."""
    writer = TableWriter(COLUMNS)
    writer.write([{"id": "1", "name": "[red]x[/red]\x1b[2J\ny"}])
    writer.close()
    assert "[red]x[/red] [2J y" in capsys.readouterr().out


def test_a_table_cuts_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a narrow terminal long values go on in the next line."""
    monkeypatch.setenv("COLUMNS", "30")
    writer = TableWriter(COLUMNS)
    writer.write([{"id": "i" * 36, "name": "n" * 40}])
    writer.close()
    shown = capsys.readouterr().out
    assert (shown.count("i") - 1, shown.count("n")) == (36, 41)
    assert max(map(len, shown.splitlines())) <= 30


def test_an_id_stays_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On an ordinary terminal long text is folded, an id is not."""
    monkeypatch.setenv("COLUMNS", "80")
    writer = TableWriter(COLUMNS)
    writer.write([{"id": "i" * 36, "name": "n" * 80}])
    writer.close()
    shown = capsys.readouterr().out
    assert "i" * 36 in shown
    assert shown.count("n") == 81


def test_ids_go_before_text(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where each column of text keeps something, the id does not give way, however many there are."""
    monkeypatch.setenv("COLUMNS", "80")
    writer = TableWriter(("id", "a", "b", "c"))
    writer.write([{"id": "i" * 36, "a": "a" * 30, "b": "b" * 30, "c": "c" * 30}])
    writer.close()
    assert "i" * 36 in capsys.readouterr().out


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (Format.TABLE, "id  name\n--  ----\n1   a\n"),
        (Format.CSV, "id,name\n1,a\n"),
        (Format.JSON, '[\n{"id": "1", "name": "a"}\n'),
    ],
)
def test_no_row_is_lost_with_what_comes_after_it(
    capsys: pytest.CaptureFixture[str], output: Format, expected: str
) -> None:
    """When a listing breaks off, its rows are written, and stderr says that they are not all."""
    with suppress(KeyboardInterrupt), row_writer(output, COLUMNS) as writer:
        writer.write([{"id": "1", "name": "a"}])
        raise KeyboardInterrupt
    told = "matillion: the output is incomplete: only the first row is there\n"
    assert (expected, told) == capsys.readouterr()


def test_nothing_is_incomplete_before_the_first_row(capsys: pytest.CaptureFixture[str]) -> None:
    """A listing that fails at once only fails."""
    with suppress(KeyboardInterrupt), row_writer(Format.JSON, COLUMNS):
        raise KeyboardInterrupt
    assert ("", "") == capsys.readouterr()


@pytest.mark.virtual_time
@pytest.mark.parametrize(("seconds", "is_drawn"), [(0.9, False), (1.1, True)])
async def test_progress_appears_when_it_takes_long(
    monkeypatch: pytest.MonkeyPatch, seconds: float, is_drawn: bool
) -> None:
    """A bar with counts appears on a terminal after one second, not before."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with progress("projects", is_wanted=True) as bar:
        bar.update(100, 300)
        await asyncio.sleep(seconds)
        bar.update(200, 300)
    shown = stream.getvalue()
    assert is_drawn == ("200/300" in shown)
    assert is_drawn == bool(shown)


@pytest.mark.virtual_time
async def test_no_progress_into_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal nothing is drawn."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with progress("projects", is_wanted=True):
        await asyncio.sleep(5)
    assert stream.getvalue() == ""
