"""Test executions."""

from __future__ import annotations

from dataclasses import dataclass

from matillion_async.sandbox._operations import Call
from matillion_async.sandbox._problems import Response, invalid_body
from matillion_async.sandbox._state import State

_NAMES_OF_SCOPE = {"TEST": "tests", "PIPELINE": "pipelines"}


@dataclass(frozen=True, slots=True)
class TestExecution:
    """Tests that were started; the API has no call to look at them."""

    id: str
    environment_name: str
    scope: str


def start_test_execution(state: State, call: Call) -> Response:
    """A scope that asks for names must come with some (the API's own response is not documented)."""
    project = state.project(call.values["projectId"])
    body = call.body
    environment = project.environment(body["environmentName"])
    names = _NAMES_OF_SCOPE.get(body["scope"])
    if names and not body.get(names):
        raise invalid_body(f"{names}: must be given with scope {body['scope']}")
    execution = TestExecution(state.new_id("test execution"), environment.name, body["scope"])
    project.tables.of(TestExecution).add(execution.id, execution)
    return Response(201, {"testExecutionId": execution.id})
