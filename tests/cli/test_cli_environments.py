"""matillion environments."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.cli.command_line import Invoke, Start, environment

UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"


def _ids(invoke: Invoke, env: dict[str, str]) -> list[str]:
    return [row["id"] for row in json.loads(invoke("projects", "list", env=env).stdout)]


@pytest.mark.parametrize("by_id", [False, True])
def test_list_by_id_or_exact_name(invoke: Invoke, served: Start, by_id: bool) -> None:
    """A project is given by its id, then nothing is looked up, or by its exact name."""
    server = served(projects=["Sales", "Sales 2"], environments_per_project=2)
    env = environment(server)
    project = _ids(invoke, env)[0] if by_id else "Sales"
    server.sandbox.reset_stats()
    result = invoke("environments", "list", project, env=env)
    assert [row["name"] for row in json.loads(result.stdout)] == ["Environment 1", "Environment 2"]
    assert int(not by_id) == server.sandbox.stats.operations["projects.list"]


def test_an_unknown_name_lists_what_is_near(invoke: Invoke, served: Start) -> None:
    """No match is one line with the nearest names and their ids, whatever their case."""
    server = served(projects=["Sales Europe", "Finance", "Marketing"])
    env = environment(server)
    result = invoke("environments", "list", "sales europ", env=env)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"near: 'Sales Europe' ({_ids(invoke, env)[0]})\n" in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_unknown_id_lists_what_is_near(invoke: Invoke, served: Start) -> None:
    """An id with a typing error leads to the id that was meant."""
    env = environment(served(projects=["Sales"]))
    known = _ids(invoke, env)[0]
    wrong = known[:-1] + ("0" if known[-1] != "0" else "1")
    result = invoke("environments", "list", wrong, env=env)
    assert result.exit_code == 1
    assert f"near: 'Sales' ({known})" in result.stderr


@pytest.mark.parametrize("option", ["--json", "--csv"])
def test_stdout_stays_empty_when_there_is_no_response(invoke: Invoke, option: str) -> None:
    """Not even a header is written."""
    result = invoke("--sandbox", "environments", "list", UNKNOWN_ID, option)
    assert (1, "") == (result.exit_code, result.stdout)


def test_an_empty_listing(invoke: Invoke, served: Start) -> None:
    """In JSON it is an empty array, in CSV a header."""
    env = environment(served(projects=["Sales"], environments_per_project=0))
    shown = [
        invoke("environments", "list", "Sales", *option, env=env).stdout
        for option in (("--csv",), ())
    ]
    assert ["name,defaultAgentId,defaultAgentName\n", "[]\n"] == shown


def test_nothing_near(invoke: Invoke, served: Start) -> None:
    """With nothing near, or no project at all, the error says so."""
    some = invoke("environments", "list", "xyz", env=environment(served(projects=["Sales"])))
    assert "there is only " in some.stderr
    none = invoke("environments", "list", "xyz", env=environment(served()))
    assert "these credentials see no project at all" in none.stderr


def test_several_projects_of_one_name(invoke: Invoke, served: Start) -> None:
    """A name that several projects share is refused with their ids."""
    env = environment(served(projects=["Sales", "Sales"]))
    result = invoke("environments", "list", "Sales", env=env)
    assert result.exit_code == 1
    assert f"2 projects are named 'Sales'; give an id: {', '.join(_ids(invoke, env))}\n" in (
        result.stderr
    )


@pytest.mark.parametrize("arguments", [(), ("Sales", "--all-projects")])
def test_one_project_or_all(invoke: Invoke, arguments: tuple[str, ...]) -> None:
    """Neither a project nor --all-projects, or both, is a usage error."""
    result = invoke("--sandbox", "environments", "list", *arguments)
    assert result.exit_code == 2
    assert "Give a project or --all-projects" in result.stderr


def test_all_projects(invoke: Invoke) -> None:
    """--all-projects has a row for each environment, with its project, in the order of the projects."""
    result = invoke("--sandbox", "environments", "list", "--all-projects", "--csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [
        (project, name)
        for project in ("Sales", "Marketing", "Finance")
        for name in ("Environment 1", "Environment 2")
    ] == [(row["projectName"], row["name"]) for row in rows]


def test_all_projects_in_their_order(invoke: Invoke, served: Start) -> None:
    """A project whose response comes last keeps its place."""
    server = served(
        projects=3, environments_per_project=1, faults=["environments.list:delay=0.3x1"]
    )
    result = invoke("environments", "list", "--all-projects", env=environment(server))
    assert ["Project 1", "Project 2", "Project 3"] == [
        row["projectName"] for row in json.loads(result.stdout)
    ]


def test_one_failing_project_loses_no_other(invoke: Invoke, served: Start) -> None:
    """A project that fails is named on stderr; the others are listed, and the exit code is 1."""
    server = served(projects=5, environments_per_project=1, faults=["environments.list:403@2"])
    result = invoke("environments", "list", "--all-projects", env=environment(server))
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)) == 4
    first, last = result.stderr.splitlines()
    assert "environments.list: 403" in first
    assert last == "matillion: the environments of 1 of 5 projects are missing"


def test_delete(invoke: Invoke, served: Start) -> None:
    """An environment is deleted by the name it has in its project."""
    env = environment(served(projects=["Sales"], environments_per_project=2))
    result = invoke("environments", "delete", "Sales", "Environment 2", "--yes", env=env)
    assert result.exit_code == 0, result.stderr
    left = json.loads(invoke("environments", "list", "Sales", env=env).stdout)
    assert [row["name"] for row in left] == ["Environment 1"]


def test_delete_asks(invoke: Invoke, served: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """The question names environment and project; no leaves it alone."""
    monkeypatch.setattr("matillion_async.cli._prompts.is_terminal", lambda stream: True)
    server = served(projects=["Sales"])
    result = invoke(
        "environments", "delete", "Sales", "Environment 2", env=environment(server), input="n\n"
    )
    assert result.exit_code == 1
    assert "Delete environment 'Environment 2' of project 'Sales'" in result.stderr
    assert "matillion: nothing was deleted" in result.stderr
    assert server.sandbox.stats.operations["environments.delete"] == 0


def test_a_name_that_changes_the_path_is_a_usage_error(invoke: Invoke) -> None:
    """A name such as .. is refused before anything is sent."""
    result = invoke("--sandbox", "environments", "delete", UNKNOWN_ID, "..", "--yes")
    assert result.exit_code == 2
    assert "environment_name must not be '..'" in result.stderr
