"""Small questions about schemas, and small changes of them, as the generator understands them."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any

from openapi_python_client.strings import snake_case

from scripts._generation.reading.bundle import walk

NULL: dict[str, Any] = {"type": "null"}
REFERENCE = "#/components/schemas/"


def without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without null among its types; itself where there is none."""
    types = schema.get("type")
    if schema.get("nullable") is not True and not (isinstance(types, list) and "null" in types):
        return schema
    bare = {key: value for key, value in schema.items() if key != "nullable"}
    if isinstance(types, list):
        bare["type"] = [each for each in types if each != "null"]
    return bare


def nullable(schema: dict[str, Any]) -> dict[str, Any]:
    kind = schema.get("type")
    if not schema or kind == "null":
        return schema
    if "anyOf" in schema:
        return schema if NULL in schema["anyOf"] else {**schema, "anyOf": [*schema["anyOf"], NULL]}
    if isinstance(kind, str) and not {"const", "enum"} & schema.keys():
        return {**schema, "type": [kind, "null"]}
    return schema if isinstance(kind, list) else {"anyOf": [schema, NULL]}


def annotated(made: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """With what is told of it: a description, an example that is none of the description, and our own keys."""
    description = node.get("description")
    if isinstance(description, str) and description not in made.get("description", ""):
        made = {**made, "description": description}
    if node.get("deprecated") is True:
        made = {**made, "description": f"Deprecated. {made.get('description', '')}".strip()}
    example = node.get("example")
    if (
        example is not None
        and made
        and not any(isinstance(each, dict) and "$ref" in each for _, each in walk(example))
    ):
        made = {**made, "example": example}
    wrapper = node.get("x-unwrap")
    return {**made, "x-unwrap": wrapper} if isinstance(wrapper, str) else made


def is_deprecated(node: Any) -> bool:
    """Whether a parameter, or a field, is marked as such itself."""
    return isinstance(node, dict) and node.get("deprecated") is True


def is_number(value: Any) -> bool:
    """Whether it is a number that code can have: none that is larger than any, as a file may have it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return isfinite(value)
    except OverflowError:
        return False


def text_of(value: Any) -> str | None:
    """A scalar of JSON as text, of a number one, however it is written; None for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value) if isinstance(value, bool | int | float) else None


def is_binary(node: dict[str, Any]) -> bool:
    """Whether a string of OpenAPI 3.1 is a file: it has a media type, and no encoding as text."""
    media = node.get("contentMediaType")
    return (
        isinstance(media, str)
        and "contentEncoding" not in node
        and not media.startswith("application/json")
    )


def is_literal(number: float) -> bool:
    """Whether a type of Python can be this number, for type checkers as well."""
    return isinstance(number, int) and -(2**63) <= number < 2**63


def members(values: list[str], stated: Any) -> list[str] | None:
    """Names of the members of an enum, if they cannot be left to the generator: all different, and each a name."""
    stated_ones = stated if isinstance(stated, list) and len(stated) == len(values) else None
    usual = [
        value.upper() if value[:1].isalpha() else f"VALUE_{i}" for i, value in enumerate(values)
    ]
    wanted = [str(each) for each in stated_ones] if stated_ones else usual
    keys = [snake_case(each).upper() for each in wanted]
    is_fine = len(set(keys)) == len(keys) and all(key.isidentifier() for key in keys)
    if is_fine:
        return wanted if stated_ones else None
    names: list[str] = []
    for index, key in enumerate(keys):
        wanted_name = key if key.isidentifier() else f"VALUE_{index}"
        name, number = wanted_name, 1
        while name in names:
            number += 1
            name = f"{wanted_name}_{number}"
        names.append(name)
    return names


def reached(top: Any, schemas: dict[str, Any]) -> set[str]:
    """The names of the schemas that are reached from a place."""
    used: set[str] = set()
    pending = [top]
    while pending:
        node = pending.pop()
        if isinstance(node, list):
            pending.extend(node)
        elif isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str):
                name = reference.removeprefix(REFERENCE)
                if name in schemas and name not in used:
                    used.add(name)
                    pending.append(schemas[name])
            pending.extend(
                value for key, value in node.items() if key not in ("example", "x-operation")
            )
    return used
