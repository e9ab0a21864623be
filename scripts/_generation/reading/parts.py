"""References where OpenAPI has none, in place of a whole part: all paths, all schemas, the content of a response.

And those of paths that have something of their own beside them.
"""

from __future__ import annotations

from typing import Any

from scripts._generation.reading.bundle import NowhereError, resolve, target

_WHOLE = ("paths", "components", "tags", "servers", "security")
_PARTS = ("content", "responses", "parameters", "headers")
_OTHERS = ("schema", "schemas", "properties", "example", "examples", "default", "enum", "const")
"""Keys below which there are schemas and data, in which a reference is what it is."""


def with_parts(document: dict[str, Any]) -> dict[str, Any]:
    """The document with these parts in the place of the references to them; those that lead nowhere stay."""
    made = {
        key: _followed(document, value) if key in _WHOLE else value
        for key, value in document.items()
    }
    if isinstance(made.get("components"), dict):
        made["components"] = {
            kind: _followed(document, each) for kind, each in made["components"].items()
        }
    if isinstance(made.get("paths"), dict):
        made["paths"] = {path: _item(document, item) for path, item in made["paths"].items()}
    return {key: _within(document, value) for key, value in made.items()}


def _item(document: dict[str, Any], item: Any, inside: tuple[str, ...] = ()) -> Any:
    """A path with what it refers to and what stands beside the reference, which else would be lost."""
    reference = item.get("$ref") if isinstance(item, dict) else None
    if not isinstance(reference, str) or reference in inside:
        return item
    try:
        aim = target(document, reference)
        found = _item(document, aim, (*inside, reference))
        if _is_reference(item):
            return item if found is aim else found
        found = resolve(document, found)
    except NowhereError:
        return item
    beside = {key: value for key, value in item.items() if key != "$ref"}
    return {**found, **beside} if isinstance(found, dict) else item


def _within(
    document: dict[str, Any], node: Any, inside: tuple[str, ...] = (), *, is_content: bool = False
) -> Any:
    """A node with the parts in it; ``inside`` of which references it is, none of which is followed once more."""
    if isinstance(node, list):
        return [_within(document, each, inside) for each in node]
    if not isinstance(node, dict):
        return node
    made: dict[str, Any] = {}
    for key, value in node.items():
        passed, found = inside, value
        is_part = is_content or key in _PARTS
        if is_part and _is_reference(value) and value["$ref"] not in inside:
            passed, found = (*inside, value["$ref"]), _followed(document, value)
        made[key] = (
            found
            if key in _OTHERS
            else _within(document, found, passed, is_content=key == "content")
        )
    return made


def _followed(document: dict[str, Any], node: Any) -> Any:
    if not _is_reference(node):
        return node
    try:
        return resolve(document, node)
    except NowhereError:
        return node


def _is_reference(node: Any) -> bool:
    return isinstance(node, dict) and list(node) == ["$ref"] and isinstance(node["$ref"], str)
