"""Signals that end a command from outside, sent to processes of their own."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import pty
import signal
import stat
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from matillion_async.cli._signals import Signals
from matillion_async.sandbox import AgentWork, Pipeline, Served
from tests.cli.command_line import PROGRAM, SECONDS, Invoke, Start, environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")

STOPS = pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
IN_SALES = ("--project", "Sales", "--environment", "Environment 1")
RUN = ("run", "hour", *IN_SALES)
PIPELINES = (Pipeline("hour", seconds=3600),)
LAST_100_DAYS = str((datetime.now(UTC) - timedelta(days=100)).date())


@contextlib.contextmanager
def started(
    *arguments: str, env: dict[str, str], **options: Any
) -> Iterator[subprocess.Popen[str]]:
    """The command line in a process, which is gone at the end."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    with subprocess.Popen([*PROGRAM, *arguments], env=env, text=True, **pipes) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def until(process: subprocess.Popen[str], server: Served, operation: str) -> None:
    """Wait until the sandbox has got a request of that operation, to which it does not respond; or of the token endpoint."""
    stats = server.sandbox.stats
    while not (stats.token_requests if operation == "token" else stats.operations[operation]):
        assert process.poll() is None
        time.sleep(0.005)


def end(process: subprocess.Popen[str], *numbers: int) -> tuple[int, str, list[str]]:
    """Send signals; gives the exit code, stdout and the lines of stderr."""
    for number in numbers:
        process.send_signal(number)
    output, told = process.communicate(timeout=SECONDS)
    assert "Traceback" not in told
    return process.returncode, output, told.split("\n")


def sandbox(served: Start, *faults: str) -> tuple[Served, dict[str, str]]:
    server = served(
        projects=["Sales"],
        pipelines=PIPELINES,
        agent_work=AgentWork(seconds=3600),
        faults=list(faults),
    )
    return server, environment(server)


@STOPS
def test_while_a_run_is_waited_for(invoke: Invoke, served: Start, number: int) -> None:
    """The run goes on; stderr says how to wait for it or cancel it, and --json what is known of it."""
    _, env = sandbox(served)
    with started(*RUN, "--json", env=env) as process:
        assert process.stderr is not None
        execution = process.stderr.readline().partition("(")[2].partition(")")[0]
        assert "0:00:00 RUNNING\n" == process.stderr.readline()
        code, output, told = end(process, number)
    assert 128 + number == code
    known = json.loads(output)
    rest = f"{execution} --project {known['projectId']}"
    assert [
        f"hour ({execution}) goes on.",
        f"To wait for it again: matillion executions watch {rest}",
        f"To cancel it: matillion executions cancel {rest}",
    ] == told[:3]
    assert {
        "projectId": known["projectId"],
        "pipelineExecutionId": execution,
        "pipelineName": "hour",
        "environmentName": "Environment 1",
        "status": "RUNNING",
        "url": f"https://app.matillion.com/observability-dashboard/pipeline/{execution}",
    } == known
    shown = json.loads(invoke("executions", "show", *rest.split(), env=env).stdout)
    assert "RUNNING" == shown["status"]


@pytest.mark.parametrize("operation", ["token", "projects.list"])
def test_before_a_start_is_sent(served: Start, operation: str) -> None:
    """It says that nothing was started."""
    server, env = sandbox(served, f"{operation}:delay=3600")
    with started(*RUN, env=env) as process:
        until(process, server, operation)
        code, output, told = end(process, signal.SIGTERM)
    assert (143, "", "Nothing was started.") == (code, output, told[0])
    assert 0 == server.sandbox.stats.operations["pipeline_executions.start"]


def test_a_start_that_waits_for_its_token(served: Start) -> None:
    """Nothing was started as long as the start itself was not sent."""
    server, env = sandbox(served, "token:delay=3600")
    project = "6e6e81ee-246b-55c1-bef8-40d0b7112339"  # an id, which is not looked up
    options = ("--project", project, "--environment", "Environment 1")
    with started("run", "hour", *options, env=env) as process:
        until(process, server, "token")
        code, _, told = end(process, signal.SIGTERM)
    assert (143, "Nothing was started.") == (code, told[0])


def test_while_a_start_is_on_the_wire(served: Start) -> None:
    """It may have been started: stderr says how to find out."""
    server, env = sandbox(served, "pipeline_executions.start:delay=3600")
    with started(*RUN, env=env) as process:
        until(process, server, "pipeline_executions.start")
        code, output, told = end(process, signal.SIGINT)
    look = "It may have been started; see: matillion executions list --project "
    assert (130, "", True) == (code, output, told[0].startswith(look))
    assert told[0].endswith(" --pipeline hour --environment 'Environment 1'")
    assert [] == [line for line in told[1:] if line]


