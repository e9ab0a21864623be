"""The parameters of an operation: what the generator sees of each, its name in Python, and how it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from scripts._generation.bundle import NowhereError, resolve
from scripts._generation.contents import kind_of_media
from scripts._generation.findings import Finding, Findings, Place
from scripts._generation.kinds import kind_of, leaves
from scripts._generation.merging import merged
from scripts._generation.names import ARGUMENTS, python_name
from scripts._generation.schemas import Schemas

_PLACES = ("path", "query", "header", "cookie")
_IGNORED_HEADERS = ("accept", "content-type", "authorization")
"""Headers that OpenAPI leaves to media types and security, wherever they are stated as parameters."""
_SCALARS = ("string", "integer", "number", "boolean")
_DELIMITED = {"pipeDelimited": "pipes", "spaceDelimited": "spaces"}
_MAPPING = "Mapping[str, Any]"


class Unsendable(Exception):  # noqa: N818 - it is a finding about the spec, not an error of this program
    """A parameter, or an operation, that cannot be sent as it is described."""

    def __init__(self, reason: str, place: Place = ()) -> None:
        super().__init__(reason)
        self.place = place


@dataclass
class Parameters:
    """The parameters of one operation.

    Attributes:
        seen: as the generator sees them.
        wire: the names that the API knows, by names in Python, where these are not made of them.
        styles: how values are written that the generator does not know how to write, by names in Python.
        types: the types of such arguments.
    """

    seen: list[dict[str, Any]] = field(default_factory=list)
    wire: dict[str, str] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)


class Reader:
    """Reads the parameters of operations of one document."""

    def __init__(self, document: dict[str, Any], schemas: Schemas, findings: Findings) -> None:
        self._document = document
        self._schemas = schemas
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
        names = _Names(has_body)
        made = Parameters()
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
            try:
                for one in self._flat(found):
                    self._add(made, names, one)
            except (AttributeError, LookupError, TypeError, ValueError, Unsendable) as error:
                told = str(error)
                if isinstance(error, NowhereError):
                    told = f"cannot be read, since {error}"
                elif not isinstance(error, Unsendable):
                    told = "has another form than OpenAPI has"
                what = f"the parameter {found['name']!r} ({found['in']}) {told}"
                if found["in"] == "path" or found.get("required") is True:
                    raise Unsendable(what, self._place(found)) from None
                self._note(request, f"{what}: it is left out", self._place(found))
        return made

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

    def _flat(self, parameter: dict[str, Any]) -> list[dict[str, Any]]:
        """A query parameter that is an object, as the parameters that are sent in its place (``style: form``)."""
        if parameter["in"] != "query" or "content" in parameter:
            return [parameter]
        schema = self._plain(parameter.get("schema", {}))
        is_form = parameter.get("style", "form") == "form" and parameter.get("explode", True)
        if (
            not isinstance(schema.get("properties"), dict)
            or not is_form
            or kind_of(self._document, schema) != "object"
        ):
            return [parameter]
        required = schema.get("required", []) if parameter.get("required") else []
        return [
            {
                "name": name,
                "in": "query",
                "required": name in required,
                "schema": value,
                "of": parameter,
            }
            for name, value in schema["properties"].items()
        ]

    def _add(self, made: Parameters, names: _Names, parameter: dict[str, Any]) -> None:
        where, wire = parameter["in"], parameter["name"]
        if where == "cookie":
            raise Unsendable("is a cookie, which is not sent")
        schema, style, kind = self._written(parameter)
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
            "in": where,
            "required": where == "path" or parameter.get("required") is True,
        }
        description = parameter.get("description")
        if "$ref" in schema:
            schema = {key: value for key, value in schema.items() if key != "description"}
        elif isinstance(description, str):
            schema = {**schema, "description": description}
        if parameter.get("deprecated") is True and "$ref" not in schema:
            schema["description"] = f"Deprecated. {schema.get('description', '')}".strip()
        if parameter.get("explode") is False:
            seen["explode"] = False
        made.seen.append({**seen, "schema": schema})

    def _written(self, parameter: dict[str, Any]) -> tuple[dict[str, Any], str, str]:
        """The schema of a parameter for the generator, how its value is written, and its type, where it must be told."""
        where = parameter["in"]
        if "content" in parameter:
            return self._as_content(parameter)
        stated = parameter.get("schema", {})
        kind = kind_of(self._document, stated)
        style = parameter.get("style", "form" if where == "query" else "simple")
        explode = parameter.get("explode", style == "form")
        if where == "path":
            return self._in_path(parameter, kind, style, explode)
        if where == "header":
            return self._in_header(stated, kind, explode)
        found = leaves(self._document, stated) if kind == "union" else [stated]
        kinds = {kind_of(self._document, each) for each in found} - {"null"}
        if len(kinds) == 1:
            kind = next(iter(kinds))
        if style == "deepObject":
            if "array" in kinds:
                raise Unsendable(
                    "is a list of the style deepObject, for which OpenAPI knows no form"
                )
            return (
                {},
                "deep_object",
                _MAPPING if kinds <= {"object", "any"} else f"{_MAPPING} | str | float | bool",
            )
        if "object" in kinds:
            if kinds == {"object"} and style == "form":
                return {}, "fields_of" if explode else "comma_separated", _MAPPING
            if kinds == {"object"} and style in _DELIMITED and not explode:
                return {}, _DELIMITED[style], _MAPPING
            raise Unsendable(f"is an object of the style {style}, which is not sent in a query")
        if "array" in kinds and self._has_structured_items(stated):
            raise Unsendable("is a list of objects or lists, for which OpenAPI knows no form")
        if kind == "array" and style in (*_DELIMITED, "form"):
            if parameter.get("explode") is not True and (style != "form" or not explode):
                return self._bare(stated), _DELIMITED.get(style, "comma_separated"), ""
        elif style != "form" and "array" in kinds:
            raise Unsendable(f"may be a list or something else, of the style {style}")
        elif "array" in kinds and not explode:
            raise Unsendable("may be a list in one value or something else")
        return self._bare(stated), "", ""

    def _as_content(self, parameter: dict[str, Any]) -> tuple[dict[str, Any], str, str]:
        content = parameter["content"]
        if (
            not isinstance(content, dict)
            or len(content) != 1
            or kind_of_media(next(iter(content))) != "json"
        ):
            raise Unsendable("is written in a media type other than JSON")
        if parameter["in"] == "path":
            raise Unsendable("is JSON in the path")
        media = next(iter(content.values()))
        kind = kind_of(self._document, media.get("schema", {}) if isinstance(media, dict) else {})
        return (
            {"type": "string"} if parameter["in"] == "header" else {},
            "as_json_text",
            {"object": _MAPPING, "array": "Sequence[Any]"}.get(kind, "Any"),
        )

    def _in_path(
        self, parameter: dict[str, Any], kind: str, style: str, explode: bool
    ) -> tuple[dict[str, Any], str, str]:
        """What stands in a path is text: callers have ids as they came."""
        if style not in ("simple", "label", "matrix"):
            raise Unsendable(f"has the style {style}, which no path has")
        written = f"{style}{'*' if explode else ''}"
        if kind == "object":
            return {"type": "string"}, written, _MAPPING
        if kind == "array":
            return {"type": "string"}, written, "Sequence[str]"
        schema = self._bare(parameter.get("schema", {}))
        told = schema if "$ref" not in schema else self._plain(parameter["schema"])
        if kind != "string" or "enum" not in told:
            schema = {
                "type": "string",
                **({"description": schema["description"]} if "description" in schema else {}),
            }
        return schema, "" if style == "simple" else written, ""

    def _in_header(self, stated: Any, kind: str, explode: bool) -> tuple[dict[str, Any], str, str]:
        if kind == "array" and not self._has_structured_items(stated):
            return {"type": "string"}, "comma_separated", "Sequence[str]"
        if kind == "object":
            return {"type": "string"}, "pairs" if explode else "comma_separated", _MAPPING
        if kind not in (*_SCALARS, "any", "union"):
            raise Unsendable("is a list of objects or lists in a header")
        schema = self._bare(stated)
        if kind in ("any", "union") or schema.get("format") in (
            "date",
            "date-time",
            "uuid",
            "binary",
        ):
            schema = {"type": "string"}
        if kind == "string" and "const" in schema:
            schema = {"type": "string"}
        return schema, "", ""

    def _bare(self, stated: Any) -> dict[str, Any]:
        """A schema without default: what is not given is not sent, so that the server's own applies."""
        made = self._schemas.of(stated)
        return {key: value for key, value in made.items() if key != "default"}

    def _has_structured_items(self, stated: Any) -> bool:
        found = (
            leaves(self._document, stated)
            if kind_of(self._document, stated) == "union"
            else [stated]
        )
        for each in found:
            items = self._plain(each).get("items", {})
            inner = (
                leaves(self._document, items)
                if kind_of(self._document, items) == "union"
                else [items]
            )
            if {kind_of(self._document, one) for one in inner} & {"object", "array"}:
                return True
        return False

    def _plain(self, schema: Any) -> dict[str, Any]:
        return merged(self._document, schema) if isinstance(schema, dict) else {}

    def _place(self, node: Any) -> Place:
        return self._schemas.place_of(node)

    def _note(self, request: str, reason: str, place: Place) -> None:
        self._findings.add(Finding(reason, place, request))


class _Names:
    """Names of arguments that are free: one that is taken has its place after it, and a number if need be."""

    def __init__(self, has_body: bool) -> None:
        self._taken = set(ARGUMENTS) | ({"body"} if has_body else set())

    def fitting(self, wire: str, where: str) -> str:
        """A name whose form in Python is free; the API's own name if it can be that."""
        wanted, number = wire, 1
        is_fine = where != "path" or re.fullmatch(r"[a-zA-Z_-][a-zA-Z0-9_-]*", wire)
        if not is_fine:
            wanted = python_name(wire)
        while python_name(wanted) in self._taken:
            number += 1
            plain = python_name(wire)
            wanted = f"{plain}_{where}" if number == 2 else f"{plain}_{where}_{number - 1}"
        self._taken.add(python_name(wanted))
        return wanted
