"""What a schema of a file means: as JSON Schema for a validator, and as one set of keys for who makes a value of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from matillion_async.sandbox._schemas import Schemas
from tests.generation.served.original import Files, Node

_ABSENT = {True: "readOnly", False: "writeOnly"}
"""What is not there, by whether it is sent."""


class Checked:
    """Checks values against the schemas of a file: what is sent, and what is received."""

    def __init__(self, files: Files) -> None:
        self._by_direction = {
            sent: Schemas(
                files.documents[files.uri],
                keywords=_keywords(files.is_old, _ABSENT[sent]),
                uri=files.uri,
                others=files.documents,
            )
            for sent in (True, False)
        }

    def violations(self, value: Any, schema: Node | None, *, sent: bool) -> list[str]:
        """What a schema does not allow; nothing where there is none."""
        if schema is None:
            return []
        try:
            return self._by_direction[sent].violations(value, schema.pointer)
        except (
            TypeError,
            re.error,
        ) as error:  # a bound that is text, or a pattern of another language
            return [f"its schema is none: {error}"]


def _keywords(is_old: bool, absent: str) -> Any:
    """A validator class for a version of OpenAPI, to which required fields of ``absent`` are not required."""

    def required(
        validator: Any, names: Any, instance: Any, schema: Any
    ) -> Iterator[ValidationError]:
        if validator.is_type(instance, "object"):
            for name in names:
                stated = schema.get("properties", {}).get(name)
                may_be_absent = isinstance(stated, dict) and (
                    stated.get(absent) or "$ref" in stated
                )
                if name not in instance and not may_be_absent:
                    yield ValidationError(f"{name!r} is required")

    def one_of(
        validator: Any, choices: Any, instance: Any, schema: Any
    ) -> Iterator[ValidationError]:
        # What is meant is told by the discriminator, so that the others may fit as well.
        keyword = "anyOf" if "discriminator" in schema else "oneOf"
        yield from Draft202012Validator.VALIDATORS[keyword](validator, choices, instance, schema)

    made: dict[str, Any] = {"required": required, "oneOf": one_of}
    if is_old:
        made |= {
            "type": _type,
            "enum": _enum,
            "$ref": _reference,
            "minimum": _bound("minimum", "exclusiveMinimum"),
            "maximum": _bound("maximum", "exclusiveMaximum"),
            "exclusiveMinimum": _nothing,
            "exclusiveMaximum": _nothing,
        }
    return extend(Draft202012Validator, made)  # type: ignore[no-untyped-call]


def _nothing(*_: Any) -> Iterator[ValidationError]:
    return iter(())


def _type(validator: Any, types: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if instance is None and schema.get("nullable") is True:
        return
    yield from Draft202012Validator.VALIDATORS["type"](validator, types, instance, schema)


def _enum(validator: Any, values: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if instance is None and schema.get("nullable") is True:
        return
    yield from Draft202012Validator.VALIDATORS["enum"](validator, values, instance, schema)


def _reference(
    validator: Any, reference: Any, instance: Any, schema: Any
) -> Iterator[ValidationError]:
    if instance is None and schema.get("nullable") is True:
        return  # not what OpenAPI 3.0 says, but what is meant
    yield from Draft202012Validator.VALIDATORS["$ref"](validator, reference, instance, schema)


def _bound(name: str, exclusive: str) -> Any:
    def check(validator: Any, limit: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
        keyword = exclusive if schema.get(exclusive) is True else name
        yield from Draft202012Validator.VALIDATORS[keyword](validator, limit, instance, schema)

    return check


@dataclass
class Meaning:
    """The keys of a schema with those that it refers to, of all of ``allOf``, and of one choice."""

    keys: dict[str, Any] = field(default_factory=dict)
    types: list[str] = field(default_factory=list)
    properties: dict[str, Node] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    items: Node | None = None
    prefix_items: list[Node] = field(default_factory=list)
    additional: Node | None = None
    names: dict[str, Any] = field(default_factory=dict)
    """Values of fields that tell what an object is."""
    alternatives: list[Node] = field(default_factory=list)
    """Choices that were not made, for want of a ``Random``."""

    @property
    def type(self) -> str:
        """The type of a value, as far as it is known."""
        if self.types:
            return self.types[0]
        if self.properties or self.additional is not None:
            return "object"
        return "array" if self.items is not None else ""


def meaning(schema: Node, random: Random | None = None) -> Meaning:
    """What a schema means; of choices one is made by ``random``, or none without it."""
    made = Meaning()
    _add(made, schema, random, ())
    return made


def _add(made: Meaning, schema: Node, random: Random | None, seen: tuple[str, ...]) -> None:
    value = schema.value
    if not isinstance(value, Mapping) or schema.pointer in seen:
        return
    seen = (*seen, schema.pointer)
    leads = schema.reference
    if leads is not None:
        _add(made, leads, random, seen)
        if schema.files.is_old:
            return
    for _, part in schema.at("allOf").items() if isinstance(value.get("allOf"), list) else ():
        _add(made, part, random, seen)
    _add_keys(made, schema, value, seen)
    for keyword in ("oneOf", "anyOf"):
        if isinstance(value.get(keyword), list) and value[keyword]:
            choices = [choice for _, choice in schema.at(keyword).items()]
            if random is None:
                made.alternatives += choices
                continue
            choice = random.choice(choices)
            _add(made, choice, random, seen)
            _name(made, value, choice)


def _add_keys(made: Meaning, schema: Node, value: Mapping[str, Any], seen: tuple[str, ...]) -> None:
    stated = value.get("type")
    types = [stated] if isinstance(stated, str) else list(stated or ())
    if types:
        made.types = [each for each in types if each != "null"] or ["null"]
    made.keys |= {key: each for key, each in value.items() if key != "type"}
    if "null" in types:
        made.keys["nullable"] = True
    if isinstance(value.get("properties"), Mapping):
        # A part that only says more of a field does not take its type away.
        for name, node in schema.at("properties").items():
            if name not in made.properties or node.value not in ({}, True):
                made.properties[name] = node
    if isinstance(value.get("required"), list):
        made.required |= set(value["required"])
    if "items" in value:
        made.items = schema.at("items")
    if isinstance(value.get("prefixItems"), list):
        made.prefix_items = [node for _, node in schema.at("prefixItems").items()]
    if value.get("additionalProperties") is not None:
        made.additional = schema.at("additionalProperties")
    if "discriminator" in value and not ("oneOf" in value or "anyOf" in value):
        outermost = next((each for each in seen if "/schemas/" in each), seen[0])
        _name_by(made, value, outermost.partition("#")[2], outermost.rpartition("/")[2])


def _name(made: Meaning, value: Mapping[str, Any], choice: Node) -> None:
    """Have an object say which choice it is."""
    if "discriminator" in value and choice.reference is not None:
        pointer = choice.reference.pointer
        _name_by(made, value, pointer.partition("#")[2], str(choice.reference.keys[-1]))


def _name_by(made: Meaning, value: Mapping[str, Any], pointer: str, name: str) -> None:
    stated = value["discriminator"]
    if not isinstance(stated, Mapping) or "propertyName" not in stated:
        return
    for key, target in (stated.get("mapping") or {}).items():
        if str(target).rpartition("#")[2] == pointer or target == name:
            name = key
            break
    made.names[stated["propertyName"]] = name
