"""Rows as JSON, CSV and tables; the progress bar."""

from __future__ import annotations

import asyncio
import io
import json
import sys
from collections import Counter
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
    """Brackets are not markup, and control characters do not reach the terminal."""
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


EXECUTIONS = (
    "pipelineExecutionId",
    "pipelineName",
    "environmentName",
    "status",
    "startedAt",
    "rows",
)
EXECUTION = {
    "pipelineExecutionId": "0b8f2c53-6f1e-4d4f-9a27-5a4f0c7f6e11",
    "pipelineName": "ingest/orders/daily.orch.yaml",
    "environmentName": "Production Europe",
    "status": "SUCCESS",
    "startedAt": "2026-03-01T08:00:00.123456Z",
    "rows": 1234567.25,
}


def table(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> list[str]:
    """The lines of a table of executions on a terminal."""
    monkeypatch.setenv("COLUMNS", str(width))
    writer = TableWriter(EXECUTIONS)
    writer.write([EXECUTION, EXECUTION])
    writer.close()
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= width
    return lines


def test_a_table_folds_between_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line ends after a space, in a path, and between date and time; ids, words and numbers stay whole."""
    header = "pipelineExecutionId                   pipelineName     environmentName  status   startedAt         rows"
    rule = "------------------------------------  ---------------  ---------------  -------  ----------------  ----------"
    row = [
        "0b8f2c53-6f1e-4d4f-9a27-5a4f0c7f6e11  ingest/orders/   Production       SUCCESS  2026-03-01T       1234567.25",
        "                                      daily.orch.yaml  Europe                    08:00:00.123456Z",
    ]
    assert [header, rule, *row, *row] == table(capsys, monkeypatch, 110)


def test_a_table_that_does_not_fit(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where words, numbers and ids have no room beside each other, each row is a list of its fields."""
    lines = table(capsys, monkeypatch, 80)
    assert [
        "pipelineExecutionId  0b8f2c53-6f1e-4d4f-9a27-5a4f0c7f6e11",
        "pipelineName         ingest/orders/daily.orch.yaml",
        "environmentName      Production Europe",
        "status               SUCCESS",
        "startedAt            2026-03-01T08:00:00.123456Z",
        "rows                 1234567.25",
        "",
    ] == lines[:7]
    assert lines[:6] == lines[7:]


@pytest.mark.parametrize("width", range(20, 160, 7))
def test_a_table_of_any_width(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """Nothing is lost, and no number is broken where there is room for it at all."""
    shown = "".join(table(capsys, monkeypatch, width))
    assert width < 40 or "1234567.25" in shown
    expected = Counter("".join(map(str, (*EXECUTIONS, *EXECUTION.values(), *EXECUTION.values()))))
    assert {} == {
        sign: count
        for sign, count in expected.items()
        if shown.count(sign) < count and sign not in " -"
    }


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
