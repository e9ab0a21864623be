"""What stands beside the reference of a schema, written as a part of it, so that whoever asks of what kind it is has one answer.

OpenAPI 3.0 says that it is ignored; whoever writes it there means it all the same. Beside a reference to anything else, such as
a parameter, it is ignored. A reference in the place of all fields of a schema is followed, too.
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
_NO_SCHEMAS = {"parameters", "responses", "requestBodies", "requestBody", "headers"}
"""Keys below which there is one thing, or several, that are no schemas."""


def with_siblings(document: dict[str, Any]) -> dict[str, Any]:
    """A document without schemas that have anything to say beside a reference; itself where there are none."""
    made: dict[str, Any] = _within(document, document)
    return made


def _within(
    document: dict[str, Any],
    node: Any,
    inside: tuple[str, ...] = (),
    *,
    by_names: bool = False,
    is_other: bool = False,
) -> Any:
    """A node in this form.

    Args:
        document: that has it.
        node: any part of it.
        inside: the references in the place of fields that it was reached by; none of them is followed once more.
        by_names: whether its keys are names.
        is_other: whether it is no schema, or what it has by names are none.
    """
    if isinstance(node, list):
        items = [_within(document, each, inside, is_other=is_other) for each in node]
        return node if all(map(_is, items, node)) else items
    if not isinstance(node, dict):
        return node
    made: dict[str, Any] = {}
    for key, value in node.items():
        if key in _DATA and not by_names:
            made[key] = value
            continue
        passed, found = inside, value
        if key == "properties" and not by_names:
            passed, found = _fields(document, value, inside)
        made[key] = _within(
            document,
            found,
            passed,
            by_names=key in _BY_NAMES and not by_names,
            is_other=is_other if by_names else key in _NO_SCHEMAS,
        )
    is_schema = not (by_names or is_other)
    if is_schema and isinstance(node.get("$ref"), str) and _says_more(document, node):
        beside = {key: value for key, value in made.items() if key != "$ref"}
        return {"allOf": [{"$ref": made["$ref"]}, beside]}
    return node if all(map(_is, made.values(), node.values())) else made


def _fields(
    document: dict[str, Any], stated: Any, inside: tuple[str, ...]
) -> tuple[tuple[str, ...], Any]:
    """The fields of a schema, where a reference stands in their place, with those beside it; and what they are inside of now.

    A field that is called ``$ref`` has a schema, and no text.
    """
    reference = stated.get("$ref") if isinstance(stated, dict) else None
    if not isinstance(reference, str) or reference in inside:
        return inside, stated
    try:
        found = resolve(document, {"$ref": reference})
    except NowhereError:
        return inside, stated
    if not isinstance(found, dict):
        return inside, stated
    return (*inside, reference), {
        **found,
        **{key: value for key, value in stated.items() if key != "$ref"},
    }


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
