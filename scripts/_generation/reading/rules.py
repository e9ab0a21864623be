"""What each operation of the spec must state, and in which form, beyond what OpenAPI asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scripts._generation.findings import SpecError
from scripts._generation.reading.bundle import operations
from scripts._generation.reserved import is_method_name

_REQUIRED = ("operationId", "tags", "summary", "description", "x-source", "x-confidence")
_REQUIRED_OF_METHODS = ("x-method", "x-idempotent")
"""Not of what the client does itself (``x-generate: false``)."""


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) for each in value)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


_FORMS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "x-method": (
        lambda value: isinstance(value, str) and is_method_name(value),
        "a name in small letters that is free in Python",
    ),
    "x-group": (
        lambda value: isinstance(value, str) and is_method_name(value),
        "a name in small letters that is free in Python",
    ),
    "x-idempotent": (_is_flag, "true or false"),
    "x-generate": (_is_flag, "true or false"),
    "x-may-be-empty": (_is_flag, "true or false"),
    "x-source": (_is_texts, "a list of strings"),
    "x-cli": (_is_texts, "a list of strings"),
    "x-notes": (_is_texts, "a list of strings"),
    "x-confidence": (lambda value: value in ("HIGH", "MEDIUM"), "HIGH or MEDIUM"),
    "x-missing-is-empty": (_is_flag, "true or false"),
    "x-item-alone": (_is_texts, "a list of strings"),
    "x-unwrap": (lambda value: isinstance(value, str), "the name of a field"),
    "x-paging": (lambda value: isinstance(value, dict), "a mapping"),
}


KEYS = frozenset(_FORMS)
"""The keys of an operation that are ours."""


def unfit(operation: dict[str, Any]) -> dict[str, str]:
    """The keys of ours that an operation has in another form than they need, and why."""
    return {
        key: f"{key} must be {form}, not {operation[key]!r}"
        for key, (fits, form) in _FORMS.items()
        if key in operation and not fits(operation[key])
    }


def check(document: dict[str, Any]) -> None:
    """Refuse an operation of ours that does not state what it must, or states it in another form."""
    tags = {tag["name"] for tag in document.get("tags", [])}
    if not any(True for _ in operations(document)):
        raise SpecError("there is no operation")
    for path, method, operation in operations(document):
        name, place = f"{method.upper()} {path}", ("paths", path, method)
        for key, reason in unfit(operation).items():
            raise SpecError(f"{name}: {reason}", (*place, key))
        _check_ours(document, name, operation, place, tags)
        if not any(str(status).startswith("2") for status in operation.get("responses", {})):
            raise SpecError(f"{name} documents no successful response", place)


def _check_ours(
    document: dict[str, Any],
    name: str,
    operation: dict[str, Any],
    place: tuple[str, ...],
    tags: set[str],
) -> None:
    is_method = operation.get("x-generate") is not False
    for key in (*_REQUIRED, *(_REQUIRED_OF_METHODS if is_method else ())):
        if operation.get(key) in (None, "", []):
            raise SpecError(f"{name}: {key} is missing", place)
    for key in operation:
        if key.startswith("x-") and key not in _FORMS:
            raise SpecError(f"{name}: {key} is none of {', '.join(_FORMS)}", (*place, key))
    for tag in operation["tags"]:
        if tag not in tags:
            raise SpecError(f"{name}: no tag is called {tag!r}", (*place, "tags"))
    for source in operation["x-source"]:
        if source not in document.get("x-sources", {}):
            raise SpecError(f"{name}: x-sources does not explain {source}", (*place, "x-source"))
