"""Streaming pipelines of a project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matillion_async.sandbox._operations import Call, of_project, page_of
from matillion_async.sandbox._problems import Response
from matillion_async.sandbox._state import State

_STEP = 1.0
"""Seconds in each of the states between a command and what it leads to."""


@dataclass(slots=True)
class StreamingPipeline:
    """A streaming pipeline, and its last command."""

    id: str
    project_id: str
    definition: dict[str, Any]
    runs: bool = False
    since: float = float("-inf")
    """When it was started or stopped, on the sandbox's clock."""

    def status(self, now: float) -> str:
        """What it does at that time."""
        steps = (now - self.since) // _STEP
        if self.runs:
            return "STARTING" if steps < 1 else "SNAPSHOTTING" if steps < 2 else "STREAMING"
        return "STOPPING" if steps < 1 else "NOT_RUNNING"


def list_streaming_pipelines(state: State, call: Call) -> Response:
    """All streaming pipelines of a project, in the order of their creation."""
    return page_of(of_project(state, call, StreamingPipeline), call, _row)


def create_streaming_pipeline(state: State, call: Call) -> Response:
    """Names need not be unique, and any agent id is taken; it does not run before it is started."""
    pipelines = of_project(state, call, StreamingPipeline)
    pipeline = StreamingPipeline(
        state.new_id("streaming pipeline"), call.values["projectId"], call.body
    )
    pipelines.add(pipeline.id, pipeline)
    return Response(201, _row(pipeline))


def get_streaming_pipeline(state: State, call: Call) -> Response:
    """One streaming pipeline."""
    return Response(200, _row(_pipeline(state, call)))


def replace_streaming_pipeline(state: State, call: Call) -> Response:
    """The new definition as it was given; whether it runs does not change."""
    pipeline = _pipeline(state, call)
    pipeline.definition = call.body
    return Response(200, _row(pipeline))


def delete_streaming_pipeline(state: State, call: Call) -> Response:
    """Whether it runs or not."""
    of_project(state, call, StreamingPipeline).remove(_pipeline(state, call).id)
    return Response(204)


def get_streaming_pipeline_status(state: State, call: Call) -> Response:
    """What the last command led to by now."""
    return Response(200, {"status": _pipeline(state, call).status(call.now)})


def send_streaming_pipeline_command(state: State, call: Call) -> Response:
    """A command for what is the case already changes nothing."""
    pipeline = _pipeline(state, call)
    runs = call.body["command"] == "START"
    if runs is not pipeline.runs:
        pipeline.runs, pipeline.since = runs, call.now
    return Response(202)


def _pipeline(state: State, call: Call) -> StreamingPipeline:
    return of_project(state, call, StreamingPipeline).found(
        call.values["streamingPipelineId"], "streaming pipeline"
    )


def _row(pipeline: StreamingPipeline) -> dict[str, Any]:
    ids = {"streamingPipelineId": pipeline.id, "projectId": pipeline.project_id}
    row: dict[str, Any] = _with_keys(pipeline.definition) | ids
    return row


def _with_keys(value: Any) -> Any:
    """A definition as it is given back: a secret has its ``key``, however it was called in the request."""
    if isinstance(value, list):
        return [_with_keys(item) for item in value]
    if not isinstance(value, dict):
        return value
    found = {name: _with_keys(item) for name, item in value.items()}
    if "secretName" in found and "secretKey" in found:
        found.setdefault("key", found["secretKey"])
    return found
