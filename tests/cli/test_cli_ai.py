"""matillion ai."""

from __future__ import annotations

import json
import signal
import subprocess

import pytest

from matillion_async.sandbox import AgentWork
from tests.cli.command_line import (
    PROGRAM,
    SECONDS,
    Invoke,
    Start,
    environment,
    on_terminal,
)

IN_SALES = ("--project", "Sales", "--environment", "Environment 1")


def env_of(served: Start, **work: object) -> dict[str, str]:
    """Leads the command line to a sandbox whose agent works like this."""
    agent_work = AgentWork(**{"seconds": 0.05, "says": ("a\nb",), **work})  # type: ignore[arg-type]
    return environment(served(projects=["Sales", "Finance"], agent_work=agent_work))


def started(invoke: Invoke, env: dict[str, str], *options: str) -> str:
    """The id of a task that was not waited for."""
    result = invoke("ai", "run", "Load orders", *IN_SALES, "--no-wait", *options, env=env)
    assert 0 == result.exit_code, result.output
    assert f"Started task {result.stdout.strip()}.\n" == result.stderr
    return str(result.stdout.strip())


def test_a_task_is_run(invoke: Invoke, served: Start) -> None:
    """What the agent says is on stderr, with each new status; stdout is empty, and the exit code is 0."""
    env = env_of(served)
    result = invoke("ai", "run", "Load orders", *IN_SALES, env=env)
    assert (0, "") == (result.exit_code, result.stdout)
    (task,) = json.loads(invoke("ai", "list", env=env).stdout)
    lines = result.stderr.splitlines()
    assert f"Started task {task['taskId']}." == lines[0]
    assert f"task {task['taskId']} stopped after 0:00:" in lines[-1]
    assert ["Load orders", "a", "b"] == [line for line in lines[1:-1] if line[:2] != "0:"]
    assert {"RUNNING", "STOPPED"} <= {line.split()[-1] for line in lines}


def test_where_and_how_it_works(invoke: Invoke, served: Start) -> None:
    """Options become the configuration of the task; --json prints the task."""
    options = ("--branch", "main", "--target-branch", "t", "--new-branch", "--folder", "f")
    result = invoke(
        *("ai", "run", "x", *IN_SALES, *options, "--grant", "a", "--grant", "b", "--json"),
        env=env_of(served),
    )
    task = json.loads(result.stdout)
    del task["agentConfig"]["projectId"]
    assert {
        "name": "data_engineer_agent",
        "mode": "ACT",
        "environmentName": "Environment 1",
        "sourceBranchName": "main",
        "targetBranchName": "t",
        "generateBranch": True,
        "workingDirectory": "f",
    } == task["agentConfig"]
    assert [{"toolName": "a"}, {"toolName": "b"}] == task["grantedPermissions"]
    assert "STOPPED" == task["status"]


def test_a_task_that_fails(invoke: Invoke, served: Start) -> None:
    """The exit code is 1, and --json prints the task all the same."""
    result = invoke("ai", "run", "x", *IN_SALES, "--json", env=env_of(served, fails=True))
    assert 1 == result.exit_code
    assert "ERRORED" == json.loads(result.stdout)["status"]
    assert "ended with ERRORED" in result.stderr.splitlines()[-1]


def test_a_question_is_told_and_answered(invoke: Invoke, served: Start) -> None:
    """The wait ends with what is asked and the command that answers it; after that it is waited for again."""
    env = env_of(served, asks_for=("x",))
    result = invoke("ai", "run", "x", *IN_SALES, env=env)
    assert 1 == result.exit_code
    (task,) = json.loads(invoke("ai", "list", env=env).stdout)
    task_id = task["taskId"]
    assert [
        f"To decide it: matillion ai decide {task_id} --id call-1-1 --answer 0=OPTION",
        f"To wait on after that: matillion ai watch {task_id}",
        f"matillion: task {task_id} waits for a decision: May I use x? (call-1-1)",
    ] == result.stderr.splitlines()[-3:]
    shown = json.loads(invoke("ai", "show", task_id, env=env).stdout)
    assert ["x"] == [decision["toolName"] for decision in shown["pendingDecisions"]]
    followed = invoke("ai", "messages", task_id, "--follow", env=env)
    assert (1, "x") == (followed.exit_code, json.loads(followed.stdout)[0]["data"])
    assert "To decide it" in followed.stderr

    decided = invoke("ai", "decide", task_id, "--answer", "0=allow", "--json", env=env)
    assert (0, {"pendingDecisions": []}) == (decided.exit_code, json.loads(decided.stdout))
    assert "Decided call-1-1; 0 left to decide.\n" == decided.stderr
    assert 0 == invoke("ai", "watch", task_id, env=env).exit_code


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "asks call-1-1, call-1-2; say which with --id"),
        (("--id", "y"), "does not ask 'y'; it asks call-1-1, call-1-2"),
        (("--answer", "allow"), "write the number of a question and an option, such as 0=allow"),
    ],
)
def test_a_decision_that_is_not_clear(
    invoke: Invoke, served: Start, options: tuple[str, ...], told: str
) -> None:
    """It is refused, and the message says what is asked."""
    env = env_of(served, seconds=0, asks_for=("x", "y"))
    result = invoke("ai", "decide", started(invoke, env), *options, env=env)
    assert 0 != result.exit_code
    assert told in result.stderr
    task = started(invoke, env)
    assert 0 == invoke("ai", "decide", task, "--id", "call-1-2", env=env).exit_code


