"""The parameters of an operation, as the generator should see them."""

from __future__ import annotations

import copy
from typing import Any

from scripts._generation.bundle import resolve


def arguments(document: dict[str, Any], stated: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each parameter that is sent, whether it was stated in place, by reference, or as a field of an object.

    One that is stated again, for an operation after its path, replaces the one before.
    """
    found = [copy.deepcopy(resolve(document, each)) for each in stated]
    last = {(parameter["name"], parameter["in"]): parameter for parameter in found}
    return [
        _as_argument(document, parameter)
        for each in last.values()
        for parameter in _flat(document, each)
    ]


def _flat(document: dict[str, Any], parameter: dict[str, Any]) -> list[dict[str, Any]]:
    """A query parameter that is an object, as the parameters that are sent in its place (``style: form``)."""
    schema = resolve(document, parameter.get("schema", {}))
    is_form = parameter.get("style", "form") == "form" and parameter.get("explode", True)
    if parameter["in"] != "query" or "properties" not in schema or not is_form:
        return [parameter]
    required = schema.get("required", []) if parameter.get("required") else []
    return [
        {"name": name, "in": "query", "required": name in required, "schema": copy.deepcopy(value)}
        for name, value in schema["properties"].items()
    ]


def _as_argument(document: dict[str, Any], parameter: dict[str, Any]) -> dict[str, Any]:
    """A parameter as the generator should see it.

    It documents arguments by the description of their schema, and what is not given must not be sent, so that
    the server's own default applies. What stands in a path is text: callers have ids as they came.
    """
    schema = parameter.get("schema", {})
    if parameter["in"] == "path" and "enum" not in resolve(document, schema):
        schema = parameter["schema"] = {**resolve(document, schema), "type": "string"}
        schema.pop("format", None)
    if "$ref" not in schema and parameter["in"] in ("query", "header"):
        schema.pop("default", None)
    if "$ref" not in schema and "description" in parameter:
        schema["description"] = parameter["description"]
    return parameter
