"""matillion sandbox."""

from __future__ import annotations

import json
import shlex
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.cli.command_line import PROGRAM, SECONDS, Invoke, environment


@contextmanager
def _sandbox(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """A sandbox in a process of its own, and the variables it printed."""
    with subprocess.Popen(
        [*PROGRAM, "sandbox", *arguments],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            variables = {}
            for _ in range(5):
                export, name_and_value = shlex.split(process.stdout.readline())
                assert export == "export"
                name, _, value = name_and_value.partition("=")
                variables[name] = value
            yield process, variables
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_serves_until_it_is_stopped(invoke: Invoke, number: signal.Signals) -> None:
    """What it prints connects a client; Ctrl-C, SIGTERM and SIGHUP end it with exit code 0."""
    with _sandbox("--port", "0", "--projects", "7", "--token-ttl", "30") as (process, variables):
        result = invoke("projects", "list", env=variables | {"MATILLION_RATE_LIMITS": "none"})
        assert len(json.loads(result.stdout)) == 7
        process.send_signal(number)
        output, complaint = process.communicate(timeout=SECONDS)
    assert (process.returncode, output) == (0, "")
    assert complaint.startswith("The sandbox listens on http://127.0.0.1:")
    assert complaint.count("\n") == 1


def test_it_has_the_projects_of_the_documentation(invoke: Invoke) -> None:
    """Unless a number of projects is given, so that what the pages show can be typed as it stands."""
    with _sandbox() as (_, variables):
        result = invoke("environments", "list", "Sales", env=variables)
        assert ["Environment 1", "Environment 2"] == [
            row["name"] for row in json.loads(result.stdout)
        ]


def test_faults_and_limits(invoke: Invoke) -> None:
    """--fault and --limit reach the sandbox."""
    with _sandbox("--fault", "projects.list:403", "--limit", "2/min") as (_, variables):
        env = variables | {"MATILLION_RATE_LIMITS": "none"}
        assert "403" in invoke("projects", "list", env=env).stderr
        invoke("projects", "list", env=env)
        refused = invoke("--deadline", "1", "-v", "projects", "list", env=env)
    assert "projects.list: 429" in refused.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--fault", "nonsense"),
        ("--limit", "many"),
        ("--port", "70000"),
        ("--projects", "-1"),
        ("--token-ttl", "0"),
        ("--token-ttl", "nan"),
    ],
)
def test_wrong_options(invoke: Invoke, arguments: tuple[str, ...]) -> None:
    """A wrong option is one line that repeats it, and exit code 2."""
    result = invoke("sandbox", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert arguments[1] in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_fault_of_no_operation(invoke: Invoke) -> None:
    """The error names the operations that are near, and not all there are."""
    result = invoke("sandbox", "--fault", "project.list:503")
    assert (2, 1) == (result.exit_code, result.stderr.count("\n"))
    assert "'project.list' is not an operation; near: 'projects.list'" in result.stderr
    assert len(result.stderr) < 500


def test_a_port_in_use(invoke: Invoke) -> None:
    """A port that somebody else has is one line and exit code 2."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = invoke("sandbox", "--port", str(port))
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"port {port}: " in result.stderr
