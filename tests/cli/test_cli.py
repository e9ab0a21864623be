"""The command line, run as a user runs it."""

from __future__ import annotations

import csv
import json
import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CLEAN = {key: value for key, value in os.environ.items() if not key.startswith("MATILLION_")}


def matillion(
    *arguments: str, environment: dict[str, str] | None = None, sandbox: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run the command, unless told otherwise against a sandbox of its own."""
    prefix = ["--sandbox"] if sandbox else []
    return subprocess.run(
        [sys.executable, "-m", "matillion_async.cli", *prefix, *arguments],
        env=CLEAN | (environment or {}),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[dict[str, str], subprocess.Popen[str]]]:
    """A sandbox served by the command itself, and the environment that it prints."""
    arguments = ["sandbox", "--port", "0", "--projects", "120", "--token-ttl", "30"]
    command = [sys.executable, "-m", "matillion_async.cli", *arguments]
    with subprocess.Popen(
        command, env=CLEAN, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline().strip() for _ in range(5)]
        yield dict(line.removeprefix("export ").split("=", 1) for line in lines), process
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


def test_projects_as_json_elsewhere_than_on_a_terminal() -> None:
    """The rows have the API's own field names."""
    done = matillion("projects", "list")
    rows = json.loads(done.stdout)
    assert [row["name"] for row in rows] == ["Sales", "Marketing", "Finance"]
    assert set(rows[0]) == {"id", "name", "description"}
    assert (done.returncode, done.stderr) == (0, "")


def test_projects_as_csv() -> None:
    """A header, then one line per row."""
    rows = list(csv.DictReader(matillion("projects", "list", "--csv").stdout.splitlines()))
    assert [row["name"] for row in rows] == ["Sales", "Marketing", "Finance"]


def test_projects_as_a_table_on_a_terminal() -> None:
    """A person gets a table."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "matillion_async.cli", "--sandbox", "projects", "list"]
    with subprocess.Popen(command, env=CLEAN | {"COLUMNS": "100"}, stdout=theirs) as process:
        os.close(theirs)
        shown = b""
        while select.select([ours], [], [], 30)[0]:
            try:
                piece = os.read(ours, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        assert process.wait(30) == 0
    os.close(ours)
    assert "┃" in shown.decode()
    assert "Marketing" in shown.decode()


@pytest.mark.parametrize("given", ["Sales", "6e6e81ee-246b-55c1-bef8-40d0b7112339"])
def test_environments_by_name_or_id(given: str) -> None:
    """A project is given by its id or its exact name."""
    rows = json.loads(matillion("environments", "list", given).stdout)
    assert [row["name"] for row in rows] == ["Environment 1", "Environment 2"]


def test_environments_of_all_projects() -> None:
    """Each row has the id of its project."""
    rows = json.loads(matillion("environments", "list", "--all-projects").stdout)
    assert len(rows) == 6
    assert rows[0]["projectId"] == "6e6e81ee-246b-55c1-bef8-40d0b7112339"


def test_an_unknown_name_lists_what_is_near() -> None:
    """One line that helps, and exit code 2."""
    done = matillion("environments", "list", "sale")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "matillion: no project has the id or the name 'sale'; near are: 'Sales'"
    ]


def test_create_and_delete() -> None:
    """create prints the new id; delete needs --yes without a terminal."""
    assert len(matillion("projects", "create", "New").stdout.strip()) == 36
    refused = matillion("projects", "delete", "Sales")
    assert (refused.returncode, "--yes" in refused.stderr) == (2, True)
    assert matillion("projects", "delete", "Sales", "--yes").returncode == 0
    deleted = matillion("environments", "delete", "Sales", "Environment 1", "--yes")
    assert (deleted.returncode, deleted.stdout) == (0, "")


def test_no_is_exit_code_1_with_details_when_asked() -> None:
    """What the API refuses is one line, and more with -v."""
    done = matillion("projects", "create", "")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("matillion: projects.create: 400 Bad Request")
    detailed = matillion("-v", "projects", "create", "").stderr
    assert "  status: 400\n" in detailed
    assert "  violation: name" in detailed


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["projects", "list"], "missing client_id"),
        (["--region", "mars", "projects", "list"], "missing client_id"),
        (["projects"], ""),
        (["nonsense"], "No such command"),
        (["projects", "list", "--xml"], "No such option"),
        (["environments", "list"], "give a PROJECT, or --all-projects"),
        (["sandbox", "--port", "99999"], "Invalid value"),
        (["sandbox", "--host", "0.0.0.0"], "this machine only"),
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str], reason: str) -> None:
    """Nothing is sent, and one line says what is wrong."""
    done = matillion(*arguments, sandbox=False)
    assert done.returncode == 2
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


def test_the_environment_leads_to_a_served_sandbox(
    served: tuple[dict[str, str], subprocess.Popen[str]],
) -> None:
    """What `matillion sandbox` prints is all that a client needs."""
    environment, _ = served
    done = matillion("projects", "list", environment=environment, sandbox=False)
    assert len(json.loads(done.stdout)) == 120


def test_wrong_credentials_name_the_variables_and_show_no_secret(
    served: tuple[dict[str, str], subprocess.Popen[str]],
) -> None:
    """Exit code 1, one line; the secret is not in it, with -v neither."""
    environment = served[0] | {"MATILLION_CLIENT_SECRET": "s3cr3t-value"}
    done = matillion("-v", "projects", "list", environment=environment, sandbox=False)
    assert done.returncode == 1
    assert "MATILLION_CLIENT_ID and MATILLION_CLIENT_SECRET" in done.stderr.splitlines()[0]
    assert "s3cr3t" not in done.stdout + done.stderr


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    """`matillion … | head -1` ends without a traceback."""
    command = f"{sys.executable} -m matillion_async.cli --sandbox projects list | head -1"
    done = subprocess.run(
        command, shell=True, env=CLEAN, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout == "[\n"
    assert "Traceback" not in done.stderr


def test_help_has_an_example() -> None:
    """Each command shows how it is typed."""
    for command in (["projects", "list"], ["environments", "list"], ["sandbox"], []):
        done = matillion(*command, "--help", sandbox=False)
        assert done.returncode == 0
        assert "Example:" in done.stdout
