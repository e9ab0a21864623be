"""Tasks of AI agents: an agent works for a time, says something now and then, and may ask halfway."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from matillion_async.sandbox._agent_work import AgentWork
from matillion_async.sandbox._clock import iso
from matillion_async.sandbox._operations import Call
from matillion_async.sandbox._problems import ProblemError, Response
from matillion_async.sandbox._state import State
from matillion_async.sandbox.groups._agent_tasks import AgentTask


def start_agent_task(state: State, call: Call) -> Response:
    """A project or an environment that is named must exist; the rest of the configuration may be anything."""
    config = call.body["agentConfig"]
    _check(state, config)
    task = AgentTask(
        id=state.new_id("agent task"),
        branch_id=state.new_id("branch"),
        config=config,
        created_at=call.now,
        granted=_tools(call.body),
    )
    task.begin(call.body["message"], _work(state), call.now)
    state.tables.of(AgentTask).add(task.id, task)
    response = {
        "taskId": task.id,
        "status": task.status(call.now),
        "createdAt": iso(task.created_at),
    }
    if "name" in config:
        response["agentName"] = config["name"]
    return Response(201, response)


def list_agent_tasks(state: State, call: Call) -> Response:
    """In the order of their creation."""
    values = call.values
    found = [
        row
        for row in (task.row(call.now) for task in state.tables.of(AgentTask))
        if all(
            values.get(name) in (None, row.get(name))
            for name in ("projectId", "branchId", "status")
        )
    ]
    page, size = values["page"], values["size"]
    tasks = found[page * size : (page + 1) * size]
    return Response(200, {"page": page, "size": size, "total": len(found), "tasks": tasks})


def get_agent_task(state: State, call: Call) -> Response:
    """One task."""
    return Response(200, _task(state, call).details(call.now))


def delete_agent_task(state: State, call: Call) -> Response:
    """Whether its agent is at work or not."""
    state.tables.of(AgentTask).remove(_task(state, call).id)
    return Response(204)


def list_agent_task_messages(state: State, call: Call) -> Response:
    """Oldest first."""
    messages = _task(state, call).messages(call.now)
    start = _decode_token(call.values.get("paginationToken"), len(messages))
    end = start + call.values["limit"]
    response: dict[str, Any] = {"results": messages[start:end]}
    if end < len(messages):
        response["more"] = base64.urlsafe_b64encode(f"from:{end}".encode()).decode()
    return Response(200, response)


def send_agent_task_message(state: State, call: Call) -> Response:
    """Not while the agent is at work (what the API does then is not documented)."""
    task, body = _task(state, call), call.body
    if task.status(call.now) in ("RUNNING", "STOPPING"):
        raise ProblemError(409, "The agent is at work.")
    config = task.config | body.get("agentConfig", {})
    _check(state, config)
    task.config = config
    if "grantedPermissions" in body:
        task.granted = _tools(body)
    task.begin(body["message"], _work(state), call.now)
    return Response(200, {"taskId": task.id})


def decide_agent_task(state: State, call: Call) -> Response:
    """All or none; any decision lets the agent work on."""
    task = _task(state, call)
    turn = task.turns[-1]
    decided = [decision["id"] for decision in call.body["decisions"]]
    if not set(decided) <= turn.pending(call.now).keys():
        raise ProblemError(409, "That is not asked.")
    turn.decided |= dict.fromkeys(decided, call.now)
    return Response(200, {"pendingDecisions": task.pending(call.now)})


def set_agent_task_permissions(state: State, call: Call) -> Response:
    """What is granted needs no decision any more."""
    task = _task(state, call)
    task.grant(_tools(call.body), call.now)
    return Response(200, {"taskId": task.id, "grantedPermissions": task.permissions()})


def stop_agent_task(state: State, call: Call) -> Response:
    """One whose agent is not at work stays as it is."""
    task = _task(state, call)
    if task.status(call.now) == "RUNNING":
        task.turns[-1].stopped_at = call.now
    return Response(202)


def _task(state: State, call: Call) -> AgentTask:
    return state.tables.of(AgentTask).found(call.values["taskId"], "task")


def _work(state: State) -> AgentWork:
    return state.tables.of(AgentWork).get("") or AgentWork()


def _check(state: State, config: dict[str, Any]) -> None:
    if "projectId" in config:
        project = state.project(config["projectId"])
        if "environmentName" in config:
            project.environment(config["environmentName"])


def _tools(body: dict[str, Any]) -> list[str]:
    return [permission["toolName"] for permission in body.get("grantedPermissions", ())]


def _decode_token(token: str | None, total: int) -> int:
    """The number of the first message of a page; nothing comes after a token that was not given out."""
    if token is None:
        return 0
    try:
        return max(0, int(base64.urlsafe_b64decode(token).removeprefix(b"from:")))
    except (ValueError, binascii.Error):
        return total
