"""Variables of a project, and their values per environment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matillion_async.sandbox._operations import Call, of_project, page_of
from matillion_async.sandbox._problems import ProblemError, Response
from matillion_async.sandbox._state import Environment, Project, State, Table

_FIELDS = ("type", "behaviour", "value", "description", "supportsDoubleResolution")


@dataclass(slots=True)
class Variable:
    """A variable of a project; its name is its key."""

    name: str
    row: dict[str, Any]


@dataclass(slots=True)
class VariableOverride:
    """The value of a variable in an environment, to which it belongs."""

    environment_name: str
    value: str | float


def list_project_variables(state: State, call: Call) -> Response:
    """All variables of a project, in the order of their creation."""
    variables = of_project(state, call, Variable)
    return page_of(variables, call, lambda variable: variable.row)


def create_project_variable(state: State, call: Call) -> Response:
    """A name that is taken gives 409 (the API's own response is not documented)."""
    variables = of_project(state, call, Variable)
    name = call.body["name"]
    if name in variables:
        raise ProblemError(409, "The project already has a variable of this name.")
    row = {"id": state.new_id("variable"), "name": name, "supportsDoubleResolution": False}
    variables.add(name, Variable(name, row | _given(call)))
    return Response(201)


def update_project_variable(state: State, call: Call) -> Response:
    """What is not given stays as it is."""
    variable = _variable(state.project(call.values["projectId"]), call)
    variable.row |= _given(call)
    return Response(200)


def delete_project_variable(state: State, call: Call) -> Response:
    """Its overrides go with it."""
    project = state.project(call.values["projectId"])
    name = _variable(project, call).name
    project.tables.of(Variable).remove(name)
    for environment in project.tables.of(Environment):
        environment.tables.of(VariableOverride).remove(name)
    return Response(204)


def list_project_variable_overrides(state: State, call: Call) -> Response:
    """The overrides of a variable in all environments or one, in the order of the environments' creation."""
    project = state.project(call.values["projectId"])
    name = _variable(project, call).name
    wanted = call.values.get("environmentName")
    environments = project.tables.of(Environment)
    found: Table[VariableOverride] = Table()
    for environment in environments if wanted is None else [project.environment(wanted)]:
        override = environment.tables.of(VariableOverride).get(name)
        if override is not None:
            found.add(environment.name, override)
    return page_of(found, call, _override_row)


def set_project_variable_override(state: State, call: Call) -> Response:
    """Replaces the value that the variable had there before (the API's own response to that is not documented)."""
    project = state.project(call.values["projectId"])
    name = _variable(project, call).name
    environment = project.environment(call.body["environmentName"])
    override = VariableOverride(environment.name, call.body["value"])
    environment.tables.of(VariableOverride).add(name, override)
    return Response(201)


def _variable(project: Project, call: Call) -> Variable:
    return project.tables.of(Variable).found(call.values["variableName"], "variable")


def _given(call: Call) -> dict[str, Any]:
    return {name: call.body[name] for name in _FIELDS if name in call.body}


def _override_row(override: VariableOverride) -> dict[str, Any]:
    return {"environmentName": override.environment_name, "value": override.value}
