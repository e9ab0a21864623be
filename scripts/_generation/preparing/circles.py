"""Circles of schemas that are not objects: a list of itself, a choice of itself."""

from __future__ import annotations

from typing import Any

from scripts._generation.preparing.shapes import REFERENCE


def cut_circles(made: dict[str, Any]) -> None:
    """Read as any value what a schema other than an object has of itself: the generator would not end.

    An object may have itself as a field, since its class is made before its fields are.
    """
    done: set[str] = set()
    for name in list(made):
        if made[name].get("type") != "object":
            made[name] = _cut(made, made[name], (name,), done)
            done.add(name)


def _cut(made: dict[str, Any], node: Any, above: tuple[str, ...], done: set[str]) -> Any:
    if isinstance(node, list):
        return [_cut(made, each, above, done) for each in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str):
        name = node["$ref"].removeprefix(REFERENCE)
        if name in above:
            return {}
        if made[name].get("type") != "object" and name not in done:
            made[name] = _cut(made, made[name], (*above, name), done)
        return node
    cut = dict(node)
    for key in ("items", "anyOf", "additionalProperties"):
        if key in node:
            cut[key] = _cut(made, node[key], above, done)
    if isinstance(node.get("properties"), dict):
        fields = node["properties"].items()
        cut["properties"] = {name: _cut(made, field, above, done) for name, field in fields}
    return cut
