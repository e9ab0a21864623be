"""Of what kind the values of a schema are, and the choices of a union, each of one kind."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice
from typing import Any

from scripts._generation.preparing.merging import CONSTRAINTS, MOST, merged, says_what
from scripts._generation.reading.bundle import NowhereError, resolve

TYPES = ("string", "integer", "number", "boolean", "object", "array", "null")

_DEEPEST = 40
"""Of unions in each other, twice: more has only what is made of itself in a way that cannot be known again."""
_TEXT_FORMATS = ("date", "date-time", "uuid", "uri", "email", "hostname", "byte")
"""Those that a schema without a type is read as text for."""


def types_of(schema: dict[str, Any]) -> list[str]:
    """The types that a schema states, of those that there are; ``nullable`` of OpenAPI 3.0 adds null."""
    stated = schema.get("type")
    found = [each for each in (stated if isinstance(stated, list) else [stated]) if each in TYPES]
    found = list(dict.fromkeys(found))
    if found and schema.get("nullable") is True and "null" not in found:
        found.append("null")
    return found


def kind_of(document: dict[str, Any], schema: Any) -> str:
    """One of the types, ``union`` of several, or ``any``."""
    node = _plain(document, schema)
    if not isinstance(node, dict):
        return "any"
    types = types_of(node)
    if "properties" in node and (not types or "object" in types):
        if not types and _has_other_choices(document, node):
            return "union"  # the properties are those of its values that are objects
        return "object" if len(types) < 2 else "union"
    if choices_of(node):
        return "union"
    if len(types) > 1:
        return "union"
    if types:
        return types[0]
    values = [node["const"]] if "const" in node else node.get("enum")
    if isinstance(values, list) and values:
        kinds = {kind_of_value(value) for value in values}
        if kinds == {"integer", "number"}:
            return "number"
        return kinds.pop() if len(kinds) == 1 else "union"
    if {"additionalProperties", "patternProperties"} & node.keys():
        return "object"
    if {"items", "prefixItems"} & node.keys():
        return "array"
    return "string" if node.get("format") in _TEXT_FORMATS else "any"


def _has_other_choices(document: dict[str, Any], schema: dict[str, Any]) -> bool:
    """Whether one of the choices beside the fields of an object is none."""
    for choice in choices_of(schema):
        try:
            node = _plain(document, choice)
        except NowhereError:
            continue
        if isinstance(node, dict) and set(types_of(node)) - {"object"}:
            return True
    return False


def kind_of_value(value: Any) -> str:
    """The type of a value of JSON."""
    if value is None:
        return "null"
    for kind, name in ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string")):
        if isinstance(value, kind):
            return name
    return "array" if isinstance(value, list) else "object"


def choices_of(schema: dict[str, Any]) -> list[Any]:
    """What a union consists of; those of its choices that only bound values are none."""
    found: list[Any] = []
    for key in ("oneOf", "anyOf"):
        stated = schema.get(key)
        if isinstance(stated, list):
            found += [each for each in stated if not _only_bounds(each)]
    return found


def _only_bounds(choice: Any) -> bool:
    return (
        isinstance(choice, dict)
        and not says_what(choice) - {"required"}
        and bool(choice.keys() & (CONSTRAINTS | {"required"}))
    )


def leaves(document: dict[str, Any], union: dict[str, Any]) -> list[Any]:
    """The choices of a union, and those of unions in it, in order; each with what stands beside them.

    There are none where a union is made of itself alone, or in so many ways that nobody means all of them.
    """
    try:
        return list(_leaves(document, union, (), count()))
    except _TooManyError:
        return []


class _TooManyError(Exception):
    """A union has more in it than can be looked at, as what is made of itself in two ways has a million at that depth."""


def _leaves(
    document: dict[str, Any], union: Any, above: tuple[int, ...], steps: Iterator[int]
) -> Iterator[Any]:
    if next(steps) >= MOST:
        raise _TooManyError
    node = _plain(document, union)
    if not isinstance(node, dict) or id(node) in above or kind_of(document, node) != "union":
        yield union
        return
    # A reference is followed once more, however it was copied on the way.
    original = resolve(document, union)
    above = (*above, id(original), id(node))
    choices = choices_of(node)
    if not choices:
        types = types_of(node)
        if not types:
            values = [node["const"]] if "const" in node else node["enum"]
            for kind in dict.fromkeys(map(kind_of_value, values)):
                yield {"type": kind, "enum": [v for v in values if kind_of_value(v) == kind]}
            return
        for kind in types:
            # ``enum`` stays whole: the values of another type are left out of it where it is read.
            yield {**{k: v for k, v in node.items() if k != "nullable"}, "type": kind}
        return
    beside = {
        key: value
        for key, value in node.items()
        if key not in ("oneOf", "anyOf", "discriminator", "nullable")
    }
    is_more = bool(says_what(beside) - {"required"})
    if is_more:  # each of them is merged with what is beside
        next(islice(steps, len(choices), None))
    beside = {key: value for key, value in beside.items() if key not in ("title", "description")}
    for choice in choices if len(above) < _DEEPEST else ():
        original = resolve(document, choice)
        if id(original) in above:
            continue
        if is_more:  # what is made of both is new each time, and cannot be known again
            both = {"allOf": [beside, choice]}
            yield from _leaves(document, both, (*above, id(original)), steps)
        else:
            yield from _leaves(document, choice, above, steps)
    if node.get("nullable") is True:
        yield {"type": "null"}


def _plain(document: dict[str, Any], schema: Any) -> Any:
    node = resolve(document, schema)
    if isinstance(node, dict) and isinstance(node.get("allOf"), list):
        return merged(document, node)
    return node
