"""The command line with a share: the calls of a job have one token, and ``matillion doctor`` looks at the credentials all the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from matillion_async.sandbox import Served
from tests.cli.command_line import Invoke, Start, environment, run_program


def shared(served: Served, folder: Path, **changes: str) -> dict[str, str]:
    """The environment of a job whose calls share."""
    return environment(served, MATILLION_SHARE="host", XDG_RUNTIME_DIR=str(folder), **changes)


@pytest.mark.long
def test_fifty_calls_of_a_job_have_one_token(served: Start, tmp_path: Path) -> None:
    """Each is a process of its own; two go on at a time."""
    server = served(projects=1)
    env = shared(server, tmp_path)

    def call(_: int) -> Any:
        return run_program("projects", "list", "--json", env=env)

    with ThreadPoolExecutor(2) as threads:
        results = [*threads.map(call, range(50))]

    assert {(0, "")} == {(result.returncode, result.stderr) for result in results}
    assert 50 == server.sandbox.stats.operations["projects.list"]
    assert 1 == server.sandbox.stats.token_requests


def test_a_token_for_other_tools_is_the_shared_one(
    invoke: Invoke, served: Start, tmp_path: Path
) -> None:
    """``matillion token`` gives what the calls use."""
    server = served(projects=1)
    env = shared(server, tmp_path)
    first, second = (invoke("token", env=env) for _ in range(2))
    assert (0, first.stdout) == (second.exit_code, second.stdout)
    assert 0 == invoke("projects", "list", env=env).exit_code
    assert 1 == server.sandbox.stats.token_requests


def test_a_token_that_was_revoked_between_two_calls(
    invoke: Invoke, served: Start, tmp_path: Path
) -> None:
    """The next call replaces it, and the one after that has the new one."""
    server = served(projects=1)
    env = shared(server, tmp_path)
    for _ in range(2):
        assert 0 == invoke("projects", "list", env=env).exit_code
        server.sandbox.revoke_tokens()
        assert 0 == invoke("projects", "list", env=env).exit_code
    assert 3 == server.sandbox.stats.token_requests


def test_other_credentials_have_another_token(
    invoke: Invoke, served: Start, tmp_path: Path
) -> None:
    """Who does not know the secret gets no token by the share."""
    server = served(projects=1)
    assert 0 == invoke("projects", "list", env=shared(server, tmp_path)).exit_code
    wrong = shared(server, tmp_path, MATILLION_CLIENT_SECRET="wrong")
    result = invoke("projects", "list", env=wrong)
    assert 1 == result.exit_code
    assert "invalid_client" in result.stderr


def test_why_there_is_no_token(invoke: Invoke, served: Start, tmp_path: Path) -> None:
    """``matillion share status`` tells of a failure of a moment ago, and nothing at all without the secret."""
    env = shared(served(), tmp_path, MATILLION_CLIENT_SECRET="wrong")
    assert 1 == invoke("token", env=env).exit_code
    shown = invoke("share", "status", env=env).stdout
    assert "token      no new one: the token endpoint at " in shown
    assert "invalid_client" in shown
    shown = invoke("share", "status", env={**env, "MATILLION_CLIENT_SECRET": ""}).stdout
    assert "\ntoken " not in shown


def test_doctor_asks_for_a_token_of_its_own(invoke: Invoke, served: Start, tmp_path: Path) -> None:
    """It tests the credentials, whatever token is kept, and leaves the share as it is."""
    server = served(projects=1)
    env = shared(server, tmp_path)
    assert 0 == invoke("projects", "list", env=env).exit_code
    result = invoke("doctor", env=env)
    assert 0 == result.exit_code
    assert 2 == server.sandbox.stats.token_requests
    before = [path.read_bytes() for path in tmp_path.rglob("*.sqlite*")]
    assert before
    assert 0 == invoke("doctor", env=env).exit_code
    assert before == [path.read_bytes() for path in tmp_path.rglob("*.sqlite*")]


def test_a_sandbox_in_the_process_shares_nothing(
    invoke: Invoke, served: Start, tmp_path: Path
) -> None:
    """Its tokens are good for nobody else."""
    env = shared(served(), tmp_path)
    for _ in range(2):
        assert 0 == invoke("--sandbox", "projects", "list", env=env).exit_code
    assert [] == [*tmp_path.iterdir()]
