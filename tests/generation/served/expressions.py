"""Values as expressions of Python that have the type that a signature wants."""

from __future__ import annotations

import collections.abc
import importlib
import inspect
import re
import types
import typing
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

import attrs

_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError)
"""What a model may raise that is made of something else."""


class NoExpressionError(Exception):
    """No expression of a type stands for a value that the file allows."""


def expression(value: Any, hint: Any) -> str:
    """The text of an expression of the type ``hint`` for a value as JSON has it.

    Raises:
        NoExpressionError: the type has none.
    """
    errors: list[str] = []
    for member in sorted(members(hint), key=lambda each: (each is Any, _unlikeness(value, each))):
        try:
            return _of_one(value, member)
        except NoExpressionError as error:
            errors.append(str(error))
    raise NoExpressionError(f"{_shown(value)} is none of {hint}: {'; '.join(errors)}"[:500])


def members(hint: Any) -> list[Any]:
    """The types of a union, those that take most last."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        found = [each for member in typing.get_args(hint) for each in members(member)]
        return sorted(found, key=_breadth)
    return [hint]


def _unlikeness(value: Any, hint: Any) -> int:
    """How many fields of an object a model does not know, so that of several the right one is taken."""
    if not (isinstance(value, dict) and inspect.isclass(hint) and attrs.has(hint)):
        return 0
    try:
        found: Any = hint.from_dict(value)  # type: ignore[attr-defined]
    except _UNREADABLE:
        return len(value) + 1
    return int(len(found.extra) + (found.to_dict().keys() != value.keys()))


def _breadth(hint: Any) -> int:
    return (
        2 if hint in (str, Any) else 1 if typing.get_origin(hint) is collections.abc.Mapping else 0
    )


def _of_one(value: Any, hint: Any) -> str:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint is Any or hint is object:
        return repr(value)
    if hint is None or hint is type(None):
        return _if(value is None, "None", value, hint)
    if origin is typing.Literal:
        return _if(value in arguments, repr(value), value, hint)
    if origin in (list, collections.abc.Sequence):
        if not isinstance(value, list):
            raise NoExpressionError(f"{_shown(value)} is no list")
        return f"[{', '.join(expression(each, arguments[0]) for each in value)}]"
    if origin in (dict, collections.abc.Mapping):
        return _if(isinstance(value, dict), repr(value), value, hint)
    if inspect.isclass(hint):
        return _of_class(value, hint)
    raise NoExpressionError(f"{_shown(value)} as {hint}")


def _of_class(value: Any, hint: type[Any]) -> str:
    if hint in (datetime, date):
        return _moment(value, hint)
    if hint is UUID:
        is_uuid = isinstance(value, str) and re.fullmatch("[0-9a-fA-F-]{36}", value)
        return _if(bool(is_uuid), f"uuid.UUID({value!r})", value, hint)
    if hint is bytes:
        return _if(isinstance(value, bytes), repr(value), value, hint)
    if hint.__name__ == "File":
        text = f'types.File(io.BytesIO({value!r}), "file.bin")'
        return _if(isinstance(value, bytes), text, value, hint)
    if hint is float:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return _if(is_number, repr(value), value, hint)
    if issubclass(hint, Enum):
        return _member(value, hint)
    if attrs.has(hint):
        return _model(value, hint)
    return _if(type(value) is hint, repr(value), value, hint)


def _if(fits: bool, text: str, value: Any, hint: Any) -> str:
    if not fits:
        raise NoExpressionError(f"{_shown(value)} as {hint}")
    return text


def _moment(value: Any, hint: type[Any]) -> str:
    try:
        found = hint.fromisoformat(value)
    except (TypeError, ValueError):
        raise NoExpressionError(f"{_shown(value)} as {hint}") from None
    is_whole = hint is not datetime or found.utcoffset() is not None
    return _if(is_whole, f"datetime.{hint.__name__}.fromisoformat({value!r})", value, hint)


def _member(value: Any, hint: type[Any]) -> str:
    for name, member in hint.__members__.items():
        if member.value == value:
            return f"models.{hint.__name__}.{name}"
    raise NoExpressionError(f"{_shown(value)} as {hint}")


def _model(value: Any, hint: type[Any]) -> str:
    """A model by its constructor, or from its JSON where it has fields that are not documented."""
    if not isinstance(value, dict):
        raise NoExpressionError(f"{_shown(value)} is no {hint.__name__}")
    try:
        hint.from_dict(value)
    except _UNREADABLE as error:
        raise NoExpressionError(f"{hint.__name__} of {_shown(value)}: {error}") from None
    from_json = f"models.{hint.__name__}.from_dict({value!r})"
    hints = _field_hints(hint)
    given = {plain_name(name): each for name, each in value.items()}
    if len(given) != len(value) or not set(given) <= set(hints):
        return from_json
    parts = []
    for plain, each in given.items():
        name, field_hint = hints[plain]
        if any(typing.get_origin(one) is typing.Literal for one in members(field_hint)):
            return from_json  # what must be sent is no argument
        parts.append(f"{name}={expression(each, field_hint)}")
    return f"models.{hint.__name__}({', '.join(parts)})"


def _field_hints(model: type[Any]) -> dict[str, tuple[str, Any]]:
    """The fields of a model by their plain names: name and type. None of those that are alike but for case and marks."""
    models = importlib.import_module("matillion_api.models")
    module = vars(importlib.import_module(model.__module__))
    known = {name: getattr(models, name) for name in models.__all__}
    hints = typing.get_type_hints(model, globalns={**module, **known})
    found: dict[str, tuple[str, Any]] = {}
    for each in attrs.fields(model):
        if each.init:
            # A name that begins with a digit has a word before it.
            plain = re.sub("^field(?=[0-9])", "", plain_name(each.name))
            found[plain] = (each.alias or each.name, hints[each.name])
    return found


def plain_name(name: str) -> str:
    """What stays of a name when it becomes one of Python."""
    return re.sub("[^a-z0-9]", "", name.lower())


def _shown(value: Any) -> str:
    return repr(value)[:80]
