"""References by the names that JSON Schema gives to schemas, ``$anchor`` and ``$id``, as those by their place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from scripts._generation.reading.bundle import NowhereError, target, walk

_DATA = {"example", "examples", "default", "enum", "const"}
_BY_NAMES = {
    "properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "schemas", "parameters", "responses", "requestBodies",
    "headers",
}  # fmt: skip
"""Keys below which there are names, which may be those of data."""
_ANCHORS = ("$anchor", "$dynamicAnchor")


@dataclass
class _Names:
    """What is named in a file: JSON pointers of schemas by their URI, and of anchors by that and their name."""

    schemas: dict[str, str] = field(default_factory=dict)
    anchors: dict[tuple[str, str], str] = field(default_factory=dict)


def with_anchors(content: dict[str, Any]) -> dict[str, Any]:
    """A file whose references to what is named in it are JSON pointers; itself where nothing is.

    ``$dynamicRef`` is taken for ``$ref``, as it is where no other schema extends the one that has it.
    """
    names = _Names({"": ""})
    for uri, pointer, node in _schemas(content, "", ""):
        if isinstance(node.get("$id"), str):
            names.schemas[uri] = pointer
        for key in _ANCHORS:
            if isinstance(node.get(key), str):
                names.anchors[uri, node[key]] = pointer
    if names == _Names({"": ""}):
        return content
    made: dict[str, Any] = _rewritten(content, content, names, "")
    return made


def pointer_of(content: Any, anchor: str) -> str:
    """Where in a file an anchor is; empty if there is none."""
    found = next(
        (
            p
            for p, node in walk(content)
            if isinstance(node, dict) and anchor in map(node.get, _ANCHORS)
        ),
        (),
    )
    return "".join(f"/{_escaped(str(key))}" for key in found)


def _schemas(
    node: Any, uri: str, pointer: str, *, by_names: bool = False
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """All objects with the URI of the schema that they belong to, and their place."""
    if isinstance(node, list):
        for index, each in enumerate(node):
            yield from _schemas(each, uri, f"{pointer}/{index}")
    elif isinstance(node, dict):
        uri = _own(uri, node)
        yield uri, pointer, node
        for key, each in node.items():
            if by_names or key not in _DATA:
                below = f"{pointer}/{_escaped(str(key))}"
                inside = key in _BY_NAMES and not by_names
                yield from _schemas(each, uri, below, by_names=inside)


def _own(uri: str, node: dict[str, Any]) -> str:
    stated = node.get("$id")
    return urljoin(uri, stated).removesuffix("#") if isinstance(stated, str) else uri


def _rewritten(content: Any, node: Any, names: _Names, uri: str, *, by_names: bool = False) -> Any:
    if isinstance(node, list):
        return [_rewritten(content, each, names, uri) for each in node]
    if not isinstance(node, dict):
        return node
    uri = _own(uri, node)
    made = {
        key: value
        if key in _DATA and not by_names
        else _rewritten(content, value, names, uri, by_names=key in _BY_NAMES and not by_names)
        for key, value in node.items()
    }
    for key in ("$ref", "$dynamicRef"):
        if isinstance(node.get(key), str) and (key == "$ref" or "$ref" not in node):
            found = _pointer(content, node[key], names, uri)
            if found is not None:
                made["$ref"] = f"#{found}"
    return made


def _pointer(content: Any, reference: str, names: _Names, uri: str) -> str | None:
    """Where something is that a reference names; None where it is no name, or no name of anything."""
    other, _, fragment = reference.partition("#")
    aim = urljoin(uri, other)
    if fragment and not fragment.startswith("/"):
        return names.anchors.get((aim, fragment))
    if aim not in names.schemas or not (other or uri):
        return None
    pointer = f"{names.schemas[aim]}{fragment}"
    try:  # many count from the top of the file in a schema that has a name as well
        target(content, f"#{pointer}")
    except NowhereError:
        return None
    return pointer


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1").replace("%", "%25")
