"""matillion run."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from matillion_async import ConfigurationError
from matillion_async.cli.run import is_vendors
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
    Pipeline("fail.orch.yaml", "FAILED", seconds=0, message="no such table"),
    Pipeline("cancelled.orch.yaml", "CANCELLED", seconds=0),
    Pipeline("skipped.orch.yaml", "SKIPPED", seconds=0),
    Pipeline("hour.orch.yaml", seconds=3600),
)
PAGES = "https://app.matillion.com/observability-dashboard/pipeline/"
IN_SALES = ("--project", "Sales", "--environment", "Environment 1")


@pytest.fixture
def env(served: Start) -> dict[str, str]:
    """Leads the command line to a sandbox with these pipelines."""
    return environment(served(projects=["Sales", "Finance"], pipelines=PIPELINES))


def the_execution(invoke: Invoke, env: dict[str, str]) -> dict[str, Any]:
    """The one execution there is."""
    (found,) = json.loads(invoke("executions", "list", env=env).stdout)
    return dict(found)


def test_success(invoke: Invoke, env: dict[str, str]) -> None:
    """The exit code is 0, the log on stderr has the id and the states, and stdout is empty."""
    result = invoke("run", "ok.orch.yaml", *IN_SALES, env=env)
    assert (0, "") == (result.exit_code, result.stdout)
    run = f"ok.orch.yaml ({the_execution(invoke, env)['pipelineExecutionId']})"
    assert [
        f"Started {run} in 'Environment 1'.",
        "0:00:00 SUCCESS",
        f"{run} succeeded after 0:00:00.",
    ] == result.stderr.splitlines()


@pytest.mark.parametrize(
    ("pipeline", "told"),
    [
        ("fail", "FAILED; no such table; failed steps: Report (no such table)"),
        ("cancelled", "CANCELLED"),  # as by somebody else
        ("skipped", "SKIPPED"),
    ],
)
def test_anything_but_success(
    invoke: Invoke, env: dict[str, str], pipeline: str, told: str
) -> None:
    """The exit code is 1, and the last line says how it ended."""
    result = invoke("run", f"{pipeline}.orch.yaml", *IN_SALES, env=env)
    assert (1, "") == (result.exit_code, result.stdout)
    last = result.stderr.splitlines()[-1]
    assert last.startswith(f"matillion: {pipeline}.orch.yaml (")
    assert last.endswith(f"ended with {told}")


@pytest.mark.parametrize("pipeline", ["ok", "fail"])
def test_json(invoke: Invoke, env: dict[str, str], pipeline: str) -> None:
    """--json gives the execution, and with a failure the steps that failed."""
    result = invoke("run", pipeline, *IN_SALES, "--json", env=env)
    printed = json.loads(result.stdout)
    assert f"{pipeline}.orch.yaml" == printed["pipelineName"]
    assert (pipeline == "fail") == (result.exit_code == 1)
    assert ["Report"] * result.exit_code == [
        step["name"] for step in printed.get("failedSteps", [])
    ]


@pytest.mark.parametrize("as_json", [False, True])
def test_no_wait(invoke: Invoke, env: dict[str, str], as_json: bool) -> None:
    """The id goes to stdout, and the run goes on."""
    result = invoke("run", "hour", *IN_SALES, "--no-wait", *["--json"] * as_json, env=env)
    execution = the_execution(invoke, env)
    assert (0, "RUNNING") == (result.exit_code, execution["status"])
    execution_id = execution["pipelineExecutionId"]
    if as_json:
        assert {
            "projectId": execution["projectId"],
            "pipelineExecutionId": execution_id,
            "pipelineName": "hour",
            "environmentName": "Environment 1",
            "url": f"{PAGES}{execution_id}",
        } == json.loads(result.stdout)
    else:
        assert f"{execution_id}\n" == result.stdout


def test_a_step_that_is_tried_again_attaches(invoke: Invoke, env: dict[str, str]) -> None:
    """With --attach it waits for what runs under its tag, and starts nothing."""
    tagged = ("run", "hour", *IN_SALES, "--tag", "nightly")
    started = invoke(*tagged, "--attach", "--no-wait", env=env)
    again = invoke(*tagged, "--attach", "--no-wait", env=env)
    execution_id = the_execution(invoke, env)["pipelineExecutionId"]
    assert f"{execution_id}\n" == started.stdout == again.stdout
    run = f"hour ({execution_id}) in 'Environment 1'"
    assert f"Started {run}.\n" == started.stderr
    assert f"Attached to {run}, which runs under the tag 'nightly'.\n" == again.stderr
    refused = invoke(*tagged, "--no-wait", env=env)
    assert (1, True) == (refused.exit_code, "409" in refused.stderr)
    assert "with --attach it is waited for" in refused.stderr


def test_of_several_under_a_tag_none_is_attached_to(invoke: Invoke, env: dict[str, str]) -> None:
    """The error names them, and nothing that is for Python."""
    for options in (("--tag", "nightly"), ()):
        assert 0 == invoke("run", "hour", *IN_SALES, "--no-wait", *options, env=env).exit_code
    result = invoke("run", "hour", *IN_SALES, "--tag", "nightly", "--attach", env=env)
    assert 1 == result.exit_code
    assert "2 executions may hold the tag: " in result.stderr
    assert "client." not in result.stderr


def test_attach_goes_with_a_tag(invoke: Invoke, env: dict[str, str]) -> None:
    """Otherwise there is nothing to attach to."""
    result = invoke("run", "hour", *IN_SALES, "--attach", env=env)
    assert 2 == result.exit_code
    assert "--attach goes with --tag" in result.stderr


@pytest.mark.parametrize(
    ("base_url", "is_shown"),
    [
        ("https://eu1.api.matillion.com/dpc", True),
        ("http://127.0.0.1:8000/dpc", False),
        ("https://matillion.com.example.org/dpc", False),
    ],
)
def test_whose_runs_have_a_page(base_url: str, is_shown: bool) -> None:
    """Those of the vendor's API have one, which is told; those of a sandbox have none."""
    assert is_shown == is_vendors(base_url)


