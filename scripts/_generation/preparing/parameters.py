"""The parameters of an operation: what the generator sees of each, its name in Python, and how it is written."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, field
from typing import Any

from scripts._generation.findings import Finding, Findings, Place
from scripts._generation.preparing.kinds import kind_of
from scripts._generation.preparing.names import ArgumentNames, python_name
from scripts._generation.preparing.paging import STATED
from scripts._generation.preparing.schemas import Schemas
from scripts._generation.preparing.shapes import is_deprecated, is_number
from scripts._generation.preparing.styles import NO_FORM, Styles, Unsendable
from scripts._generation.reading.bundle import NowhereError, resolve

_PLACES = ("path", "query", "header", "cookie")
_INSIDE = "x-inside"
"""The key of a parameter that is a field of one in the file."""
_TOKEN = re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII)
"""RFC 9110, section 5.6.2."""
_IGNORED_HEADERS = (
    *("accept", "content-type", "authorization"),
    *("content-length", "transfer-encoding", "connection"),
)
"""Headers that OpenAPI leaves to media types and security, wherever they are stated as parameters, and such that tell how a request
is framed, which is never the caller's to say."""


@dataclass
class Parameters:
    """The parameters of one operation.

    Attributes:
        seen: as the generator sees them.
        wire: the names that the API knows, by names in Python, where these are not made of them.
        styles: how values are written that the generator does not know how to write, by names in Python.
        types: the types of such arguments.
        deprecated: those that need not be given and are not to be given any more, by names in Python.
    """

    seen: list[dict[str, Any]] = field(default_factory=list)
    wire: dict[str, str] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    deprecated: list[str] = field(default_factory=list)