def test_nothing_to_decide(invoke: Invoke, served: Start) -> None:
    """Where nothing is asked, that is said."""
    env = env_of(served, seconds=3600)
    result = invoke("ai", "decide", started(invoke, env), env=env)
    assert (1, True) == (result.exit_code, "asks nothing" in result.stderr)


def test_messages(invoke: Invoke, served: Start) -> None:
    """They are rows; followed they come as they are said, until the end."""
    env = env_of(served, seconds=0.5)
    task = started(invoke, env)
    followed = invoke("ai", "messages", task, "--follow", "--json", env=env)
    assert ["Load orders", "a\nb"] == [message["data"] for message in json.loads(followed.stdout)]
    listed = invoke("ai", "messages", task, env=env)
    assert json.loads(followed.stdout) == json.loads(listed.stdout)
    as_csv = invoke("ai", "messages", task, "--follow", "--csv", env=env)
    assert "timestamp,groupId,data" == as_csv.stdout.splitlines()[0]


def test_messages_on_a_terminal(invoke: Invoke, served: Start) -> None:
    """Followed they are plain text, without control sequences."""
    env = env_of(served, says=("a\nb\x1b[31mc",))
    code, shown = on_terminal("ai", "messages", started(invoke, env), "--follow", env=env)
    assert (0, ["Load orders", "a", "b [31mc"]) == (code, shown.split("\r\n")[:3])


def test_the_timeout(invoke: Invoke, served: Start) -> None:
    """The task goes on, and the last lines say how to go on."""
    env = env_of(served, seconds=3600)
    result = invoke("ai", "run", "x", *IN_SALES, "--timeout", "0.2", env=env)
    assert 1 == result.exit_code
    (task,) = json.loads(invoke("ai", "list", "--status", "running", env=env).stdout)
    assert f"To wait for it again: matillion ai watch {task['taskId']}" in result.stderr
    assert "did not stop within 0.2 seconds" in result.stderr.splitlines()[-1]
    refused = invoke("ai", "run", "x", *IN_SALES, "--timeout", "1", "--no-wait", env=env)
    assert 2 == refused.exit_code


def test_an_interruption(invoke: Invoke, served: Start) -> None:
    """Ctrl-C leaves the agent at work, and says how to go on."""
    env = env_of(served, seconds=3600)
    process = subprocess.Popen(
        [*PROGRAM, "ai", "run", "x", *IN_SALES],
        env=env,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stderr is not None
    lines = []
    for line in process.stderr:
        lines.append(line)
        if "RUNNING" in line:
            process.send_signal(signal.SIGINT)
    process.stderr.close()
    assert 130 == process.wait(SECONDS)
    (task,) = json.loads(invoke("ai", "list", env=env).stdout)
    assert "RUNNING" == task["status"]
    assert f"To stop it: matillion ai stop {task['taskId']}\n" in lines


def test_a_task_is_told_more_stopped_and_deleted(invoke: Invoke, served: Start) -> None:
    """Each by its id."""
    env = env_of(served)
    task = started(invoke, env)
    assert 0 == invoke("ai", "watch", task, env=env).exit_code
    assert 0 == invoke("ai", "tell", task, "Load customers", env=env).exit_code
    assert 0 == invoke("ai", "stop", task, env=env).exit_code
    watched = invoke("ai", "watch", task, "--json", env=env)
    assert "STOPPED" == json.loads(watched.stdout)["status"]
    assert "Load customers" in watched.stderr
    assert 0 != invoke("ai", "delete", task, env=env).exit_code
    assert 0 == invoke("ai", "delete", task, "--yes", env=env).exit_code
    assert [] == json.loads(invoke("ai", "list", env=env).stdout)


def test_a_listing(invoke: Invoke, served: Start) -> None:
    """Of one project, by its name; on a terminal it says that there are none."""
    env = env_of(served)
    task = started(invoke, env)
    assert [task] == [
        each["taskId"]
        for each in json.loads(invoke("ai", "list", "--project", "Sales", env=env).stdout)
    ]
    assert [] == json.loads(invoke("ai", "list", "--project", "Finance", env=env).stdout)
    _, shown = on_terminal("ai", "list", "--project", "Finance", env=env)
    assert "No tasks." in shown