def test_a_start_whose_response_comes_soon_after(invoke: Invoke, served: Start) -> None:
    """The run is known then, so that it can be named, and cancelled."""
    server, env = sandbox(served, "pipeline_executions.start:delay=0.3")
    with started(*RUN, "--cancel-on-interrupt", env=env) as process:
        until(process, server, "pipeline_executions.start")
        code, _, told = end(process, signal.SIGTERM)
    execution = told[0].partition("(")[2].partition(")")[0]
    assert (143, f"Started hour ({execution}) in 'Environment 1'.") == (code, told[0])
    assert told[1].startswith(f"The end of hour ({execution}) was asked for; ")
    shown = invoke("executions", "show", execution, "--project", "Sales", env=env).stdout
    assert json.loads(shown)["status"].startswith("CANCELL")


def test_a_start_with_a_response_has_it(served: Start) -> None:
    """Nothing is said of a request without one."""
    server, env = sandbox(served, "pipeline_executions.start:delay=0.3")
    with started(*RUN, env=env) as process:
        until(process, server, "pipeline_executions.start")
        code, _, told = end(process, signal.SIGTERM)
    assert (143, True) == (code, told[0].startswith("Started hour ("))


def test_two_at_once(served: Start) -> None:
    """A supervisor may send one to the whole group and one to the process: it is the first that counts, once."""
    _, env = sandbox(served)
    with started(*RUN, env=env) as process:
        assert process.stderr is not None
        process.stderr.readline()
        code, _, told = end(process, signal.SIGTERM, signal.SIGINT, signal.SIGTERM)
    assert code in (143, 130)  # the system may hand them over in another order
    assert 1 == sum(line.startswith("To cancel it:") for line in told)


def test_cancel_on_interrupt(invoke: Invoke, served: Start) -> None:
    """The end of the run is asked for, nothing else is said, and the exit code is that of the signal all the same."""
    _, env = sandbox(served)
    with started(*RUN, "--cancel-on-interrupt", env=env) as process:
        assert process.stderr is not None
        execution = process.stderr.readline().partition("(")[2].partition(")")[0]
        assert "0:00:00 RUNNING\n" == process.stderr.readline()
        code, _, told = end(process, signal.SIGINT)
    said = f"The end of hour ({execution}) was asked for; to wait for that: matillion executions watch "
    assert (130, True, ["", ""]) == (code, told[0].startswith(said), told[1:])
    shown = invoke("executions", "show", execution, "--project", "Sales", env=env).stdout
    assert json.loads(shown)["status"].startswith("CANCELL")


def test_a_run_that_cannot_be_cancelled(served: Start) -> None:
    """The reason is told, and how to go on."""
    _, env = sandbox(served, "pipeline_executions.cancel:403")
    with started(*RUN, "--cancel-on-interrupt", env=env) as process:
        assert process.stderr is not None
        process.stderr.readline()
        process.stderr.readline()
        code, _, told = end(process, signal.SIGTERM)
    assert (143, True) == (code, told[0].startswith("matillion: it was not cancelled: "))
    assert told[1].endswith(" goes on.")


def test_a_terminal_that_is_closed(invoke: Invoke, served: Start) -> None:
    """Nothing can be said any more, and everything else is done: the run is cancelled, and the exit code is 129."""
    _, env = sandbox(served)
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, *RUN, "--cancel-on-interrupt"],
        env=env,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - it calls nothing else
    ) as process:
        os.close(theirs)
        shown = b""
        while b"RUNNING" not in shown:
            shown += os.read(ours, 65536)
        os.close(ours)
        assert 129 == process.wait(SECONDS)
    (found,) = json.loads(invoke("executions", "list", env=env).stdout)
    assert found["status"].startswith("CANCELL")


@pytest.mark.parametrize("ignored", [signal.SIGHUP, signal.SIGINT])
def test_what_is_ignored_stays_ignored(served: Start, ignored: int) -> None:
    """As by nohup, or in the background of a script; another signal ends the command."""
    server, env = sandbox(served, "projects.list:delay=3600")
    before = signal.signal(ignored, signal.SIG_IGN)  # a process inherits that
    try:
        with started("projects", "list", env=env) as process:
            until(process, server, "projects.list")
            code, _, _ = end(process, ignored, signal.SIGTERM)
    finally:
        signal.signal(ignored, before)
    assert 143 == code


