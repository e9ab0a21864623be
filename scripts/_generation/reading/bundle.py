"""Join the files of openapi/ into one OpenAPI document, and find one's way in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from scripts._generation.findings import SpecError
from scripts._generation.reading.documents import load_document

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")


def sources(folder: Path) -> list[Path]:
    """The files that the spec is made of."""
    return [
        *(folder / name for name in ("openapi.yaml", "common.yaml")),
        *sorted((folder / "groups").glob("*.yaml")),
    ]


def join(folder: Path) -> dict[str, Any]:
    """Join ``openapi.yaml``, ``common.yaml`` and ``groups/*.yaml``; a key given twice is an error."""
    document: dict[str, Any] = {}
    for path in sources(folder):
        _merge(document, load_document(path), str(path))
    return document


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation as (path, method, operation)."""
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def walk(
    node: Any, place: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every node below one, itself first, with the keys that lead to it."""
    yield place, node
    children: Iterable[tuple[Any, Any]] = enumerate(node) if isinstance(node, list) else ()
    if isinstance(node, dict):
        children = node.items()
    for key, child in children:
        yield from walk(child, (*place, key))


def resolve(document: dict[str, Any], node: Any) -> Any:
    """Follow a local ``$ref``; anything else is returned as it is.

    Raises:
        NowhereError: it leads nowhere, or to itself.
    """
    passed: list[str] = []
    while isinstance(node, dict) and isinstance(node.get("$ref"), str):
        if node["$ref"] in passed:
            raise NowhereError(f"the reference {node['$ref']} leads to itself")
        passed.append(node["$ref"])
        node = target(document, node["$ref"])
    return node


class NowhereError(LookupError):
    """A reference leads nowhere, or to itself; the message names it."""


def target(document: dict[str, Any], reference: str) -> Any:
    """What a local reference leads to, a JSON pointer as a fragment of a URL (RFC 6901, section 6).

    Raises:
        NowhereError: there is nothing.
    """
    found: Any = document
    pointer = reference.removeprefix("#").removeprefix("/")
    try:
        for part in pointer.split("/") if reference != "#" else ():
            if isinstance(found, list):
                found = found[int(part)]
            else:
                key = part.replace("~1", "/").replace("~0", "~")
                found = found[key if key in found else unquote(key)]
    except (LookupError, TypeError, ValueError):
        raise NowhereError(f"the reference {reference} {_why(reference)}") from None
    return found


def _why(reference: str) -> str:
    if reference.startswith("#"):
        return "leads nowhere"
    if "://" in reference:
        return "leads to the network, from which nothing is read"
    return "leads to a file that is not there or cannot be read"


def _merge(into: dict[str, Any], other: dict[str, Any], source: str, where: str = "") -> None:
    for key, value in other.items():
        if key not in into:
            into[key] = value
        elif isinstance(into[key], dict) and isinstance(value, dict):
            _merge(into[key], value, source, f"{where}/{key}")
        else:
            raise SpecError(f"{source}: {where}/{key} is already defined in another file")
