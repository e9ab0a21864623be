"""Connections of a project, and what of them differs per environment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matillion_async.sandbox._operations import Call, of_project, page_of
from matillion_async.sandbox._problems import ProblemError, Response, invalid_body, not_found
from matillion_async.sandbox._state import Environment, Project, State, Table

_REPLACED = ("platformConnectionType", "authType", "connectionDetails")
_FIELDS = ("name", "authProvider", *_REPLACED)
_KEPT = ("name", "id", "projectId", "authProvider")


@dataclass(slots=True)
class Connection:
    """A connection of a project; its name is its key."""

    name: str
    row: dict[str, Any]


@dataclass(slots=True)
class ConnectionOverride:
    """What of a connection differs in an environment; it belongs to the environment."""

    connection: Connection
    fields: dict[str, Any]


def create_data_platform_connection(state: State, call: Call) -> Response:
    """In the same listing as all other connections; a name that is taken gives 409."""
    _create(state, call)
    return Response(201)


def create_connection(state: State, call: Call) -> Response:
    """A name that is taken gives 409 (the API's own response is not documented)."""
    return Response(201, _create(state, call).row)


def list_connections(state: State, call: Call) -> Response:
    """Those that have one of the values of each filter, in any case, in the order of their creation."""
    filters = (
        ("authProvider", call.values.get("authProvider")),
        ("platformConnectionType", call.values.get("platformConnectionType")),
        ("name", call.values.get("connectionNames")),
    )
    found: Table[Connection] = Table()
    for connection in of_project(state, call, Connection):
        if all(_matches(connection.row[field], wanted) for field, wanted in filters):
            found.add(connection.name, connection)
    return page_of(found, call, lambda connection: connection.row)


def replace_connection(state: State, call: Call) -> Response:
    """Its name, its id and its provider stay; what is not given is gone."""
    connection = _connection(state.project(call.values["projectId"]), call.values["connectionName"])
    kept = {name: connection.row[name] for name in _KEPT if name in connection.row}
    connection.row = kept | {name: call.body[name] for name in _REPLACED if name in call.body}
    return Response(200, connection.row)


def delete_connection(state: State, call: Call) -> Response:
    """Its overrides go with it."""
    project = state.project(call.values["projectId"])
    name = call.values["connectionName"]
    project.tables.of(Connection).take(name, "connection")
    for environment in project.tables.of(Environment):
        environment.tables.of(ConnectionOverride).remove(name)
    return Response(204)


def list_connection_overrides(state: State, call: Call) -> Response:
    """The connections that an environment overrides, in the order in which it came to that."""
    project = state.project(call.values["projectId"])
    environment = project.environment(call.values["environmentName"])
    return page_of(environment.tables.of(ConnectionOverride), call, _override_row)


def create_connection_override(state: State, call: Call) -> Response:
    """One that is there gives 409."""
    overrides, override = _override(state, call)
    if override.connection.name in overrides:
        raise ProblemError(409, "The environment has an override of this connection already.")
    overrides.add(override.connection.name, override)
    return Response(201, _override_row(override))


def replace_connection_override(state: State, call: Call) -> Response:
    """One that is not there gives 404."""
    overrides, override = _override(state, call)
    if overrides.get(override.connection.name) is None:
        raise not_found("override")
    overrides.add(override.connection.name, override)
    return Response(200, _override_row(override))


def delete_connection_overrides(state: State, call: Call) -> Response:
    """All or none: a connection without an override in the environment gives 404."""
    project = state.project(call.values["projectId"])
    overrides = project.environment(call.values["environmentName"]).tables.of(ConnectionOverride)
    names = call.values["connectionNames"]
    if any(overrides.get(name) is None for name in names):
        raise not_found("override")
    for name in names:
        overrides.remove(name)
    return Response(204)


def _create(state: State, call: Call) -> Connection:
    connections = of_project(state, call, Connection)
    body = call.body
    if body["name"] in connections:
        raise ProblemError(409, "The project already has a connection of this name.")
    row = {name: body[name] for name in _FIELDS if name in body}
    row |= {"id": state.new_id("connection"), "projectId": call.values["projectId"]}
    connection = Connection(body["name"], row)
    connections.add(connection.name, connection)
    return connection


def _connection(project: Project, name: str) -> Connection:
    return project.tables.of(Connection).found(name, "connection")


def _override(state: State, call: Call) -> tuple[Table[ConnectionOverride], ConnectionOverride]:
    """The override that a request describes, and those of its environment."""
    body = call.body
    project = state.project(call.values["projectId"])
    environment = project.environment(body["environmentName"])
    connection = _connection(project, body["connectionName"])
    own = str(connection.row.get("authType", body["authType"]))
    if body["authType"].casefold() != own.casefold():
        raise invalid_body(f"authType: must be {own}, as the connection has it")
    override = ConnectionOverride(
        connection, {"authType": own, "connectionOverrides": body["connectionOverrides"]}
    )
    return environment.tables.of(ConnectionOverride), override


def _override_row(override: ConnectionOverride) -> dict[str, Any]:
    return override.connection.row | override.fields


def _matches(value: str, wanted: str | list[str] | None) -> bool:
    wanted = [wanted] if isinstance(wanted, str) else wanted
    return wanted is None or value.casefold() in [text.casefold() for text in wanted]