def test_any_change_that_is_on_the_wire(served: Start) -> None:
    """Whatever the command is, stderr says that its request may have been carried out."""
    server, env = sandbox(served, "projects.create:delay=3600")
    create = ("projects", "create", "x", "--warehouse", "SNOWFLAKE")
    with started(*create, "--agent-deployment-type", "HYBRID", env=env) as process:
        until(process, server, "projects.create")
        code, output, told = end(process, signal.SIGTERM)
    assert (143, "") == (code, output)
    assert (
        "matillion: POST /dpc/v1/projects was sent and has no response: it may have been carried out; look before you "
        "repeat it"
    ) == told[0]


def test_a_listing(served: Start) -> None:
    """What came before is written, and stderr says that it is not all."""
    server = served(projects=250, faults=["projects.list:delay=3600@2"])
    with started("projects", "list", env=environment(server)) as process:
        while server.sandbox.stats.operations["projects.list"] < 2:
            assert process.poll() is None
            time.sleep(0.005)
        code, output, told = end(process, signal.SIGTERM)
    assert (143, 100) == (code, len(json.loads(f"{output}]")))
    assert "matillion: the output is incomplete: only the first 100 rows are there" == told[0]


def test_output_that_nobody_takes() -> None:
    """A command that is stuck in writing to a full pipe ends as well, at the end of the grace period."""
    script = "from matillion_async.cli import _signals, main\n_signals.GRACE_PERIOD = 0.2\nmain()\n"
    arguments = ("--sandbox", "lineage", "export", "--from", LAST_100_DAYS)
    with subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.read(1)  # it has begun, and writes until the pipe is full
        process.send_signal(signal.SIGTERM)
        assert 143 == process.wait(SECONDS)


def test_one_that_comes_while_the_event_loop_begins() -> None:
    """It is not lost: the work is cancelled at its first step."""
    signals = Signals()
    with signals.held():
        signals._on_signal(signal.SIGTERM, None)
        with pytest.raises(asyncio.CancelledError):
            asyncio.run(signals.cancel(asyncio.sleep(60)))
    assert 143 == signals.exit_code


# Tasks of AI agents

ASK = ("ai", "run", "Load orders", *IN_SALES)


def how_to_go_on(task: str) -> list[str]:
    """What is said of a task that is no longer waited for."""
    return [
        f"task {task} goes on.",
        f"To wait for it again: matillion ai watch {task}",
        f"To stop it: matillion ai stop {task}",
    ]


def test_while_a_task_is_waited_for(invoke: Invoke, served: Start) -> None:
    """The agent stays at work; stderr says how to wait for it or stop it, and --json what is known of it."""
    _, env = sandbox(served)
    with started(*ASK, "--wait", "--json", env=env) as process:
        assert process.stderr is not None
        task = process.stderr.readline().removeprefix("Started task ").removesuffix(".\n")
        assert "0:00:00 RUNNING\n" == process.stderr.readline()
        code, output, told = end(process, signal.SIGINT)
    assert 130 == code
    assert {"taskId": task, "status": "RUNNING"} == json.loads(output)
    assert how_to_go_on(task) == [line for line in told if line][-3:]
    assert "RUNNING" == json.loads(invoke("ai", "show", task, env=env).stdout)["status"]


def test_while_messages_are_followed(invoke: Invoke, served: Start) -> None:
    """What came before is written, and stderr says how to go on."""
    server, env = sandbox(served)
    task = invoke(*ASK, "--no-wait", env=env).stdout.strip()
    with started("ai", "messages", task, "--follow", env=env) as process:
        while server.sandbox.stats.operations["ai_agent_tasks.messages"] < 2:
            assert process.poll() is None
            time.sleep(0.005)
        code, output, told = end(process, signal.SIGTERM)
    (message,) = json.loads(f"{output}]")
    assert (143, "Load orders") == (code, message["data"])
    assert how_to_go_on(task) == [line for line in told if line][-3:]


@pytest.mark.parametrize("operation", ["token", "projects.list"])
def test_before_a_task_is_sent(served: Start, operation: str) -> None:
    """It says that nothing was started."""
    server, env = sandbox(served, f"{operation}:delay=3600")
    with started(*ASK, env=env) as process:
        until(process, server, operation)
        code, output, told = end(process, signal.SIGTERM)
    assert (143, "", "Nothing was started.") == (code, output, told[0])
    assert 0 == server.sandbox.stats.operations["ai_agent_tasks.start"]


def test_while_a_task_is_on_the_wire(served: Start) -> None:
    """It may have been started: stderr says how to find out, and nothing else."""
    server, env = sandbox(served, "ai_agent_tasks.start:delay=3600")
    with started(*ASK, env=env) as process:
        until(process, server, "ai_agent_tasks.start")
        code, output, told = end(process, signal.SIGTERM)
    look = "It may have been started; see: matillion ai list --project "
    assert (143, "", True) == (code, output, told[0].startswith(look))
    assert [] == [line for line in told[1:] if line]


