"""Unions as the generator understands them: their choices differ by their type in JSON, or are objects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scripts._generation.preparing.kinds import kind_of, leaves
from scripts._generation.preparing.merging import merged
from scripts._generation.preparing.shapes import NULL, REFERENCE, nullable, without_null
from scripts._generation.reading.bundle import resolve

_DEEPEST = 3


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A choice without null, which the whole union has in its place."""
    choices = schema.get("anyOf")
    if isinstance(choices, list) and len(choices) == 2 and NULL in choices:
        found: dict[str, Any] = next(each for each in choices if each != NULL)
        return found
    return without_null(schema)


class Unions:
    """The unions of one document.

    Args:
        document: as it was read.
        of: makes what the generator understands of a schema.
    """

    def __init__(self, document: dict[str, Any], of: Callable[[Any], dict[str, Any]]) -> None:
        self._document = document
        self._of = of
        self._tells: dict[str, dict[str, set[str]]] = {}
        self._choices: set[str] = set()
        self._arrays = 0

    def mark(self, made: dict[str, Any]) -> None:
        """Note in named schemas that are choices how they are told apart."""
        for name in self._choices:
            tells = self._tells.get(name, {})
            made[name]["x-choice"] = {key: sorted(values) for key, values in tells.items()}

    def of(self, node: dict[str, Any]) -> dict[str, Any]:
        found = leaves(self._document, node)
        if not found:
            return {}  # a choice of itself alone
        kinds = [kind_of(self._document, each) for each in found]
        groups: dict[str, list[Any]] = {}
        for kind, leaf in zip(kinds, found, strict=True):
            groups.setdefault(
                "number" if kind == "integer" and "number" in kinds else kind, []
            ).append(leaf)
        if "any" in groups or "union" in groups:
            return {}
        is_nullable = groups.pop("null", None) is not None or node.get("nullable") is True
        made: list[dict[str, Any]] = []
        for kind, members in groups.items():
            if kind == "object":
                made += self._objects(node, members)
            elif kind == "array":
                made.append(self._one_array(members))
            elif kind == "string":
                made.append(self._one_string(members))
            else:
                made.append({"type": kind} if len(members) > 1 else self._of(members[0]))
        if not made:
            return dict(NULL)
        result = made[0] if len(made) == 1 else {"anyOf": made}
        return nullable(result) if is_nullable else result

    def _one_array(self, members: list[Any]) -> dict[str, Any]:
        if len(members) == 1:
            return self._of(members[0])
        if self._arrays == _DEEPEST:  # of arrays that are made of each other
            return {"type": "array", "items": {}}
        plain = [merged(self._document, resolve(self._document, each)) for each in members]
        self._arrays += 1
        items = self._of({"anyOf": [each.get("items", {}) for each in plain]})
        self._arrays -= 1
        return {"type": "array", "items": items}

    def _one_string(self, members: list[Any]) -> dict[str, Any]:
        if len(members) == 1:
            return self._of(members[0])
        plain = [merged(self._document, resolve(self._document, each)) for each in members]
        enums = [each for each in plain if "enum" in each or "const" in each]
        others = [each for each in plain if each not in enums]
        if not enums or any("format" in each for each in others):
            return {"type": "string"}
        values = [
            each for one in enums for each in ([one["const"]] if "const" in one else one["enum"])
        ]
        known = (
            self._of(members[plain.index(enums[0])])
            if len(enums) == 1
            else self._of({"type": "string", "enum": list(dict.fromkeys(map(str, values)))})
        )
        # The usual way to say that there may be other values: any text may be sent.
        return {"anyOf": [{"type": "string"}, known]} if others else known

    def _objects(self, union: dict[str, Any], members: list[Any]) -> list[dict[str, Any]]:
        stated = [self._of(member) for member in members]
        schemas = [_never_null(schema) for schema in stated]
        made: list[dict[str, Any]] = []
        for schema in schemas:
            if schema not in made:
                made.append(schema)
        null = [dict(NULL)] if schemas != stated else []
        if len(made) < 2:
            return made + null
        discriminator = union.get("discriminator")
        key = discriminator.get("propertyName") if isinstance(discriminator, dict) else None
        for member, schema in zip(members, schemas, strict=True):
            tells = self._told_by(member, discriminator if isinstance(key, str) else {})
            if "$ref" in schema:
                name = schema["$ref"].removeprefix(REFERENCE)
                self._choices.add(name)
                for field, values in tells.items():
                    self._tells.setdefault(name, {}).setdefault(field, set()).update(values)
            else:
                for each in made:
                    if each == schema:
                        each["x-choice"] = {
                            field: sorted(values) for field, values in tells.items()
                        }
        # One that is none of those that the discriminator names stays as it came.
        return [*made, *([{}] if isinstance(key, str) else []), *null]

    def _told_by(self, member: Any, discriminator: Any) -> dict[str, set[str]]:
        """The values of fields that only this choice has, as its discriminator or its constants say."""
        found: dict[str, set[str]] = {}
        node = merged(self._document, resolve(self._document, member))
        for name, field in (node.get("properties") or {}).items():
            plain = (
                merged(self._document, resolve(self._document, field))
                if isinstance(field, dict)
                else {}
            )
            values = [plain["const"]] if "const" in plain else plain.get("enum")
            if isinstance(values, list) and len(values) == 1 and isinstance(values[0], str):
                found[name] = {values[0]}
        key = discriminator.get("propertyName") if isinstance(discriminator, dict) else None
        reference = member.get("$ref") if isinstance(member, dict) else None
        if isinstance(key, str) and isinstance(reference, str):
            mapping = discriminator.get("mapping")
            name = reference.rsplit("/", 1)[-1]
            mapping = mapping if isinstance(mapping, dict) else {}
            values = {value for value, to in mapping.items() if str(to) in (reference, name)}
            found[key] = values or found.get(key) or {name}
        return found
