"""Write the overlay that makes of the vendor's own OpenAPI file what the files of openapi/ say.

What it says of an operation is found by method and path, and of a group by the vendor's tags: names of operations and of
schemas may be others in each version of the vendor's file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from scripts._generation.reading.bundle import operations

OF_OPERATIONS = (
    "operationId",
    "x-method",
    "x-idempotent",
    "x-source",
    "x-paging",
    "x-unwrap",
    "x-may-be-empty",
    "x-missing-is-empty",
    "x-item-alone",
)
"""What the generated package is made of and the vendor's file has not, or has with other names."""
_HEAD = """\
# Written by scripts/generate from openapi/; change it there.
# It makes of the vendor's own file, public-api-endpoint-reference.yaml, what openapi/ says: docs/another-file.md.
"""


def render(document: dict[str, Any]) -> str:
    """The overlay as YAML, from the joined spec."""
    overlay = {
        "overlay": "1.0.0",
        "info": {"title": "What this project says of the vendor's file", "version": "1.0.0"},
        "actions": list(_actions(document)),
    }
    return _HEAD + yaml.safe_dump(overlay, sort_keys=False, width=120, allow_unicode=True)


def _actions(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    groups = [{key: tag[key] for key in ("name", "description")} for tag in document["tags"]]
    yield {"target": "$", "update": {"tags": groups}}
    for tag in document["tags"]:
        for name in tag.get("x-vendor-tags", ()):
            yield {
                "target": f"$.paths[*][?(@.tags[0] == {_quoted(name)})]",
                "update": {"x-group": tag["name"]},
            }
    for path, method, operation in operations(document):
        place = f"$.paths[{_quoted(path)}].{method}"
        if operation.get("x-generate") is not False:
            stated = {key: operation[key] for key in OF_OPERATIONS if key in operation}
            yield {
                "target": place,
                "update": {"x-group": operation["tags"][0], **stated},
            }
        for parameter in operation.get("parameters", ()):
            if parameter.get("schema", {}).get("format") == "password":
                name = _quoted(parameter["name"])
                yield _is_secret(f"{place}.parameters[?(@.name == {name})].schema")
    yield from _of_schemas(document)


def _of_schemas(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What is known by the name of a schema, or of a field that is secret wherever it is."""
    schemas = {
        name: schema
        for name, schema in document["components"]["schemas"].items()
        if schema.get("x-generate") is not False
    }
    secret: dict[str, bool] = {}
    for schema in schemas.values():
        for key, field in schema.get("properties", {}).items():
            secret[key] = secret.get(key, True) and field.get("format") == "password"
    for key, always in secret.items():
        if always:
            yield _is_secret(f"$..properties.{key}")
    for name, schema in schemas.items():
        target = f"$.components.schemas.{name}"
        if "x-unwrap" in schema:
            yield {"target": target, "update": {"x-unwrap": schema["x-unwrap"]}}
        fields = schema.get("properties", {})
        places = {f"properties.{key}": fields[key] for key in fields if not secret[key]}
        places["additionalProperties"] = schema.get("additionalProperties")
        for key, field in places.items():
            if isinstance(field, dict) and field.get("format") == "password":
                yield _is_secret(f"{target}.{key}")


def _is_secret(target: str) -> dict[str, Any]:
    return {"target": target, "update": {"format": "password"}}


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