def test_a_task_whose_response_comes_soon_after(invoke: Invoke, served: Start) -> None:
    """It is known then, so that it can be named."""
    server, env = sandbox(served, "ai_agent_tasks.start:delay=0.3")
    with started(*ASK, env=env) as process:
        until(process, server, "ai_agent_tasks.start")
        code, _, told = end(process, signal.SIGTERM)
    (task,) = json.loads(invoke("ai", "list", env=env).stdout)
    said = [f"Started task {task['taskId']}.", *how_to_go_on(task["taskId"])]
    assert (143, said) == (code, [line for line in told if line])


# Exports


def test_an_export(served: Start, tmp_path: Path) -> None:
    """What is written in the meantime can be read by its owner only, and is removed."""
    server = served(audit_events=500, faults=["audit.list:delay=3600@4"])
    path = tmp_path / "audit.jsonl"
    path.write_text("whole")
    arguments = ("audit", "export", "--from", LAST_100_DAYS, "--output", str(path))
    with started(*arguments, env=environment(server)) as process:
        until_written(process, tmp_path, path)
        (part,) = {*tmp_path.iterdir()} - {path}
        assert 0o600 == stat.S_IMODE(part.stat().st_mode)
        code, output, _ = end(process, signal.SIGHUP)
    assert (129, "") == (code, output)
    assert ([path], "whole") == (list(tmp_path.iterdir()), path.read_text())


def test_what_a_killed_export_leaves_behind(invoke: Invoke, served: Start, tmp_path: Path) -> None:
    """It stops no other export, whatever the id of its process is."""
    server = served(audit_events=500, faults=["audit.list:delay=3600@4"])
    path = tmp_path / "audit.jsonl"
    arguments = ("audit", "export", "--from", LAST_100_DAYS, "--output", str(path))
    with started(*arguments, env=environment(server)) as process:
        until_written(process, tmp_path, path)
        process.kill()
    (left,) = tmp_path.iterdir()
    old = tmp_path / f".audit.jsonl.{os.getpid()}.part"
    left.rename(old)
    assert 0 == invoke("--sandbox", *arguments).exit_code
    assert {path, old} == {*tmp_path.iterdir()}


def until_written(process: subprocess.Popen[str], folder: Path, path: Path) -> None:
    """Wait until there is another file than the one that there will be at the end."""
    while not {*folder.iterdir()} - {path}:
        assert process.poll() is None
        time.sleep(0.005)


# Publishing

PUBLISH = ("--version", "1.0", "--environment", "Environment 1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with one file."""
    (tmp_path / "daily.orch.yaml").write_text("type: orchestration\n")
    return tmp_path


def test_an_upload_on_the_wire(served: Start, folder: Path) -> None:
    """The version may be there: stderr says how to look."""
    server, env = sandbox(served, "artifacts.upload:delay=3600")
    with started("artifacts", "publish", "Sales", str(folder), *PUBLISH, env=env) as process:
        until(process, server, "artifacts.upload")
        code, output, told = end(process, signal.SIGINT)
    assert (130, "") == (code, output)
    assert told[0].startswith(
        "Version '1.0' may have been published to 'Environment 1', and nothing is sent twice; see: "
        "matillion artifacts show "
    )
    assert told[0].endswith(" 1.0 --environment 'Environment 1'")


@pytest.mark.parametrize("operation", ["projects.list", "artifacts.details"])
def test_before_an_upload(served: Start, folder: Path, operation: str) -> None:
    """It says that nothing was published."""
    server, env = sandbox(served, f"{operation}:delay=3600")
    with started("artifacts", "publish", "Sales", str(folder), *PUBLISH, env=env) as process:
        until(process, server, operation)
        code, output, told = end(process, signal.SIGTERM)
    assert (143, "", "Nothing was published.") == (code, output, told[0])
    assert 0 == server.sandbox.stats.operations["artifacts.upload"]


# The beginning


@STOPS
def test_while_it_is_imported(tmp_path: Path, number: int) -> None:
    """It ends without a word, however far the imports are."""
    package = tmp_path / "click"
    package.mkdir()
    (package / "__init__.py").write_text("import time\nprint('begun', flush=True)\ntime.sleep(60)")
    script = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import matillion_async.cli as m; m.main()"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert b"begun\n" == process.stdout.readline()
        process.send_signal(number)
        _, complaint = process.communicate(timeout=SECONDS)
    expected = 130 if number == signal.SIGINT else -number  # the system's own end of a process
    assert (expected, b"") == (process.returncode, complaint)
