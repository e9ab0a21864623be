"""How the value of a parameter is written, where that is, and what the generator sees of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scripts._generation.findings import Place
from scripts._generation.preparing.contents import kind_of_media
from scripts._generation.preparing.kinds import kind_of, leaves
from scripts._generation.preparing.merging import merged
from scripts._generation.preparing.schemas import Schemas
from scripts._generation.reading.bundle import resolve

_SCALARS = ("string", "integer", "number", "boolean")
_DELIMITED = {"pipeDelimited": "pipes", "spaceDelimited": "spaces"}
COOKIE = "add_cookie"
"""The style of what is one of the cookies of a request."""
_MAPPING = "Mapping[str, Any]"
_OF_ITEMS = {"integer": "int", "number": "float", "boolean": "bool"}
_OF_FORMATS = {"uuid": "UUID", "date": "datetime.date", "date-time": "datetime.datetime"}


NO_FORM = "lists have no form in the style deepObject, and cannot be sent"


class Unsendable(Exception):  # noqa: N818 - it is a finding about the spec, not an error of this program
    """A parameter, or an operation, that cannot be sent as it is described."""

    def __init__(self, reason: str, place: Place = ()) -> None:
        super().__init__(reason)
        self.place = place


class Styles:
    """The styles of the parameters of one document."""

    def __init__(self, document: dict[str, Any], schemas: Schemas) -> None:
        self._document = document
        self._schemas = schemas

    def written(self, parameter: dict[str, Any]) -> tuple[dict[str, Any], str, str]:
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
        if where == "cookie":
            return self._in_cookie(stated, kind)
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
            if self._has_structured_values(stated):
                raise Unsendable("is an object of objects, for which OpenAPI knows no form")
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
        if parameter["in"] in ("path", "cookie"):
            raise Unsendable(f"is JSON in the {parameter['in']}")
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
        """What stands in a path is of the type that models have it of, so that callers give an id as it came."""
        if style not in ("simple", "label", "matrix"):
            raise Unsendable(f"has the style {style}, which no path has")
        written = f"{style}{'*' if explode else ''}"
        if kind == "object":
            return {"type": "string"}, written, _MAPPING
        if kind == "array":
            return {"type": "string"}, written, self._sequence(parameter["schema"])
        stated = parameter.get("schema", {})
        schema = self._bare(stated)
        told = schema if "$ref" not in schema else self.plain(stated)
        types = self._types(stated)
        written = "" if style == "simple" and "Sequence" not in "".join(types) else written
        if kind == "string" and "enum" in told:
            return schema, written, ""
        seen = {"description": schema["description"]} if "description" in schema else {}
        return {"type": "string", **seen}, written, " | ".join(types) if types != ["str"] else ""

    def _types(self, stated: Any) -> list[str]:
        """The types of Python that a value of a path has; text where it may be something that has no form there."""
        is_union = kind_of(self._document, stated) == "union"
        found: list[str] = []
        for each in leaves(self._document, stated) if is_union else [stated]:
            kind = kind_of(self._document, each)
            if kind in _OF_ITEMS:
                found.append(_OF_ITEMS[kind])
            elif kind == "string":
                found.append(_OF_FORMATS.get(str(self.plain(each).get("format")), "str"))
            elif kind == "array" and is_union and not self._has_structured_items(each):
                found.append(self._sequence(each))
            elif kind != "null":
                return ["str"]
        if "UUID" in found:
            found.append("str")  # a UUID is text as well wherever it does not come from a model
        return list(dict.fromkeys(found)) or ["str"]

    def _sequence(self, stated: Any) -> str:
        items = self._types(self.plain(stated).get("items", {}))
        return f"Sequence[{' | '.join(items)}]"

    def _in_header(self, stated: Any, kind: str, explode: bool) -> tuple[dict[str, Any], str, str]:
        if kind == "array" and not self._has_structured_items(stated):
            items = self.plain(stated).get("items", {})
            of = _OF_ITEMS.get(kind_of(self._document, items), "str")
            return {"type": "string"}, "comma_separated", f"Sequence[{of}]"
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

    def _in_cookie(self, stated: Any, kind: str) -> tuple[dict[str, Any], str, str]:
        if kind not in (*_SCALARS, "any", "union"):
            raise Unsendable(
                "is a list or an object in a cookie, for which servers have no common form"
            )
        return self._in_header(stated, kind, explode=False)[0], COOKIE, ""

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
            items = self.plain(each).get("items", {})
            inner = (
                leaves(self._document, items)
                if kind_of(self._document, items) == "union"
                else [items]
            )
            if {kind_of(self._document, one) for one in inner} & {"object", "array"}:
                return True
        return False

    def _has_structured_values(self, stated: Any) -> bool:
        """Whether all fields of an object are objects."""
        schema = self.plain(stated)
        fields = schema.get("properties")
        values = [*(fields.values() if isinstance(fields, dict) else ())]
        more = schema.get("additionalProperties")
        values += [more] if isinstance(more, dict) and more else []
        kinds = {kind_of(self._document, each) for each in values}
        return kinds == {"object"}

    def lists_in(self, stated: Any, name: str, above: tuple[int, ...] = ()) -> Iterator[str]:
        """What of a value of the style deepObject may be a list, for which there is no form, by the names it would be sent under."""
        found = resolve(self._document, stated)
        if id(found) in above:
            return
        is_union = kind_of(self._document, found) == "union"
        for each in leaves(self._document, found) if is_union else [found]:
            kind = kind_of(self._document, each)
            if kind == "array":
                yield name
            fields = self.plain(each).get("properties") if kind == "object" else None
            for key, field in fields.items() if isinstance(fields, dict) else ():
                yield from self.lists_in(field, f"{name}[{key}]", (*above, id(found)))

    def plain(self, schema: Any) -> dict[str, Any]:
        return merged(self._document, schema) if isinstance(schema, dict) else {}