class Reader:
    """Reads the parameters of operations of one document."""

    def __init__(self, document: dict[str, Any], schemas: Schemas, findings: Findings) -> None:
        self._document = document
        self._schemas = schemas
        self._styles = Styles(document, schemas)
        self._findings = findings

    def read(
        self, request: str, path: str, stated: list[Any], place: Place, *, has_body: bool
    ) -> Parameters:
        """The parameters of an operation whose path has ``path``.

        One that is stated again, for an operation after its path, replaces the one before. An optional one that
        cannot be sent right is left out alone, and told.

        Raises:
            Unsendable: one that must be given cannot be sent.
        """
        last: dict[tuple[str, str], dict[str, Any]] = {}
        for each in stated:
            found = self._resolved(each)
            last[(found["name"], found["in"])] = found
        names = ArgumentNames(has_body)
        made = Parameters()
        sent: set[tuple[str, str]] = set()
        in_path = re.findall(r"\{([^{}]+)\}", path)
        for name in in_path:
            if (name, "path") not in last:
                last[(name, "path")] = {
                    "name": name,
                    "in": "path",
                    "required": True,
                    "schema": {"type": "string"},
                }
                self._note(
                    request,
                    f"the path has {{{name}}}, which is no parameter: it is taken for text",
                    place,
                )
        ordered = sorted(last.values(), key=lambda each: _PLACES.index(each["in"]))
        for found in ordered:
            if found["in"] == "path" and found["name"] not in in_path:
                self._note(
                    request,
                    f"the path has no {{{found['name']}}}: the parameter is left out",
                    self._place(found),
                )
                continue
            if found["in"] == "header" and found["name"].lower() in _IGNORED_HEADERS:
                continue
            self._add_all(request, made, names, found, sent)
        return made

    def _add_all(
        self,
        request: str,
        made: Parameters,
        names: ArgumentNames,
        found: dict[str, Any],
        sent: set[tuple[str, str]],
    ) -> None:
        """Add a parameter, or those that are sent in its place.

        Raises:
            Unsendable: it must be given, and cannot be sent.
        """
        parts = [found]
        with contextlib.suppress(AttributeError, LookupError, TypeError, ValueError):
            parts = self._flat(found)  # what is wrong with it is told where it is written
            if parts != [found] and self._styles.plain(found["schema"]).get("additionalProperties"):
                told = f"the parameter {found['name']!r} (query) takes further fields: they are left out"
                self._note(request, told, self._place(found))
        for one in parts:
            try:
                self._add(made, names, one, sent)
                lists = self._lists_in(one)
            except (AttributeError, LookupError, TypeError, ValueError, Unsendable) as error:
                told = str(error)
                if isinstance(error, NowhereError):
                    told = f"cannot be read, since {error}"
                elif not isinstance(error, Unsendable):
                    told = "has another form than OpenAPI has"
                what = f"the parameter {one['name']!r} ({one['in']}) {told}"
                if one["in"] == "path" or one.get("required") is True:
                    raise Unsendable(what, self._place(found)) from None
                self._note(request, f"{what}: it is left out", self._place(found))
            else:
                if lists:
                    told = f"the parameter {one['name']!r} (query): {NO_FORM}: {', '.join(lists)}"
                    self._note(request, told, self._place(found))

    def _lists_in(self, parameter: dict[str, Any]) -> list[str]:
        """What of a parameter cannot be sent, as it is a list of the style deepObject."""
        if parameter.get("style") != "deepObject":
            return []
        try:
            return [*self._styles.lists_in(parameter.get("schema", {}), parameter["name"])]
        except NowhereError:  # told where the schema is read
            return []

    def _resolved(self, stated: Any) -> dict[str, Any]:
        place = self._place(stated)
        try:
            found = resolve(self._document, stated)
        except NowhereError as error:
            raise Unsendable(f"a parameter cannot be read, since {error}", place) from None
        if (
            not isinstance(found, dict)
            or not isinstance(found.get("name"), str)
            or found.get("in") not in _PLACES
        ):
            raise Unsendable(
                "a parameter has no name, or its place is none of path, query, header, cookie",
                place,
            )
        return found

    def _is_flat(self, parameter: dict[str, Any], schema: dict[str, Any]) -> bool:
        """Whether the fields of an object are parameters of their own."""
        return (
            isinstance(schema.get("properties"), dict)
            and parameter.get("style", "form") == "form"
            and bool(parameter.get("explode", True))
            and kind_of(self._document, schema) == "object"
        )

    def _flat(self, parameter: dict[str, Any]) -> list[dict[str, Any]]:
        """A query parameter that is an object, as the parameters that are sent in its place (``style: form``)."""
        if parameter["in"] != "query" or "content" in parameter:
            return [parameter]
        schema = self._styles.plain(parameter.get("schema", {}))
        if not self._is_flat(parameter, schema):
            return [parameter]
        required = schema.get("required", []) if parameter.get("required") else []
        return [
            {
                "name": name,
                "in": "query",
                "required": name in required,
                "schema": value,
                _INSIDE: True,
            }
            for name, value in schema["properties"].items()
        ]

    def _add(
        self,
        made: Parameters,
        names: ArgumentNames,
        parameter: dict[str, Any],
        sent: set[tuple[str, str]],
    ) -> None:
        where, wire = parameter["in"], parameter["name"]
        key = (where, wire.lower() if where == "header" else wire)
        if key in sent:
            raise Unsendable(f"is sent as {wire!r}, and so is another one")
        sent.add(key)
        schema = parameter.get("schema", {})
        if parameter.get(_INSIDE) and kind_of(self._document, schema) == "object":
            raise Unsendable("is an object in an object, for which OpenAPI knows no form")
        if where in ("header", "cookie") and not _TOKEN.fullmatch(wire):
            raise Unsendable(f"has a name that no {where} has")
        schema, style, kind = self._styles.written(parameter)
        name = names.fitting(wire, where)
        python = python_name(name)
        if name != wire:
            made.wire[python] = wire
        if style:
            made.styles[python] = style
        if kind:
            made.types[python] = kind
        seen = {
            "name": name,
            "in": "header" if where == "cookie" else where,  # cookies are a header of HTTP
            "required": where == "path" or parameter.get("required") is True,
        }
        if where == "query":
            stated = self._styles.plain(parameter.get("schema", {}))
            numbers = {key: stated.get(key) for key in ("default", "minimum", "exclusiveMinimum")}
            seen[STATED] = {
                key: n for key, n in numbers.items() if isinstance(n, bool) or is_number(n)
            }
        if not seen["required"] and (
            is_deprecated(parameter) or is_deprecated(parameter.get("schema"))
        ):
            made.deprecated.append(python)
        description = parameter.get("description")
        if "$ref" in schema:
            schema = {key: value for key, value in schema.items() if key != "description"}
        elif isinstance(description, str):
            schema = {**schema, "description": description}
        if parameter.get("deprecated") is True and "$ref" not in schema:
            schema["description"] = f"Deprecated. {schema.get('description', '')}".strip()
        made.seen.append({**seen, "schema": schema})

    def _place(self, node: Any) -> Place:
        return self._schemas.place_of(node)

    def _note(self, request: str, reason: str, place: Place) -> None:
        self._findings.add(Finding(reason, place, request))
