"""What users of a generated package see of it: methods with their arguments and results, models, and enums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from openapi_python_client.parser.properties import EnumProperty
from openapi_python_client.parser.properties.schemas import Class
from openapi_python_client.strings import ClassName, PythonIdentifier

from scripts._generation.comparing.python_types import NONE, Type, class_name, type_of
from scripts._generation.comparing.statements import NOTHING_TOLD, Statements, Told
from scripts._generation.digest import ROOT
from scripts._generation.findings import Findings
from scripts._generation.preparing.classes import owners
from scripts._generation.preparing.facts import json_schema
from scripts._generation.preparing.names import field_name, group_of, python_name
from scripts._generation.preparing.prepare import prepare
from scripts._generation.preparing.shapes import reached
from scripts._generation.preparing.siblings import with_siblings
from scripts._generation.preparing.styles import COOKIE
from scripts._generation.preparing.understood import not_understood
from scripts._generation.reading.bundle import operations

_NO_CLASS = Class(ClassName("", ""), PythonIdentifier("", ""))


@dataclass(frozen=True)
class Value:
    """An argument of a method, or a field of a model.

    Attributes:
        name: in Python.
        wire: in the API; empty for a body that is given as a whole.
        place: ``path``, ``query``, ``header``, ``cookie``, ``body``, or ``field``.
        is_given: whether it must be given.
        is_there: whether a response always has it; of an argument the same.
        style: how it is written, where it is not as usual.
        bounds: its ``minimum`` and ``maximum``.
        told: its default, and whether it is deprecated.
    """

    name: str
    wire: str
    place: str
    type: Type
    is_given: bool
    is_there: bool
    style: str = ""
    bounds: tuple[tuple[str, Any], ...] = ()
    told: Told = NOTHING_TOLD


@dataclass(frozen=True)
class Method:
    """An operation as a method of the client.

    Attributes:
        request: HTTP method and path.
        call: ``GROUP.METHOD``.
        module: ``GROUP.FUNCTION``, the module of the plain function.
        arguments: in their order; those of the path are positional.
        takes_fields: whether the fields of the body are arguments.
        sent_as: the media type of the body.
        kinds: media types of successful responses, by status.
        paging: what the walk through a listing knows.
        security, servers: its own; None where those of the document count.
    """

    request: str
    call: str
    module: str
    arguments: tuple[Value, ...]
    takes_fields: bool
    sent_as: str
    result: Type
    kinds: dict[str, str]
    paging: dict[str, Any]
    is_idempotent: bool
    is_deprecated: bool
    security: Any
    servers: list[str] | None


@dataclass(frozen=True)
class Model:
    """A class of objects.

    Attributes:
        extra: the type of fields that are not documented, where it is stated; without choices where there are none.
        used: the requests that have it.
        is_sent: whether callers make it; not if they only give its fields as arguments.
    """

    fields: tuple[Value, ...]
    extra: Type | None
    used: frozenset[str]
    is_sent: bool
    is_received: bool


@dataclass(frozen=True)
class Enum:
    """A class of text: members with their values, and the requests that use it."""

    members: dict[str, str]
    used: frozenset[str]


@dataclass
class Surface:
    """All that users see of the package of one document.

    Attributes:
        left_out: why an operation is not generated, by its request.
        security: the requirements of operations that state none of their own.
        schemes: security schemes by their names, without descriptions.
    """

    methods: list[Method] = field(default_factory=list)
    models: dict[str, Model] = field(default_factory=dict)
    enums: dict[str, Enum] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    servers: list[str] = field(default_factory=list)
    security: Any = None
    schemes: dict[str, Any] = field(default_factory=dict)


def surface_of(document: dict[str, Any]) -> Surface:
    """What the package of a document looks like; what of it cannot be generated is left out."""
    findings = Findings()
    prepared = prepare(document, findings)
    stated = Statements(with_siblings(document), owners(prepared))
    left_out = {each.request: each.reason for each in findings if each.leaves_out}
    for path, method, reason in not_understood(prepared, ROOT / "openapi"):
        operation = prepared["paths"][path].pop(method)
        left_out[next(iter(operation["responses"].values()))["x-operation"]["request"]] = reason
    made = Surface(
        left_out=left_out,
        servers=stated.servers() or [],
        security=stated.security(),
        schemes=stated.schemes(),
    )
    _Reader(prepared, stated, made).read()
    return made


class _Reader:
    def __init__(self, prepared: dict[str, Any], stated: Statements, made: Surface) -> None:
        self._prepared = prepared
        self._schemas: dict[str, Any] = prepared["components"]["schemas"]
        self._stated = stated
        self._made = made
        self._sent: set[str] = set()
        self._received: set[str] = set()
        self._used: dict[str, set[str]] = {}

    def read(self) -> None:
        for _, _, operation in operations(self._prepared):
            self._made.methods.append(self._method(operation))
        for name, used in self._used.items():
            schema = self._schemas[name]
            if "enum" in schema:
                self._made.enums[class_name(name)] = Enum(_members(schema), frozenset(used))
            elif schema.get("type") == "object":
                self._made.models[class_name(name)] = self._model(name, schema, frozenset(used))

    def _method(self, operation: dict[str, Any]) -> Method:
        facts = next(iter(operation["responses"].values()))["x-operation"]
        request = facts["request"]
        body = operation.get("requestBody", {})
        schema = json_schema(self._prepared, body.get("content", {}))
        is_flat = bool(facts["flatten"])
        self._sent |= reached(schema.get("properties") if is_flat else body, self._schemas)
        self._received |= reached(operation["responses"], self._schemas)
        for name in reached(operation, self._schemas):
            self._used.setdefault(name, set()).add(request)
        paging = facts["paging"] or {}
        stated = self._stated.operation(facts["request"])
        return Method(
            request=request,
            call=facts["id"],
            module=f"{group_of(operation)}.{python_name(operation['operationId'])}",
            arguments=(
                *sorted(
                    (self._argument(facts, each, request) for each in operation["parameters"]),
                    key=lambda each: _position(each, request),
                ),
                *(self._fields(schema, "body", self._stated.body(request)) if is_flat else ()),
                *(self._whole(body, facts["sent_as"]) if body and not is_flat else ()),
            ),
            takes_fields=is_flat,
            sent_as=(facts["sent_as"] or {}).get("media_type", ""),
            result=self._result(operation, facts),
            kinds={
                status: next(iter(response.get("content", {})), "")
                for status, response in operation["responses"].items()
            },
            paging={key: paging[key] for key in paging if key not in ("fields", "item_fields")},
            is_idempotent=facts["idempotent"],
            is_deprecated=facts["deprecated"],
            security=stated.security,
            servers=stated.servers,
        )

    def _argument(self, facts: dict[str, Any], seen: dict[str, Any], request: str) -> Value:
        name = python_name(seen["name"])
        wire = facts["wire"].get(name, seen["name"])
        kind = facts["types"].get(name)
        style = facts["styles"].get(name, "")
        place = "cookie" if style == COOKIE else seen["in"]
        return Value(
            name=name.replace("_id", "") if name in facts["projects"] else name,
            wire=wire,
            place=place,
            type=frozenset(kind.replace("datetime.", "").split(" | "))
            if kind
            else type_of(seen["schema"], self._schemas),
            is_given=seen["required"],
            is_there=seen["required"],
            style=style,
            bounds=tuple(facts["bounds"].get(name, {}).items()),
            told=self._stated.parameter(request, place, wire),
        )

    def _fields(self, schema: dict[str, Any], place: str, told: dict[str, Told]) -> Iterable[Value]:
        required = schema.get("required", ())
        for wire, each in schema.get("properties", {}).items():
            if place == "body" and "const" in each and wire in required:
                continue  # there is nothing to choose
            name = schema.get("x-names", {}).get(wire)
            yield Value(
                name=name or field_name(wire, of_a_page="x-page" in schema),
                wire=wire,
                place=place,
                type=type_of(each, self._schemas),
                is_given=wire in required and "default" not in each,
                is_there=wire in required,
                bounds=tuple((key, each[key]) for key in ("minimum", "maximum") if key in each),
                told=told.get(wire, NOTHING_TOLD),
            )

    def _whole(self, body: dict[str, Any], sent_as: dict[str, str]) -> Iterable[Value]:
        media = next(iter(body["content"].values()))
        kind = type_of(media["schema"], self._schemas)
        if sent_as["kind"] in ("text", "bytes"):
            kind = frozenset({"bytes", "str"})
        yield Value("body", "", "body", kind, body["required"], body["required"])

    def _result(self, operation: dict[str, Any], facts: dict[str, Any]) -> Type:
        if facts["body"] == "none":
            return NONE
        if facts["paging"]:
            return frozenset({("Listing", frozenset({facts["item"]}))})
        responses = list(operation["responses"].values())
        found = self._content(responses[facts["response"]], facts["body"])
        is_list = any(not isinstance(atom, str) for atom in found)
        for other in facts["others"].values():
            found |= self._content(responses[other["response"]], other["body"])
        return found | NONE if facts["may_be_empty"] and not is_list else found

    def _content(self, response: dict[str, Any], kind: str) -> Type:
        if kind in ("bytes", "text"):
            return frozenset({"bytes" if kind == "bytes" else "str"})
        return type_of(next(iter(response["content"].values()))["schema"], self._schemas)

    def _model(self, name: str, schema: dict[str, Any], used: frozenset[str]) -> Model:
        more = schema.get("additionalProperties")
        fields = self._fields(schema, "field", self._stated.model(class_name(name)))
        extra = type_of(more, self._schemas) if isinstance(more, dict) else None
        if more is False:
            extra = frozenset()
        return Model(tuple(fields), extra, used, name in self._sent, name in self._received)


def _position(argument: Value, request: str) -> int:
    """The order of arguments: those of the path as they stand there, and then all others."""
    return request.find(f"{{{argument.wire}}}") if argument.place == "path" else len(request)


def _members(schema: dict[str, Any]) -> dict[str, str]:
    names = schema.get("x-enum-varnames", [])
    made = EnumProperty.values_from_list(schema["enum"], _NO_CLASS, names)
    return {name: str(value) for name, value in made.items()}
