"""Schemas as the generator understands them: of the many ways to say a thing, one.

What comes out has references to named schemas only, one type or a type and null, unions whose choices differ by their
type in JSON or are objects, and nothing that the generator refuses. A schema that says what no type of Python tells
becomes one of any value, which is right for each of its values.
"""

from __future__ import annotations

from typing import Any

from scripts._generation.findings import Finding, Findings, Place
from scripts._generation.preparing.circles import cut_circles
from scripts._generation.preparing.kinds import choices_of, kind_of, kind_of_value, leaves
from scripts._generation.preparing.merging import merged, says_what
from scripts._generation.preparing.named import Named
from scripts._generation.preparing.names import twins
from scripts._generation.preparing.shapes import (
    NULL,
    REFERENCE,
    annotated,
    is_binary,
    is_literal,
    is_number,
    members,
    nullable,
    text_of,
    without_null,
)
from scripts._generation.preparing.unions import Unions
from scripts._generation.preparing.uses import Uses
from scripts._generation.reading.bundle import NowhereError, resolve, walk

_SCALARS = ("string", "integer", "number", "boolean")


class Schemas:
    """The schemas of one document; each named one is made when it is first referred to.

    Args:
        document: as it was read; none of it is changed.
        findings: what is told of it.
        uses: where each schema is used.

    Attributes:
        made: the named ones that were referred to, by their names.
        places: where each object of the document stands.
    """

    def __init__(self, document: dict[str, Any], findings: Findings, uses: Uses) -> None:
        self.made: dict[str, Any] = {}
        self._document = document
        self._findings = findings
        self._uses = uses
        self._named = Named(document)
        self.places = {id(node): place for place, node in walk(document) if isinstance(node, dict)}
        self._here: list[Place] = [()]
        self._open: set[int] = set()  # what is being read
        self._pending: list[tuple[str, Any, bool]] = []
        self._in_form = False
        self._unions = Unions(document, self.of)

    def of_form(self, schema: Any) -> dict[str, Any]:
        """The schema of a form, in which strings may be files."""
        self._in_form = True
        try:
            return self.of(schema)
        finally:
            self._in_form = False

    def of(self, schema: Any) -> dict[str, Any]:
        """A schema as the generator understands it."""
        if isinstance(schema, bool) or schema is None:
            return {}
        if not isinstance(schema, dict):
            self._tell("a schema must be an object: it is read as any value")
            return {}
        if id(schema) in self._open:
            return {}  # a list of itself, say: any value, as in cut_circles
        self._here.append(self.places.get(id(schema), self._here[-1]))
        self._open.add(id(schema))
        try:
            return self._of(schema)
        except NowhereError as error:
            return self._broken(str(error))
        except (AttributeError, LookupError, TypeError, ValueError):
            return self._broken("a part of it has another form than OpenAPI has")
        finally:
            self._open.remove(id(schema))
            self._here.pop()

    def is_of(self, kind: str, schema: Any) -> bool:
        """Whether a schema is one of values of a kind, such as objects."""
        try:
            return kind_of(self._document, schema) == kind
        except NowhereError:
            return False

    def place_of(self, node: Any) -> Place:
        """Where in the document something stands."""
        return self.places.get(id(node), self._here[-1])

    def finish(self) -> dict[str, Any]:
        """All named schemas that were referred to, with what is to be known of the choices of unions."""
        while self._pending:
            name, schema, self._in_form = self._pending.pop()
            self.made[name] = self.of(schema)
        self._in_form = False
        self._unions.mark(self.made)
        cut_circles(self.made)
        return {name: self.made[name] for name in sorted(self.made, key=self._named.position)}

    def _of(self, schema: dict[str, Any]) -> dict[str, Any]:
        parts = schema.get("allOf")
        if isinstance(schema.get("$ref"), str):
            return self._reference(schema, schema)
        if "$ref" in schema:
            self._tell("a reference must be text: it is ignored", "$ref")
        if isinstance(parts, list) and parts:
            only = parts[0] if len(parts) == 1 and isinstance(parts[0], dict) else {}
            is_alias = isinstance(only.get("$ref"), str)
            if is_alias and not says_what(schema) - {"allOf"} and not says_what(only) - {"$ref"}:
                return self._reference(only, schema)
            return self._plain(merged(self._document, schema))
        return self._plain(schema)

    def _reference(self, node: dict[str, Any], stated: dict[str, Any]) -> dict[str, Any]:
        try:
            found, name = self._named.followed(node)
        except NowhereError as error:
            return self._broken(str(error), "$ref")
        if not isinstance(found, dict):
            return {}
        if self._in_form and self._uses.is_two(found):
            name = self._named.name(found, node["$ref"], with_files=True)
        is_nullable = stated.get("nullable") is True
        if is_nullable and self._is_null(found):
            return dict(NULL)  # the generator takes no choice between null and a name of it
        bare = without_null(found)
        if bare is not found and kind_of(self._document, bare) == "object":
            is_nullable, found = (
                True,
                bare,
            )  # so that its class has the name, and not one made for a union
        if name not in self.made:
            self.made[name] = {}
            self._pending.append((name, found, self._in_form))
        made: dict[str, Any] = {"$ref": REFERENCE + name}
        if isinstance(stated.get("description"), str):
            made["description"] = stated["description"]
        return nullable(made) if is_nullable else made

    def _is_null(self, schema: dict[str, Any]) -> bool:
        """Whether null is all that a schema allows."""
        found = leaves(self._document, schema)
        return {"null"} == {kind_of(self._document, each) for each in found}

    def _plain(self, node: dict[str, Any]) -> dict[str, Any]:
        """A schema without reference and parts."""
        if not isinstance(node.get("x-unwrap", ""), str):
            self._tell("x-unwrap must be the name of a field: it is ignored", "x-unwrap")
        kind = kind_of(self._document, node)
        if kind == "union":
            return annotated(self._unions.of(node), node)
        if isinstance(node.get("type"), str) and node["type"] not in (
            *_SCALARS,
            "object",
            "array",
            "null",
        ):
            self._tell(f"there is no type {node['type']!r}: it is read as any value")
        if kind == "object":
            made = self._object(node)
        elif kind == "array":
            made = self._array(node)
        elif kind in _SCALARS:
            made = self._scalar(node, kind)
        else:
            made = dict(NULL) if kind == "null" else {}
            if kind == "any" and node.get("format") == "password":
                made["format"] = "password"
        if node.get("nullable") is True and made and kind != "null":
            made = nullable(made)
        return annotated(made, node)

    def _scalar(self, node: dict[str, Any], kind: str) -> dict[str, Any]:
        made: dict[str, Any] = {"type": kind}
        if isinstance(node.get("format"), str):
            is_file = node["format"] == "binary" and not self._in_form
            if not is_file:
                made["format"] = node["format"]
        elif kind == "string" and self._in_form and is_binary(node):
            made["format"] = "binary"
        for key in ("minimum", "maximum"):
            if is_number(node.get(key)):
                made[key] = node[key]
        values = [node["const"]] if "const" in node else node.get("enum")
        if isinstance(values, list) and kind == "string":
            values = [each if isinstance(each, str) else text_of(each) for each in values]
            values = list(dict.fromkeys(each for each in values if each is not None))
        if isinstance(values, list) and kind in ("integer", "number"):
            known = [each for each in values if kind_of_value(each) in (kind, "integer")]
            told = f"One of {', '.join(map(str, known))}."
            made["description"] = f"{node.get('description') or ''} {told}".strip()
        if "const" in node and self._uses.is_sent(node) and isinstance(values, list) and values:
            if not isinstance(values[0], int | float) or is_literal(values[0]):
                made["const"] = values[0]
        elif isinstance(values, list) and values and kind == "string":
            made["enum"] = values
            made.pop("format", None)
            names = members(values, node.get("x-enum-varnames"))
            if names is not None:
                made["x-enum-varnames"] = names
        return made

    def _array(self, node: dict[str, Any]) -> dict[str, Any]:
        first, rest = node.get("prefixItems"), node.get("items", True)
        if isinstance(rest, list):  # of several, by their positions, as drafts before 2020 write it
            first, rest = rest, node.get("additionalItems", True)
        if not isinstance(first, list):
            return {"type": "array", "items": self.of(rest)}
        kinds = [self.of(each) for each in [*first, *([] if rest is False else [rest])]]
        is_one = all(each == kinds[0] for each in kinds) and kinds
        return {"type": "array", "items": kinds[0] if is_one else {}}

    def _object(self, node: dict[str, Any]) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        stated = node.get("properties")
        if isinstance(stated, dict):
            fields.update(stated)
        needed = node.get("required")
        needed = (
            [each for each in needed if isinstance(each, str)] if isinstance(needed, list) else []
        )
        for choice in choices_of(node):
            other = merged(self._document, resolve(self._document, choice))
            for name, field in (other.get("properties") or {}).items():
                same = name in fields and (fields[name] == field or not says_what(field))
                fields[name] = (
                    field
                    if name not in fields
                    else fields[name]
                    if same
                    else {"anyOf": [fields[name], field]}
                )
        for name in twins(fields):
            self._tell(f"the field {name!r} has no name of its own in Python: it is in `extra`")
            del fields[name]
        made: dict[str, Any] = {"type": "object"}
        if fields or isinstance(stated, dict):
            made["properties"] = {}
        for name, field in fields.items():
            is_needed = name in needed and not self._uses.is_one_way(field)
            made["properties"][name] = self._field(field, is_needed)
            if is_needed:
                made.setdefault("required", []).append(name)
        more = node.get("additionalProperties")
        patterns = node.get("patternProperties")
        if isinstance(patterns, dict) and patterns and more in (None, False):
            more = next(iter(patterns.values())) if len(patterns) == 1 and not fields else True
        if isinstance(more, dict):
            made["additionalProperties"] = self.of(more)
        elif more is False:
            made["additionalProperties"] = False
        return made

    def _field(self, field: Any, is_needed: bool) -> dict[str, Any]:
        """A field of an object; only one that must be there keeps its default, which else is the server's affair."""
        made = self.of(field)
        default = field.get("default") if isinstance(field, dict) else None
        kind = made.get("type")
        if isinstance(default, list) and kind == "array":
            made = {**made, "default": default}
        elif is_needed and default is not None and kind in _SCALARS and "const" not in made:
            is_right = kind_of_value(default) == kind or (
                kind == "number" and kind_of_value(default) == "integer"
            )
            if kind in ("integer", "number"):
                is_right = is_right and is_number(default)
            if (
                is_right
                and default in made.get("enum", [default])
                and made.get("format") not in ("date", "date-time", "uuid")
            ):
                made = {**made, "default": default}
        return made

    def _broken(self, reason: str, *keys: str) -> dict[str, Any]:
        self._tell(f"{reason}: it is read as any value", *keys)
        return {}

    def _tell(self, reason: str, *keys: str) -> None:
        self._findings.add(Finding(reason, (*self._here[-1], *keys)))
