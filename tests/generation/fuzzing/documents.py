"""OpenAPI documents as hypothesis makes them: right ones of every kind, and such that are broken somewhere."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.generation.fuzzing.drawing import Drawing
from tests.generation.fuzzing.operations import Operations
from tests.generation.fuzzing.schemas import Schemas, name
from tests.generation.fuzzing.words import DESCRIPTIONS, JUNK

_METHODS = ("get", "post", "put", "patch", "delete", "head", "options", "trace")


class Made(NamedTuple):
    """A document, whether anything of it was broken, and another version of it."""

    document: dict[str, Any]
    is_broken: bool
    changed: dict[str, Any]


@st.composite
def documents(draw: DrawFn) -> Made:
    """A document of any kind, as hypothesis chooses it."""
    return _made(Drawing(lambda end: draw(st.integers(0, end - 1))))


def numbered(seed: int, number: int) -> Made:
    """One of the documents of a seed; it is the same on each run."""
    return _made(Drawing(Random(f"{seed} {number}").randrange))


def _made(drawing: Drawing) -> Made:
    """One in four is broken somewhere, and so is each other version."""
    # A copy, or what is broken in it would be so in all documents after it, as far as they have values in common.
    document = copy.deepcopy(_Document(drawing).made())
    is_broken = drawing.seldom(4)
    if is_broken:
        break_somewhere(drawing, document)
    changed = copy.deepcopy(document)
    break_somewhere(drawing, changed)
    return Made(document, is_broken, changed)


def break_somewhere(drawing: Drawing, document: dict[str, Any]) -> None:
    """Put nonsense in place of something, leave something out, or put something in a second place."""
    for _ in range(1 + drawing.below(3)):
        places = list(_places(document))
        if not places:
            return
        holder, key = drawing.one_of(places)
        what = drawing.below(4)
        if what == 0:
            holder[key] = copy.deepcopy(drawing.one_of(JUNK))
        elif what == 1:
            del holder[key]
        elif what == 2:
            other, there = drawing.one_of(places)
            holder[key] = copy.deepcopy(other[there])
        elif isinstance(holder, dict):
            holder[
                drawing.one_of(
                    (
                        "$ref",
                        "allOf",
                        "type",
                        "required",
                        "x-a",
                        "description",
                        "enum",
                        "items",
                        "tags",
                    )
                )
            ] = copy.deepcopy(drawing.one_of(JUNK))


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    keys: Any = ()
    if isinstance(node, dict):
        keys = list(node)
    elif isinstance(node, list):
        keys = range(len(node))
    for key in keys:
        yield node, key
        yield from _places(node[key])


class _Document:
    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._is_new = drawing.seldom(2)
        self._is_wild = drawing.seldom(2)
        named = ["Job", *drawing.many(4, self._name)]
        self._named = list(dict.fromkeys(named))
        self._schemas = Schemas(
            drawing, is_new=self._is_new, named=self._named, is_wild=self._is_wild
        )
        self._operations = Operations(drawing, self._schemas)

    def made(self) -> dict[str, Any]:
        drawing = self._drawing
        schemas = {each: self._schemas.any(2) for each in self._named}
        schemas["Job"] = {"type": "object", "properties": {"id": {"type": "string"}}} | (
            self._schemas.object(2) if drawing.seldom(2) else {}
        )
        components: dict[str, Any] = {
            "schemas": schemas,
            "parameters": {"Shared": self._operations.parameter("id", ("query", "header"))},
            "requestBodies": {"Shared": self._operations.body()},
            "responses": {"Shared": self._operations.response()},
            "securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": self._name()}},
        }
        document: dict[str, Any] = {
            "openapi": "3.1.0" if self._is_new else "3.0.3",
            "info": {"title": drawing.one_of(DESCRIPTIONS), "version": "1"},
            "paths": {},
            "components": components,
        }
        for _ in range(1 + drawing.below(4)):
            document["paths"].setdefault(*self._path())
        if drawing.seldom(5):
            components["pathItems"] = {"Shared": self._path()[1]}
            beside = self._path()[1] if drawing.seldom(3) else {}
            document["paths"]["/shared"] = {"$ref": "#/components/pathItems/Shared", **beside}
        if drawing.seldom(3):
            document["tags"] = [{"name": self._name(), "description": drawing.one_of(DESCRIPTIONS)}]
        if drawing.seldom(3):
            document["servers"] = [self._operations.server()]
        if drawing.seldom(3):
            document["security"] = [drawing.one_of(({"Key": []}, {}, {"Nowhere": ["a"]}))]
        return document

    def _name(self) -> str:
        return name(self._drawing, is_wild=self._is_wild)

    def _path(self) -> tuple[str, dict[str, Any]]:
        drawing = self._drawing
        in_path = list(dict.fromkeys(drawing.many(2, lambda: self._word() or "id")))
        words = drawing.many(2, self._word, least=1)
        path = "/" + "/".join([*words, *(f"{{{each}}}" for each in in_path)])
        item: dict[str, Any] = {}
        for _ in range(1 + drawing.below(3)):
            item[drawing.one_of(_METHODS)] = self._operations.operation(in_path)
        if drawing.seldom(5):
            item["parameters"] = [self._operations.parameter(self._name(), ("query", "header"))]
        if drawing.seldom(8):
            item["servers"] = [self._operations.server()]
        return path, item

    def _word(self) -> str:
        """A part of a path."""
        own = self._name()
        words = ("jobs", "job", "pets", "v1", "Jobs", "a-b", "a_b", own)
        return self._drawing.one_of(words).replace("{", "").replace("}", "")