def test_the_time_of_a_request_is_no_time_of_a_run(invoke: Invoke, served: Start) -> None:
    """--timeout means the same after the name of the command as before it: how long one request may take."""
    env = environment(served(projects=["Sales"], pipelines=[Pipeline("slow.orch.yaml", seconds=4)]))
    result = invoke("run", "slow", *IN_SALES, "--timeout", "3", env=env)
    assert 0 == result.exit_code, result.stderr


def test_out_of_time(invoke: Invoke, env: dict[str, str]) -> None:
    """The exit code is 3, the run goes on, stderr says how to go on, and --json has what is known of it."""
    result = invoke("run", "hour", *IN_SALES, "--wait-timeout", "0.1", "--json", env=env)
    assert 3 == result.exit_code
    assert "is still running after 0.1 seconds, its last known status is RUNNING" in result.stderr
    execution = the_execution(invoke, env)
    assert "RUNNING" == execution["status"]
    rest = f"{execution['pipelineExecutionId']} --project {execution['projectId']}"
    assert [
        f"hour ({execution['pipelineExecutionId']}) goes on.",
        f"To wait for it again: matillion executions watch {rest}",
        f"To cancel it: matillion executions cancel {rest}",
    ] == result.stderr.splitlines()[-4:-1]
    assert {
        "projectId": execution["projectId"],
        "pipelineExecutionId": execution["pipelineExecutionId"],
        "pipelineName": "hour",
        "environmentName": "Environment 1",
        "status": "RUNNING",
        "url": f"{PAGES}{execution['pipelineExecutionId']}",
    } == json.loads(result.stdout)


def test_a_run_that_cannot_be_read_any_more(invoke: Invoke, served: Start) -> None:
    """--json has what is known of it, since it may go on."""
    faults = [f"pipeline_executions.{operation}:403" for operation in ("status", "get")]
    server = served(projects=["Sales"], pipelines=PIPELINES, faults=faults)
    result = invoke("run", "hour", *IN_SALES, "--json", env=environment(server))
    assert (1, "hour") == (result.exit_code, json.loads(result.stdout)["pipelineName"])


