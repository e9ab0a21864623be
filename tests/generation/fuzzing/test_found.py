"""What the fuzzer found once, as small as it could be made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scripts._generation.writing.package import PACKAGE
from tests.generation.fuzzing.documents import Made
from tests.generation.fuzzing.promises import broken_by_all

JSON, FORM, FILES = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"


def sent(
    schema: Any, media: str = JSON, schemas: dict[str, Any] | None = None, **named: Any
) -> dict[str, Any]:
    """A document with one operation that sends a body."""
    body = {"content": {media: {"schema": schema}}}
    return _document({"/a": {"post": {"requestBody": body}}}, {**(schemas or {}), **named})


def received(schema: Any, schemas: dict[str, Any] | None = None, **named: Any) -> dict[str, Any]:
    """A document with one operation that has a response."""
    responses = {"200": {"description": "", "content": {JSON: {"schema": schema}}}}
    return _document({"/a": {"get": {"responses": responses}}}, {**(schemas or {}), **named})


def asked(*parameters: dict[str, Any], path: str = "/a", **schemas: Any) -> dict[str, Any]:
    """A document with one operation that has parameters, in the query where nothing else is said."""
    stated = [{"in": "query", "schema": {"type": "string"}, **each} for each in parameters]
    return _document({path: {"get": {"parameters": stated}}}, schemas)


def in_path(*names: str) -> dict[str, Any]:
    """A document with one operation that has parameters in its path."""
    path = "".join(f"/{{{name}}}" for name in names)
    return asked(*({"name": name, "in": "path", "required": True} for name in names), path=path)


def _document(paths: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "", "version": ""},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _nested(name: str, depth: int) -> dict[str, Any]:
    """An object in a field of an object, and so on."""
    return {"type": "object", "properties": {name: _nested(name, depth - 1)} if depth else {}}


A = {"$ref": "#/components/schemas/A"}
NOWHERE = {"$ref": "#/components/schemas/A/properties/b"}
FOUND = {
    "a form that is nowhere": sent(NOWHERE, FORM),
    "a field of a deep object that is nowhere": asked(
        {"style": "deepObject", "name": "a", "schema": {"properties": {"b": NOWHERE}}}
    ),
    "a file whose name has a zero": received({"$ref": "a%00b.yaml"}),
    "a choice of itself alone, that may be null": sent(
        {"properties": {"b": {**A, "nullable": True}}}, A={"oneOf": [A]}
    ),
    "null, that may be null": sent(
        {"properties": {"b": {**A, "nullable": True}}}, A={"oneOf": [{"type": "null"}]}
    ),
    "a server that is no URL": {**sent({}), "servers": [{"url": "//[bad"}]},
    "a class that is another name to Python than to files": sent(
        {"properties": {"a": {"$ref": "#/components/schemas/ª"}}}, schemas={"ª": {"type": "object"}}
    ),
    "an enum of a parameter whose name is": asked({"name": "ª", "schema": {"enum": ["é"]}}),
    "two parameters that are one to Python": asked({"name": "ª"}, {"name": "a"}),
    "two fields that are one to Python": received({"properties": {"ª": {}, "a": {}}}),
    "names in the path without letters": in_path("'", "$", "é", "日本", "ﬁ"),
    "lists of one schema in two parameters": asked(
        {"name": "b", "schema": A},
        {"name": "c", "schema": A},
        A={"type": "array", "items": {"type": ["number", "null"]}},
    ),
    "a constant that no type of Python is": sent({"properties": {"a": {"const": 1.5}, "b": {"const": 10**30}}}),
    "a class whose name its own code uses": received(A, A={"properties": {"b": {"$ref": "#/components/schemas/cls"}}}, cls={"type": "object"}),
    "a field whose name its class uses": received(
        {"properties": {"as_plain": {"type": "object"}, "b": {"oneOf": [A, {"type": "string"}, {"type": "array"}]}}},
        A={"type": "object"},
    ),
    "a choice of itself with something beside it": received(
        {"allOf": [A, {"type": []}]}, A={"anyOf": [A]}
    ),
    "lists as further fields of a form with files": sent(
        {"type": "object", "additionalProperties": {"type": "array"}}, FILES
    ),
    "a choice that may be null": received(
        {"oneOf": [A, {"$ref": "#/components/schemas/B"}]},
        A={"nullable": True, "properties": {"b": {}}}, B={"type": "object", "properties": {"c": {}}},
    ),
    "a choice that is an object by what is beside its reference": received(
        {"anyOf": [{"additionalProperties": {}}, {**A, "type": "object", "properties": {}}]}, A={"type": "string"}
    ),
    "what a form with files and a cookie have in common": _document(
        {
            "/a": {"trace": {"parameters": [{"name": "b", "in": "cookie", "schema": {"$ref": "#/components/schemas/B"}}], "requestBody": {"content": {"a/b": {"schema": A}}}}},
            "/b": {"put": {"requestBody": {"content": {FILES: {"schema": {"properties": {"c": {"$ref": "#/components/schemas/B"}}}}}}}},
        },
        {"A": {"patternProperties": {}}, "B": {"oneOf": [A]}},
    ),
    "a file that may be null and must be there": sent(
        {"properties": {"a": {"type": ["string", "null"], "format": "binary"}}, "required": ["a"]}, FILES
    ),
    "a response that is null or nothing": _document(
        {"/a": {"get": {"responses": {"200": {"description": "", "content": {JSON: {"schema": {"type": "null"}}}}, "204": {"description": ""}}}}}, {}
    ),
    "a constant that is not of its type": sent({"oneOf": [{"const": None, "type": "string"}]}),
    "a constant as a choice in a form with files": sent(
        {"properties": {"a": {"oneOf": [{"enum": ["b"]}, {"const": 1}, {"type": "null"}]}}, "required": ["a"]}, FILES
    ),
    "an argument whose name its function uses": asked(
        *({"name": each, "schema": {"type": "object"}} for each in ("check_body", "check_query", "asyncio_detailed", "unchecked"))
    ),
    "a field that is a part of its own class": received(
        A, A={"type": "object", "properties": {"b": {"allOf": [A], "description": "Another."}}}
    ),
    "a schema without a name": received(
        {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/"}}},
        schemas={"": {"type": "object"}},
    ),
    "a list of dates": received({"type": "array", "items": {"type": "string", "format": "date"}}),
    "a list of moments": received(
        {"type": "array", "items": {"type": "string", "format": "date-time"}}
    ),
    "a parameter in a fragment": _document({"/a#{b}": {"get": {}}, "/a": {"get": {}}}, {}),
    "a parameter whose name is one of a fragment": in_path("a#b", "c?d"),
    "a path with a space": asked(path="/a b"),
    "a name of two lines": asked(path="/{a\nb}"),
    "a group whose name the class of all groups uses": _document({"/a": {"get": {"tags": ["cached_property"]}}, "/b": {"get": {}}}, {}),
    "names that are too long for files": _document(
        {
            "/a": {"get": {"operationId": "get" + "A" * 300, "tags": ["日本" * 100], "responses": {"200": {"description": "", "content": {JSON: {"schema": {"$ref": f"#/components/schemas/{'B' * 300}"}}}}}}},
            f"/{'c' * 300}": {"get": {}},
            f"/{'d' * 300}/{{id}}": {"get": {}},
        },
        {"B" * 300: _nested("aBcDe", 40)},
    ),
    "a part that refers to no text": received({"allOf": [{"$ref": {"$ref": "#/components/schemas/NO"}}]}),
}  # fmt: skip


NAMES = {f"made_{index}": name for index, name in enumerate(FOUND)}
MADE = {each: Made(FOUND[name], False, FOUND[name]) for each, name in NAMES.items()}


@pytest.mark.long
def test_what_was_found(tmp_path: Path) -> None:
    """All of it gives packages that import and have right types, and no line is of two."""
    assert [] == broken_by_all(MADE, tmp_path / "made", tmp_path / "cache"), NAMES
    there = {each.parent.name for each in tmp_path.glob(f"made/*/{PACKAGE}")}
    assert set() == NAMES.keys() - there
