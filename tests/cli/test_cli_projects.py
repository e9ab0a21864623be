"""matillion projects."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.cli.command_line import Invoke, Start, asked_on_terminal, environment, on_terminal

UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"
CREATE = ("--warehouse", "SNOWFLAKE", "--agent-deployment-type", "FULL_SAAS")


def test_list_is_json_where_there_is_no_terminal(invoke: Invoke) -> None:
    """Without a terminal and without a choice, a listing is a JSON array with the API's field names."""
    result = invoke("--sandbox", "projects", "list")
    assert (result.exit_code, result.stderr) == (0, "")
    rows = json.loads(result.stdout)
    assert [row["name"] for row in rows] == ["Sales", "Marketing", "Finance"]
    assert list(rows[0]) == ["id", "name", "description"]


def test_list_as_csv(invoke: Invoke) -> None:
    """--csv gives a header row and the same fields."""
    result = invoke("projects", "list", "--csv", "--sandbox")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["name"] for row in rows] == ["Sales", "Marketing", "Finance"]
    assert list(rows[0]) == ["id", "name", "description"]


def test_list_is_a_table_on_a_terminal() -> None:
    """On a terminal a listing is a table, without brackets and quotes."""
    code, shown = on_terminal(
        "--sandbox", "projects", "list", env=environment(NO_COLOR="1", TERM="dumb")
    )
    assert code == 0
    assert shown.split("\r\n")[0].split() == ["id", "name", "description"]
    assert "Marketing, made by the sandbox" in shown
    assert "{" not in shown


def test_two_formats_are_refused(invoke: Invoke) -> None:
    """--json and --csv exclude each other."""
    result = invoke("--sandbox", "projects", "list", "--json", "--csv")
    assert result.exit_code == 2
    assert "--json or --csv" in result.stderr


def test_list_walks_all_pages(invoke: Invoke, served: Start) -> None:
    """A listing over a socket has the items of all pages, each once."""
    result = invoke("projects", "list", env=environment(served(projects=250)))
    assert [f"Project {number}" for number in range(1, 251)] == [
        row["name"] for row in json.loads(result.stdout)
    ]


def test_a_listing_that_breaks_off_is_not_valid_json(invoke: Invoke, served: Start) -> None:
    """If a page fails, the rows before it are there, the array is not closed, and the exit code is 1."""
    server = served(projects=250, faults=["projects.list:403@2"])
    result = invoke("projects", "list", env=environment(server))
    assert result.exit_code == 1
    assert "Project 100" in result.stdout
    assert not result.stdout.rstrip().endswith("]")
    told = ["matillion: the output is incomplete: only the first 100 rows are there"]
    assert told == result.stderr.splitlines()[:-1]
    assert result.stderr.splitlines()[-1].startswith("matillion: projects.list: 403")


def test_create_prints_the_id(invoke: Invoke, served: Start) -> None:
    """The new id is all that stdout gets, and the project is there with its texts as they were given."""
    server = served()
    result = invoke(
        "projects",
        "create",
        "Übung [1] 日本",
        *CREATE,
        "--description",
        "a;b",
        env=environment(server),
    )
    assert result.exit_code == 0, result.stderr
    listed = json.loads(invoke("projects", "list", env=environment(server)).stdout)
    assert [{"id": result.stdout.strip(), "name": "Übung [1] 日本", "description": "a;b"}] == listed


def test_create_as_json(invoke: Invoke) -> None:
    """--json prints the API's own response."""
    result = invoke("--sandbox", "projects", "create", "New", *CREATE, "--json")
    assert list(json.loads(result.stdout)) == ["projectId"]


def test_create_needs_its_options(invoke: Invoke) -> None:
    """A missing option is a usage error that names it, in one line."""
    result = invoke("--sandbox", "projects", "create", "New", "--warehouse", "SNOWFLAKE")
    assert result.exit_code == 2
    assert "--agent-deployment-type" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("by", ["id", "name"])
def test_delete_with_yes(invoke: Invoke, served: Start, by: str) -> None:
    """--yes deletes at once, by id or by exact name."""
    server = served(projects=["Sales", "Sales old"])
    env = environment(server)
    listed = json.loads(invoke("projects", "list", env=env).stdout)
    result = invoke("projects", "delete", listed[0][by], "--yes", env=env)
    assert (result.exit_code, result.stdout) == (0, "")
    assert listed[1:] == json.loads(invoke("projects", "list", env=env).stdout)


def test_delete_without_yes_and_terminal_is_refused(invoke: Invoke, served: Start) -> None:
    """Where nobody can be asked, nothing is sent and the exit code is 2."""
    server = served(projects=["Sales"])
    result = invoke("projects", "delete", "Sales", env=environment(server))
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert server.sandbox.stats.arrived == 0


@pytest.mark.parametrize(("typed", "code", "left"), [("y\n", 0, 0), ("n\n", 1, 1), ("\n", 1, 1)])
def test_delete_asks_on_a_terminal(
    invoke: Invoke,
    served: Start,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    code: int,
    left: int,
) -> None:
    """The question names the project and its id; only yes deletes it."""
    monkeypatch.setattr("matillion_async.cli._prompts.is_terminal", lambda stream: True)
    server = served(projects=["Sales"])
    project = next(iter(json.loads(invoke("projects", "list", env=environment(server)).stdout)))
    result = invoke("projects", "delete", project["id"], env=environment(server), input=typed)
    assert code == result.exit_code
    assert f"Delete project 'Sales' ({project['id']})" in result.stderr
    assert left == len(json.loads(invoke("projects", "list", env=environment(server)).stdout))


def test_delete_asks_on_a_real_terminal(served: Start) -> None:
    """The question waits for an answer that is typed."""
    server = served(projects=["Sales"])
    code, shown = asked_on_terminal(
        "projects", "delete", "Sales", env=environment(server), question="[y/N]", answer="yes"
    )
    assert code == 0, shown
    assert "Deleted project 'Sales'" in shown
    assert server.sandbox.stats.operations["projects.delete"] == 1


def test_deleting_what_is_not_there(invoke: Invoke, served: Start) -> None:
    """The API's no is one line and the exit code 1."""
    result = invoke("projects", "delete", UNKNOWN_ID, "--yes", env=environment(served(projects=1)))
    assert result.exit_code == 1
    assert result.stderr.startswith("matillion: projects.delete: 404")
    assert result.stderr.count("\n") == 1


def test_an_empty_table_says_why(served: Start) -> None:
    """On a terminal an empty listing is explained: a credential without a role sees nothing."""
    code, shown = on_terminal("projects", "list", env=environment(served()))
    assert code == 0
    assert "No projects. Credentials without a role" in shown
