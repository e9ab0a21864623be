"""Operations as hypothesis makes them, with all that they have."""

from __future__ import annotations

from typing import Any

from tests.generation.fuzzing.drawing import Drawing
from tests.generation.fuzzing.schemas import Schemas
from tests.generation.fuzzing.words import DESCRIPTIONS

_MEDIA = (
    "application/json", "application/json", "application/vnd.a+json; v=1", "application/merge-patch+json", "text/plain", "text/csv", "*/*",
    "application/x-www-form-urlencoded", "multipart/form-data", "application/octet-stream", "image/*", "multipart/mixed", "application/xml", "",
)  # fmt: skip
_STATUSES = ("200", "201", "204", "202", "2XX", "default", "400", "4XX", "500", "2xx", "299")
_STYLES = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form",),
}
_OURS: tuple[tuple[str, Any], ...] = (
    ("x-method", "list"), ("x-group", "jobs"), ("x-idempotent", True), ("x-paging", None), ("x-may-be-empty", True), ("x-unwrap", "data"),
    ("x-item-alone", ["id"]), ("x-generate", False), ("x-missing-is-empty", True), ("x-method", "Not a name"), ("x-group", 5),
)  # fmt: skip


class Operations:
    """Makes the operations of one document, and what they may share."""

    def __init__(self, drawing: Drawing, schemas: Schemas) -> None:
        self._drawing = drawing
        self._schemas = schemas
        self._name = schemas.name

    def server(self) -> dict[str, Any]:
        """A server, which may be no URL."""
        return self._drawing.one_of(
            (
                {"url": "https://example.com/v1"},
                {
                    "url": "https://{host}/{base}",
                    "variables": {
                        "host": {"default": "a.example.com"},
                        "base": {"default": "v1", "enum": ["v1"]},
                    },
                },
                {"url": "/"},
                {"url": "//[bad"},
                {"url": 'https://example.com/"\\{x}'},
            )
        )

    def operation(self, in_path: list[str]) -> dict[str, Any]:
        """An operation of a path with these parameters."""
        drawing = self._drawing
        made: dict[str, Any] = {}
        if not drawing.seldom(4):
            made["operationId"] = drawing.one_of(
                ("getJob", "getJobs", "listJobs", "get_job", "GetJob", "createJob", self._name())
            )
        if not drawing.seldom(4):
            made["tags"] = drawing.one_of((["Job"], ["jobs"], ["pets", "jobs"], [], [self._name()]))
        parameters = [self.parameter(each, ("path",)) for each in in_path if not drawing.seldom(8)]
        for _ in range(drawing.below(4)):
            parameters.append(self.parameter(self._name(), ("query", "query", "header", "cookie")))
        if drawing.seldom(5):
            parameters.append({"$ref": "#/components/parameters/Shared"})
        if drawing.seldom(6):
            parameters += [
                {"name": each, "in": "query", "schema": {"type": "integer"}}
                for each in ("page", "size")
            ]
        if parameters:
            made["parameters"] = parameters
        if drawing.seldom(2):
            made["requestBody"] = (
                {"$ref": "#/components/requestBodies/Shared"} if drawing.seldom(6) else self.body()
            )
        if not drawing.seldom(10):
            made["responses"] = {
                drawing.one_of(_STATUSES): {"$ref": "#/components/responses/Shared"}
                if drawing.seldom(6)
                else self.response()
                for _ in range(1 + drawing.below(3))
            }
        for key, value in (
            ("summary", drawing.one_of(DESCRIPTIONS)),
            ("description", drawing.one_of(DESCRIPTIONS)),
            ("deprecated", True),
            ("security", [drawing.one_of(({"Key": []}, {}))]),
            ("servers", [self.server()]),
            ("callbacks", {"done": {"{$request.body#/url}": {"post": {}}}}),
            drawing.one_of(_OURS),
        ):
            if drawing.seldom(8):
                made[key] = value
        return made

    def parameter(self, named: str, places: tuple[str, ...]) -> dict[str, Any]:
        """A parameter in one of some places."""
        drawing = self._drawing
        where = drawing.one_of(places)
        made: dict[str, Any] = {"name": named, "in": where}
        if where == "path" or drawing.seldom(3):
            made["required"] = True
        if drawing.seldom(10):
            media = drawing.one_of(("application/json", "text/plain"))
            return {**made, "content": {media: {"schema": self._schemas.any(1)}}}
        made["schema"] = self._schemas.any(drawing.below(3))
        if drawing.seldom(3):
            made["style"] = drawing.one_of(_STYLES[where])
        if drawing.seldom(4):
            made["explode"] = drawing.one_of((True, False))
        if drawing.seldom(8):
            made["description"] = drawing.one_of(DESCRIPTIONS)
        if drawing.seldom(8):
            made["deprecated"] = True
        return made

    def body(self) -> dict[str, Any]:
        """The body of a request."""
        drawing = self._drawing
        made: dict[str, Any] = {"content": self._content()}
        if drawing.seldom(2):
            made["required"] = True
        return made

    def response(self) -> dict[str, Any]:
        """A response."""
        drawing = self._drawing
        made: dict[str, Any] = {"description": drawing.one_of(DESCRIPTIONS)}
        if not drawing.seldom(5):
            made["content"] = self._content()
        if drawing.seldom(8):
            made["headers"] = {self._name(): {"schema": self._schemas.any(0)}}
        return made

    def _content(self) -> dict[str, Any]:
        drawing = self._drawing
        made: dict[str, Any] = {}
        for _ in range(2 if drawing.seldom(6) else 1):
            media: dict[str, Any] = {} if drawing.seldom(12) else {"schema": self._schemas.any(2)}
            kind = drawing.one_of(_MEDIA)
            if drawing.seldom(6):
                media["schema"] = {
                    "type": "object",
                    "properties": {
                        "results": {"type": "array", "items": {"$ref": "#/components/schemas/Job"}},
                        "total": {"type": "integer"},
                    },
                }
            elif "form" in kind and not drawing.seldom(3):
                media["schema"] = self._schemas.object(1)
            if "form" in kind and drawing.seldom(3):
                media["encoding"] = {
                    self._name(): drawing.one_of(
                        (
                            {"style": "deepObject", "explode": True},
                            {"contentType": "text/plain"},
                            {"style": "form"},
                            {"explode": False},
                        )
                    )
                }
            made[kind] = media
        return made
