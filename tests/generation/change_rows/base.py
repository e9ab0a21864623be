"""A document, and changes of it: each as two documents, the lines that are told of it, and what a caller writes."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

TEXT, INTEGER, NUMBER = {"type": "string"}, {"type": "integer"}, {"type": "number"}
THING = {"$ref": "#/components/schemas/Thing"}
PART = {"$ref": "#/components/schemas/ThingPart"}
JSON = "application/json"
GONE = object()
Edits = dict[tuple[Any, ...], Any]
"""Values by their places in the document; ``GONE`` takes one away."""


def answer(schema: Any, media: str = JSON) -> dict[str, Any]:
    """A success with a body."""
    return {"description": "It.", "content": {media: {"schema": schema}}}


def query(name: str, schema: Any = TEXT, **more: Any) -> dict[str, Any]:
    """A parameter of a query."""
    return {"name": name, "in": "query", "schema": schema, **more}


def in_path(name: str) -> dict[str, Any]:
    """A parameter of a path."""
    return {"name": name, "in": "path", "required": True, "schema": TEXT}


def many(name: str, **more: Any) -> dict[str, Any]:
    """An operation that lists."""
    return {"operationId": name, "tags": ["things"], **more}


PAGE = {
    "type": "object",
    "required": ["results", "total"],
    "properties": {"results": {"type": "array", "items": THING}, "total": INTEGER},
}
BASE: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "API", "version": "1"},
    "servers": [{"url": "https://one.example"}],
    "security": [{"Key": []}],
    "paths": {
        "/things": {
            "get": {
                "operationId": "listThings",
                "tags": ["things"],
                "parameters": [
                    query("sort"),
                    query("limit", INTEGER),
                    query("kind", {"type": "string", "enum": ["big", "small"]}),
                ],
                "responses": {"200": answer({"type": "array", "items": THING})},
            },
            "post": {
                "operationId": "createThing",
                "tags": ["things"],
                "requestBody": {
                    "required": True,
                    "content": {
                        JSON: {
                            "schema": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "name": TEXT,
                                    "note": TEXT,
                                    "level": INTEGER,
                                    "part": PART,
                                },
                            }
                        }
                    },
                },
                "responses": {"201": {"description": "Created."}},
            },
        },
        "/groups/{group}/things/{id}": {
            "get": {
                "operationId": "getThing",
                "tags": ["things"],
                "parameters": [in_path("group"), in_path("id")],
                "responses": {"200": answer(THING)},
            },
            "put": {
                "operationId": "sendThing",
                "tags": ["things"],
                "parameters": [in_path("group"), in_path("id")],
                "requestBody": {"content": {JSON: {"schema": PART}}},
                "responses": {"204": {"description": "Done."}},
            },
        },
        "/thing-pages": {
            "get": {
                "operationId": "pageThings",
                "tags": ["things"],
                "parameters": [query("page", INTEGER), query("size", INTEGER)],
                "responses": {"200": answer({"$ref": "#/components/schemas/ThingPage"})},
            },
        },
    },
    "components": {
        "securitySchemes": {
            "Key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "Login": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/token", "scopes": {}}}},
        },
        "schemas": {
            "Thing": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": TEXT,
                    "size": INTEGER,
                    "weight": NUMBER,
                    "state": {"$ref": "#/components/schemas/ThingState"},
                    "part": PART,
                },
            },
            "ThingState": {"type": "string", "enum": ["on", "off"]},
            "ThingPart": {
                "type": "object",
                "required": ["code"],
                "properties": {"code": TEXT, "count": INTEGER},
            },
            "ThingPage": PAGE,
        },
    },
}  # fmt: skip
PATHS, SCHEMAS = ("paths",), ("components", "schemas")
LIST, CREATE = (*PATHS, "/things", "get"), (*PATHS, "/things", "post")
ONE = (*PATHS, "/groups/{group}/things/{id}")
GET, SEND, PAGES = (*ONE, "get"), (*ONE, "put"), (*PATHS, "/thing-pages", "get")
PARAMETERS = (*LIST, "parameters")
BODY = (*CREATE, "requestBody")
CREATED = (*BODY, "content", JSON, "schema")
FIELDS = (*SCHEMAS, "Thing", "properties")
PARTS = (*SCHEMAS, "ThingPart", "properties")
SENT = (*SEND, "requestBody")
SCHEMES = ("components", "securitySchemes")

TO_LIST, TO_CREATE = "client.things.list (GET /things)", "client.things.create (POST /things)"
TO_GET, TO_SEND = (
    f"client.things.{name} ({method} /groups/{{group}}/things/{{id}})"
    for name, method in (("get", "GET"), ("send", "PUT"))
)
TO_PAGE = "client.things.page_things (GET /thing-pages)"
OF_PART = "(GET /groups/{group}/things/{id}, GET /thing-pages, GET /things and 2 more)"
OF_THING = "(GET /groups/{group}/things/{id}, GET /thing-pages, GET /things)"


def document(edits: Edits) -> dict[str, Any]:
    """The document with other values."""
    made: dict[str, Any] = _copy(BASE)
    for place, value in edits.items():
        node: Any = made
        for key in place[:-1]:
            node = node[key]
        last = place[-1]
        if value is GONE:
            del node[last]
        elif isinstance(node, list) and last == len(node):
            node.append(_copy(value))
        else:
            node[last] = _copy(value)
    return made


def _copy(value: Any) -> Any:
    """What stands there more than once is not shared."""
    return json.loads(json.dumps(value))


class Row(NamedTuple):
    """One change.

    Attributes:
        old, new: what both documents have otherwise than ``BASE``.
        told: the lines, without the spaces before those that break nothing.
        call: what a caller of the first package has written, which mypy accepts; of the second one it refuses it if
            a line is breaking.
        is_typed: whether that can be told by types; otherwise mypy accepts the call in both, and the server, or
            what comes back, makes the difference.
    """

    name: str
    old: Edits
    new: Edits
    told: list[str]
    call: str
    is_typed: bool = True

    @property
    def is_breaking(self) -> bool:
        return any(line.startswith("BREAKING ") for line in self.told)


GET_CALL = "(await api.things.get('g', 'i'))"
ALL_CALL = "await api.things.list(sort='a', limit=1, kind='big')"
CREATE_CALL = "await api.things.create(name='a', note='b', level=1)"
SEND_CALL = "await api.things.send('g', 'i', body=models.ThingPart(code='a'))"
LISTED_CALL = "things: list[models.Thing] = await api.things.list()"
PAGED_CALL = "page: models.Thing = (await api.things.page_things(page=1, size=2))[0]"
SWAPPED = "/things/{id}/groups/{group}"
