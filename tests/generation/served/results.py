"""Whether what a call gives is what was sent, and of the type that is declared."""

from __future__ import annotations

import collections.abc
import inspect
import types
import typing
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Enum):
        return value.value
    if hasattr(value, "to_dict"):
        return plain(value.to_dict())
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def differences(sent: Any, got: Any, place: str = "") -> list[str]:
    """What is different in two values of JSON; moments may be written otherwise, and numbers."""
    if isinstance(sent, dict) and isinstance(got, dict):
        found = [f"{place}: {key!r} is lost" for key in sent if key not in got]
        found += [f"{place}: {key!r} is new" for key in got if key not in sent]
        for key in sent:
            if key in got:
                found += differences(sent[key], got[key], f"{place}.{key}")
        return found
    if isinstance(sent, list) and isinstance(got, list) and len(sent) == len(got):
        return [
            told
            for index, (one, other) in enumerate(zip(sent, got, strict=True))
            for told in differences(one, other, f"{place}[{index}]")
        ]
    is_same = sent == got and isinstance(sent, bool) == isinstance(got, bool)
    return [] if is_same or _moment(sent, got) else [f"{place}: {sent!r} became {got!r}"[:300]]


def as_texts(value: Any) -> Any:
    """A parameter as it is written, where only its text counts."""
    if isinstance(value, dict):
        return {str(key): as_texts(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_texts(each) for each in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(float(value))
    try:
        return repr(float(value))
    except (TypeError, ValueError):
        return value


def _moment(sent: Any, got: Any) -> bool:
    try:
        return datetime.fromisoformat(sent) == datetime.fromisoformat(got)
    except (TypeError, ValueError):
        return False


def fits(value: Any, hint: Any) -> bool:
    """Whether a value is of a type, and what is in it as well."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint in (Any, object):
        return True
    if hint in (None, type(None)):
        return value is None
    if origin in (typing.Union, types.UnionType):
        return any(fits(value, each) for each in arguments)
    if origin is typing.Literal:
        return value in arguments
    if origin in (list, collections.abc.Sequence):
        return isinstance(value, list) and all(fits(each, arguments[0]) for each in value)
    if origin in (dict, collections.abc.Mapping):
        return isinstance(value, dict)
    if hint is float:
        return isinstance(value, int | float)
    return isinstance(value, hint) if inspect.isclass(hint) else True
