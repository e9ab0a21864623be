"""Objects that may be one of several: which of them an answer is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from scripts._generation.preparing import kinds
from scripts._generation.preparing.merging import merged
from tests.generation.small import (
    NUMBER,
    TEXT,
    answer,
    document,
    fields,
    imported,
    made,
    named,
)

KIND = {"kind": TEXT}


def choice(*names: str, key: str = "", **mapping: str) -> dict[str, Any]:
    """A union of schemas, with a discriminator or without."""
    told = {"discriminator": {"propertyName": key, "mapping": mapping}} if key else {}
    return {"oneOf": [named(name) for name in names], **told}


DATA = fields("x", x=NUMBER)
UNIONS = {
    "versions": choice("First", "Second"),
    "results": choice("Good", "Bad"),
    "values": choice("TextValue", "ObjectValue", "ListValue"),
    "enums": choice("Low", "High"),
    "nested": choice("Animal", "Car", key="kind", animal="#/components/schemas/Animal"),
    "mapped": choice("Cat", "Bird", key="kind", puss="Cat", Dog="#/components/schemas/Bird"),
    "odd": {
        "oneOf": [{"$ref": "#/components/schemas/An%20odd~1one"}, named("Car")],
        "discriminator": {"propertyName": "kind"},
    },
}
SCHEMAS = {
    "First": fields("version", "data", version={"const": 1}, data=TEXT),
    "Second": fields("version", "data", version={"type": "number", "const": 2.0}, data=DATA),
    "Good": fields("ok", ok={"const": True}, data=TEXT),
    "Bad": fields("ok", ok={"type": "boolean", "enum": [False]}, data=TEXT),
    "TextValue": fields("value", value=TEXT),
    "ObjectValue": fields("value", value={"type": "object"}),
    "ListValue": fields("value", value={"anyOf": [{"type": "array", "items": {}}, NUMBER]}),
    "Low": fields("level", level={"enum": ["a", "b"]}),
    "High": fields("level", level={"enum": ["c", "d"]}),
    "Animal": choice("Cat", "Dog", key="species", felis="Cat"),
    "Cat": fields("kind", species=TEXT, **KIND),
    "Dog": fields("kind", species=TEXT, **KIND),
    "Bird": fields("kind", **KIND),
    "Car": fields("kind", **KIND),
    "An odd/one": fields("kind", **KIND),
}
DOCUMENT = document(
    {f"GET /{name}": {**answer(union), "tags": ["shapes"]} for name, union in UNIONS.items()},
    **SCHEMAS,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(DOCUMENT, tmp_path_factory.mktemp("choices"), "--strict")


@pytest.fixture
def api(folder: Path, separate_import: None) -> Iterator[Any]:
    with imported(folder) as found:
        yield found


@pytest.mark.parametrize(
    ("union", "value", "name"),
    [
        # Constants that are no text.
        ("versions", {"version": 1, "data": "d"}, "First"),
        ("versions", {"version": 2, "data": {"x": 1}}, "Second"),
        ("results", {"ok": True, "data": "d"}, "Good"),
        ("results", {"ok": False, "data": "d"}, "Bad"),
        # The types of what is inside.
        ("values", {"value": "v"}, "TextValue"),
        ("values", {"value": {"a": 1}}, "ObjectValue"),
        ("values", {"value": [1]}, "ListValue"),
        ("values", {"value": 7}, "ListValue"),
        # Values that are known of each; others are kept.
        ("enums", {"level": "b"}, "Low"),
        ("enums", {"level": "d"}, "High"),
        ("enums", {"level": "new"}, "Low"),
        # A discriminator within a choice of another one; by the mapping, or by the name of the schema.
        ("nested", {"kind": "animal", "species": "felis"}, "Cat"),
        ("nested", {"kind": "Animal", "species": "Dog"}, "Dog"),
        ("nested", {"kind": "animal", "species": "new"}, "dict"),
        ("nested", {"kind": "Car"}, "Car"),
        ("nested", {"kind": "new"}, "dict"),
        # A name that is mapped to another one is no name any more.
        ("mapped", {"kind": "puss"}, "Cat"),
        ("mapped", {"kind": "Cat"}, "Cat"),
        ("mapped", {"kind": "Dog"}, "Bird"),
        ("odd", {"kind": "An odd/one"}, "AnOddone"),
    ],
)
async def test_a_choice(api: Any, union: str, value: Any, name: str) -> None:
    api._session.answer = httpx.Response(200, json=value)
    found = await getattr(api.shapes, f"get_{union}")()
    assert (name, value) == (type(found).__name__, found if name == "dict" else found.to_dict())


def test_choices_in_each_other_are_not_looked_at_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A union that is a part of itself, beside itself, has millions of choices: it may be anything."""
    looked_at = 0

    def counted(found: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
        nonlocal looked_at
        made = merged(found, schema)
        looked_at += len(made.get("anyOf", ()))
        assert looked_at < 100_000
        return made

    monkeypatch.setattr(kinds, "merged", counted)
    a, b = named("A"), named("B")
    schemas = {
        "A": {"allOf": [{"anyOf": [b]}, {"allOf": [b], "properties": {}}]},
        "B": {"anyOf": [{"allOf": [a]}, {"type": "string"}]},
    }
    assert [] == kinds.leaves({"components": {"schemas": schemas}}, a)
    assert looked_at
