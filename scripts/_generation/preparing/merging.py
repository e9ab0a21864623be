"""``allOf`` as one schema: the fields of an object are those of all its parts."""

from __future__ import annotations

from itertools import product
from typing import Any

from scripts._generation.reading.bundle import resolve

ANNOTATIONS = {
    "title", "description", "example", "examples", "deprecated", "externalDocs", "xml", "readOnly", "writeOnly",
    "discriminator", "default", "nullable", "$comment", "$id", "$schema", "$anchor", "$defs", "definitions",
}  # fmt: skip
CONSTRAINTS = {
    "pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "not", "if", "then", "else",
    "dependentRequired", "dependentSchemas", "propertyNames", "contains", "minContains", "maxContains",
    "unevaluatedProperties", "unevaluatedItems", "contentSchema",
}  # fmt: skip
"""They bound values, and do not say of what kind these are."""

MOST = 5000
"""Of the choices of a union, with those of unions in it; of more nobody means all, and it may be anything."""
_REFERS = {"$ref", "allOf", "anyOf", "oneOf"}
"""Of two fields one of which has any of these, the later one counts: it is what the earlier one is narrowed to."""


def says_what(schema: Any) -> set[str]:
    """The keys of a schema that tell of what kind a value is."""
    if not isinstance(schema, dict):
        return set()
    return {
        key
        for key in schema
        if key not in ANNOTATIONS and key not in CONSTRAINTS and not key.startswith("x-")
    }


def merged(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """A schema with what its ``allOf`` says written into it; what stands beside it counts last."""
    return _merged(document, schema, ())


def _merged(document: dict[str, Any], schema: Any, above: tuple[int, ...]) -> dict[str, Any]:
    schema = resolve(document, schema)
    if not isinstance(schema, dict) or id(schema) in above:  # a part of itself adds nothing
        return {}
    above = (*above, id(schema))
    parts = schema.get("allOf")
    made: dict[str, Any] = {}
    for part in parts if isinstance(parts, list) else ():
        made = _both(made, _merged(document, part, above))
    own = {key: value for key, value in schema.items() if key not in ("allOf", "$ref")}
    return _both(made, own) if made else own


def _both(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    made = {**first, **second}
    if "properties" in first and "properties" in second:
        made["properties"] = _fields(first["properties"], second["properties"])
    if isinstance(first.get("required"), list) and isinstance(second.get("required"), list):
        made["required"] = list(dict.fromkeys([*first["required"], *second["required"]]))
    if "type" in first and "type" in second:
        made["type"] = _types(first["type"], second["type"])
    if isinstance(first.get("enum"), list) and isinstance(second.get("enum"), list):
        made["enum"] = [each for each in second["enum"] if each in first["enum"]] or second["enum"]
    if "nullable" in first or "nullable" in second:
        made["nullable"] = bool(first.get("nullable", "type" not in first)) and bool(
            second.get("nullable", "type" not in second)
        )
    if (
        made.get("additionalProperties") is False
    ):  # of one part, which does not know the fields of the other
        del made["additionalProperties"]
    if "discriminator" in first and "discriminator" not in second:
        del made["discriminator"]  # it tells the parts of the first, not of both
    for key in ("oneOf", "anyOf"):
        if key in first and key in second and first[key] != second[key]:
            is_few = len(first[key]) * len(second[key]) <= MOST
            made[key] = (
                [{"allOf": [*pair]} for pair in product(first[key], second[key])]
                if is_few
                else [{}]
            )
    return made


def _fields(first: Any, second: Any) -> Any:
    if not isinstance(first, dict) or not isinstance(second, dict):
        return second
    made = {**first, **second}
    for name in first.keys() & second.keys():
        one, other = first[name], second[name]
        if not says_what(other):  # but perhaps that it is read only
            made[name] = {"allOf": [one], **other} if isinstance(other, dict) and other else one
        elif one != other and not _REFERS & (says_what(one) | says_what(other)):
            made[name] = {"allOf": [one, other]}
    return made


def _types(first: Any, second: Any) -> Any:
    one = first if isinstance(first, list) else [first]
    other = second if isinstance(second, list) else [second]
    both = [each for each in other if each in one]
    if not both and {"integer", "number"} & set(one) and {"integer", "number"} & set(other):
        both = ["integer"]
    if not both:
        return []  # no value is of both kinds: any may come
    return both if len(both) > 1 else both[0]
