"""The parameters of an operation, as the generator sees them."""

from __future__ import annotations

from typing import Any

import pytest

from scripts._generation.arguments import arguments

PAGEABLE = {
    "type": "object",
    "required": ["page"],
    "properties": {"page": {"type": "integer"}, "size": {"type": "integer"}},
}
DOCUMENT = {
    "components": {
        "schemas": {
            "Id": {"type": "string", "format": "uuid"},
            "Kind": {"type": "string", "enum": ["a", "b"]},
            "Pageable": PAGEABLE,
        },
        "parameters": {"Id": {"name": "id", "in": "path", "schema": {"type": "integer"}}},
    }
}


def seen(**parameter: Any) -> list[dict[str, Any]]:
    return arguments(DOCUMENT, [{"name": "a", **parameter}])


@pytest.mark.parametrize(
    "schema", [{"type": "string", "format": "uuid"}, {"$ref": "#/components/schemas/Id"}]
)
def test_what_stands_in_a_path_is_text(schema: dict[str, Any]) -> None:
    """Callers have ids as they came, so no UUID is asked for."""
    (found,) = seen(**{"in": "path"}, schema=schema)
    assert {"type": "string"} == found["schema"]


def test_a_choice_in_a_path_stays_one() -> None:
    """An enum is an enum wherever it is sent."""
    schema = {"$ref": "#/components/schemas/Kind"}
    assert schema == seen(**{"in": "path"}, schema=schema)[0]["schema"]


@pytest.mark.parametrize("where", ["query", "header"])
def test_a_default_is_left_to_the_server(where: str) -> None:
    """What is not given is not sent; the argument is described by its parameter."""
    schema = {"type": "integer", "default": 25}
    (found,) = seen(**{"in": where}, schema=schema, description="How many.")
    assert {"type": "integer", "description": "How many."} == found["schema"]
    assert {"type": "integer", "default": 25} == schema


@pytest.mark.parametrize("required", [True, False])
def test_the_fields_of_an_object_are_parameters(required: bool) -> None:
    """One is required if the object is required, and it in the object."""
    schema = {"$ref": "#/components/schemas/Pageable"}
    found = seen(**{"in": "query"}, schema=schema, required=required)
    assert [("page", required), ("size", False)] == [(e["name"], e["required"]) for e in found]


def test_an_operation_states_a_parameter_again() -> None:
    """The last one counts, in the place of the first."""
    stated: list[dict[str, Any]] = [
        {"$ref": "#/components/parameters/Id"},
        {"name": "b", "in": "query", "schema": {"type": "string"}},
        {"name": "id", "in": "path", "schema": {"type": "string"}, "description": "Of a widget."},
    ]
    found = arguments(DOCUMENT, stated)
    assert ["id", "b"] == [each["name"] for each in found]
    assert "Of a widget." == found[0]["description"]
