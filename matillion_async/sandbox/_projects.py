"""Projects and environments: what their operations do."""

from __future__ import annotations

from matillion_async.sandbox._answers import Answer, ApiRequest, handles, page_of, problem
from matillion_async.sandbox._state import State


@handles("list_projects")
def list_projects(state: State, request: ApiRequest) -> Answer:
    """All projects, in the order of their creation."""
    return page_of([project.shown() for project in state.projects.values()], request)


@handles("create_project")
def create_project(state: State, request: ApiRequest) -> Answer:
    """A new project; names need not be unique."""
    project = state.add_project(request.body["name"], request.body.get("description"))
    return Answer(201, {"projectId": project.id})


@handles("delete_project")
def delete_project(state: State, request: ApiRequest) -> Answer:
    """The project and what is in it are gone."""
    if state.projects.pop(request.arguments["projectId"], None) is None:
        return problem(404, "The project does not exist.", request.path)
    return Answer(204)


@handles("list_environments")
def list_environments(state: State, request: ApiRequest) -> Answer:
    """The environments of a project, in the order of their creation."""
    project = state.projects.get(request.arguments["projectId"])
    if project is None:
        return problem(404, "The project does not exist.", request.path)
    return page_of(list(project.environments.values()), request)


@handles("create_environment")
def create_environment(state: State, request: ApiRequest) -> Answer:
    """A new environment; that a name which is taken gives 409 is a guess, nothing documents it."""
    project = state.projects.get(request.arguments["projectId"])
    if project is None:
        return problem(404, "The project does not exist.", request.path)
    name = request.body["name"]
    if name in project.environments:
        return problem(409, f"The project has an environment {name!r} already.", request.path)
    project.environments[name] = {
        "name": name,
        "defaultAgentId": request.body["defaultAgentId"],
        "defaultAgentName": "agent",
    }
    return Answer(201)


@handles("delete_environment")
def delete_environment(state: State, request: ApiRequest) -> Answer:
    """The environment is gone."""
    project = state.projects.get(request.arguments["projectId"])
    if project is None:
        return problem(404, "The project does not exist.", request.path)
    if project.environments.pop(request.arguments["environmentName"], None) is None:
        return problem(404, "The environment does not exist.", request.path)
    return Answer(204)
