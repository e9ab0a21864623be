"""Users and groups of the directory, by SCIM 2.0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from matillion_async.sandbox._clock import iso
from matillion_async.sandbox._operations import Call, Handler, Handlers
from matillion_async.sandbox._problems import ProblemError, Response, invalid_body
from matillion_async.sandbox._scim_patch import patched
from matillion_async.sandbox._spec import bundled_spec
from matillion_async.sandbox._state import State, Table
from matillion_async.sandbox._validation import Validator

SCIM_JSON = "application/scim+json"
_CORE = "urn:ietf:params:scim:schemas:core:2.0:"
_LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
_DEFAULT_COUNT = 100
_ACCOUNT = {"accountId": "4f1c8a3e-2b7d-4965-8e0c-9a3f5d1b7c68", "accountName": "Sandbox"}
_READ_ONLY = frozenset(
    ("id", "meta", "schemas", "projectId", "projectName", "environment", "role", *_ACCOUNT)
)


@dataclass(slots=True)
class Thing:
    """A user or a group; what can be written is in ``attributes``."""

    id: str
    attributes: dict[str, Any]
    created: float = 0.0
    modified: float = 0.0


class DirectoryUser(Thing):
    """A user."""


class DirectoryGroup(Thing):
    """A group."""


def _list(kind: type[Thing], state: State, call: Call) -> Response:
    things = state.tables.of(kind)
    start = call.values["startIndex"] - 1
    found = things.slice(start, start + call.values.get("count", _DEFAULT_COUNT))
    body = {
        "schemas": [_LIST],
        "totalResults": len(things),
        "startIndex": start + 1,
        "itemsPerPage": len(found),
        "Resources": [_row(state, thing) for thing in found],
    }
    return Response(200, body, media_type=SCIM_JSON)


def _get(kind: type[Thing], state: State, call: Call) -> Response:
    return _response(state, _found(kind, state, call))


def _create(kind: type[Thing], state: State, call: Call) -> Response:
    attributes = _writable(call.body)
    _check_name(kind, state, attributes)
    thing = kind(state.new_id(kind.__name__), attributes, call.now, call.now)
    state.tables.of(kind).add(thing.id, thing)
    return _response(state, thing, 201)


def _replace(kind: type[Thing], state: State, call: Call) -> Response:
    return _changed(kind, state, call, lambda present: _writable(call.body))


def _patch(kind: type[Thing], state: State, call: Call) -> Response:
    """All operations, or none: the result must be a user or group again."""

    def change(present: dict[str, Any]) -> dict[str, Any]:
        attributes = patched(present, call.body["Operations"], _READ_ONLY)
        wrong = _validator().violations(attributes, f"#/components/schemas/{kind.__name__}Request")
        if wrong:
            raise invalid_body(*(f"Operations: {violation}" for violation in wrong))
        return attributes

    return _changed(kind, state, call, change)


def _delete(kind: type[Thing], state: State, call: Call) -> Response:
    """A user that is deleted is in no group any more."""
    thing = _found(kind, state, call)
    state.tables.of(kind).remove(thing.id)
    for group in state.tables.of(DirectoryGroup):
        members = group.attributes.get("members")
        if members:
            group.attributes["members"] = [one for one in members if one["value"] != thing.id]
    return Response(204)


def _changed(
    kind: type[Thing],
    state: State,
    call: Call,
    change: Callable[[dict[str, Any]], dict[str, Any]],
) -> Response:
    thing = _found(kind, state, call)
    attributes = change(thing.attributes)
    _check_name(kind, state, attributes, thing)
    thing.attributes = attributes
    thing.modified = call.now
    return _response(state, thing)


def _found(kind: type[Thing], state: State, call: Call) -> Thing:
    name = "user" if kind is DirectoryUser else "group"
    return state.tables.of(kind).found(call.values[f"{name}Id"], name)


def _check_name(
    kind: type[Thing], state: State, attributes: dict[str, Any], itself: Thing | None = None
) -> None:
    """User names are unique in any case (RFC 7643, section 4.1.1); names of groups need not be."""
    if kind is not DirectoryUser:
        return
    wanted = attributes["userName"].casefold()
    users: Table[DirectoryUser] = state.tables.of(DirectoryUser)
    if any(
        user.attributes["userName"].casefold() == wanted for user in users if user is not itself
    ):
        raise ProblemError(409, "A user of this name exists.")


def _writable(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in _READ_ONLY}


def _response(state: State, thing: Thing, status: int = 200) -> Response:
    return Response(status, _row(state, thing), media_type=SCIM_JSON)


def _row(state: State, thing: Thing) -> dict[str, Any]:
    kind = "User" if isinstance(thing, DirectoryUser) else "Group"
    row = {"schemas": [_CORE + kind], "id": thing.id, **thing.attributes}
    if isinstance(thing, DirectoryGroup):
        row |= _ACCOUNT
        if "members" in row:
            row["members"] = [_member(state, member) for member in row["members"]]
    row["meta"] = {
        "resourceType": kind,
        "created": iso(thing.created),
        "lastModified": iso(thing.modified),
    }
    return row


def _member(state: State, member: dict[str, Any]) -> dict[str, Any]:
    user = state.tables.of(DirectoryUser).get(member["value"])
    if user is None:
        return member
    known = {"display": user.attributes["userName"], "type": "USER", "ref": f"Users/{user.id}"}
    return member | known


@cache
def _validator() -> Validator:
    return Validator(bundled_spec())


def _handler(
    carry_out: Callable[[type[Thing], State, Call], Response], kind: type[Thing]
) -> Handler:
    return lambda state, call: carry_out(kind, state, call)


HANDLERS: Handlers = {
    name: _handler(carry_out, kind)
    for one, kind in (("user", DirectoryUser), ("group", DirectoryGroup))
    for name, carry_out in (
        (f"list_directory_{one}s", _list),
        (f"get_directory_{one}", _get),
        (f"create_directory_{one}", _create),
        (f"replace_directory_{one}", _replace),
        (f"patch_directory_{one}", _patch),
        (f"delete_directory_{one}", _delete),
    )
}
