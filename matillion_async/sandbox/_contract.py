"""The spec, as what requests are matched with and checked against before any handler sees them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl, unquote

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

_METHODS = ("get", "put", "post", "delete", "patch")
_INTEGER = re.compile(r"-?[0-9]{1,19}")


@dataclass(frozen=True, slots=True)
class Route:
    """One operation of the spec and where it is in the document."""

    operation_id: str
    method: str
    segments: tuple[str, ...]
    pointer: str
    operation: dict[str, Any]

    def match(self, segments: list[str]) -> dict[str, str] | None:
        """The path parameters if these decoded segments address the operation."""
        if len(segments) != len(self.segments):
            return None
        found: dict[str, str] = {}
        for template, segment in zip(self.segments, segments, strict=True):
            if template.startswith("{"):
                found[template[1:-1]] = segment
            elif template != segment:
                return None
        return found


class Contract:
    """The operations of the spec.

    Args:
        document: the OpenAPI document; the one this package was generated from unless given.
    """

    def __init__(self, document: dict[str, Any] | None = None) -> None:
        if document is None:
            text = (files("matillion_api") / "openapi.json").read_text(encoding="utf-8")
            document = json.loads(text)
        self.document: dict[str, Any] = document or {}
        resource: Resource[Any] = Resource.from_contents(
            self.document, default_specification=DRAFT202012
        )
        self._registry: Registry[Any] = Registry().with_resource("urn:spec", resource)
        self._validators: dict[str, Draft202012Validator] = {}
        self.routes = list(self._routes())

    def find(self, method: str, raw_path: str) -> tuple[Route, dict[str, str]] | list[str]:
        """The operation a request addresses with its path parameters; else the methods its path knows."""
        segments = [unquote(segment) for segment in raw_path.split("/")]
        methods = []
        for route in self.routes:
            parameters = route.match(segments)
            if parameters is None:
                continue
            if route.method == method:
                return route, parameters
            methods.append(route.method)
        return methods

    def arguments(
        self, route: Route, path: dict[str, str], query: bytes
    ) -> tuple[dict[str, Any], list[str]]:
        """Path and query parameters in their types, defaults included, and what is wrong with them."""
        values: dict[str, Any] = {}
        violations: list[str] = []
        given: dict[str, list[str]] = {}
        for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
            given.setdefault(name, []).append(value)
        for index, _ in enumerate(route.operation.get("parameters", [])):
            pointer = f"{route.pointer}/parameters/{index}"
            pointer, parameter = self._follow(pointer)
            name, schema = parameter["name"], self._follow(f"{pointer}/schema")[1]
            if parameter["in"] == "path":
                texts = [path[name]]
            elif parameter["in"] == "query":
                texts = given.get(name, [])
            else:
                continue
            if not texts:
                if parameter.get("required"):
                    violations.append(f"{name}: must be given")
                elif "default" in schema:
                    values[name] = schema["default"]
                continue
            value = _typed(texts, schema.get("type"))
            problems = self.problems(f"{pointer}/schema", value)
            violations += [f"{name}: {problem}" for problem in problems]
            values[name] = value
        return values, violations

    def body(self, route: Route, content_type: str, body: bytes) -> tuple[Any, list[str]]:
        """The JSON body of a request, and what is wrong with it."""
        if "requestBody" not in route.operation:
            return None, []
        pointer, described = self._follow(f"{route.pointer}/requestBody")
        if not body:
            return None, ["body: must be given"] if described.get("required") else []
        if content_type.partition(";")[0].strip().lower() != "application/json":
            return None, ["body: Content-Type must be application/json"]
        try:
            value = json.loads(body, parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            return None, ["body: is not JSON"]
        return value, self.problems(f"{pointer}/content/application~1json/schema", value)

    def problems(self, pointer: str, value: Any) -> list[str]:
        """What the schema at ``pointer`` finds wrong with a value."""
        if pointer not in self._validators:
            self._validators[pointer] = Draft202012Validator(
                {"$ref": f"urn:spec#{pointer}"}, registry=self._registry
            )
        errors = self._validators[pointer].iter_errors(value)
        return [
            ": ".join(filter(None, ["/".join(map(str, error.absolute_path)), error.message[:200]]))
            for error in errors
        ]

    def response_pointer(self, route: Route, status: int) -> str | None:
        """Where the spec describes an answer of this status; None if it does not."""
        for key in (str(status), f"{status // 100}XX"):
            if key in route.operation["responses"]:
                return self._follow(f"{route.pointer}/responses/{key}")[0]
        return None

    def at(self, pointer: str) -> Any:
        """What stands in the document at a JSON pointer."""
        node: Any = self.document
        for part in pointer.split("/")[1:]:
            part = part.replace("~1", "/").replace("~0", "~")
            node = node[int(part)] if isinstance(node, list) else node[part]
        return node

    def _follow(self, pointer: str) -> tuple[str, dict[str, Any]]:
        node = self.at(pointer)
        while "$ref" in node:
            pointer = str(node["$ref"]).removeprefix("#")
            node = self.at(pointer)
        return pointer, node

    def _routes(self) -> Iterator[Route]:
        for path, item in self.document["paths"].items():
            prefix = "" if "servers" in item else "/dpc"
            for method in _METHODS:
                if method in item:
                    pointer = f"/paths/{path.replace('~', '~0').replace('/', '~1')}/{method}"
                    segments = tuple(f"{prefix}{path}".split("/"))
                    operation = item[method]
                    yield Route(
                        operation["operationId"], method.upper(), segments, pointer, operation
                    )


def _typed(texts: list[str], kind: Any) -> Any:
    """A query or path value in the type its schema asks for; left as text when it is of none."""
    if kind == "array":
        return texts
    if len(texts) > 1:
        return texts
    text = texts[0]
    if kind == "integer" and _INTEGER.fullmatch(text):
        return int(text)
    if kind == "boolean" and text in ("true", "false"):
        return text == "true"
    return text


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
