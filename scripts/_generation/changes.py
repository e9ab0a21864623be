"""Tell users what a change of the spec means for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

from scripts._generation.bundle import operations, resolve, walk
from scripts._generation.findings import Findings
from scripts._generation.names import python_name
from scripts._generation.prepare import prepare


@dataclass(frozen=True, order=True)
class Change:
    """One difference between two specs, as a user of the package sees it."""

    what: str
    breaking: bool = False

    def __str__(self) -> str:
        return f"{'BREAKING ' if self.breaking else '         '}{self.what}"


def compare(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Operations, parameters, models and fields that were added, removed or changed, as they are generated."""
    before, after = prepare(old, Findings()), prepare(new, Findings())
    changes = {*_operations(before, after), *_models(before, after)}
    return sorted(changes, key=lambda change: (not change.breaking, change.what))


def _operations(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    before, after = _by_id(old), _by_id(new)
    yield from (Change(f"operation {name} removed", True) for name in before.keys() - after)
    yield from (Change(f"operation {name} added") for name in after.keys() - before)
    for name in before.keys() & after.keys():
        (old_route, old_operation), (new_route, new_operation) = before[name], after[name]
        if old_route != new_route:
            yield Change(f"operation {name} moved from {old_route} to {new_route}")
        yield from _facts(f"operation {name}", _known(old_operation), _known(new_operation))
        yield from _bounds(f"operation {name}", old_operation, new_operation)
        old_result, new_result = _result(old_operation), _result(new_operation)
        if old_result != new_result:
            yield Change(f"operation {name} returns {new_result}, not {old_result}", True)
        prefix = f"operation {name}: parameter"
        yield from _fields(
            prefix, _parameters(old, old_operation), _parameters(new, new_operation), sent=True
        )


def _in_any_order(paging: dict[str, Any] | None) -> dict[str, Any]:
    """Fields of a page and of its items come in the order of the file, which is another one in a published package."""
    return {
        key: sorted(value) if isinstance(value, list) else value
        for key, value in (paging or {}).items()
    }


def _facts(prefix: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    if old["id"] != new["id"]:
        yield Change(f"{prefix} is client.{new['id']}, not client.{old['id']}", True)
    if old["idempotent"] != new["idempotent"]:
        yield Change(f"{prefix}: idempotent is now {new['idempotent']}")
    if bool(old["paging"]) != bool(new["paging"]):
        yield Change(f"{prefix} is {'now' if new['paging'] else 'no longer'} a listing", True)
    elif _in_any_order(old["paging"]) != _in_any_order(new["paging"]):
        yield Change(f"{prefix} is paged otherwise")
    if old["flatten"] != new["flatten"]:
        taken = "the fields of its body" if new["flatten"] else "its body as a whole"
        yield Change(f"{prefix} takes {taken}", True)


def _bounds(prefix: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    """Compare the bounds of parameters that both have; narrower ones refuse what was accepted."""
    shared = {each["name"] for each in old["parameters"]} & {
        each["name"] for each in new["parameters"]
    }
    before, after = _known(old)["bounds"], _known(new)["bounds"]
    for name in map(python_name, shared):
        was, is_now = before.get(name, {}), after.get(name, {})
        if was != is_now:
            is_narrower = is_now.get("minimum", -inf) > was.get("minimum", -inf) or (
                is_now.get("maximum", inf) < was.get("maximum", inf)
            )
            told = " and ".join(f"{key} {value}" for key, value in is_now.items())
            yield Change(f"{prefix}: parameter {name} has {told or 'no bounds'}", is_narrower)


def _models(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    schemas = old["components"].get("schemas", {}), new["components"].get("schemas", {})
    yield from (Change(f"model {name} removed", True) for name in schemas[0].keys() - schemas[1])
    yield from (Change(f"model {name} added") for name in schemas[1].keys() - schemas[0])
    both = schemas[0].keys() & schemas[1].keys()
    for name in both:
        was, is_now = _type(schemas[0][name]), _type(schemas[1][name])
        if was != is_now:
            yield Change(f"model {name} is {is_now}, not {was}", True)
    sent, received = _reached(new, "requestBody"), _reached(new, "responses")
    before, after = _objects(old), _objects(new)
    for name in before.keys() & after.keys():
        model = name.partition(".")[0]
        yield from _fields(
            f"model {name}: field", before[name], after[name], model in sent, model in received
        )
    values = _enums(old), _enums(new)
    for name in values[0].keys() & values[1].keys():
        for value in values[0][name]:
            if value not in values[1][name]:
                yield Change(f"enum {name}: {value} removed", True)
        for value in values[1][name]:
            if value not in values[0][name]:
                yield Change(f"enum {name}: {value} added")


_Fields = dict[str, tuple[str, bool]]
_FORMATS = {"date", "date-time", "uuid", "binary"}
"""Those that are a class of their own in Python."""


def _fields(
    prefix: str, before: _Fields, after: _Fields, sent: bool, received: bool = False
) -> Iterator[Change]:
    """Compare fields given as name: (type, required)."""
    yield from (Change(f"{prefix} {name} removed", True) for name in before.keys() - after)
    for name in after.keys() - before:
        required = after[name][1]
        yield Change(f"{prefix} {name} added{', required' if required else ''}", sent and required)
    for name in before.keys() & after.keys():
        (old_type, old_required), (new_type, new_required) = before[name], after[name]
        if old_type != new_type:
            yield Change(f"{prefix} {name} is {new_type}, not {old_type}", True)
        if old_required != new_required:
            now = "required" if new_required else "optional"
            yield Change(f"{prefix} {name} is now {now}", sent if new_required else received)


def _by_id(document: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    return {
        python_name(operation.get("operationId", f"{method} {path}")): (
            f"{method.upper()} {path}",
            operation,
        )
        for path, method, operation in operations(document)
    }


def _known(operation: dict[str, Any]) -> dict[str, Any]:
    """What scripts/generate worked out about an operation."""
    facts: dict[str, Any] = next(iter(operation["responses"].values()))["x-operation"]
    return facts


def _parameters(document: dict[str, Any], operation: dict[str, Any]) -> _Fields:
    found: _Fields = {}
    for parameter in operation["parameters"]:
        position = " in the path" if parameter["in"] == "path" else ""
        described = f"{_type(parameter.get('schema', {}))}{position}"
        found[parameter["name"]] = (described, bool(parameter.get("required")))
    body = resolve(document, operation.get("requestBody", {}))
    for content_type, media in body.get("content", {}).items():
        described = f"{content_type} {_type(media.get('schema', {}))}"
        found["body"] = (described, bool(body.get("required")))
    return found


def _result(operation: dict[str, Any]) -> str:
    facts = _known(operation)
    if facts["body"] == "none":
        return "nothing"
    response = list(operation["responses"].values())[facts["response"]]
    described = _type(next(iter(response["content"].values())).get("schema", {}))
    return f"{described} or nothing" if facts["may_be_empty"] else described


def _objects(document: dict[str, Any]) -> dict[str, _Fields]:
    """The fields of every object, also of one without a name of its own."""
    found: dict[str, _Fields] = {}
    for place, node in walk(document):
        if not isinstance(node, dict) or place[-1:] == ("properties",):
            continue
        fields = node.get("properties")
        required = node.get("required", [])
        if isinstance(fields, dict):
            found.setdefault(_model_name(place), {}).update(
                {name: (_type(value), name in required) for name, value in fields.items()}
            )
    return found


def _enums(document: dict[str, Any]) -> dict[str, list[Any]]:
    return {
        _model_name(place): node["enum"]
        for place, node in walk(document)
        if isinstance(node, dict) and isinstance(node.get("enum"), list)
    }


def _model_name(place: tuple[str | int, ...]) -> str:
    """``Project`` or, for what is described in it, ``Project.field``."""
    noise = {"components", "schemas", "paths", "properties", "allOf", "content", "schema", "items"}
    return ".".join(str(key) for key in place if key not in noise and not isinstance(key, int))


def _reached(document: dict[str, Any], part: str) -> set[str]:
    """Models that callers fill in (``requestBody``) or read (``responses``), with what these are made of."""
    pending: list[Any] = [
        operation[part] for _, _, operation in operations(document) if part in operation
    ]
    found: set[str] = set()
    while pending:
        for _, node in walk(pending.pop()):
            reference = node.get("$ref") if isinstance(node, dict) else None
            if isinstance(reference, str) and reference not in found:
                found.add(reference)
                pending.append(resolve(document, node))
    return {reference.rsplit("/", 1)[1] for reference in found}


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[1]
    kind = schema.get("type", "any")
    name = " or ".join(kind) if isinstance(kind, list) else str(kind)
    if name == "array":
        return f"array of {_type(schema.get('items', {}))}"
    if isinstance(schema.get("additionalProperties"), dict):
        return f"{name} of {_type(schema['additionalProperties'])}"
    for union in ("oneOf", "anyOf"):
        if union in schema:
            return " or ".join(_type(option) for option in schema[union])
    return f"{name} ({schema['format']})" if schema.get("format") in _FORMATS else name
