"""Unions as the generator understands them: their choices differ by their type in JSON, or are objects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from scripts._generation.preparing.kinds import choices_of, kind_of, leaves
from scripts._generation.preparing.merging import merged
from scripts._generation.preparing.shapes import NULL, REFERENCE, nullable, text_of, without_null
from scripts._generation.reading.bundle import resolve

_DEEPEST = 3


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A choice without null, which the whole union has in its place."""
    choices = schema.get("anyOf")
    if isinstance(choices, list) and len(choices) == 2 and NULL in choices:
        found: dict[str, Any] = next(each for each in choices if each != NULL)
        return found
    return without_null(schema)


@dataclass
class Told:
    """What tells a choice from others, by fields and their values as text: constants, other values that are known, and names."""

    tells: dict[str, set[str]] = field(default_factory=dict)
    likes: dict[str, set[str]] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)

    def add(self, other: Told) -> None:
        """Add what is told in another union."""
        for one, more in (
            (self.tells, other.tells),
            (self.likes, other.likes),
            (self.names, other.names),
        ):
            for key, values in more.items():
                one.setdefault(key, set()).update(values)

    def sorted(self) -> dict[str, dict[str, list[str]]]:
        """As it is kept in a schema."""
        parts = {"tells": self.tells, "likes": self.likes, "names": self.names}
        return {
            part: {key: sorted(values) for key, values in told.items()}
            for part, told in parts.items()
        }


class Unions:
    """The unions of one document.

    Args:
        document: as it was read.
        of: makes what the generator understands of a schema.
    """

    def __init__(self, document: dict[str, Any], of: Callable[[Any], dict[str, Any]]) -> None:
        self._document = document
        self._of = of
        self._told: dict[str, Told] = {}
        self._arrays = 0

    def mark(self, made: dict[str, Any]) -> None:
        """Note in named schemas that are choices how they are told apart."""
        for name, told in self._told.items():
            made[name]["x-choice"] = told.sorted()

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
                text = self._one_string(members)
                if not text:
                    return {}
                made.append(text)
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
        are_files = {self._of(each).get("format") == "binary" for each in members}
        if are_files == {True, False}:
            return {}  # which becomes a part of a form by what it is
        if are_files == {True}:
            return self._of(members[0])
        plain = [merged(self._document, resolve(self._document, each)) for each in members]
        enums = [each for each in plain if "enum" in each or "const" in each]
        others = [each for each in plain if each not in enums]
        if not enums or any("format" in each for each in others):
            return {"type": "string"}
        if len(enums) == 1:  # the usual way to say that there may be other values
            return self._of(members[plain.index(enums[0])])
        values = [
            each for one in enums for each in ([one["const"]] if "const" in one else one["enum"])
        ]
        return self._of({"type": "string", "enum": list(dict.fromkeys(map(str, values)))})

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
            told = self._told_by(member, union)
            if "$ref" in schema:
                self._told.setdefault(schema["$ref"].removeprefix(REFERENCE), Told()).add(told)
            else:
                for each in made:
                    if each == schema:
                        each["x-choice"] = told.sorted()
        # One that is none of those that the discriminator names stays as it came.
        return [*made, *([{}] if isinstance(key, str) else []), *null]

    def _told_by(self, member: Any, union: dict[str, Any]) -> Told:
        """What tells this choice from others, as its constants and the discriminators above it say."""
        told = Told()
        node = merged(self._document, resolve(self._document, member))
        for name, each in (node.get("properties") or {}).items():
            plain = (
                merged(self._document, resolve(self._document, each))
                if isinstance(each, dict)
                else {}
            )
            values = [plain["const"]] if "const" in plain else plain.get("enum")
            texts = {text_of(value) for value in values} if isinstance(values, list) else set()
            if texts and None not in texts:
                (told.tells if len(texts) == 1 else told.likes)[name] = {
                    str(text) for text in texts
                }
        reference = member.get("$ref") if isinstance(member, dict) else None
        if isinstance(reference, str):
            told.names = self._names_of(union, reference, ())
            for key, names in told.names.items():
                names |= told.tells.get(key, set()) | told.likes.get(key, set())
                if key in told.tells:
                    told.tells[key] = names
        return told

    def _names_of(self, union: Any, reference: str, above: tuple[int, ...]) -> dict[str, set[str]]:
        """What discriminators call the choice that a reference leads to, by their fields: of the union, and of those in it."""
        original = resolve(self._document, union)
        found: dict[str, set[str]] = {}
        if id(original) in above or len(above) == _DEEPEST:
            return found
        node, above = merged(self._document, original), (*above, id(original))
        for choice in choices_of(node):
            to = choice.get("$ref") if isinstance(choice, dict) else None
            names = self._names_of(choice, reference, above) if to != reference else {}
            if to != reference and not names:
                continue
            discriminator = node.get("discriminator")
            if isinstance(to, str) and isinstance(discriminator, dict):
                names = names | _names_by(discriminator, to)
            for key, values in names.items():
                found.setdefault(key, set()).update(values)
        return found


def _names_by(discriminator: dict[str, Any], reference: str) -> dict[str, set[str]]:
    """What a discriminator calls what a reference leads to: its mapping says it, and otherwise the name of the schema."""
    key, mapping = discriminator.get("propertyName"), discriminator.get("mapping")
    if not isinstance(key, str):
        return {}
    name = _last_of(reference)
    mapping = mapping if isinstance(mapping, dict) else {}
    values = {value for value, to in mapping.items() if str(to) in (reference, name)}
    return {key: values if name in mapping else {*values, name}}


def _last_of(reference: str) -> str:
    """The name that a reference ends with, as it is written where it leads to."""
    return unquote(reference.rsplit("/", 1)[-1]).replace("~1", "/").replace("~0", "~")
