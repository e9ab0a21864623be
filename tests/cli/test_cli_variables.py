"""matillion variables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from matillion_async.sandbox import Served
from tests.cli.command_line import Invoke, Start, environment


def listed(invoke: Invoke, server: Served) -> list[dict[str, Any]]:
    result = invoke("variables", "list", "Sales", env=environment(server))
    assert result.exit_code == 0, result.stderr
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def change(invoke: Invoke, server: Served, *arguments: str) -> str:
    result = invoke("variables", *arguments, env=environment(server))
    assert result.exit_code == 0, result.stderr
    return result.stderr


def test_set_creates_and_then_changes(invoke: Invoke, served: Start) -> None:
    """A variable that is not there is a shared text; of one that is, only the value changes."""
    server = served(projects=["Sales"])
    said = change(invoke, server, "set", "Sales", "load date", "2026-03-01", "--description", "Day")
    assert said == "Created variable 'load date'.\n"
    said = change(invoke, server, "set", "Sales", "load date", "2026-03-02")
    assert said == "Changed variable 'load date'.\n"
    (row,) = listed(invoke, server)
    assert ("load date", "TEXT", "SHARED", "2026-03-02", "Day") == tuple(
        row[name] for name in ("name", "type", "behaviour", "value", "description")
    )


@pytest.mark.parametrize(
    ("text", "value"), [("500", 500), ("-5", -5), ("0.5", 0.5), ("1e3", 1000.0)]
)
def test_a_number_is_sent_as_a_number(
    invoke: Invoke, served: Start, text: str, value: float
) -> None:
    """The value of a variable of type NUMBER is a JSON number, and stays one."""
    server = served(projects=["Sales"])
    options = ("--type", "number", "--behaviour", "copied")
    change(invoke, server, "create", *options, "--", "Sales", "size", "1")
    change(invoke, server, "set", "Sales", "size", "--", text)
    (row,) = listed(invoke, server)
    assert (value, "NUMBER", "COPIED") == (row["value"], row["type"], row["behaviour"])


def test_a_value_from_a_file(invoke: Invoke, served: Start, tmp_path: Path) -> None:
    """A value that other users must not read among arguments is given in a file."""
    server = served(projects=["Sales"])
    path = tmp_path / "value"
    path.write_text("hunter2\n")
    change(invoke, server, "create", "Sales", "a", "--value-file", str(path))
    change(invoke, server, "set", "Sales", "b", "--value-file", str(path))
    assert ["hunter2"] * 2 == [row["value"] for row in listed(invoke, server)]
    override = ("overrides", "set", "Sales", "a", "Environment 1", "--value-file", str(path))
    assert change(invoke, server, *override).startswith("Set variable 'a'")
    for arguments in ((), ("x", "--value-file", str(path))):
        result = invoke("variables", "set", "Sales", "a", *arguments, env=environment(server))
        assert (2, True) == (result.exit_code, "Give VALUE or --value-file" in result.stderr)


@pytest.mark.parametrize("text", ["many", "nan", "inf", ""])
def test_what_is_no_number(invoke: Invoke, served: Start, text: str) -> None:
    """A text for a variable of type NUMBER is wrong usage, and nothing is sent to change it."""
    server = served(projects=["Sales"])
    change(invoke, server, "create", "Sales", "size", "1", "--type", "NUMBER")
    result = invoke("variables", "set", "Sales", "size", text, env=environment(server))
    assert result.exit_code == 2
    assert f"{text!r} is not a number" in result.stderr
    assert server.sandbox.stats.operations["project_variables.update"] == 0


def test_create_wants_a_new_name(invoke: Invoke, served: Start) -> None:
    """The API's no to a name that is taken is one line and the exit code 1."""
    server = served(projects=["Sales"])
    change(invoke, server, "create", "Sales", "a", "1")
    result = invoke("variables", "create", "Sales", "a", "2", env=environment(server))
    assert result.exit_code == 1
    assert result.stderr.startswith("matillion: project_variables.create: 409")
    assert ["1"] == [row["value"] for row in listed(invoke, server)]


def test_delete(invoke: Invoke, served: Start) -> None:
    """Where nobody can be asked --yes is needed; then the variable is gone."""
    server = served(projects=["Sales"])
    change(invoke, server, "set", "Sales", "a", "1")
    refused = invoke("variables", "delete", "Sales", "a", env=environment(server))
    assert (refused.exit_code, "--yes" in refused.stderr) == (2, True)
    change(invoke, server, "delete", "Sales", "a", "--yes")
    assert [] == listed(invoke, server)


def test_delete_asks(invoke: Invoke, served: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """The question names variable and project; no leaves it alone."""
    server = served(projects=["Sales"])
    change(invoke, server, "set", "Sales", "a", "1")
    monkeypatch.setattr("matillion_async.cli._prompts.is_terminal", lambda stream: True)
    env = environment(server)
    result = invoke("variables", "delete", "Sales", "a", env=env, input="n\n")
    assert result.exit_code == 1
    assert "Delete variable 'a' of project 'Sales'" in result.stderr
    assert server.sandbox.stats.operations["project_variables.delete"] == 0


def test_overrides(invoke: Invoke, served: Start) -> None:
    """A value per environment, of the variable's type, of all environments or one."""
    server = served(projects=["Sales"])
    env = environment(server)
    change(invoke, server, "create", "Sales", "size", "1", "--type", "NUMBER")
    for name, value in (("Environment 1", "10"), ("Environment 2", "20")):
        change(invoke, server, "overrides", "set", "Sales", "size", name, value)
    rows = invoke("variables", "overrides", "list", "Sales", "size", env=env).stdout
    assert [("Environment 1", 10), ("Environment 2", 20)] == [
        (row["environmentName"], row["value"]) for row in json.loads(rows)
    ]
    one = ("--environment", "Environment 2")
    rows = invoke("variables", "overrides", "list", "Sales", "size", *one, env=env).stdout
    assert [20] == [row["value"] for row in json.loads(rows)]


def test_names_that_differ_in_their_case(invoke: Invoke, served: Start) -> None:
    """They are two variables, each with its own type."""
    server = served(projects=["Sales"])
    change(invoke, server, "create", "Sales", "size", "1", "--type", "NUMBER")
    change(invoke, server, "create", "Sales", "SIZE", "big")
    change(invoke, server, "overrides", "set", "Sales", "SIZE", "Environment 1", "huge")
    result = invoke("variables", "overrides", "list", "Sales", "SIZE", env=environment(server))
    assert ["huge"] == [row["value"] for row in json.loads(result.stdout)]


@pytest.mark.parametrize("option", ["--type", "--behaviour"])
def test_an_empty_option(invoke: Invoke, option: str) -> None:
    """It does not count as one that is not given."""
    result = invoke("--sandbox", "variables", "set", "Sales", "a", "1", option, "")
    assert (2, True) == (result.exit_code, "it must not be empty" in result.stderr)


def test_an_override_of_an_unknown_variable(invoke: Invoke, served: Start) -> None:
    """No match is one line with the nearest names."""
    server = served(projects=["Sales"])
    change(invoke, server, "set", "Sales", "load_date", "1")
    result = invoke(
        *("variables", "overrides", "set", "Sales", "load_dat", "Environment 1", "2"),
        env=environment(server),
    )
    assert result.exit_code == 1
    assert "there is no variable 'load_dat'; near: 'load_date'" in result.stderr
