"""Schemas as the generator understands them: of the many ways to say a thing, one.

What comes out has references to named schemas only, one type or a type and null, unions whose choices differ by their
type in JSON or are objects, and nothing that the generator refuses. A schema that says what no type of Python tells
becomes one of any value, which is right for each of its values.
"""

from __future__ import annotations

from typing import Any

from openapi_python_client.strings import snake_case

from scripts._generation.bundle import NowhereError, resolve, walk
from scripts._generation.findings import Finding, Findings, Place
from scripts._generation.kinds import choices_of, kind_of, kind_of_value, leaves
from scripts._generation.merging import merged, says_what
from scripts._generation.named import Named
from scripts._generation.uses import Uses

NULL: dict[str, Any] = {"type": "null"}
_REFERENCE = "#/components/schemas/"
_DEEPEST = 3
_SCALARS = ("string", "integer", "number", "boolean")


class Schemas:
    """The schemas of one document; each named one is made when it is first referred to.

    Args:
        document: as it was read; none of it is changed.
        findings: what is told of it.
        uses: where each schema is used.

    Attributes:
        made: the named ones that were referred to, by their names.
    """

    def __init__(self, document: dict[str, Any], findings: Findings, uses: Uses) -> None:
        self.made: dict[str, Any] = {}
        self._document = document
        self._findings = findings
        self._uses = uses
        self._named = Named(document)
        self._places = {id(node): place for place, node in walk(document) if isinstance(node, dict)}
        self._here: list[Place] = [()]
        self._pending: list[tuple[str, Any, bool]] = []
        self._in_form = False
        self._arrays = 0
        self._tells: dict[str, dict[str, set[str]]] = {}
        self._choices: set[str] = set()

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
        self._here.append(self._places.get(id(schema), self._here[-1]))
        try:
            return self._of(schema)
        except NowhereError as error:
            return self._broken(str(error))
        except (AttributeError, LookupError, TypeError, ValueError):
            return self._broken("a part of it has another form than OpenAPI has")
        finally:
            self._here.pop()

    def is_object(self, schema: Any) -> bool:
        """Whether a schema is one of objects."""
        try:
            return kind_of(self._document, schema) == "object"
        except NowhereError:
            return False

    def place_of(self, node: Any) -> Place:
        """Where in the document something stands."""
        return self._places.get(id(node), self._here[-1])

    def finish(self) -> dict[str, Any]:
        """All named schemas that were referred to, with what is to be known of the choices of unions."""
        while self._pending:
            name, schema, self._in_form = self._pending.pop()
            self.made[name] = self.of(schema)
        self._in_form = False
        for name in self._choices:
            schema = self.made[name]
            schema["x-choice"] = {
                key: sorted(values) for key, values in self._tells.get(name, {}).items()
            }
        self._cut_circles()
        return {name: self.made[name] for name in sorted(self.made, key=self._named.position)}

    def _of(self, schema: dict[str, Any]) -> dict[str, Any]:
        parts = schema.get("allOf")
        if isinstance(schema.get("$ref"), str):
            if says_what(schema) - {"$ref"}:
                beside = {key: value for key, value in schema.items() if key != "$ref"}
                return self._of({"allOf": [{"$ref": schema["$ref"]}, beside]})
            return self._reference(schema, schema)
        if isinstance(parts, list) and parts:
            is_alias = len(parts) == 1 and isinstance(parts[0], dict) and "$ref" in parts[0]
            if (
                is_alias
                and not says_what(schema) - {"allOf"}
                and not says_what(parts[0]) - {"$ref"}
            ):
                return self._reference(parts[0], schema)
            return self._plain(merged(self._document, schema))
        return self._plain(schema)

    def _reference(self, node: dict[str, Any], stated: dict[str, Any]) -> dict[str, Any]:
        try:
            found, name = self._named.followed(node)
        except NowhereError as error:
            return self._broken(str(error), "$ref")
        if not isinstance(found, dict):
            return {}
        if self._uses.is_form(found) and self._uses.is_elsewhere(found) and self._in_form:
            name = self._named.name(found, node["$ref"], with_files=True)
        is_nullable = stated.get("nullable") is True
        bare = _without_null(found)
        if bare is not found and kind_of(self._document, bare) == "object":
            is_nullable, found = (
                True,
                bare,
            )  # so that its class has the name, and not one made for a union
        if name not in self.made:
            self.made[name] = {}
            self._pending.append((name, found, self._in_form))
        made: dict[str, Any] = {"$ref": _REFERENCE + name}
        if isinstance(stated.get("description"), str):
            made["description"] = stated["description"]
        return _nullable(made) if is_nullable else made

    def _plain(self, node: dict[str, Any]) -> dict[str, Any]:
        """A schema without reference and parts."""
        kind = kind_of(self._document, node)
        if kind == "union":
            return _annotated(self._union(node), node)
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
            made = _nullable(made)
        return _annotated(made, node)

    def _scalar(self, node: dict[str, Any], kind: str) -> dict[str, Any]:
        made: dict[str, Any] = {"type": kind}
        if isinstance(node.get("format"), str):
            is_file = node["format"] == "binary" and not self._in_form
            if not is_file:
                made["format"] = node["format"]
        elif kind == "string" and self._in_form and _is_binary(node):
            made["format"] = "binary"
        for key in ("minimum", "maximum"):
            if isinstance(node.get(key), int | float):
                made[key] = node[key]
        values = [node["const"]] if "const" in node else node.get("enum")
        if isinstance(values, list) and kind == "string":
            values = [
                each if isinstance(each, str) else str(each) for each in values if each is not None
            ]
            values = list(dict.fromkeys(values))
        if "const" in node and self._uses.is_sent(node) and isinstance(values, list):
            made["const"] = values[0]
        elif isinstance(values, list) and values and kind == "string":
            made["enum"] = values
            made.pop("format", None)
            names = _members(values, node.get("x-enum-varnames"))
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
        made: dict[str, Any] = {"type": "object"}
        if fields or isinstance(stated, dict):
            made["properties"] = {}
        for name, field in fields.items():
            is_needed = name in needed and not self._is_one_way(field)
            made["properties"][name] = self._field(field, is_needed)
            if is_needed:
                made.setdefault("required", []).append(name)
        more = node.get("additionalProperties")
        patterns = node.get("patternProperties")
        if isinstance(patterns, dict) and patterns and not fields and more in (None, False):
            more = next(iter(patterns.values())) if len(patterns) == 1 else True
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
            if (
                is_right
                and default in made.get("enum", [default])
                and made.get("format") not in ("date", "date-time", "uuid")
            ):
                made = {**made, "default": default}
        return made

    def _is_one_way(self, field: Any) -> bool:
        """Whether a field is not there in requests, or not in responses, and its object is used in both."""
        try:
            found = resolve(self._document, field)
        except NowhereError:
            return False
        is_read_only = any(
            isinstance(each, dict) and each.get("readOnly") is True for each in (field, found)
        )
        is_write_only = any(
            isinstance(each, dict) and each.get("writeOnly") is True for each in (field, found)
        )
        return (is_read_only and self._uses.is_sent(field)) or (
            is_write_only and self._uses.is_received(field)
        )

    def _union(self, node: dict[str, Any]) -> dict[str, Any]:
        found = leaves(self._document, node)
        kinds = [kind_of(self._document, each) for each in found]
        groups: dict[str, list[Any]] = {}
        for kind, leaf in zip(kinds, found, strict=True):
            groups.setdefault(
                "number" if kind == "integer" and "number" in kinds else kind, []
            ).append(leaf)
        if "any" in groups or "union" in groups:
            return {}
        is_nullable = groups.pop("null", None) is not None or node.get("nullable") is True
        made: list[dict[str, Any]] = []
        for kind, members in groups.items():
            if kind == "object":
                made += self._objects(node, members)
            elif kind == "array":
                made.append(self._one_array(members))
            elif kind == "string":
                made.append(self._one_string(members))
            else:
                made.append({"type": kind} if len(members) > 1 else self.of(members[0]))
        if not made:
            return dict(NULL)
        result = made[0] if len(made) == 1 else {"anyOf": made}
        return _nullable(result) if is_nullable else result

    def _one_array(self, members: list[Any]) -> dict[str, Any]:
        if len(members) == 1:
            return self.of(members[0])
        if self._arrays == _DEEPEST:  # of arrays that are made of each other
            return {"type": "array", "items": {}}
        plain = [merged(self._document, resolve(self._document, each)) for each in members]
        self._arrays += 1
        items = self.of({"anyOf": [each.get("items", {}) for each in plain]})
        self._arrays -= 1
        return {"type": "array", "items": items}

    def _one_string(self, members: list[Any]) -> dict[str, Any]:
        if len(members) == 1:
            return self.of(members[0])
        plain = [merged(self._document, resolve(self._document, each)) for each in members]
        enums = [each for each in plain if "enum" in each or "const" in each]
        others = [each for each in plain if each not in enums]
        if not enums or any("format" in each for each in others):
            return {"type": "string"}
        if len(enums) == 1:  # the usual way to say that there may be other values
            return self.of(members[plain.index(enums[0])])
        values = [
            each for one in enums for each in ([one["const"]] if "const" in one else one["enum"])
        ]
        return self.of({"type": "string", "enum": list(dict.fromkeys(map(str, values)))})

    def _objects(self, union: dict[str, Any], members: list[Any]) -> list[dict[str, Any]]:
        made: list[dict[str, Any]] = []
        for member in members:
            schema = self.of(member)
            if schema not in made:
                made.append(schema)
        if len(made) < 2:
            return made
        stated = union.get("discriminator")
        key = stated.get("propertyName") if isinstance(stated, dict) else None
        for member, schema in zip(members, [self.of(each) for each in members], strict=True):
            tells = self._told_by(member, stated if isinstance(key, str) else {})
            if "$ref" in schema:
                name = schema["$ref"].removeprefix(_REFERENCE)
                self._choices.add(name)
                for field, values in tells.items():
                    self._tells.setdefault(name, {}).setdefault(field, set()).update(values)
            else:
                for each in made:
                    if each == schema:
                        each["x-choice"] = {
                            field: sorted(values) for field, values in tells.items()
                        }
        # One that is none of those that the discriminator names stays as it came.
        return [*made, {}] if isinstance(key, str) else made

    def _told_by(self, member: Any, discriminator: Any) -> dict[str, set[str]]:
        """The values of fields that only this choice has, as its discriminator or its constants say."""
        found: dict[str, set[str]] = {}
        node = merged(self._document, resolve(self._document, member))
        for name, field in (node.get("properties") or {}).items():
            plain = (
                merged(self._document, resolve(self._document, field))
                if isinstance(field, dict)
                else {}
            )
            values = [plain["const"]] if "const" in plain else plain.get("enum")
            if isinstance(values, list) and len(values) == 1 and isinstance(values[0], str):
                found[name] = {values[0]}
        key = discriminator.get("propertyName") if isinstance(discriminator, dict) else None
        reference = member.get("$ref") if isinstance(member, dict) else None
        if isinstance(key, str) and isinstance(reference, str):
            mapping = discriminator.get("mapping")
            name = reference.rsplit("/", 1)[-1]
            mapping = mapping if isinstance(mapping, dict) else {}
            values = {value for value, to in mapping.items() if str(to) in (reference, name)}
            found[key] = values or found.get(key) or {name}
        return found

    def _cut_circles(self) -> None:
        """Read as any value what a schema other than an object has of itself: the generator would not end."""

        def cut(node: Any, above: tuple[str, ...]) -> Any:
            if isinstance(node, list):
                return [cut(each, above) for each in node]
            if not isinstance(node, dict):
                return node
            reference = node.get("$ref")
            if isinstance(reference, str):
                name = reference.removeprefix(_REFERENCE)
                if name in above:
                    return {}
                if self.made[name].get("type") != "object":
                    passed = cut(self.made[name], (*above, name))
                    self.made[name] = passed
                return node
            return {
                key: cut(value, above)
                if key in ("items", "anyOf", "additionalProperties")
                else value
                for key, value in node.items()
            } | (
                {
                    "properties": {
                        name: cut(field, above) for name, field in node["properties"].items()
                    }
                }
                if isinstance(node.get("properties"), dict)
                else {}
            )

        for name, schema in list(self.made.items()):
            if schema.get("type") != "object":
                self.made[name] = cut(schema, (name,))

    def _broken(self, reason: str, *keys: str) -> dict[str, Any]:
        self._tell(f"{reason}: it is read as any value", *keys)
        return {}

    def _tell(self, reason: str, *keys: str) -> None:
        self._findings.add(Finding(reason, (*self._here[-1], *keys)))


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without null among its types; itself where there is none."""
    types = schema.get("type")
    if schema.get("nullable") is not True and not (isinstance(types, list) and "null" in types):
        return schema
    bare = {key: value for key, value in schema.items() if key != "nullable"}
    if isinstance(types, list):
        bare["type"] = [each for each in types if each != "null"]
    return bare


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    kind = schema.get("type")
    if not schema or kind == "null":
        return schema
    if "anyOf" in schema:
        return schema if NULL in schema["anyOf"] else {**schema, "anyOf": [*schema["anyOf"], NULL]}
    if isinstance(kind, str) and not {"const", "enum"} & schema.keys():
        return {**schema, "type": [kind, "null"]}
    return schema if isinstance(kind, list) else {"anyOf": [schema, NULL]}


def _annotated(made: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """With what is told of it: a description, an example that is none of the description, and our own keys."""
    told = [node["description"]] if isinstance(node.get("description"), str) else []
    if node.get("deprecated") is True:
        told.insert(0, "Deprecated.")
    if told:
        made = {**made, "description": " ".join(told)}
    example = node.get("example")
    if (
        example is not None
        and made
        and not any(isinstance(each, dict) and "$ref" in each for _, each in walk(example))
    ):
        made = {**made, "example": example}
    return {**made, **{key: node[key] for key in ("x-unwrap",) if key in node}}


def _is_binary(node: dict[str, Any]) -> bool:
    """Whether a string of OpenAPI 3.1 is a file: it has a media type, and no encoding as text."""
    media = node.get("contentMediaType")
    return (
        isinstance(media, str)
        and "contentEncoding" not in node
        and not media.startswith("application/json")
    )


def _members(values: list[str], stated: Any) -> list[str] | None:
    """Names of the members of an enum, if they cannot be left to the generator: all different, and each a name."""
    stated_ones = stated if isinstance(stated, list) and len(stated) == len(values) else None
    usual = [
        value.upper() if value[:1].isalpha() else f"VALUE_{i}" for i, value in enumerate(values)
    ]
    wanted = [str(each) for each in stated_ones] if stated_ones else usual
    keys = [snake_case(each).upper() for each in wanted]
    is_fine = len(set(keys)) == len(keys) and all(key.isidentifier() for key in keys)
    if is_fine:
        return wanted if stated_ones else None
    names: list[str] = []
    for index, key in enumerate(keys):
        wanted_name = key if key.isidentifier() else f"VALUE_{index}"
        name, number = wanted_name, 1
        while name in names:
            number += 1
            name = f"{wanted_name}_{number}"
        names.append(name)
    return names
