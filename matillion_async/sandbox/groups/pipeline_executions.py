"""Executions of pipelines: they run for a time, and end as their pipeline says."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from matillion_async.sandbox._clock import moment
from matillion_async.sandbox._events import to_millisecond
from matillion_async.sandbox._operations import Call, page_of
from matillion_async.sandbox._pipelines import Pipeline
from matillion_async.sandbox._problems import ProblemError, Response
from matillion_async.sandbox._state import State, Table
from matillion_async.sandbox.groups._executions import ACTIVE, Execution
from matillion_async.sandbox.groups.pipelines import published

LARGEST_PAGE = 100


def start_pipeline_execution(state: State, call: Call) -> Response:
    """A pipeline that is not published gives 404 (the API's own response is not documented)."""
    project = state.project(call.values["projectId"])
    body = call.body
    environment = project.environment(body["environmentName"])
    name = published(project, environment, body["pipelineName"], body.get("versionName"))
    executions = project.tables.of(Execution)
    tag = body.get("executionTag")
    if tag is not None and any(
        other.tag == tag
        and other.environment_name == environment.name
        and other.status(call.now) in ACTIVE
        for other in executions
    ):
        raise ProblemError(409, "A pipeline execution with this tag is already running.")
    execution = Execution(
        id=state.new_id("pipeline execution"),
        number=1 + max((other.number for other in _all(state)), default=0),
        project_id=project.id,
        environment_name=environment.name,
        pipeline_name=name,
        pipeline=state.tables.of(Pipeline).get(name) or Pipeline(name),
        requested_at=call.now,
        tag=tag,
        version_name=body.get("versionName"),
        variables=body.get("scalarVariables", {}) | body.get("gridVariables", {}),
    )
    executions.add(execution.id, execution)
    return Response(201, {"pipelineExecutionId": execution.id})


def get_pipeline_execution(state: State, call: Call) -> Response:
    """Under ``result`` and without the project, as live clients have seen it, or flat, as the reference has it."""
    row = _execution(state, call).row(call.now)
    if state.has_flat_executions:
        return Response(200, row)
    del row["projectId"]
    return Response(200, {"result": row})


def get_pipeline_execution_status(state: State, call: Call) -> Response:
    """The status alone."""
    return Response(200, {"status": _execution(state, call).status(call.now)})


def cancel_pipeline_execution(state: State, call: Call) -> Response:
    """An execution that is over stays as it is; forced, it ends at once."""
    execution = _execution(state, call)
    execution.cancel(call.now, call.body["forceUpdate"])
    return Response(200, {"pipelineExecutionId": execution.id})


def list_pipeline_execution_steps(state: State, call: Call) -> Response:
    """The steps that have begun."""
    steps: Table[dict[str, Any]] = Table()
    for step in _execution(state, call).steps(call.now):
        steps.add(step["id"], step)
    return page_of(steps, call, lambda step: step)


def list_pipeline_executions(state: State, call: Call) -> Response:
    """Newest first; ``timeFrame`` is not documented and narrows nothing."""
    before = _decode_token(call.values.get("paginationToken"))
    found = [
        execution
        for execution in _all(state)
        if (before is None or execution.number < before) and _matches(execution, call)
    ]
    found.sort(key=lambda execution: execution.number, reverse=True)
    limit = min(call.values["limit"], LARGEST_PAGE)
    response: dict[str, Any] = {"results": [item.row(call.now) for item in found[:limit]]}
    if len(found) > limit:
        response["more"] = _encode_token(found[limit - 1].number)
    return Response(200, response)


def _execution(state: State, call: Call) -> Execution:
    """One of the project in the path; that of another project does not exist there."""
    project = state.project(call.values["projectId"])
    return project.tables.of(Execution).found(
        call.values["pipelineExecutionId"], "pipeline execution"
    )


def _all(state: State) -> Iterator[Execution]:
    for project in state.projects:
        yield from project.tables.of(Execution)


def _matches(execution: Execution, call: Call) -> bool:
    values = call.values
    began = to_millisecond(moment(execution.starts_at))
    return (
        values.get("projectId", execution.project_id) == execution.project_id
        and values.get("environmentName", execution.environment_name) == execution.environment_name
        and values.get("pipelineName", "").casefold() in execution.pipeline_name.casefold()
        and ("status" not in values or execution.status(call.now) in values["status"])
        and values.get("scheduleId", execution.schedule_id) == execution.schedule_id
        and ("startedAfter" not in values or began >= _date(values["startedAfter"]))
        and ("startedBefore" not in values or began <= _date(values["startedBefore"]))
    )


def _date(text: str) -> datetime:
    return datetime.fromisoformat(text.upper())


def _encode_token(number: int) -> str:
    return base64.urlsafe_b64encode(f"before:{number}".encode()).decode()


def _decode_token(token: str | None) -> int | None:
    """The number before which a page begins; nothing comes after a token that was not given out."""
    if token is None:
        return None
    try:
        return int(base64.urlsafe_b64decode(token).removeprefix(b"before:"))
    except (ValueError, binascii.Error):
        return 0
