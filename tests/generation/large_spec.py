"""Write an OpenAPI file as large as those of large services: python -m tests.generation.large_spec FILE."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

OPERATIONS = 1000
_WORDS = ("red", "green", "blue", "large", "small", "early", "late", "open", "closed", "last")
_TEXT = "What it is, as the vendor describes it in a sentence or two that nobody reads twice. "


def large_spec(operations: int = OPERATIONS) -> dict[str, Any]:
    """A document of that many operations in groups of ten, with three schemas for each group of five; 3 kB each."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for number in range(operations // 5):
        name = f"Thing{number}"
        schemas |= _schemas(name)
        paths |= _paths(name, f"Group {number // 2}")
    return {
        "openapi": "3.0.3",
        "info": {"title": "Large", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _schemas(name: str) -> dict[str, Any]:
    fields: dict[str, Any] = {
        f"{word}{kind.title()}": {"type": kind, "description": _TEXT}
        for word in _WORDS
        for kind in ("string", "integer", "boolean")
    }
    fields["state"] = {"type": "string", "enum": ["RUNNING", "DONE"], "description": _TEXT}
    fields["parent"] = {"$ref": f"#/components/schemas/{name}"}
    page: dict[str, Any] = {key: {"type": "integer"} for key in ("page", "size", "total")}
    page["results"] = {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}
    return {
        name: {"type": "object", "required": ["redString"], "properties": fields},
        f"New{name}": {"type": "object", "required": ["redString"], "properties": dict(fields)},
        f"{name}Page": {"type": "object", "properties": page},
    }


def _paths(name: str, tag: str) -> dict[str, Any]:
    path = f"/{name.lower()}s"
    key = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    sent = [
        {"name": each, "in": "query", "description": _TEXT, "schema": {"type": "integer"}}
        for each in ("page", "size")
    ]
    body = {"required": True, "content": _json(f"New{name}")}
    one = _answer(name)
    return {
        path: {
            "get": _operation(f"list{name}s", tag, sent, _answer(f"{name}Page")),
            "post": {**_operation(f"create{name}", tag, [], one), "requestBody": body},
        },
        f"{path}/{{id}}": {
            "get": _operation(f"get{name}", tag, [key], one),
            "put": {**_operation(f"replace{name}", tag, [key], one), "requestBody": body},
            "delete": _operation(f"delete{name}", tag, [key], {"204": {"description": _TEXT}}),
        },
    }


def _operation(name: str, tag: str, parameters: list[Any], responses: Any) -> dict[str, Any]:
    return {
        "operationId": name,
        "tags": [tag],
        "summary": "Do it",
        "description": _TEXT * 3,
        "parameters": parameters,
        "responses": responses,
    }


def _answer(schema: str) -> dict[str, Any]:
    return {"200": {"description": _TEXT, "content": _json(schema)}}


def _json(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(large_spec(), indent=1), encoding="utf-8")
