"""Change a spec by an overlay (OpenAPI Overlay 1.0), which survives the next version of the vendor's file."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from scripts._generation.findings import Finding, Findings, SpecError
from scripts._generation.reading.documents import load_document

_STEP = re.compile(
    r"""
    (?P<deep>\.\.)? (?:
        \.? (?P<name>[\w-]+) | \.?\* (?P<all>) |
        \[ \s* (?: '(?P<single>(?:[^'\\]|\\.)*)' | "(?P<double>(?:[^"\\]|\\.)*)" | (?P<index>-?\d+) | \* (?P<each>)
        | \? \s* \(? \s* @ (?P<field>(?:\.[\w-]+|\['[^']*'\]|\[\d+\])+) \s* (?: == \s* (?P<value>'[^']*'|"[^"]*"|[\w.-]+) )? \s* \)? )
        \s* \]
    )
    """,
    re.VERBOSE,
)
Found = list[tuple[Any, Any, Any]]
"""Values that match, each with what has it, and the key that it has there."""


def with_overlay(document: dict[str, Any], path: Path, findings: Findings) -> dict[str, Any]:
    """The document after all actions of an overlay, in their order.

    Args:
        document: as it was read; it is not changed.
        path: of the overlay.
        findings: what is told of it: actions whose target is not there, as in another version of the document.

    Raises:
        SpecError: the file is not an overlay, or an action of it is not one.
    """
    overlay = load_document(path)
    actions = overlay.get("actions")
    if not str(overlay.get("overlay", "")).startswith("1.") or not isinstance(actions, list):
        raise SpecError(
            f"{path}: it is no overlay: it needs 'overlay: 1.0.0' and a list of actions"
        )
    top = {"$": copy.deepcopy(document)}
    for number, action in enumerate(actions, 1):
        where = f"{path}: action {number}"
        if not isinstance(action, dict) or not isinstance(action.get("target"), str):
            raise SpecError(f"{where} has no target")
        target = action["target"]
        found = _matches(top, target, where)
        if not found:
            findings.add(
                Finding(f"{where}: nothing in the spec is {target}: it changes nothing", ())
            )
        if action.get("remove") is True:
            _remove(found)
        elif "update" in action:
            for value, _, _ in found:
                _update(value, action["update"], f"{where}: {target}")
        else:
            raise SpecError(f"{where} has neither update nor remove")
    return top["$"]


def _matches(top: dict[str, Any], target: str, where: str) -> Found:
    if not target.startswith("$"):
        raise SpecError(f"{where}: {target} does not begin with $")
    found: Found = [(top["$"], top, "$")]
    position = 1
    while position < len(target):
        match = _STEP.match(target, position)
        if match is None:
            raise SpecError(
                f"{where}: {target[position:]!r} is no step of JSONPath that is known here"
            )
        if match["deep"]:
            found = [each for value, parent, key in found for each in _below(value, parent, key)]
        found = [each for value, _, _ in found for each in _children(value) if _fits(match)(each)]
        position = match.end()
    return found


def _below(value: Any, parent: Any, key: Any) -> Iterator[tuple[Any, Any, Any]]:
    yield value, parent, key
    for child in _children(value):
        yield from _below(*child)


def _children(value: Any) -> Found:
    if isinstance(value, dict):
        return [(child, value, key) for key, child in value.items()]
    return (
        [(child, value, key) for key, child in enumerate(value)] if isinstance(value, list) else []
    )


def _fits(match: re.Match[str]) -> Callable[[tuple[Any, Any, Any]], bool]:
    quoted = match["single"] if match["single"] is not None else match["double"]
    name = match["name"] if match["name"] is not None else quoted
    if name is not None:
        plain = re.sub(r"\\(.)", r"\1", name) if quoted is not None else name
        return lambda each: isinstance(each[1], dict) and each[2] == plain
    if match["index"] is not None:
        index = int(match["index"])
        return lambda each: isinstance(each[1], list) and each[2] in (index, index + len(each[1]))
    if match["field"] is not None:
        keys = [
            int(index) if index else name or quoted
            for name, quoted, index in re.findall(
                r"\.([\w-]+)|\['([^']*)'\]|\[(\d+)\]", match["field"]
            )
        ]
        return lambda each: _has(each[0], keys, match["value"])
    return lambda each: True


def _has(value: Any, keys: list[str | int], wanted: str | None) -> bool:
    for key in keys:
        if isinstance(key, int):
            if not isinstance(value, list) or key >= len(value):
                return False
            value = value[key]
        elif isinstance(value, dict) and key in value:
            value = value[key]
        else:
            return False
    if wanted is None:
        return True
    plain = {"true": True, "false": False, "null": None}
    if wanted[0] in "'\"":
        return bool(value == wanted[1:-1])
    return value is plain[wanted] if wanted in plain else str(value) == wanted


def _remove(found: Found) -> None:
    for value, parent, key in reversed(found):
        if isinstance(parent, dict):
            parent.pop(key, None)
        else:
            parent[:] = [each for each in parent if each is not value]


def _update(value: Any, update: Any, where: str) -> None:
    if isinstance(value, list):
        value.append(copy.deepcopy(update))
    elif isinstance(value, dict) and isinstance(update, dict):
        for key, new in update.items():
            if isinstance(value.get(key), dict) and isinstance(new, dict):
                _update(value[key], new, where)
            elif isinstance(value.get(key), list) and isinstance(new, list):
                value[key].extend(copy.deepcopy(new))
            else:
                value[key] = copy.deepcopy(new)
    else:
        raise SpecError(
            f"{where} is neither an object that the update could be merged with, nor a list"
        )
