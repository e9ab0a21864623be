"""Projects."""

from __future__ import annotations

from typing import Any

from matillion_async.sandbox._operations import Call, page_of
from matillion_async.sandbox._problems import Response
from matillion_async.sandbox._state import Project, State


def list_projects(state: State, call: Call) -> Response:
    """All projects, in the order of their creation."""
    return page_of(state.projects, call, _row)


def create_project(state: State, call: Call) -> Response:
    """Names need not be unique: a repeated request makes a second project."""
    body = call.body
    project = state.add_project(
        body["name"],
        description=body.get("description"),
        warehouse=body["warehouse"],
        agent_deployment_type=body["agentDeploymentType"],
    )
    return Response(201, {"projectId": project.id})


def delete_project(state: State, call: Call) -> Response:
    """What belongs to the project goes with it."""
    state.projects.take(call.values["projectId"], "project")
    return Response(204)


def _row(project: Project) -> dict[str, Any]:
    return {"id": project.id, "name": project.name, "description": project.description}
