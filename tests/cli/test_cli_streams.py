"""What comes from outside does not steer a terminal, and goes into a pipe as it came."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from pathlib import Path

import pytest

import matillion_async.cli
from matillion_async import RawResponse, Timing
from matillion_async.cli._streams import _Terminal
from matillion_async.cli.api import _show
from tests.cli.command_line import PROGRAM, SECONDS, Start, environment, on_terminal

NASTY = "a\x1b[31m\x9b2J\u202etxt\u2066\u200b\x07\r\x7f"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
"""Controls but for tabs and ends of lines, and marks of direction."""


@pytest.fixture
def env(served: Start) -> dict[str, str]:
    """Leads to a sandbox with a project whose name is nasty."""
    return environment(served(projects=[NASTY]))


@pytest.mark.parametrize(
    "arguments",
    [
        ("projects", "list", "--json"),
        ("projects", "list", "--csv"),
        ("projects", "list"),
        ("api", "GET", "/v1/projects"),
        ("environments", "list", "x\u202e\x1b[2J"),
        ("run", "p\x9b", "--project", "x", "--environment", "e"),
    ],
)
def test_a_terminal(env: dict[str, str], arguments: tuple[str, ...]) -> None:
    """Nothing reaches it that moves its cursor, changes its colours or the direction of its text."""
    code, shown = on_terminal(*arguments, env=env | {"TERM": "dumb"})
    assert (code in (0, 1), []) == (True, STEERING.findall(shown.replace("\r\n", "\n")))
    if "list" in arguments:
        assert "txt" in shown or "x" in shown


def test_json_on_a_terminal_is_json(env: dict[str, str]) -> None:
    """What is escaped there is escaped as JSON does it."""
    _, shown = on_terminal("projects", "list", "--json", env=env)
    (row,) = json.loads(shown)
    assert NASTY == row["name"]


def test_a_pipe(env: dict[str, str]) -> None:
    """Data are unchanged there, in JSON and in CSV."""
    assert [NASTY] == [row["name"] for row in json.loads(piped("projects", "list", env=env))]
    table = piped("projects", "list", "--csv", env=env).decode()
    assert [NASTY] == [row["name"] for row in csv.DictReader(io.StringIO(table, newline=""))]


def piped(*arguments: str, env: dict[str, str]) -> bytes:
    """What the command line writes to a pipe."""
    return subprocess.run(
        [*PROGRAM, *arguments], env=env, capture_output=True, timeout=SECONDS, check=True
    ).stdout


def test_what_is_no_json() -> None:
    """Any text is written to a terminal with escapes in it, but for tabs and the ends of its lines."""
    stream = io.BytesIO()
    _Terminal(stream).write(f"{NASTY}\t\n".encode() + b"\xff")
    assert (
        b"a\\u001b[31m\\u009b2J\\u202etxt\\u2066\\u200b\\u0007\\u000d\\u007f\t\n\\xff"
        == stream.getvalue()
    )


@pytest.mark.parametrize(("status", "told"), [(204, "204 No Content"), (299, "299")])
def test_a_response_without_a_body(
    status: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Is told by its status and the words that HTTP has for it; those of the server are its own."""
    _show(RawResponse("DELETE /v1/x", status, {}, b"", None, Timing()))
    assert f"{told}, without a body.\n" == capsys.readouterr().err


def test_there_is_one_way_out() -> None:
    """No module writes lines by itself, but those that make them harmless."""
    folder = Path(matillion_async.cli.__file__).parent
    writers = {"_streams.py", "_failures.py", "_commands.py", "_table.py"}
    assert writers == {
        path.name for path in folder.glob("*.py") if "click.echo(" in path.read_text("utf-8")
    }
