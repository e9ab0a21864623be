"""Types of the generated code, as far as it matters whether a value of one is a value of another."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from typing import Any

from openapi_python_client.strings import ClassName

from scripts._generation.preparing.names import FIELD_PREFIX

Type = frozenset[Any]
"""The choices of a type: each the name of a class, or ``("list", TYPE)``, or ``("Listing", TYPE)``."""

_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_FORMATS = {"date": "date", "date-time": "datetime", "uuid": "UUID", "binary": "File"}
_WIDER = {"bool": ("int", "float"), "int": ("float",), "datetime": ("date",)}
"""What a type checker takes in place of what."""
NONE: Type = frozenset({"None"})


@cache
def class_name(name: str) -> str:
    """The class of a named schema."""
    return ClassName(name, FIELD_PREFIX)


def is_class(schema: dict[str, Any]) -> bool:
    """Whether a prepared schema is a class of its own."""
    return schema.get("type") == "object" or "enum" in schema


def type_of(schema: dict[str, Any], schemas: dict[str, Any]) -> Type:
    """The type of a prepared schema.

    Args:
        schema: one with the names of all objects and enums.
        schemas: the named ones.
    """
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        found = schemas[name]
        return frozenset({class_name(name)}) if is_class(found) else type_of(found, schemas)
    for key in ("anyOf", "allOf"):
        if key in schema:
            return frozenset().union(*(type_of(each, schemas) for each in schema[key]))
    if "const" in schema:
        return frozenset({f"Literal[{schema['const']!r}]"})
    kinds = schema.get("type", [])
    made: set[Any] = set()
    for kind in [kinds] if isinstance(kinds, str) else kinds:
        if kind == "array":
            made.add(("list", type_of(schema.get("items", {}), schemas)))
        elif kind == "string":
            made.add(_FORMATS.get(schema.get("format", ""), "str"))
        else:
            made.add(_PLAIN[kind])
    return frozenset(made or {"Any"})


def fits(one: Type, other: Type, enums: Collection[str]) -> bool:
    """Whether each value of a type is one of another type.

    Args:
        one: the first type.
        other: the second.
        enums: the classes that are text as well.
    """
    if "Any" in other:
        return True
    return all(
        atom in other
        or not other.isdisjoint(_WIDER.get(atom, ()))
        or ("str" in other and (atom in enums or str(atom).startswith("Literal['")))
        for atom in one
    )


def with_names(type_: Type, renamed: Callable[[str], str]) -> Type:
    """A type with other names of classes."""
    return frozenset(
        renamed(atom) if isinstance(atom, str) else (atom[0], with_names(atom[1], renamed))
        for atom in type_
    )


def text_of_type(type_: Type) -> str:
    """A type as it is written in Python; None comes last."""
    names = [
        atom if isinstance(atom, str) else f"{atom[0]}[{text_of_type(atom[1])}]" for atom in type_
    ]
    return " | ".join(sorted(names, key=lambda name: (name == "None", name))) or "nothing"
