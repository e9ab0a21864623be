"""Checks values against the schemas of a document, by where these stand in it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from matillion_async._groups.quartz import quartz_problem
from matillion_async.sandbox._violations import leaves, sentence, spelled

_URI = "urn:matillion:openapi"
_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})",
    re.IGNORECASE,
)
"""As in RFC 3339; seconds may be missing, since Java leaves them out when they are 0."""
_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("int32")
def _is_int32(value: object) -> bool:
    return not isinstance(value, int) or -(2**31) <= value < 2**31


@_FORMATS.checks("int64")
def _is_int64(value: object) -> bool:
    return not isinstance(value, int) or -(2**63) <= value < 2**63


@_FORMATS.checks("uuid", raises=ValueError)
def _is_uuid(value: object) -> bool:
    return not isinstance(value, str) or str(uuid.UUID(value)) == value.lower()


@_FORMATS.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or date.fromisoformat(value).isoformat() == value


@_FORMATS.checks("date-time", raises=ValueError)
def _is_date_time(value: object) -> bool:
    if not isinstance(value, str):
        return True
    if not _DATE_TIME.fullmatch(value):
        return False
    datetime.fromisoformat(value.upper())
    return True


@_FORMATS.checks("quartz-cron")
def _is_quartz(value: object) -> bool:
    return not isinstance(value, str) or quartz_problem(value) is None


class Schemas:
    """The schemas of a document.

    Args:
        document: where pointers lead.
        keywords: what schemas mean, JSON Schema 2020-12 unless given.
        uri: what references to other documents begin at.
        others: the documents that references may lead to, by their URIs.
    """

    def __init__(
        self,
        document: Mapping[str, Any],
        *,
        keywords: Any = Draft202012Validator,
        uri: str = _URI,
        others: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    ) -> None:
        registry: Registry[Any] = Registry()
        for name, contents in {**others, uri: document}.items():
            resource = Resource.from_contents(contents, default_specification=DRAFT202012)
            registry = registry.with_resource(name, resource)
        self._registry = registry
        self._uri = uri
        self._keywords = keywords
        self._validators: dict[str, Any] = {}

    def violations(self, value: Any, pointer: str, name: str = "") -> list[str]:
        """One sentence for each thing in ``value`` that the schema at ``pointer`` does not allow."""
        # There is one error for each missing field, and one sentence for all of them.
        errors = self._validator(pointer).iter_errors(value)
        return list(dict.fromkeys(sentence(error, name) for error in errors))

    def as_documented(self, value: Any, pointer: str) -> Any:
        """A value that was sent, with the enums in it spelled as in the document: the API takes them in any case."""
        holder = [value]
        for error in leaves(list(self._validator(pointer).iter_errors(value))):
            known = spelled(error)
            if known is not None:
                node: Any = holder
                *parents, last = (0, *error.absolute_path)
                for part in parents:
                    node = node[part]
                node[last] = known
        return holder[0]

    def _validator(self, pointer: str) -> Any:
        validator = self._validators.get(pointer)
        if validator is None:
            reference = f"{self._uri}{pointer}" if pointer.startswith("#") else pointer
            validator = self._keywords(
                {"$ref": reference}, registry=self._registry, format_checker=_FORMATS
            )
            self._validators[pointer] = validator
        return validator
