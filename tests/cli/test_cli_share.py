"""The command ``share``, and what ``doctor`` says of it."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.command_line import Invoke, Start

RUN = ["daily.orch.yaml", "--project", "Project 1", "--environment", "Environment 1"]


@pytest.fixture
def shared(tmp_path: Path, served: Start) -> dict[str, str]:
    """An environment in which the limit is shared on this machine."""
    (tmp_path / "run").mkdir()
    folder = str(tmp_path / "run")
    return {**served(projects=1).environment, "MATILLION_SHARE": "host", "XDG_RUNTIME_DIR": folder}


def test_who_is_there(invoke: Invoke, shared: dict[str, str]) -> None:
    """Before anybody was, and after a command that left again."""
    result = invoke("share", "status", env=shared)
    assert 0 == result.exit_code
    assert "none has shared the limit" in result.stdout
    assert "token      none" in result.stdout
    assert shared["XDG_RUNTIME_DIR"] in result.stdout
    assert 0 == invoke("projects", "list", env=shared).exit_code
    result = invoke("share", "status", env=shared)
    assert "limits     not given, found out; " in result.stdout
    assert "pause      none" in result.stdout
    assert re.search(r"token      \d s old, good for 1[78]\d\d s", result.stdout)
    for secret in ("", "another"):
        result = invoke("share", "status", env={**shared, "MATILLION_CLIENT_SECRET": secret})
        assert "s old" not in result.stdout
    assert "processes  0" in result.stdout


def test_who_is_there_as_json(invoke: Invoke, shared: dict[str, str]) -> None:
    """One object, for programs."""
    invoke("projects", "list", env={**shared, "MATILLION_RATE_LIMITS": "60/min,5/s"})
    row = json.loads(invoke("share", "status", "--json", env=shared).stdout)
    assert "5/s, 60/min" == row["limit"]["limits"]
    assert 60 == row["limit"]["requests_per_minute"]
    assert [] == row["limit"]["processes"]
    assert 1700 < row["token"]["good_for"] <= 1800


def test_nothing_is_shared(invoke: Invoke, shared: dict[str, str]) -> None:
    """It says what to set."""
    env = {**shared, "MATILLION_SHARE": "", "MATILLION_SHRE": "host"}
    result = invoke("share", "status", env=env)
    assert 2 == result.exit_code
    assert "set MATILLION_SHARE to host, or to redis://" in result.stderr
    assert "MATILLION_SHRE is set, and not read: did you mean MATILLION_SHARE?" in result.stderr


@pytest.mark.parametrize(
    ("share", "named"),
    [
        ("hots", ", not 'hots' ("),
        ("https://user:hidden@example.com", ", not 'https://…' ("),
        ("user:hidden@example.com", "update and aclose ("),
    ],
)
def test_what_cannot_be_shared_with(
    invoke: Invoke, shared: dict[str, str], share: str, named: str
) -> None:
    """One line, without what may be a password."""
    for command in (["share", "status"], ["projects", "list"]):
        result = invoke(*command, env={**shared, "MATILLION_SHARE": share})
        assert 2 == result.exit_code
        assert 'share must be "host"' in result.stderr
        assert named in result.stderr
        assert "MATILLION_SHARE" in result.stderr
        assert "hidden" not in result.stderr


def test_a_place_that_cannot_be_used(
    invoke: Invoke, shared: dict[str, str], tmp_path: Path
) -> None:
    """Status and doctor say why; other commands go on without it."""
    (tmp_path / "run" / "matillion-async").write_text("not a folder")
    result = invoke("share", "status", env=shared)
    assert 1 == result.exit_code
    assert "cannot be used" in result.stderr
    assert 0 == invoke("projects", "list", env=shared).exit_code
    result = invoke("doctor", env=shared)
    assert 1 == result.exit_code
    assert "failed  share" in result.stdout


@pytest.mark.parametrize("command", [["share", "status"], ["doctor"]], ids=" ".join)
def test_a_file_that_is_broken_is_made_anew(
    invoke: Invoke, shared: dict[str, str], tmp_path: Path, command: list[str]
) -> None:
    """By who looks at it, as by any other process."""
    assert 0 == invoke("projects", "list", env=shared).exit_code
    (file,) = (tmp_path / "run").glob("*/*.sqlite")
    file.write_bytes(b"no database" * 1000)
    result = invoke(*command, env=shared)
    assert (0, "") == (result.exit_code, result.stderr)
    assert str(file) in result.stdout


def test_what_cannot_be_read(invoke: Invoke, shared: dict[str, str], tmp_path: Path) -> None:
    """It is as good as lost, for those who only look as well: the next process replaces it."""
    assert 0 == invoke("projects", "list", env=shared).exit_code
    (file,) = (tmp_path / "run" / "matillion-async").glob("*.sqlite")
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("UPDATE share SET value = ?", (b"somebody else's",))
    assert "none has shared the limit" in invoke("share", "status", env=shared).stdout
    assert "ok      share     host" in invoke("doctor", env=shared).stdout


@pytest.mark.parametrize("command", [["projects", "list"], ["run", *RUN]], ids=" ".join)
def test_a_server_that_cannot_be_reached_is_told_once(
    invoke: Invoke, shared: dict[str, str], command: list[str]
) -> None:
    """On stderr, in one line, without being asked; the command goes on."""
    with (
        socket.socket() as listener
    ):  # bound, so that nobody else has the port, and listening to nobody
        listener.bind(("127.0.0.1", 0))
        server = f"127.0.0.1:{listener.getsockname()[1]}"
        url = f"redis://user:hidden@{server}"
        result = invoke(*command, env={**shared, "MATILLION_SHARE": url})
    assert 0 == result.exit_code
    (line,) = [line for line in result.stderr.splitlines() if "shared limit" in line]
    told = (
        "matillion: the place of the shared limit, redis ({}), is gone (Connection refused): this "
    )
    assert line.startswith(told.format(server))
    assert "hidden" not in result.stderr


def test_doctor_looks_at_it(invoke: Invoke, shared: dict[str, str]) -> None:
    """How many processes share the limit, or that it is not shared."""
    result = invoke("doctor", env=shared)
    assert "ok      share     host" in result.stdout
    assert "processes that share the limit now: 0" in result.stdout
    result = invoke("doctor", env={**shared, "MATILLION_SHARE": "none"})
    assert "skipped share     switched off by MATILLION_SHARE" in result.stdout
    assert " share " not in invoke("doctor", env={**shared, "MATILLION_SHARE": ""}).stdout
