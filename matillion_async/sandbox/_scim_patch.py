"""The PATCH of SCIM 2.0 (RFC 7644, section 3.5.2) as directories send it: whole attributes, and items of a list taken out."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from matillion_async.sandbox._problems import invalid_body

_NAME = r"[A-Za-z$][A-Za-z0-9_$-]*"
_PATH = re.compile(
    rf"(?P<name>{_NAME})"
    rf'(?:\[(?P<key>{_NAME}) eq (?P<value>"(?:[^"\\]|\\["\\/])*"|true|false)\])?'
)
_LISTS = frozenset(("emails", "members"))
"""Attributes that are lists, so that a single value is one of its items."""


def patched(
    attributes: Mapping[str, Any],
    operations: Iterable[Mapping[str, Any]],
    read_only: frozenset[str],
) -> dict[str, Any]:
    """A copy of ``attributes`` after all operations.

    Raises:
        ProblemError: 400, an operation cannot be carried out.
    """
    result: dict[str, Any] = copy.deepcopy(dict(attributes))
    for index, operation in enumerate(operations):
        try:
            _apply(result, operation, read_only)
        except ValueError as error:
            raise invalid_body(f"Operations[{index}]: {error}") from None
    return result


def _apply(
    attributes: dict[str, Any], operation: Mapping[str, Any], read_only: frozenset[str]
) -> None:
    kind, value = operation["op"], copy.deepcopy(operation.get("value"))
    if kind != "remove" and "value" not in operation:
        raise ValueError(f"{kind} needs a value")
    if "path" in operation:
        value = {operation["path"]: value}
    elif kind == "remove":
        raise ValueError("remove needs a path")
    if not isinstance(value, dict):
        raise ValueError("without a path the value must be an object")  # noqa: TRY004 - a 400
    for text, item in value.items():
        match = _PATH.fullmatch(text)
        if match is None or (match["key"] and kind != "remove"):
            raise ValueError("the path is not one that the sandbox understands")
        name, key = match["name"], match["key"]
        if name in read_only:
            raise ValueError(f"{name} cannot be changed")
        if key:
            wanted = {key: json.loads(match["value"])}.items()
            present = attributes.setdefault(name, [])
            if not isinstance(present, list) or not all(isinstance(each, dict) for each in present):
                raise ValueError(f"{name} is not a list of objects")
            attributes[name] = [each for each in present if not wanted <= each.items()]
        elif kind == "remove":
            attributes.pop(name, None)
        else:
            _set(attributes, kind, name, item)


def _set(attributes: dict[str, Any], kind: str, name: str, value: Any) -> None:
    present = attributes.get(name)
    if name in _LISTS and not isinstance(value, list):
        value = [value]
    if isinstance(present, dict) and isinstance(value, dict):
        present.update(value)
    elif kind == "add" and isinstance(present, list) and isinstance(value, list):
        present.extend(item for item in value if item not in present)
    else:
        attributes[name] = value
