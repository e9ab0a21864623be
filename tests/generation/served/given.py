"""What a call of an operation gives: values by where they go, made from the file alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.generation.served.described import Media, Operation, Parameter
from tests.generation.served.meaning import meaning
from tests.generation.served.original import Node
from tests.generation.served.samples import NoSample, Samples
from tests.generation.served.wire import Values

_SEPARATORS = {"spaceDelimited": " ", "pipeDelimited": "|"}
_TRIES = 6


@dataclass
class Given:
    """The values of one call."""

    operation: Operation
    values: Values = field(default_factory=dict)
    media: Media | None = None
    body: Any = None


def given(operation: Operation, samples: Samples, random: Random, *, whole: bool) -> Given:
    """Values for an operation: all that it takes, or what must be given.

    Raises:
        NoSample: the file allows none, or none that was found.
    """
    made = Given(operation)
    for parameter in operation.parameters:
        if not (whole or parameter.required):
            continue
        try:
            made.values[parameter.location, parameter.name] = _value(
                parameter, samples, random, whole=whole
            )
        except NoSample as error:
            if parameter.required:
                raise NoSample(f"{parameter.location} {parameter.name}: {error}") from None
    if operation.body and (whole or operation.body_required):
        made.media = _media(operation)
        made.body = _body(made.media, samples, random, whole=whole)
    return made


def _value(parameter: Parameter, samples: Samples, random: Random, *, whole: bool) -> Any:
    for attempt in range(_TRIES):
        # An empty list or object is not there at all.
        found = samples.value(parameter.schema, random, sent=True, whole=whole or attempt > 0)
        if parameter.location == "cookie":
            if _fits_in_cookie(found):
                return found
        elif parameter.is_json or _fits(found, _SEPARATORS.get(parameter.style, ",")):
            return found
    raise NoSample("what it allows cannot be written in its style")


def _fits(value: Any, separator: str, *, inside: bool = False) -> bool:
    """Whether a value has a form outside of JSON: it is not empty, and no part has the separator."""
    if isinstance(value, dict):
        return bool(value) and all(_fits(each, separator, inside=True) for each in value.values())
    if isinstance(value, list):
        return bool(value) and all(
            not isinstance(each, list | dict) and _fits(each, separator, inside=True)
            for each in value
        )
    if isinstance(value, str):
        plain = value.isascii() and value.isprintable() and value == value.strip()
        return plain and value not in ("", ".", "..") and not (inside and separator in value)
    return value is not None


def _fits_in_cookie(value: Any) -> bool:
    """Whether a value has one form in a cookie: for lists and objects there are several, and a percent sign may be sent as it is."""
    return not isinstance(value, list | dict) and _fits(value, ",") and "%" not in str(value)


def _media(operation: Operation) -> Media:
    """JSON where there is a choice, or else the first."""

    def rank(media: Media) -> int:
        return 0 if media.bare == "application/json" else 1 if media.is_json else 2

    return min(operation.body, key=rank)


def _body(media: Media, samples: Samples, random: Random, *, whole: bool) -> Any:
    if media.schema is not None:
        told = meaning(media.schema)
        missing = told.required - set(told.properties) if told.properties else set()
        if missing:
            raise NoSample(
                f"it must have {', '.join(sorted(missing))}, which the file does not describe"
            )
    if media.is_json:
        return samples.value(media.schema, random, sent=True, whole=whole)
    if media.bare in ("multipart/form-data", "application/x-www-form-urlencoded"):
        return _form(media, samples, random, whole=whole)
    return "some text" if media.bare.startswith("text/") else b"some bytes"


def _form(media: Media, samples: Samples, random: Random, *, whole: bool) -> dict[str, Any]:
    is_file = media.media_type.lower().startswith("multipart")
    for all_fields in (whole, True):
        found = samples.value(media.schema, random, sent=True, whole=all_fields, is_file=is_file)
        kept = {key: value for key, value in found.items() if value not in (None, [], {})}
        for each in media.styles:
            if not each.is_json and not _fits(
                kept.get(each.name), _SEPARATORS.get(each.style, ",")
            ):
                kept.pop(each.name, None)
        # What is empty is not there at all.
        needed = set() if media.schema is None else meaning(media.schema).required
        if kept and needed & found.keys() <= kept.keys():
            return kept
    raise NoSample("a form without a field, or without one that must be there")


def fields(schema: Node | None) -> list[str]:
    """The fields that an object can have, as far as they are stated."""
    return [] if schema is None else list(meaning(schema).properties)
