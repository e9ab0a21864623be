"""Checks requests, and in tests responses, against the schemas of the OpenAPI document."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from matillion_async.sandbox._form import Part, read_form
from matillion_async.sandbox._problems import ProblemError, invalid_body
from matillion_async.sandbox._schemas import Schemas
from matillion_async.sandbox._spec import Parameter, Spec, SpecOperation

_INTEGER = re.compile(r"-?[0-9]{1,19}")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_SHOWN_VIOLATIONS = 20
_DEEPEST = 100
"""Levels of a body; Python's own limit would be met somewhere between reading it and giving it back."""


class Validator(Schemas):
    """Checks requests against the operations of a document, and values against its schemas."""

    def __init__(self, spec: Spec) -> None:
        super().__init__(spec.document)

    def parameters(
        self,
        operation: SpecOperation,
        path: Mapping[str, str],
        query: bytes,
        headers: Mapping[str, str],
    ) -> dict[str, Any]:
        """The values of an operation's parameters by name, with defaults.

        Raises:
            ProblemError: 400, with a sentence for each parameter that is missing or not allowed.
        """
        given = _query_values(query)
        values: dict[str, Any] = {}
        wrong: list[str] = []
        for parameter in operation.parameters:
            if parameter.location == "path":
                raw = [path[parameter.name]]
            elif parameter.location == "query":
                raw = given.get(parameter.name, [])
            else:
                raw = [headers[parameter.name.lower()]] if parameter.name.lower() in headers else []
            if not raw:
                if parameter.required:
                    wrong.append(f"{parameter.name}: must be given")
                elif "default" in parameter.schema:
                    values[parameter.name] = parameter.schema["default"]
                continue
            try:
                value = _decode(parameter, raw)
            except ValueError as error:
                wrong.append(f"{parameter.name}: {error}")
                continue
            value = self.as_documented(value, parameter.pointer)
            wrong += self.violations(value, parameter.pointer, parameter.name)
            values[parameter.name] = value
        if wrong:
            raise ProblemError(400, "The request parameters are not valid.", wrong)
        return values

    def body(self, operation: SpecOperation, content_type: str, content: bytes) -> Any:
        """The parsed body of a request, a form as its parts by name; None if there is none and none is needed.

        Raises:
            ProblemError: 400, with a sentence for each field that is missing or not allowed.
        """
        if not content and not operation.body_required:
            return None
        media_type = content_type.partition(";")[0].strip().lower()
        pointer = operation.bodies.get(media_type)
        if pointer is None:
            allowed = " or ".join(operation.bodies)
            raise invalid_body(f"Content-Type: must be {allowed}")
        if media_type == "multipart/form-data":
            return self._form(pointer, content_type, content)
        try:
            body = json.loads(content, parse_constant=_refuse_constant, parse_float=_finite)
        except (ValueError, RecursionError):  # not JSON, not UTF-8, or nested without end
            raise invalid_body("body: must be valid JSON") from None
        wrong = _too_deep(body)
        if not wrong:
            body = self.as_documented(body, pointer)
            wrong = self.violations(body, pointer)
        if wrong:
            raise invalid_body(*wrong[:_SHOWN_VIOLATIONS])
        return body

    def _form(self, pointer: str, content_type: str, content: bytes) -> dict[str, Part]:
        try:
            parts = read_form(content_type, content)
        except ValueError as error:
            raise invalid_body(str(error)) from None
        texts = {name: part.content.decode("latin-1") for name, part in parts.items()}
        wrong = self.violations(texts, pointer)
        if wrong:
            raise invalid_body(*wrong[:_SHOWN_VIOLATIONS])
        return parts


def _query_values(query: bytes) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {}
    for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
        given.setdefault(name, []).append(value)
    return given


def _decode(parameter: Parameter, raw: list[str]) -> Any:
    """The value of a parameter as its schema's type, from the strings that were sent."""
    kind = parameter.schema.get("type", "string")
    if kind == "array":
        item_kind = parameter.schema.get("items", {}).get("type", "string")
        parts = raw if parameter.explode else raw[0].split(",")
        return [_decode_one(item_kind, part) for part in parts]
    if len(raw) > 1:
        raise ValueError("must be given once only")
    return _decode_one(kind, raw[0])


def _decode_one(kind: Any, text: str) -> Any:
    if kind == "integer":
        if not _INTEGER.fullmatch(text):
            raise ValueError("must be an integer")
        return int(text)
    if kind == "number":
        if not _NUMBER.fullmatch(text):
            raise ValueError("must be a number")
        return float(text)
    if kind == "boolean":
        if text not in ("true", "false"):
            raise ValueError("must be true or false")
        return text == "true"
    return text


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError(f"{text} is too large")
    return value


def _too_deep(body: Any) -> list[str]:
    level = [body]
    for _ in range(_DEEPEST):
        level = [
            child
            for node in level
            for child in (
                node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
            )
        ]
        if not level:
            return []
    return [f"body: must not be nested more than {_DEEPEST} levels deep"]
