"""What stands beside the reference of a schema, written as a part of it, so that whoever asks of what kind it is has one answer.

OpenAPI 3.0 says that it is ignored; whoever writes it there means it all the same.
"""

from __future__ import annotations

from typing import Any

from scripts._generation.reading.bundle import NowhereError, resolve

_SAYING = {
    "type", "format", "properties", "additionalProperties", "patternProperties", "items", "prefixItems", "enum", "const", "allOf", "anyOf",
    "oneOf",
}  # fmt: skip
"""Keys that schemas alone have, and that tell of what kind a value is."""
_DATA = {"example", "examples", "default", "enum", "const"}
_BY_NAMES = {
    "properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "schemas", "parameters", "responses", "requestBodies",
    "headers",
}  # fmt: skip
"""Keys below which there are names, which may be those of data."""


def with_siblings(document: dict[str, Any]) -> dict[str, Any]:
    """A document without schemas that have anything to say beside a reference; itself where there are none."""
    made: dict[str, Any] = _within(document, document)
    return made


def _within(document: dict[str, Any], node: Any, *, by_names: bool = False) -> Any:
    if isinstance(node, list):
        items = [_within(document, each) for each in node]
        return node if all(map(_is, items, node)) else items
    if not isinstance(node, dict):
        return node
    made = {
        key: value
        if key in _DATA and not by_names
        else _within(document, value, by_names=key in _BY_NAMES and not by_names)
        for key, value in node.items()
    }
    if not by_names and isinstance(node.get("$ref"), str) and _says_more(document, node):
        beside = {key: value for key, value in made.items() if key != "$ref"}
        return {"allOf": [{"$ref": made["$ref"]}, beside]}
    return node if all(map(_is, made.values(), node.values())) else made


def _says_more(document: dict[str, Any], schema: dict[str, Any]) -> bool:
    """Whether what is beside the reference is more than the type of what it leads to, which many files repeat there."""
    keys = _SAYING & schema.keys()
    if isinstance(schema.get("required"), list):  # and no flag, as of a parameter
        keys.add("required")
    if keys != {"type"}:
        return bool(keys)
    try:
        found = resolve(document, schema)
    except NowhereError:
        return False
    return not isinstance(found, dict) or found.get("type") != schema["type"]


def _is(one: Any, other: Any) -> bool:
    return one is other
