"""What a document states that no code is made of, or that the server does: defaults, deprecation, security, servers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from openapi_python_client.strings import pascal_case

from scripts._generation.comparing.python_types import class_name
from scripts._generation.preparing.contents import chosen
from scripts._generation.preparing.merging import merged
from scripts._generation.reading.bundle import METHODS, NowhereError, resolve

_DEEPEST = 30
"""Of objects in each other; more has only what is made of itself."""


@dataclass(frozen=True)
class Told:
    """What is stated of a value: the default that the server has for it, as text, and whether it is deprecated."""

    default: str | None = None
    is_deprecated: bool = False


NOTHING_TOLD = Told()


@dataclass(frozen=True)
class Stated:
    """What an operation states for itself; None where the document's own counts."""

    security: Any
    servers: list[str] | None


class Statements:
    """The statements of one document, as it was read.

    Args:
        document: as it was read.
        owners: what the classes of each operation are called after, by its method and path.
    """

    def __init__(self, document: dict[str, Any], owners: dict[str, str]) -> None:
        self._document = document
        self._operations: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
        self._models: dict[str, dict[str, Told]] = {}
        self._open: list[int] = []  # what is being described
        schemas = _mapping(_mapping(document, "components"), "schemas")
        # Of two that would be one class, the one that is written like it has the name.
        for name in sorted(schemas, key=lambda name: (name != class_name(name), name)):
            self._describe(schemas[name], class_name(name))
        for path, stated in _mapping(document, "paths").items():
            item = self._plain(stated)
            for method in METHODS:
                if method in item:
                    operation = self._plain(item[method])
                    request = f"{method.upper()} {path}"
                    self._operations[request] = item, operation
                    if request in owners:
                        self._describe_bodies(operation, owners[request])

    def operation(self, request: str) -> Stated:
        """What an operation states, by its method and path."""
        item, operation = self._operations[request]
        servers = _servers(operation)
        return Stated(operation.get("security"), _servers(item) if servers is None else servers)

    def parameter(self, request: str, place: str, wire: str) -> Told:
        """What is stated of a parameter, by its place and its name in the API."""
        item, operation = self._operations[request]
        for each in reversed([*_list(item, "parameters"), *_list(operation, "parameters")]):
            found = self._plain(each)
            if (found.get("in"), found.get("name")) == (place, wire):
                told = self._told(found.get("schema"))
                return Told(told.default, told.is_deprecated or found.get("deprecated") is True)
        return NOTHING_TOLD

    def body(self, request: str) -> dict[str, Told]:
        """What is stated of the fields of a body, by their names in the API."""
        _, operation = self._operations[request]
        content = chosen(self._plain(operation.get("requestBody")))
        return self._fields(self._merged(content.schema)) if content else {}

    def model(self, name: str) -> dict[str, Told]:
        """What is stated of the fields of a class, by their names in the API."""
        return self._models.get(name, {})

    def servers(self) -> list[str] | None:
        return _servers(self._document)

    def security(self) -> Any:
        return self._document.get("security")

    def schemes(self) -> dict[str, Any]:
        """Security schemes, without what only describes them."""
        found = _mapping(_mapping(self._document, "components"), "securitySchemes")
        noise = ("description", "bearerFormat", "scopes")
        return {name: _without(self._plain(scheme), noise) for name, scheme in found.items()}

    def _describe_bodies(self, operation: dict[str, Any], owner: str) -> None:
        bodies = {"body": operation.get("requestBody")}
        responses = _mapping(operation, "responses")
        bodies |= {f"response_{status}": each for status, each in responses.items()}
        for name, body in bodies.items():
            content = chosen(self._plain(body))
            if content:
                self._describe_part(content.schema, name, owner)

    def _describe(self, schema: Any, name: str) -> None:
        """Note the fields of a class, and of those that are described in it, under the names that they have."""
        plain = self._merged(schema)
        is_open = id(schema) in self._open or len(self._open) == _DEEPEST  # a part of itself
        if name in self._models or is_open or not isinstance(plain.get("properties"), dict):
            return
        self._models[name] = self._fields(plain)
        self._open.append(id(schema))
        for wire, each in plain["properties"].items():
            self._describe_part(each, wire, name)
        self._open.pop()

    def _describe_part(self, schema: Any, wire: str, owner: str) -> None:
        if isinstance(schema, dict) and "$ref" not in schema:
            if isinstance(schema.get("items"), dict):
                self._describe_part(schema["items"], f"{wire}_item", owner)
            else:
                self._describe(schema, class_name(f"{pascal_case(owner)}{pascal_case(wire)}"))

    def _fields(self, schema: dict[str, Any]) -> dict[str, Told]:
        return {name: self._told(each) for name, each in _mapping(schema, "properties").items()}

    def _told(self, schema: Any) -> Told:
        own = schema if isinstance(schema, dict) else {}
        plain = {**self._merged(schema), **own}  # what stands beside a reference counts
        default = repr(plain["default"]) if "default" in plain else None
        return Told(default, plain.get("deprecated") is True)

    def _plain(self, node: Any) -> dict[str, Any]:
        return _object(lambda: resolve(self._document, node))

    def _merged(self, schema: Any) -> dict[str, Any]:
        return _object(lambda: merged(self._document, schema))


def _object(read: Callable[[], Any]) -> dict[str, Any]:
    """What is read, if it is an object; what cannot be read is told where the package is made."""
    try:
        found = read()
    except (NowhereError, AttributeError, LookupError, TypeError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _mapping(node: dict[str, Any], key: str) -> dict[str, Any]:
    found = node.get(key)
    return found if isinstance(found, dict) else {}


def _list(node: dict[str, Any], key: str) -> list[Any]:
    found = node.get(key)
    return found if isinstance(found, list) else []


def _servers(node: dict[str, Any]) -> list[str] | None:
    if not isinstance(node.get("servers"), list):
        return None
    return [str(each.get("url")) for each in node["servers"] if isinstance(each, dict)]


def _without(node: Any, keys: tuple[str, ...]) -> Any:
    if not isinstance(node, dict):
        return node
    return {key: _without(value, keys) for key, value in node.items() if key not in keys}
