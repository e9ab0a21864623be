"""What a request says, read as the file says that it is written."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, unquote

from matillion_async.sandbox._form import read_parts
from tests.generation.served.described import Media, Operation, Parameter, bare, group_of
from tests.generation.served.meaning import Checked, Meaning, meaning
from tests.generation.served.original import Node

Values = dict[tuple[str, str], Any]
"""Parameters, by location and name."""


class Wrong(ValueError):  # noqa: N818 - it is what is wrong with a request
    """A request is not as the file says."""


class Wire:
    """Reads requests for the operations of a file."""

    def __init__(self, checked: Checked) -> None:
        self._checked = checked

    def parameters(
        self, operation: Operation, path: Mapping[str, str], query: str, headers: Mapping[str, str]
    ) -> Values:
        """The values of the parameters that are there.

        Args:
            operation: what is asked for.
            path: the parts of the path, percent-encoded as they came.
            query: likewise.
            headers: by names in lower case.

        Raises:
            Wrong: one is missing, not allowed, or not in the file.
        """
        given = parse_qsl(query, keep_blank_values=True)
        cookies = {
            name: each.value for name, each in SimpleCookie(headers.get("cookie", "")).items()
        }
        found: Values = {}
        claimed = {
            name for name, _ in parse_qsl(operation.path.partition("?")[2], keep_blank_values=True)
        }
        for parameter in operation.parameters:
            raw: Any
            match parameter.location:
                case "path":
                    raw = path.get(group_of(parameter.name))
                    value = None if raw is None else self._in_path(parameter, raw)
                case "query":
                    value, names = self._in_query(
                        parameter,
                        given,
                        {each.name for each in operation.parameters if each is not parameter},
                    )
                    claimed |= names
                case "header":
                    raw = headers.get(parameter.name.lower())
                    value = None if raw is None else self._listed(parameter, raw, ",")
                case _:
                    raw = cookies.get(parameter.name)
                    value = None if raw is None else self._one(parameter.schema, unquote(raw))
            if value is None:
                if parameter.required:
                    raise Wrong(f"{parameter.location} {parameter.name}: must be given")
                continue
            told = self._checked.violations(value, parameter.schema, sent=True)
            if told:
                raise Wrong(f"{parameter.location} {parameter.name}: {value!r} {'; '.join(told)}")
            found[parameter.location, parameter.name] = value
        unknown = {name for name, _ in given} - claimed
        if unknown:
            raise Wrong(f"query: the file has no {', '.join(sorted(unknown))}")
        return found

    def body(self, media: Media, content_type: str, content: bytes) -> Any:
        """The value of a body.

        Raises:
            Wrong: it is not allowed.
        """
        sent = bare(content_type)
        value: Any
        if Media(sent, None).is_json:
            try:
                value = json.loads(content)
            except ValueError as error:
                raise Wrong(f"body: it is not JSON: {error}") from None
        elif sent == "application/x-www-form-urlencoded":
            value = self._form(media, content)
        elif sent == "multipart/form-data":
            value = self._parts(media, content_type, content)
        else:
            return content
        told = self._checked.violations(_as_text(value), media.schema, sent=True)
        if told:
            raise Wrong(f"body: {'; '.join(told)}")
        return value

    def _in_path(self, parameter: Parameter, raw: str) -> Any:
        if parameter.is_json:
            return json.loads(unquote(raw))
        if parameter.style == "simple":
            return self._listed(parameter, raw, ",", decode=unquote)
        mark, between = {"label": (".", "."), "matrix": (";", ";")}[parameter.style]
        if not raw.startswith(mark):
            raise Wrong(f"path {parameter.name}: must begin with {mark}")
        raw = raw.removeprefix(mark)
        kind = _of(parameter.schema).type
        if parameter.style == "matrix" and not (parameter.explode and kind == "object"):
            if parameter.explode and kind == "array":
                raw = ",".join(part.partition("=")[2] for part in raw.split(";"))
            else:
                raw = raw.partition("=")[2]
            between = ","
        elif not parameter.explode:
            between = ","
        return self._listed(parameter, raw, between, decode=unquote)

    def _in_query(
        self, parameter: Parameter, given: list[tuple[str, str]], others: set[str]
    ) -> tuple[Any, set[str]]:
        """The value, and the names that it has in the query."""
        name = parameter.name
        own = [value for key, value in given if key == name]
        if parameter.is_json:
            return (json.loads(own[0]) if own else None), {name}
        found = _of(parameter.schema)
        deep = {key: value for key, value in given if key.startswith(f"{name}[")}
        if parameter.style == "deepObject" and deep:
            return self._nested(parameter.schema, name, deep), set(deep)
        kind = found.type
        if parameter.style == "form" and parameter.explode and kind == "object":
            fields = {
                key: value
                for key, value in given
                if key not in others and key.partition("[")[0] not in others
            }
            lists = {key: [value for each, value in given if each == key] for key in fields}
            return (self._fields(found, lists) if fields else None), set(fields)
        if not own:
            return None, {name}
        if kind == "array" and parameter.style == "form" and parameter.explode:
            return [self._one(found.items, text) for text in own], {name}
        separator = {"spaceDelimited": " ", "pipeDelimited": "|"}.get(parameter.style, ",")
        if kind == "array" and parameter.explode:
            return [self._one(found.items, text) for text in own], {name}
        if len(own) > 1 and not parameter.explode:
            raise Wrong(f"query {name}: must be given once")
        if kind == "" and len(own) > 1:
            return own, {name}
        return self._listed(parameter, own[0], separator), {name}

    def _listed(self, parameter: Parameter, raw: str, between: str, decode: Any = str) -> Any:
        """One text, or several that are separated."""
        if parameter.is_json:
            return json.loads(raw)
        found = _of(parameter.schema)
        if found.type == "array":
            return (
                [self._one(found.items, decode(part)) for part in raw.split(between)] if raw else []
            )
        if found.type != "object":
            return self._one(parameter.schema, decode(raw))
        parts = raw.split(between)
        if parameter.explode:
            pairs = [part.partition("=")[::2] for part in parts]
        else:
            pairs = list(zip(parts[::2], parts[1::2], strict=True))
        return self._fields(found, {decode(key): [decode(value)] for key, value in pairs})

    def _fields(self, found: Meaning, given: Mapping[str, list[str]]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, values in given.items():
            schema = found.properties.get(key, found.additional)
            kind = _of(schema)
            if kind.type == "array":
                made[key] = [self._one(kind.items, value) for value in values]
            else:
                made[key] = self._one(schema, values[0])
        return made

    def _nested(self, schema: Node | None, name: str, given: Mapping[str, str]) -> Any:
        if name in given:
            return self._one(schema, given[name])
        found = _of(schema)
        keys = dict.fromkeys(key.removeprefix(f"{name}[").partition("]")[0] for key in given)
        return {
            key: self._nested(
                found.properties.get(key, found.additional),
                f"{name}[{key}]",
                {each: value for each, value in given.items() if each.startswith(f"{name}[{key}]")},
            )
            for key in keys
        }

    def _form(self, media: Media, content: bytes) -> dict[str, Any]:
        given = parse_qsl(content.decode(), keep_blank_values=True)
        found = _of(media.schema)
        made: dict[str, Any] = {}
        for each in media.styles:
            value, names = self._in_query(each, given, found.properties.keys() - {each.name})
            if value is not None:
                made[each.name] = value
                given = [(name, text) for name, text in given if name not in names]
        deep: dict[str, dict[str, str]] = {}
        for name, value in given:
            outer = name.partition("[")[0]
            schema = found.properties.get(name, found.additional)
            kind = _of(schema)
            if outer != name and outer in found.properties:
                deep.setdefault(outer, {})[name] = value
            elif kind.type == "array":
                made.setdefault(name, []).append(self._one(kind.items, value))
            else:
                made[name] = self._one(schema, value)
        for name, values in deep.items():
            made[name] = self._nested(found.properties[name], name, values)
        return made

    def _parts(self, media: Media, content_type: str, content: bytes) -> dict[str, Any]:
        try:
            parts = read_parts(content_type, content)
        except ValueError as error:
            raise Wrong(str(error)) from None
        found = _of(media.schema)
        made: dict[str, Any] = {}
        for name, part in parts:
            schema = found.properties.get(name, found.additional)
            kind = _of(schema)
            inner = kind.items if kind.type == "array" else schema
            value: Any
            is_binary = _of(inner).keys.get("format") == "binary"
            is_named = part.file_name is not None
            if is_binary or is_named or part.content_type == "application/octet-stream":
                value = part.content
            elif part.content_type == "application/json":
                value = json.loads(part.content)
                inner = schema if isinstance(value, list) else inner
            else:
                value = self._one(inner, part.content.decode())
            if kind.type == "array" and not isinstance(value, list):
                made.setdefault(name, []).append(value)
            else:
                made[name] = value
        return made

    def _one(self, schema: Node | None, text: str) -> Any:
        """A text as the type that its schema allows; text where that is allowed."""
        candidates: list[Any] = [text]
        if re.fullmatch("-?[0-9]+", text):
            candidates.append(int(text))
        with contextlib.suppress(ValueError):
            candidates.append(float(text))
        if text in ("true", "false"):
            candidates.append(text == "true")
        if text[:1] in ("{", "["):
            with contextlib.suppress(ValueError):
                # What may be anything is written as JSON unless it is text.
                candidates.insert(0 if _of(schema).type == "" else 1, json.loads(text))
        for candidate in candidates:
            if not self._checked.violations(candidate, schema, sent=True):
                return candidate
        return text


def _of(schema: Node | None) -> Meaning:
    """What a schema means, with the first choice where there are choices of lists or objects."""
    if schema is None or not isinstance(schema.followed().value, dict):
        return Meaning()
    found = meaning(schema)
    if found.type:
        return found
    kinds = [meaning(each) for each in found.alternatives]
    return next((kind for kind in kinds if kind.type in ("array", "object")), found)


def _as_text(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if isinstance(value, dict):
        return {key: _as_text(each) for key, each in value.items()}
    return [_as_text(each) for each in value] if isinstance(value, list) else value