def test_what_is_given_is_sent(
    invoke: Invoke, served: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Variables, tag, version and agent reach the client; a value may hold = and be empty."""
    seen: dict[str, Any] = {}

    async def run(self: object, project: str, **options: Any) -> None:
        seen.update(options)
        raise ConfigurationError("that is all")

    monkeypatch.setattr("matillion_async._groups.pipeline_executions.PipelineExecutions.run", run)
    invoke(
        *("--sandbox", "run", "p", *IN_SALES, "--var", "day=2026-03-01", "--var", "query=a=b"),
        *("--var", "none=", "--grid-var", 'tables=[["orders", "id"], []]', "--tag", "nightly"),
        *("--version", "v1", "--agent", "a1"),
    )
    assert {
        "pipeline_name": "p",
        "environment_name": "Environment 1",
        "variables": {"day": "2026-03-01", "query": "a=b", "none": ""},
        "grid_variables": {"tables": [["orders", "id"], []]},
        "execution_tag": "nightly",
        "attach": False,
        "version_name": "v1",
        "agent_id": "a1",
    } == seen


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (b"pa=ss\n", "pa=ss"),
        ("@größe\r\n".encode(), "@größe"),
        (b"two\nlines\n\n", "two\nlines\n"),
        (b"", ""),
    ],
)
@pytest.mark.parametrize("how", ["file", "stdin"])
def test_a_variable_from_a_file(
    invoke: Invoke, tmp_path: Path, content: bytes, value: str, how: str
) -> None:
    """Its text is the value, without one end of line at the end; one that is given as it stands may begin with @."""
    path = tmp_path / "secret"
    path.write_bytes(content)
    given = ("--var", "handle=@joe", "--var-file", f"password={path if how == 'file' else '-'}")
    seen: dict[str, Any] = {}

    async def run(self: object, project: str, **options: Any) -> None:
        seen.update(options)
        raise ConfigurationError("that is all")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matillion_async._groups.pipeline_executions.PipelineExecutions.run", run)
        invoke("--sandbox", "run", "p", *IN_SALES, *given, input=content)
    assert {"handle": "@joe", "password": value} == seen["variables"]


def test_files_that_are_no_value(invoke: Invoke, tmp_path: Path) -> None:
    """The error names the file, and shows nothing of what is in it."""
    (tmp_path / "latin").write_bytes(b"hunter\xff")
    for name, told in (("none", "cannot be read: No such file"), ("latin", "is not text in UTF-8")):
        path = tmp_path / name
        result = invoke("--sandbox", "run", "p", *IN_SALES, "--var-file", f"a={path}")
        assert (2, 1) == (result.exit_code, result.stderr.count("\n"))
        assert f"{path} {told}" in result.stderr
        assert "hunter" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--var-file", "day"], "'day' is not a variable; write NAME=FILE"),
        (["--var-file", "a=-", "--var-file", "b=-"], "stdin can be read only once"),
        (["--var", "a=1", "--var-file", "a=/dev/null"], "'a' was given by --var and by --var-file"),
        (["--var", "day"], "'day' is not a variable; write NAME=VALUE"),
        (["--var", "=1"], "'=1' is not a variable"),
        (["--var", "a=1", "--var", "a=2"], "'a' was given twice"),
        (["--grid-var", "t"], "'t' is not a grid variable; write NAME=JSON"),
        (["--grid-var", "t=[1"], "is not a grid variable"),
        (["--grid-var", "t=[[1]]"], "is not a grid variable"),
        (["--grid-var", 't=["a"]'], "is not a grid variable"),
        (["--grid-var", "t=[]", "--grid-var", "t=[]"], "'t' was given twice"),
        (["--wait-timeout", "0"], "--wait-timeout"),
        (["--wait-timeout", "5", "--no-wait"], "--wait-timeout goes with --wait only"),
        (["--timeout", "0"], "--timeout"),
        (["--no-wait", "--cancel-on-interrupt"], "--cancel-on-interrupt goes with --wait only"),
    ],
)
def test_wrong_usage(invoke: Invoke, arguments: list[str], told: str) -> None:
    """One line says what is wrong and how it is written; nothing is sent."""
    result = invoke("--sandbox", "run", "daily.orch.yaml", *IN_SALES, *arguments)
    assert (2, "", 1) == (result.exit_code, result.stdout, result.stderr.count("\n"))
    assert told in result.stderr
    assert "see 'matillion run --help'" in result.stderr


def failing(invoke: Invoke, *arguments: str, env: dict[str, str]) -> str:
    """The one line that an unsuccessful command writes."""
    result: Result = invoke("run", *arguments, env=env)
    assert (1, "", 1) == (result.exit_code, result.stdout, result.stderr.count("\n"))
    return result.stderr


def test_names_that_do_not_exist(invoke: Invoke, env: dict[str, str]) -> None:
    """The error says which of project, environment and pipeline, and what is near."""
    place = ("--environment", "Environment 1")
    told = failing(invoke, "ok", "--project", "Sale", *place, env=env)
    assert "no project has the id or the exact name 'Sale'; near: 'Sales'" in told
    told = failing(invoke, "ok", "--project", "Sales", "--environment", "Environment / 1", env=env)
    assert "there is no environment 'Environment / 1'; near: 'Environment 1'" in told
    told = failing(invoke, "hours.orch.yaml", *IN_SALES, env=env)
    assert "there is no published pipeline 'hours.orch.yaml'; near: 'hour.o" in told
    told = failing(invoke, "xyz", *IN_SALES, env=env)
    assert "there are only " in told


def test_a_project_id_that_does_not_exist(invoke: Invoke, env: dict[str, str]) -> None:
    """The error is that of the start, not of the look-up of what is near."""
    place = ("--project", "00000000-0000-4000-8000-000000000000", "--environment", "Environment 1")
    told = failing(invoke, "ok", *place, env=env)
    assert (
        "pipeline_executions.start: 404 Not Found: The project does not exist; check that" in told
    )


def test_steps_that_cannot_be_read(invoke: Invoke, served: Start) -> None:
    """-v says why the steps that failed are not named."""
    server = served(
        projects=["Sales"], pipelines=PIPELINES, faults=["pipeline_executions.steps:403"]
    )
    result = invoke("-v", "run", "fail", *IN_SALES, env=environment(server))
    assert "  note: its steps could not be read: pipeline_executions.steps: 403" in result.stderr


def test_nothing_is_published(invoke: Invoke, served: Start) -> None:
    """Then there is nothing near."""
    env = environment(served(projects=["Sales"], pipelines=[]))
    assert "there are none at all" in failing(invoke, "ok", *IN_SALES, env=env)


def test_a_tag_in_use(invoke: Invoke, env: dict[str, str]) -> None:
    """The second run of a tag is refused."""
    invoke("run", "hour", *IN_SALES, "--tag", "nightly", "--no-wait", env=env)
    told = failing(invoke, "ok", *IN_SALES, "--tag", "nightly", env=env)
    assert "409 Conflict" in told


def test_ctrl_c_while_waiting(env: dict[str, str]) -> None:
    """The run goes on; the last lines say how to wait for it again, and how to cancel it."""
    with subprocess.Popen(
        [*PROGRAM, "run", "hour", *IN_SALES], env=env, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        started = process.stderr.readline()
        assert "0:00:00 RUNNING\n" == process.stderr.readline()
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=SECONDS)
    assert 130 == process.returncode
    execution_id = started.partition("(")[2].partition(")")[0]
    assert f"hour ({execution_id}) goes on." == told.splitlines()[0]
    assert f"matillion executions watch {execution_id} --project " in told
    assert f"matillion executions cancel {execution_id} --project " in told
    assert "Traceback" not in told


def test_ctrl_c_while_starting(served: Start) -> None:
    """Nobody knows whether it was started; the last line says how to find out."""
    server = served(
        projects=["Sales"], pipelines=PIPELINES, faults=["pipeline_executions.start:delay=3600"]
    )
    with subprocess.Popen(
        [*PROGRAM, "-v", "run", "hour", *IN_SALES],
        env=environment(server),
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        while not server.sandbox.stats.operations["pipeline_executions.start"]:
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=SECONDS)
    assert 130 == process.returncode
    assert "It may have been started; see: matillion executions list --project " in told
    assert "--pipeline hour --environment 'Environment 1'\n" in told


def test_on_a_terminal(env: dict[str, str]) -> None:
    """A line shows the pipeline while it is waited for, and is wiped off at the end."""
    code, shown = on_terminal("run", "ok.orch.yaml", *IN_SALES, env=env)
    assert 0 == code
    assert "Started ok.orch.yaml" in shown
    assert "succeeded after" in shown
    assert "\x1b[?25h" in shown, "the cursor is back"


@pytest.mark.parametrize("tag", [(), ("--tag", "t")])
def test_a_start_whose_response_is_lost(served: Start, tag: tuple[str, ...]) -> None:
    """The command that shows what became of it is told, and no Python."""
    lost = "pipeline_executions.start:truncate=5"
    refused = "pipeline_executions.list:403"
    server = served(projects=["Sales"], pipelines=PIPELINES, faults=[lost, refused])
    done = subprocess.run(
        [*PROGRAM, "run", "hour", *IN_SALES, *tag],
        env=environment(server),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert "It may have been started; see: matillion executions list --project " in done.stderr
    assert "client." not in done.stderr
    assert bool(tag) == ("could not be looked up" in done.stderr)
