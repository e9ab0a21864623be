"""Reviews of the quality of pipelines."""

from __future__ import annotations

from matillion_async.sandbox._operations import Call
from matillion_async.sandbox._problems import Response
from matillion_async.sandbox._state import State
from matillion_async.sandbox.groups.artifacts import PIPELINES


def review_pipelines(state: State, call: Call) -> Response:
    """There is never anything to improve; a file that is not a pipeline is not reviewed."""
    state.project(call.values["projectId"])
    paths = call.body.get("filePaths", [])
    excluded = [path for path in paths if not path.endswith(PIPELINES)]
    return Response(200, {"reviewStatus": "PASSED", "results": {}, "excludedFiles": excluded})
