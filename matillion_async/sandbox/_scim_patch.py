"""PATCH of SCIM 2.0 (RFC 7644, section 3.5.2), for attributes that are values, objects or lists."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from matillion_async.sandbox._problems import ProblemError

_NAME = r"[A-Za-z$][A-Za-z0-9_$-]*"
_PATH = re.compile(
    rf"(?P<name>{_NAME})"
    rf'(?:\[(?P<key>{_NAME}) eq (?P<value>"(?:[^"\\]|\\["\\/])*"|true|false)\])?'
    rf"(?:\.(?P<sub>{_NAME}))?"
)
_LISTS = frozenset(("emails", "members"))
"""Attributes that are lists, so that a single value is one of its items."""


@dataclass(frozen=True, slots=True)
class _Path:
    """``name``, ``name.sub``, ``name[key eq value]`` or ``name[key eq value].sub``."""

    name: str
    key: str | None
    value: Any
    sub: str | None


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
            raise ProblemError(
                400, "The request body is not valid.", [f"Operations[{index}]: {error}"]
            ) from None
    return result


def _apply(
    attributes: dict[str, Any], operation: Mapping[str, Any], read_only: frozenset[str]
) -> None:
    kind = operation["op"]
    if kind != "remove" and "value" not in operation:
        raise ValueError(f"{kind} needs a value")
    value = copy.deepcopy(operation.get("value"))
    if "path" in operation:
        paths = {operation["path"]: value}
    elif kind == "remove":
        raise ValueError("remove needs a path")
    elif isinstance(value, dict):
        paths = value
    else:
        raise ValueError("without a path the value must be an object")
    for text, item in paths.items():
        path = _parsed(text)
        if path.name in read_only:
            raise ValueError(f"{path.name} cannot be changed")
        if kind == "remove" and path.name not in attributes:
            continue
        if path.key is not None:
            _change_matches(attributes, kind, path, item)
        elif path.sub is not None:
            _change(_object(attributes, path.name), kind, path.sub, item)
        else:
            _change(attributes, kind, path.name, item)


def _parsed(text: str) -> _Path:
    match = _PATH.fullmatch(text)
    if match is None:
        raise ValueError("the path is none that the sandbox understands")
    value = json.loads(match["value"]) if match["value"] else None
    return _Path(match["name"], match["key"], value, match["sub"])


def _object(attributes: dict[str, Any], name: str) -> dict[str, Any]:
    found = attributes.setdefault(name, {})
    if not isinstance(found, dict):
        raise ValueError(f"{name} has no attributes of its own")  # noqa: TRY004 - a 400, no bug
    return found


def _change_matches(attributes: dict[str, Any], kind: str, path: _Path, value: Any) -> None:
    items = attributes.get(path.name, [])
    if not isinstance(items, list):
        raise ValueError(f"{path.name} is no list")  # noqa: TRY004 - a 400, no bug
    matches = [
        item for item in items if isinstance(item, dict) and item.get(path.key) == path.value
    ]
    if path.sub is None and kind == "remove":
        attributes[path.name] = [item for item in items if item not in matches]
        return
    if not matches and kind != "remove":
        raise ValueError(f"nothing in {path.name} matches")
    for item in matches:
        if path.sub is not None:
            _change(item, kind, path.sub, value)
        elif isinstance(value, dict):
            item.update(value)
        else:
            raise ValueError(f"an item of {path.name} must be an object")


def _change(attributes: dict[str, Any], kind: str, name: str, value: Any) -> None:
    present = attributes.get(name)
    if name in _LISTS and not isinstance(value, list):
        value = [value]
    if kind == "remove":
        attributes.pop(name, None)
    elif isinstance(present, dict) and isinstance(value, dict):
        present.update(value)
    elif kind == "add" and isinstance(present, list) and isinstance(value, list):
        present.extend(item for item in value if item not in present)
    else:
        attributes[name] = value
