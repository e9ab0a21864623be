"""Values for which OpenAPI knows no form: they are told, and not sent in a form that nobody expects."""

from __future__ import annotations

from typing import Any

import pytest

from scripts._generation.findings import Findings
from scripts._generation.preparing.prepare import prepare

TEXT = {"type": "string"}
LIST = {"type": "array", "items": TEXT}
OBJECT = {"type": "object", "properties": {"a": TEXT}}
CIRCLE = {"$ref": "#/components/schemas/Again"}
NOT_SENT = "lists have no form in the style deepObject, and cannot be sent"


def told_of(operation: dict[str, Any]) -> tuple[list[str], dict[str, Any] | None]:
    """What is told of an operation, and the operation as the generator sees it."""
    findings = Findings()
    document = {
        "openapi": "3.1.0",
        "paths": {"/jobs": {"post": operation}},
        "components": {"schemas": {"Again": {"type": "object", "properties": {"tags": LIST, "again": CIRCLE}}}},
    }  # fmt: skip
    prepared = prepare(document, findings)
    made: dict[str, Any] | None = prepared["paths"].get("/jobs", {}).get("post")
    return [str(each) for each in findings], made


@pytest.mark.parametrize(
    ("schema", "reason", "kept"),
    [
        (
            {"type": "object", "additionalProperties": OBJECT},
            "the parameter 'where' (query) is an object of objects, for which OpenAPI knows no form",
            [],
        ),
        (
            {"type": "object", "properties": {"x": OBJECT, "y": TEXT}},
            "the parameter 'x' (query) is an object in an object, for which OpenAPI knows no form",
            ["y"],
        ),
    ],
)
def test_objects_in_objects(schema: dict[str, Any], reason: str, kept: list[str]) -> None:
    """In a query they are left out alone."""
    where = {"name": "where", "in": "query", "schema": schema}
    told, made = told_of({"parameters": [where]})
    assert [f"POST /jobs: {reason}: it is left out"] == told
    assert made is not None
    assert kept == [each["name"] for each in made["parameters"]]


def test_lists_in_a_parameter_of_the_style_deep_object() -> None:
    """The rest of the object is sent."""
    inner = {"type": "object", "properties": {"ids": {"type": ["array", "null"]}, "a": TEXT}}
    schema = {"type": "object", "properties": {"a": TEXT, "inner": inner, "any": {"anyOf": [TEXT, LIST]}}}  # fmt: skip
    where = {"name": "where", "in": "query", "style": "deepObject", "schema": schema}
    told, made = told_of({"parameters": [where]})
    names = "where[inner][ids], where[any]"
    assert [f"POST /jobs: the parameter 'where' (query): {NOT_SENT}: {names}"] == told
    assert made is not None
    assert ["where"] == [each["name"] for each in made["parameters"]]


@pytest.mark.parametrize("required", [[], ["items"]])
def test_lists_in_a_form_of_the_style_deep_object(required: list[str]) -> None:
    """One line for all that are in a form; where one must be given, the operation cannot be sent."""
    form = {"type": "object", "required": required, "properties": {"items": LIST, "inner": CIRCLE, "plain": LIST}}  # fmt: skip
    encoding = {name: {"style": "deepObject", "explode": True} for name in ("items", "inner")}
    media = {"application/x-www-form-urlencoded": {"schema": form, "encoding": encoding}}
    told, made = told_of({"requestBody": {"content": media}})
    if required:
        assert [
            f"POST /jobs: left out: the field 'items' of its form must be given: {NOT_SENT}"
        ] == told
        assert made is None
    else:
        names = "items, inner[tags]"
        assert [f"POST /jobs: fields of its form may be lists: {NOT_SENT}: {names}"] == told
        assert made is not None
