"""Tell users what a change of the spec means for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scripts._generation.bundle import operations, resolve


@dataclass(frozen=True, order=True)
class Change:
    """One difference between two specs, as a user of the package sees it."""

    what: str
    breaking: bool = False

    def __str__(self) -> str:
        return f"{'BREAKING ' if self.breaking else '         '}{self.what}"


def compare(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Operations, parameters, models and fields that were added, removed or changed."""
    changes = [*_operations(old, new), *_models(old, new)]
    return sorted(changes, key=lambda change: (not change.breaking, change.what))


def _operations(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    before, after = _by_id(old), _by_id(new)
    changes = [Change(f"operation {name} removed", breaking=True) for name in before.keys() - after]
    changes += [Change(f"operation {name} added") for name in after.keys() - before]
    for name in before.keys() & after.keys():
        (old_route, old_operation), (new_route, new_operation) = before[name], after[name]
        if old_route != new_route:
            changes.append(Change(f"operation {name} moved from {old_route} to {new_route}"))
        for key in ("x-method", "tags"):
            if old_operation.get(key) != new_operation.get(key):
                changes.append(
                    Change(
                        f"operation {name}: {key} changed from {old_operation.get(key)} to "
                        f"{new_operation.get(key)}",
                        breaking=True,
                    )
                )
        if old_operation.get("x-idempotent") != new_operation.get("x-idempotent"):
            changes.append(
                Change(f"operation {name}: idempotent is now {new_operation.get('x-idempotent')}")
            )
        old_result, new_result = _result(old, old_operation), _result(new, new_operation)
        if old_result != new_result:
            changes.append(
                Change(f"operation {name} returns {new_result}, not {old_result}", breaking=True)
            )
        changes += _fields(
            f"operation {name}: parameter",
            _parameters(old, old_operation),
            _parameters(new, new_operation),
            sent=True,
        )
    return changes


def _models(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    before = old.get("components", {}).get("schemas", {})
    after = new.get("components", {}).get("schemas", {})
    sent = _sent_models(new)
    changes = [Change(f"model {name} removed", breaking=True) for name in before.keys() - after]
    changes += [Change(f"model {name} added") for name in after.keys() - before]
    for name in before.keys() & after.keys():
        changes += _fields(
            f"model {name}: field",
            _properties(before[name]),
            _properties(after[name]),
            name in sent,
        )
        old_values, new_values = before[name].get("enum", []), after[name].get("enum", [])
        changes += [
            Change(f"enum {name}: {value} removed", breaking=True)
            for value in old_values
            if value not in new_values
        ]
        changes += [
            Change(f"enum {name}: {value} added") for value in new_values if value not in old_values
        ]
    return changes


_Fields = dict[str, tuple[str, bool]]


def _fields(prefix: str, before: _Fields, after: _Fields, sent: bool) -> list[Change]:
    """Compare fields given as name: (type, required)."""
    changes = [Change(f"{prefix} {name} removed", breaking=True) for name in before.keys() - after]
    for name in after.keys() - before:
        required = after[name][1]
        changes.append(
            Change(f"{prefix} {name} added{', required' if required else ''}", sent and required)
        )
    for name in before.keys() & after.keys():
        (old_type, old_required), (new_type, new_required) = before[name], after[name]
        if old_type != new_type:
            changes.append(Change(f"{prefix} {name} is {new_type}, not {old_type}", breaking=True))
        if old_required != new_required:
            now = "required" if new_required else "optional"
            changes.append(Change(f"{prefix} {name} is now {now}", breaking=sent == new_required))
    return changes


def _by_id(document: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    return {
        operation.get("operationId", f"{method} {path}"): (f"{method.upper()} {path}", operation)
        for path, method, operation in operations(document)
    }


def _parameters(document: dict[str, Any], operation: dict[str, Any]) -> _Fields:
    found: _Fields = {}
    for reference in operation.get("parameters", []):
        parameter = resolve(document, reference)
        schema = parameter.get("schema", {})
        found[parameter["name"]] = (_type(schema), bool(parameter.get("required")))
    body = resolve(document, operation.get("requestBody", {}))
    for content_type, media in body.get("content", {}).items():
        described = f"{content_type} {_type(media.get('schema', {}))}"
        found["body"] = (described, bool(body.get("required")))
    return found


def _properties(schema: dict[str, Any]) -> _Fields:
    required = schema.get("required", [])
    return {
        name: (_type(value), name in required)
        for name, value in schema.get("properties", {}).items()
    }


def _result(document: dict[str, Any], operation: dict[str, Any]) -> str:
    for status, reference in sorted(operation.get("responses", {}).items()):
        if status.startswith("2"):
            for media in resolve(document, reference).get("content", {}).values():
                return _type(media.get("schema", {}))
    return "nothing"


def _sent_models(document: dict[str, Any]) -> set[str]:
    """Models that callers fill in: those of request bodies, and what these are made of."""
    schemas = document.get("components", {}).get("schemas", {})
    pending: list[Any] = [
        resolve(document, operation["requestBody"])
        for _, _, operation in operations(document)
        if "requestBody" in operation
    ]
    found: set[str] = set()
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            name = str(node.get("$ref", "")).removeprefix("#/components/schemas/")
            if name in schemas and name not in found:
                found.add(name)
                pending.append(schemas[name])
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)
    return found


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[1]
    kind = schema.get("type", "any")
    name = " or ".join(kind) if isinstance(kind, list) else str(kind)
    if name == "array":
        return f"array of {_type(schema.get('items', {}))}"
    for union in ("oneOf", "anyOf"):
        if union in schema:
            return " or ".join(_type(option) for option in schema[union])
    return f"{name} ({schema['format']})" if "format" in schema else name
