"""Environments of a project."""

from __future__ import annotations

from typing import Any

from matillion_async.sandbox._operations import Call, of_project, page_of
from matillion_async.sandbox._problems import ProblemError, Response
from matillion_async.sandbox._state import Environment, State
from matillion_async.sandbox.groups.agents import Agent


def list_environments(state: State, call: Call) -> Response:
    """All environments of a project, in the order of their creation."""

    def row(environment: Environment) -> dict[str, Any]:
        fields = {"name": environment.name, "defaultAgentId": environment.default_agent_id}
        agent = state.tables.of(Agent).get(environment.default_agent_id)
        if agent is not None:
            fields["defaultAgentName"] = agent.name
        return fields

    return page_of(of_project(state, call, Environment), call, row)


def create_environment(state: State, call: Call) -> Response:
    """A name that is taken gives 409: the name is the key (the API's own response is not documented).

    Any agent id is taken, since agents may be registered elsewhere.
    """
    environments = of_project(state, call, Environment)
    body = call.body
    if body["name"] in environments:
        raise ProblemError(409, "The project already has an environment of this name.")
    environment = Environment(
        body["name"], body["defaultAgentId"], body.get("displayName"), body.get("description")
    )
    environments.add(environment.name, environment)
    return Response(201)


def delete_environment(state: State, call: Call) -> Response:
    """By name, which is the environment's key."""
    environments = of_project(state, call, Environment)
    environments.take(call.values["environmentName"], "environment")
    return Response(204)
