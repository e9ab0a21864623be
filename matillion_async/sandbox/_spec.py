"""The API's OpenAPI document, as far as a server needs it: which operation, which parameters, which schema."""

from __future__ import annotations

import importlib.resources
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote, urlsplit

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation; ``pointer`` leads to its schema in the document."""

    name: str
    location: str
    required: bool
    schema: Mapping[str, Any]
    pointer: str
    explode: bool


@dataclass(frozen=True, slots=True)
class SpecOperation:
    """An operation of the document."""

    id: str
    name: str
    """As the client calls it, such as ``projects.list``."""
    method: str
    path: str
    """As in the document, such as ``/v1/projects/{projectId}``."""
    prefix: str
    """The path of its server, such as ``/dpc``."""
    secured: bool
    parameters: tuple[Parameter, ...]
    body_required: bool
    bodies: Mapping[str, str]
    """Pointer to the schema of the request body, by media type."""
    responses: Mapping[str, Mapping[str, str]]
    """Pointer to the schema of the response, by status (such as ``200`` or ``5XX``) and media type."""

    def response(self, status: int) -> Mapping[str, str] | None:
        """Media types, with the pointers to their schemas, of a documented response; None for any other."""
        for key in (str(status), f"{status // 100}XX", "default"):
            if key in self.responses:
                return self.responses[key]
        return None


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    variable: tuple[str, _Node] | None = None
    methods: dict[str, SpecOperation] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """The operations on a path, by method, and the values in the path."""

    methods: Mapping[str, SpecOperation]
    values: Mapping[str, str]


class Spec:
    """An OpenAPI document with its operations.

    Args:
        document: OpenAPI 3.1, with references into itself only.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.operations: dict[str, SpecOperation] = {}
        self._root = _Node()
        for operation in self._read_operations():
            self.operations[operation.id] = operation
            self._add_route(operation)
        prefixes = {operation.prefix for operation in self.operations.values()}
        self._prefixes = sorted(prefixes - {""})

    def without_prefix(self, path: str) -> str:
        """A path as in the document, such as ``/v1/projects``, from one that begins with a server's."""
        for prefix in self._prefixes:
            if path.startswith(f"{prefix}/"):
                return path.removeprefix(prefix)
        return path

    def match(self, segments: list[str]) -> Match | None:
        """The operations on a path that is given by its decoded segments, or None.

        A fixed segment wins over a variable one; an empty segment matches no variable.
        """
        return self._match(self._root, segments, {})

    def _match(self, node: _Node, segments: list[str], values: dict[str, str]) -> Match | None:
        if not segments:
            return Match(node.methods, values) if node.methods else None
        first, rest = segments[0], segments[1:]
        if first in node.children:
            found = self._match(node.children[first], rest, values)
            if found is not None:
                return found
        if node.variable is not None and first:
            name, child = node.variable
            return self._match(child, rest, {**values, name: first})
        return None

    def _add_route(self, operation: SpecOperation) -> None:
        node = self._root
        for segment in (operation.prefix + operation.path).split("/")[1:]:
            if segment.startswith("{"):
                if node.variable is None:
                    node.variable = (segment[1:-1], _Node())
                node = node.variable[1]
            else:
                node = node.children.setdefault(segment, _Node())
        node.methods[operation.method] = operation

    def _read_operations(self) -> Iterator[SpecOperation]:
        for path, item in self.document["paths"].items():
            for method in _METHODS:
                if method in item:
                    yield self._read_operation(path, item, method)

    def _read_operation(self, path: str, item: Mapping[str, Any], method: str) -> SpecOperation:
        pointer = f"#/paths/{_escape(path)}"
        raw = item[method]
        servers = raw.get("servers") or item.get("servers") or self.document.get("servers") or []
        group = raw.get("tags", ["default"])[0].replace("-", "_").replace(" ", "_")
        body, body_pointer = self._resolve(
            raw.get("requestBody", {}), f"{pointer}/{method}/requestBody"
        )
        return SpecOperation(
            id=raw["operationId"],
            name=f"{group}.{raw.get('x-method', raw['operationId'])}",
            method=method.upper(),
            path=path,
            prefix=urlsplit(servers[0]["url"]).path.rstrip("/") if servers else "",
            secured=bool(raw.get("security", self.document.get("security", []))),
            parameters=(
                *self._read_parameters(item.get("parameters", []), f"{pointer}/parameters"),
                *self._read_parameters(raw.get("parameters", []), f"{pointer}/{method}/parameters"),
            ),
            body_required=bool(body.get("required", False)),
            bodies=_schemas(body, body_pointer),
            responses={
                status: _schemas(*self._resolve(given, f"{pointer}/{method}/responses/{status}"))
                for status, given in raw["responses"].items()
            },
        )

    def _read_parameters(self, given: list[Mapping[str, Any]], pointer: str) -> Iterator[Parameter]:
        for index, item in enumerate(given):
            raw, at = self._resolve(item, f"{pointer}/{index}")
            schema, _ = self._resolve(raw["schema"], "")
            yield Parameter(
                name=raw["name"],
                location=raw["in"],
                required=bool(raw.get("required", False)),
                schema=schema,
                pointer=f"{at}/schema",
                explode=bool(raw.get("explode", raw.get("style", "form") == "form")),
            )

    def _resolve(self, node: Mapping[str, Any], pointer: str) -> tuple[Mapping[str, Any], str]:
        """Follow a reference: what it leads to, and where that is."""
        while "$ref" in node:
            pointer = node["$ref"]
            found: Any = self.document
            for part in pointer.removeprefix("#/").split("/"):
                found = found[part.replace("~1", "/").replace("~0", "~")]
            node = found
        return node, pointer


def _schemas(owner: Mapping[str, Any], pointer: str) -> dict[str, str]:
    return {
        media_type.lower(): f"{pointer}/content/{_escape(media_type)}/schema"
        for media_type in owner.get("content", {})
    }


def _escape(part: str) -> str:
    return quote(part.replace("~", "~0").replace("/", "~1"), safe="~")


@cache
def bundled_spec() -> Spec:
    """The document that the generated client was made from."""
    resource = importlib.resources.files("matillion_api") / "openapi.json"
    return Spec(json.loads(resource.read_text(encoding="utf-8")))
