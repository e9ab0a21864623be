"""What is called how in Python: parameters, groups and methods."""

from __future__ import annotations

import re
from keyword import iskeyword
from typing import Any

from openapi_python_client.strings import PythonIdentifier, snake_case

from scripts._generation.bundle import SpecError, operations

FIELD_PREFIX = "field_"
"""What the generator puts before a name that does not begin with a letter."""


def python_name(name: str) -> str:
    """The name of a parameter or a field."""
    return PythonIdentifier(name, FIELD_PREFIX)


def method_names(document: dict[str, Any]) -> dict[tuple[str, str], str]:
    """The name of each operation's method, by path and method: what the spec says, or made from its id.

    Where two ids of a group make one name, as ``getProjects`` and ``getProject`` do, each keeps all of its words.
    """
    names: dict[tuple[str, str], str] = {}
    taken: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for path, method, operation in operations(document):
        operation.setdefault("operationId", re.sub(r"\W+", "_", f"{method}{path}").strip("_"))
        group, name = name_of(operation, method)
        names[path, method] = name
        taken.setdefault((group, name), []).append((path, method))
    for (group, name), routes in taken.items():
        for path, method in routes if len(routes) > 1 else ():
            operation = document["paths"][path][method]
            if "x-method" in operation:
                raise SpecError(f"{method.upper()} {path}: {group}.{name} is taken")
            names[path, method] = python_name(operation["operationId"])
    return names


def name_of(operation: dict[str, Any], method: str) -> tuple[str, str]:
    """The group and the name of the Python method of an operation that shares its name with no other."""
    group = PythonIdentifier(operation.setdefault("tags", ["default"])[0], "tag")
    return group, operation.get("x-method") or _method_name(
        operation.get("operationId", method), group
    )


def _method_name(operation_id: str, group: str) -> str:
    """``list_projects`` in ``projects`` is ``list``: the words of the group are left out."""
    words = set(group.split("_"))
    words |= {word.removesuffix("s") for word in words}
    kept = [word for word in snake_case(operation_id).split("_") if word not in words]
    name = "_".join(kept) or "get"
    return f"{name}_" if iskeyword(name) else name
