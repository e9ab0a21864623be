"""Schemas of OpenAPI 3.0 and 3.1 as hypothesis makes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.generation.fuzzing.drawing import Drawing
from tests.generation.fuzzing.words import (
    COLLIDING,
    DESCRIPTIONS,
    OF_THE_CODE,
    PLAIN,
    UGLY,
    VALUES,
)

_SCALARS = ("string", "integer", "number", "boolean")
_FORMATS = (
    "date-time", "date", "uuid", "binary", "byte", "password", "int32", "int64", "float", "double", "uri", "email", "decimal", "unknown", "",
)  # fmt: skip
_BOUNDS: tuple[dict[str, Any], ...] = (
    {"minimum": 0}, {"maximum": 10}, {"minimum": 1, "maximum": 1.5}, {"minLength": 1}, {"pattern": "^a"}, {"minItems": 1}, {"maxProperties": 3},
    {"uniqueItems": True}, {"multipleOf": 2}, {"not": {"type": "null"}}, {"exclusiveMinimum": True, "minimum": 1}, {"exclusiveMinimum": 0},
)  # fmt: skip


class Schemas:
    """Makes the schemas of one document.

    Args:
        drawing: what chooses.
        is_new: whether it is OpenAPI 3.1.
        named: the names in ``components/schemas``.
        is_wild: whether names are hard to bear, and not only usual ones.
    """

    def __init__(
        self, drawing: Drawing, *, is_new: bool, named: Sequence[str], is_wild: bool
    ) -> None:
        self._drawing = drawing
        self._is_new = is_new
        self._named = named
        self._is_wild = is_wild

    def name(self) -> str:
        """A name of anything."""
        return name(self._drawing, is_wild=self._is_wild)

    def any(self, depth: int = 3) -> Any:
        """A schema, with as many levels at most."""
        drawing = self._drawing
        kinds = (self._scalar, self._reference, self._enum)
        if depth > 0:
            kinds = (
                *kinds,
                self._object,
                self._object,
                self._array,
                self._union,
                self._all_of,
                self._types,
                self._odd,
            )  # type: ignore[assignment]  # which take the depth
        made = drawing.one_of(kinds)(depth - 1)
        return self._noted(made) if isinstance(made, dict) and drawing.seldom(4) else made

    def object(self, depth: int = 3) -> dict[str, Any]:
        return self._object(depth)

    def _noted(self, schema: dict[str, Any]) -> dict[str, Any]:
        """With what may stand beside anything."""
        drawing = self._drawing
        made = dict(schema)
        for _ in range(1 + drawing.below(2)):
            key, value = drawing.one_of(
                (
                    ("description", drawing.one_of(DESCRIPTIONS)),
                    ("deprecated", True),
                    ("default", drawing.one_of(VALUES)),
                    ("readOnly", True),
                    ("writeOnly", True),
                    ("nullable", True),
                    ("title", self.name()),
                    ("example", drawing.one_of(VALUES)),
                    ("format", drawing.one_of(_FORMATS)),
                    ("examples", list(VALUES[:3])),
                    ("x-unwrap", "data"),
                    ("$defs", {"Job": {"type": "string"}}),
                )
            )
            made[key] = value
        return made | (drawing.one_of(_BOUNDS) if drawing.seldom() else {})

    def _scalar(self, _: int) -> dict[str, Any]:
        made: dict[str, Any] = {"type": self._drawing.one_of(_SCALARS)}
        if self._drawing.seldom(3):
            made["format"] = self._drawing.one_of(_FORMATS)
        if self._drawing.seldom(12):
            made["contentMediaType"] = self._drawing.one_of(
                ("image/png", "application/json", "application/octet-stream")
            )
        return made

    def _reference(self, _: int) -> dict[str, Any]:
        if not self._named:
            return {"type": "string"}
        pointer = self._drawing.one_of(self._named).replace("~", "~0").replace("/", "~1")
        made = {"$ref": f"#/components/schemas/{pointer.replace('%', '%25')}"}
        return made | self._beside() if self._drawing.seldom(10) else made

    def _beside(self) -> dict[str, Any]:
        """What may stand beside a reference."""
        kind = self._drawing.below(4)
        if kind == 0:
            return {"type": self._drawing.one_of((*_SCALARS, "object", "array"))}
        if kind == 1:
            return self._object(0)
        return self._enum(0) if kind == 2 else {"required": [self.name()]}

    def _enum(self, _: int) -> dict[str, Any]:
        drawing = self._drawing
        kind = drawing.below(6)
        if kind == 0:
            return {"type": "string", "enum": drawing.many(4, self.name, least=1)}
        if kind == 1:
            return {
                "type": "integer",
                "enum": drawing.one_of(((1, 2, 3), (0,), (-1, 1), (1, 1))),
            } | ({"x-enum-varnames": ["A", "a", "B"]} if drawing.seldom(3) else {})
        if kind == 2:
            return {"enum": drawing.many(4, lambda: drawing.one_of(VALUES), least=1)}
        if kind == 3:
            return {"const": drawing.one_of(VALUES)} | (
                {"type": "string"} if drawing.seldom(3) else {}
            )
        if kind == 4:
            return {"type": ["string", "null"], "enum": ["a", "b", None]}
        names = drawing.many(3, self.name, least=1)
        return {"type": "string", "enum": ["a", "b", "c"][: len(names)], "x-enum-varnames": names}

    def _object(self, depth: int) -> dict[str, Any]:
        drawing = self._drawing
        fields = {self.name(): self.any(depth) for _ in range(drawing.below(4))}
        made: dict[str, Any] = {"type": "object", "properties": fields}
        if fields and drawing.seldom(2):
            made["required"] = drawing.many(2, lambda: drawing.one_of(list(fields)))
        if drawing.seldom(3):
            made["additionalProperties"] = drawing.one_of((False, True, {}, self.any(depth)))
        if drawing.seldom(8):
            del made["type"]
        if drawing.seldom(12):
            made["patternProperties"] = {"^x": self.any(depth)}
        if drawing.seldom(12):
            made["discriminator"] = {"propertyName": self.name()}
        if drawing.seldom(12):
            made["oneOf"] = [{"required": ["id"]}, self._object(0)]
        return made

    def _array(self, depth: int) -> dict[str, Any]:
        drawing = self._drawing
        if self._is_new and drawing.seldom(5):
            made: dict[str, Any] = {"prefixItems": drawing.many(2, lambda: self.any(depth))}
            return made | {"type": "array"} | ({"items": False} if drawing.seldom(2) else {})
        return (
            {"type": "array", "items": self.any(depth)}
            if not drawing.seldom(8)
            else {"type": "array"}
        )

    def _union(self, depth: int) -> dict[str, Any]:
        drawing = self._drawing
        key = drawing.one_of(("oneOf", "anyOf"))
        choices = drawing.many(3, lambda: self.any(depth), least=1)
        made: dict[str, Any] = {key: choices}
        if drawing.seldom(3) and self._named:
            made[key] = [self._reference(0) for _ in range(2)]
            discriminator: dict[str, Any] = {"propertyName": self.name()}
            if drawing.seldom(2):
                discriminator["mapping"] = {self.name(): each["$ref"] for each in made[key]}
            made["discriminator"] = discriminator
        if drawing.seldom(6):
            made |= self._object(0)
        if self._is_new and drawing.seldom(5):
            made[key] = [*made[key], {"type": "null"}]
        return made

    def _all_of(self, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {"allOf": self._drawing.many(3, lambda: self.any(depth), least=1)}
        return made | (self._object(0) if self._drawing.seldom(4) else {})

    def _types(self, depth: int) -> dict[str, Any]:
        drawing = self._drawing
        if not self._is_new:
            return {**self._scalar(0), "nullable": True}
        kinds = ("string", "null", "integer", "number", "boolean", "object", "array")
        made: dict[str, Any] = {"type": drawing.many(3, lambda: drawing.one_of(kinds), least=1)}
        if "object" in made["type"] and drawing.seldom(2):
            made |= {**self._object(depth), "type": made["type"]}
        if "array" in made["type"] and drawing.seldom(2):
            made["items"] = self.any(depth)
        return made

    def _odd(self, depth: int) -> Any:
        """What is allowed and seldom seen."""
        drawing = self._drawing
        odd: tuple[Any, ...] = (
            {},
            {"$ref": "#/components/schemas/Job/properties/id"},
            {"not": {}},
            {"allOf": []},
            {"type": "object"},
            {"nullable": True},
        )
        if self._is_new:
            odd = (
                *odd,
                True,
                False,
                {"type": "null"},
                {**self._reference(0), **self._object(0)},
                {"if": {}, "then": self.any(depth)},
                {"type": []},
            )
        return drawing.one_of(odd)


def name(drawing: Drawing, *, is_wild: bool) -> str:
    """A name of anything, hard to bear or usual."""
    if not is_wild:
        return drawing.one_of(PLAIN)
    return drawing.one_of(drawing.one_of((PLAIN, COLLIDING, OF_THE_CODE, UGLY)))
