"""What commands say of an environment that does not exist."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import Invoke

NAMED = ("--environment", "Environment 12")


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "daily.orch.yaml", "--project", "Sales", *NAMED),
        ("ai", "run", "Load the orders", "--project", "Sales", *NAMED),
        ("pipelines", "list", "Sales", *NAMED),
        ("artifacts", "publish", "Sales", "FOLDER", "--version", "1.0", *NAMED),
        ("artifacts", "list", "Sales", *NAMED),
        ("artifacts", "show", "Sales", "1.0", *NAMED),
        ("artifacts", "promote", "Sales", "1.0", "--from", "Environment 1", "--to", NAMED[1]),
        ("artifacts", "promote", "Sales", "1.0", "--from", NAMED[1], "--to", "Environment 1"),
    ],
)
def test_an_environment_that_does_not_exist(
    invoke: Invoke, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """The API's 404 names nothing; the error says which it is, and what is near, on one line."""
    (tmp_path / "daily.orch.yaml").write_text("type: orchestration\n")
    given = [str(tmp_path) if each == "FOLDER" else each for each in arguments]
    result = invoke("--sandbox", *given)
    assert (1, "", 1) == (result.exit_code, result.stdout, result.stderr.count("\n"))
    reason = "there is no environment 'Environment 12'; near: 'Environment 2', 'Environment 1'"
    assert reason in result.stderr


def test_another_404_is_told_as_it_is(invoke: Invoke) -> None:
    """The environment is there, and the version is not."""
    options = ("--environment", "Environment 1")
    result = invoke("--sandbox", "artifacts", "show", "Sales", "9.9", *options)
    assert (1, False) == (result.exit_code, "there is no environment" in result.stderr)
    assert "404" in result.stderr
