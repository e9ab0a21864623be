"""matillion executions."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess

import pytest

from matillion_async.sandbox import Pipeline
from tests.cli.command_line import (
    PROGRAM,
    SECONDS,
    Invoke,
    Start,
    environment,
    on_terminal,
)

PIPELINES = (
    Pipeline("ok.orch.yaml", seconds=0),
    Pipeline("fail.orch.yaml", "FAILED", seconds=0),
    Pipeline("hour.orch.yaml", seconds=3600),
)
SALES = ("--project", "Sales")


@pytest.fixture
def env(served: Start) -> dict[str, str]:
    """Leads the command line to a sandbox with these pipelines."""
    return environment(served(projects=["Sales", "Finance"], pipelines=PIPELINES))


def start(invoke: Invoke, env: dict[str, str], pipeline: str, project: str = "Sales") -> str:
    """Start a pipeline; gives the id of its execution."""
    place = ("--project", project, "--environment", "Environment 1")
    return str(invoke("run", pipeline, *place, "--no-wait", env=env).stdout.strip())


def test_list(invoke: Invoke, env: dict[str, str]) -> None:
    """Newest first, with filters."""
    first, second = start(invoke, env, "ok"), start(invoke, env, "fail")
    third = start(invoke, env, "hour", "Finance")

    def listed(*arguments: str) -> list[str]:
        result = invoke("executions", "list", *arguments, env=env)
        assert (0, "") == (result.exit_code, result.stderr)
        return [row["pipelineExecutionId"] for row in json.loads(result.stdout)]

    assert [third, second, first] == listed()
    assert [second, first] == listed(*SALES)
    assert [first] == listed("--pipeline", "OK")
    assert [second] == listed("--status", "FAILED", "--status", "CANCELLED")
    assert [] == listed("--environment", "Environment 2")
    assert [] == listed("--to", "2026-01-01")
    assert 3 == len(listed("--from", "2026-01-01T00:00:00+01:00"))


def test_list_is_cut(invoke: Invoke, served: Start) -> None:
    """Only the newest are shown and no more than needed are fetched; stderr says that there are more."""
    server = served(projects=["Sales"], pipelines=PIPELINES)
    env = environment(server)
    newest = [start(invoke, env, "ok") for _ in range(3)][-1]
    server.sandbox.reset_stats()
    result = invoke("executions", "list", "--limit", "1", "--csv", env=env)
    assert [newest] == [
        row["pipelineExecutionId"] for row in csv.DictReader(io.StringIO(result.stdout))
    ]
    assert "these are the newest 1; --limit gives more" in result.stderr
    assert 2 == server.sandbox.stats.operations["pipeline_executions.list"]
    assert "newest" not in invoke("executions", "list", "--limit", "3", env=env).stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--from", "yesterday"), "'yesterday' is not a date; write YYYY-MM-DD, which is midnight"),
        (("--to", "2026-03-01T12:00:00"), "'2026-03-01T12:00:00' has no time zone"),
        (("--environment", ""), "'--environment': it must not be empty"),
        (("--pipeline", " "), "'--pipeline': it must not be empty"),
        (("--from", "2026-03-02", "--to", "2026-03-01"), "--to is before --from"),
        (("--limit", "0"), "--limit"),
    ],
)
def test_list_wrong_usage(invoke: Invoke, arguments: tuple[str, ...], told: str) -> None:
    """One line says what is wrong."""
    result = invoke("--sandbox", "executions", "list", *arguments)
    assert (2, 1) == (result.exit_code, result.stderr.count("\n"))
    assert told in result.stderr


def test_show(invoke: Invoke, env: dict[str, str]) -> None:
    """JSON in a pipe, a line for each field on a terminal."""
    run = start(invoke, env, "fail")
    result = invoke("executions", "show", run, *SALES, env=env)
    shown = json.loads(result.stdout)
    assert (run, "FAILED", "API") == (
        shown["pipelineExecutionId"],
        shown["status"],
        shown["trigger"],
    )
    assert shown["url"].endswith(f"/observability-dashboard/pipeline/{run}")
    code, text = on_terminal("executions", "show", run, *SALES, env=env)
    lines = [line.split() for line in text.splitlines()]
    assert (0, ["field", "value"], ["pipelineExecutionId", run]) == (code, lines[0], lines[2])
    assert ["status", "FAILED"] in lines


def test_steps(invoke: Invoke, env: dict[str, str]) -> None:
    """As the API gives them in JSON; in one row each otherwise."""
    run = start(invoke, env, "fail")
    result = invoke("executions", "steps", run, *SALES, env=env)
    assert ["SUCCESS", "SUCCESS", "FAILED"] == [
        row["result"]["status"] for row in json.loads(result.stdout)
    ]
    result = invoke("executions", "steps", run, *SALES, "--csv", env=env)
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [("Extract", "SUCCESS"), ("Load", "SUCCESS"), ("Report", "FAILED")] == [
        (row["name"], row["status"]) for row in rows
    ]
    assert "" == result.stderr


def test_cancel(invoke: Invoke, env: dict[str, str]) -> None:
    """The end is asked for, and comes; forced, at once."""
    run, other = start(invoke, env, "hour"), start(invoke, env, "hour")
    result = invoke("executions", "cancel", run, *SALES, env=env)
    assert (0, f"Requested cancellation of {run}.\n") == (result.exit_code, result.stderr)
    assert "CANCELL" in invoke("executions", "show", run, *SALES, env=env).stdout
    invoke("executions", "cancel", other, *SALES, "--force", env=env)
    assert '"CANCELLED"' in invoke("executions", "show", other, *SALES, env=env).stdout


@pytest.mark.parametrize("command", ["show", "steps", "cancel", "watch"])
def test_an_execution_of_another_project(invoke: Invoke, env: dict[str, str], command: str) -> None:
    """It does not exist there: one line, and exit code 1."""
    run = start(invoke, env, "hour")
    result = invoke("executions", command, run, "--project", "Finance", env=env)
    assert (1, 1) == (result.exit_code, result.stderr.count("\n"))
    assert "The pipeline execution does not exist" in result.stderr


@pytest.mark.parametrize("command", ["show", "steps", "cancel", "watch"])
def test_an_unknown_project(invoke: Invoke, command: str) -> None:
    """The nearest name is shown."""
    result = invoke("--sandbox", "executions", command, "id", "--project", "sales")
    assert (1, 1) == (result.exit_code, result.stderr.count("\n"))
    assert "near: 'Sales'" in result.stderr


@pytest.mark.parametrize(("pipeline", "code"), [("ok", 0), ("fail", 1)])
def test_watch_one(invoke: Invoke, env: dict[str, str], pipeline: str, code: int) -> None:
    """As run does after the start; stdout gets one row, as it gets many of many."""
    run = start(invoke, env, pipeline)
    result = invoke("executions", "watch", run, *SALES, "--json", env=env)
    (row,) = json.loads(result.stdout)
    assert (code, run) == (result.exit_code, row["pipelineExecutionId"])
    assert ["Report"] * code == [step["name"] for step in row.get("failedSteps", [])]
    result = invoke("executions", "watch", run, *SALES, "--csv", env=env)
    assert [run] == [
        row["pipelineExecutionId"] for row in csv.DictReader(io.StringIO(result.stdout))
    ]
    assert f"0:00:00 {'SUCCESS' if code == 0 else 'FAILED'}" in result.stderr


def test_watch_several(invoke: Invoke, env: dict[str, str]) -> None:
    """A row for each; the exit code is 0 only if all succeeded."""
    runs = [start(invoke, env, "ok") for _ in range(2)]
    result = invoke("executions", "watch", *runs, *SALES, env=env)
    assert 0 == result.exit_code, result.stderr
    assert {*runs} == {row["pipelineExecutionId"] for row in json.loads(result.stdout)}
    runs.append(start(invoke, env, "fail"))
    result = invoke("executions", "watch", *runs, "nothing", *SALES, env=env)
    assert 1 == result.exit_code
    assert "matillion: nothing: pipeline_executions.get: 404" in result.stderr
    assert "2 of 4 runs did not succeed" in result.stderr
    assert 4 == len(json.loads(result.stdout))


def test_watch_out_of_time(invoke: Invoke, env: dict[str, str]) -> None:
    """What ended in time is written, in an array that stays open if that is not all; the exit code is 3."""
    done, slow = start(invoke, env, "ok"), start(invoke, env, "hour")
    result = invoke("executions", "watch", done, slow, *SALES, "--wait-timeout", "0.5", env=env)
    assert 3 == result.exit_code
    assert result.stdout.endswith("}\n")
    assert [done] == [row["pipelineExecutionId"] for row in json.loads(f"{result.stdout}]")]
    incomplete, told = result.stderr.splitlines()[:2]
    assert "matillion: the output is incomplete: only the first row is there" == incomplete
    hint = f"To wait for those that go on: matillion executions watch {slow} --project "
    assert told.startswith(hint)
    assert "1 of 2 runs are still running after 0.5 seconds" in result.stderr
    result = invoke("executions", "watch", slow, *SALES, "--wait-timeout", "0.1", env=env)
    assert (3, "") == (result.exit_code, result.stdout)
    result = invoke(
        "executions", "watch", slow, done, *SALES, "--wait-timeout", "1", "--csv", env=env
    )
    assert (3, 2) == (result.exit_code, len(result.stdout.splitlines()))
    assert "1 of 2 runs are still running after 1 second\n" in result.stderr


@pytest.mark.parametrize("text", ["nan", "1h", ""])
def test_no_number_of_seconds(invoke: Invoke, text: str) -> None:
    """A wait of nan seconds would never end, and there are no units."""
    result = invoke("--sandbox", "executions", "watch", "x", *SALES, "--wait-timeout", text)
    assert (2, 1) == (result.exit_code, result.stderr.count("\n"))
    assert f"{text!r} is not a number of seconds" in result.stderr


@pytest.mark.parametrize("options", [(), ("--csv",)])
def test_ctrl_c_while_watching(
    invoke: Invoke, env: dict[str, str], options: tuple[str, ...]
) -> None:
    """What has ended is written; stderr says that it is not all, and how to wait for the rest."""
    done, slow = start(invoke, env, "ok"), start(invoke, env, "hour")
    with subprocess.Popen(
        [*PROGRAM, "executions", "watch", slow, done, slow, *SALES, *options],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        shown = b""
        while done.encode() not in shown:
            piece = os.read(process.stdout.fileno(), 65536)
            assert piece
            shown += piece
        process.send_signal(signal.SIGINT)
        rest, complaint = process.communicate(timeout=SECONDS)
    assert 130 == process.returncode
    assert (True, False) == (rest.endswith(b"\n") or shown.endswith(b"\n"), b"]" in shown + rest)
    told = complaint.decode()
    incomplete, hint = told.splitlines()[:2]
    assert "matillion: the output is incomplete: only the first row is there" == incomplete
    assert hint.startswith(
        f"To wait for those that go on: matillion executions watch {slow} --project "
    )
    assert "Traceback" not in told
