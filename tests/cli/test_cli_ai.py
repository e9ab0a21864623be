"""matillion ai."""

from __future__ import annotations

import json
from typing import Any

import pytest

from matillion_async import AgentRun
from matillion_async.cli._agent_following import _followed, _Shown, command
from matillion_async.sandbox import AgentWork, Fault, Sandbox
from tests.cli.command_line import (
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
    assert "" == result.stdout
    watched = invoke("ai", "watch", task_id, "--json", env=env)
    assert [task_id, "call-1-1"] == [
        json.loads(watched.stdout)["taskId"],
        json.loads(watched.stdout)["pendingDecisions"][0]["toolId"],
    ]
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
    """Followed they are plain text, in which nothing steers it."""
    env = env_of(served, says=("a\n\tb\x1b[31mc\u202e",))
    code, shown = on_terminal("ai", "messages", started(invoke, env), "--follow", env=env)
    assert (0, ["Load orders", "a", "    b\\u001b[31mc\\u202e"]) == (code, shown.split("\r\n")[:3])


def test_the_timeout(invoke: Invoke, served: Start) -> None:
    """The task goes on, and the last lines say how to go on; --json prints what is known of it."""
    env = env_of(served, seconds=3600)
    result = invoke("ai", "run", "x", *IN_SALES, "--wait-timeout", "0.2", "--json", env=env)
    assert 3 == result.exit_code
    (task,) = json.loads(invoke("ai", "list", "--status", "running", env=env).stdout)
    assert {"taskId": task["taskId"], "status": "RUNNING"} == json.loads(result.stdout)
    assert [
        f"task {task['taskId']} goes on.",
        f"To wait for it again: matillion ai watch {task['taskId']}",
        f"To stop it: matillion ai stop {task['taskId']}",
        f"matillion: task {task['taskId']} did not stop within 0.2 seconds, its last known status is RUNNING",
    ] == result.stderr.splitlines()[-4:]
    refused = invoke("ai", "run", "x", *IN_SALES, "--wait-timeout", "1", "--no-wait", env=env)
    assert 2 == refused.exit_code


def test_a_start_whose_response_was_lost(invoke: Invoke, served: Start) -> None:
    """The command that shows whether the agent is at work is told, and the exit code is 4; a refusal tells none."""
    lost = served(projects=["Sales"], faults=["ai_agent_tasks.start:503"])
    told = invoke("ai", "run", "x", *IN_SALES, env=environment(lost))
    look = "It may have been started; see: matillion ai list --project "
    assert (4, look) == (told.exit_code, told.stderr[: len(look)])
    refused = invoke(
        "ai", "run", "x", "--project", "Sales", "--environment", "?", env=env_of(served)
    )
    assert (1, 1) == (refused.exit_code, refused.stderr.count("\n"))


@pytest.mark.virtual_time
async def test_the_end_is_read_through_trouble(capsys: pytest.CaptureFixture[str]) -> None:
    """A task that has stopped is not told as one of which nothing is known, because the server fails just then."""
    trouble = Fault(target="ai_agent_tasks.get", at=2, times=20, status=503)
    sandbox = Sandbox(projects=["Sales"], agent_work=AgentWork(seconds=0), faults=[trouble])
    async with sandbox.client(retry=None) as client:
        run = await client.ai_agent_tasks.run("Sales", message="x")
        task = await _followed(run, 3600, _Shown(run))
    assert "STOPPED" == task.status
    assert "status unknown (the server responds with errors)\n" in capsys.readouterr().err


def test_ids_are_quoted(invoke: Invoke, served: Start) -> None:
    """What is to be typed into a shell is one word there, whatever the id is."""
    env = env_of(served, seconds=3600)
    task = started(invoke, env)
    told = invoke("ai", "stop", task, env=env).stderr
    watch = f"matillion ai watch {task}"
    assert f"The end of task {task} was asked for; to wait for that: {watch}\n" == told
    run: Any = None
    assert "matillion ai watch 'a b'" == command("watch", AgentRun(run, "a b"))


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
