# Generated from openapi/ by scripts/generate. Do not edit.
"""How responses are read: what fits is taken as it is, what can be converted without loss is, and the rest is told.

Each function takes a value and, where it may fail, the name of its field.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any, ClassVar, Protocol, Self, TypeVar
from uuid import UUID

from attrs import field, frozen

from .errors import Contradiction, Unreadable
from .types import DECODER, UNSET, ModelAsObject, OpenStrEnum, Paging, UnreadableRow

# A number stands for milliseconds since 1970 from here on, and for seconds below: this is March 1973 in the one
# and the year 5138 in the other.
_LEAST_MILLISECONDS = 100_000_000_000


class _Model(Protocol):
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any], /) -> Self: ...


@frozen
class Choice:
    """How a class of objects is told from others that may be in its place; values of its fields are as text."""

    needs: frozenset[str]
    """The fields that it always has."""
    kinds: Mapping[str, frozenset[str]]
    """The types in JSON of all that are documented, ``any`` for a field of any type."""
    tells: Mapping[str, frozenset[str]] = field(factory=dict)
    """Constants: an object with another value is none of this class."""
    likes: Mapping[str, frozenset[str]] = field(factory=dict)
    """Values that are known; there may be others."""
    names: Mapping[str, frozenset[str]] = field(factory=dict)
    """What discriminators call it, by their fields; each counts where all choices have it."""


class _Choice(Protocol):
    _choice: ClassVar[Choice]

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any], /) -> Self: ...


ModelT = TypeVar("ModelT", bound=_Model)
EnumT = TypeVar("EnumT", bound=OpenStrEnum)
T = TypeVar("T")


def as_it_is(value: Any) -> Any:
    """A value of any kind."""
    return value


def or_none(read: Callable[[Any], T], value: Any) -> T | None:
    """A value that may be null."""
    return None if value is None else read(value)


def given(value: Any) -> Any:
    """An optional field: null counts as not given."""
    return UNSET if value is None else value


def needed(value: Any, field: str) -> Any:
    """A field that must be there."""
    if value is None:
        raise lacks(field)
    return value


def as_text(value: Any) -> Any:
    """A number or a boolean as a string; anything else as it is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


def as_integer(value: Any) -> Any:
    """A string or another number that stands for a whole number as that; anything else as it is."""
    if isinstance(value, str) and _is_number(value):
        try:
            return int(value)
        except ValueError:
            return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def as_number(value: Any) -> Any:
    """A string that stands for a number as that; anything else as it is."""
    if isinstance(value, str) and _is_number(value):
        try:
            return int(value)
        except ValueError:
            return float(value)
    return value


def _is_number(text: str) -> bool:
    """Whether a string is a number as JSON writes it."""
    try:
        value = DECODER.decode(text)
    except (ValueError, RecursionError):  # the latter of thousands of open brackets
        return False
    return type(value) is int or (type(value) is float and isfinite(value))


def as_boolean(value: Any) -> Any:
    """A string that is true or false, in any case, as that; anything else as it is."""
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.casefold(), value)
    return value


def as_moment(value: Any, field: str | None = None) -> datetime | None:
    """A moment in time, always with a time zone, UTC unless it has another; None for an empty string and for null."""
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return _other_moment(value, field)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _other_moment(value: Any, field: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        if isinstance(value, str):
            text = value.strip()
            if not text:
                return None
            # Java adds the name of a zone to its offset, and some databases write the zone behind a space.
            text = text.partition("[")[0].upper().removesuffix(" UTC").removesuffix(" GMT")
            found = datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-").replace(" Z", "Z"))
            return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
        if isinstance(value, int | float) and not isinstance(value, bool):
            seconds = value / 1000 if abs(value) >= _LEAST_MILLISECONDS else value
            return datetime.fromtimestamp(seconds, UTC)
    except (OSError, OverflowError, ValueError):
        pass
    raise Unreadable("is not a moment in time", value).at(field)


def as_day(value: Any, field: str | None = None) -> date | None:
    """A day; of a moment in time that of its own time zone; None for an empty string and for null."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        pass
    moment = _other_moment(value, field)
    return None if moment is None else moment.date()


def as_member(enum: type[EnumT], value: Any, field: str | None = None) -> EnumT:
    """A member of an enum, or a new one for a value that is not known."""
    try:
        return enum._value2member_map_[value]  # type: ignore[return-value]  # a member of this enum
    except (KeyError, TypeError):
        text = as_text(value)
    if not isinstance(text, str):
        raise Unreadable("is not a string", value).at(field)
    return enum(text)


def as_uuid(value: Any, field: str | None = None) -> UUID:
    """A UUID, in any of the forms that Python reads."""
    try:
        return UUID(value)
    except (AttributeError, TypeError, ValueError):
        raise Unreadable("is not a UUID", value).at(field) from None


def as_union(
    choices: Mapping[str, Callable[[Any], Any]], value: Any, field: str | None = None
) -> Any:
    """A value of one of several types, which its type in JSON tells; what is read of any type stands under ``any``."""
    read = choices.get(_JSON_TYPES.get(type(value), "any"), choices.get("any"))
    if read is None:
        raise Unreadable(f"is none of {', '.join(choices)}", value).at(field)
    try:
        return read(value)
    except Unreadable as error:
        error.at(field)
        raise
    except NoChoice as error:
        if "any" in choices:
            return value
        raise Unreadable(str(error), value).at(field) from None


_JSON_TYPES = {dict: "object", ModelAsObject: "object", list: "array", str: "string", int: "number", float: "number", bool: "boolean"}


class NoChoice(Exception):
    """An object is none of those that it may be."""


def as_one_of(models: Sequence[type[_Choice]], value: Mapping[str, Any]) -> Any:
    """An object that is one of several models: the one whose constants it has, or else most of whose fields.

    Of models that are alike in this it is the one whose fields have the types that these have, and then the first one
    that what is inside of it fits as well.

    Raises:
        NoChoice: each of them has other constants, or needs a field that is not there.
        Unreadable: what is inside of it does not fit.
    """
    fitting = _named(
        [
            model
            for model in models
            if model._choice.needs <= value.keys() and _agrees(model._choice.tells, value)
        ],
        value,
    )
    if not fitting:
        names = ", ".join(model.__name__ for model in models)
        raise NoChoice(f"is none of {names}, with {_listed(value)}")
    likenesses = [_likeness(model._choice, value) for model in fitting]
    most = max(likenesses)
    first, *others = [model for model, found in zip(fitting, likenesses, strict=True) if found == most]
    try:
        return first.from_dict(value)
    except Unreadable:
        for model in others:
            with suppress(Unreadable):
                return model.from_dict(value)
        raise


def _named(models: list[type[_Choice]], value: Mapping[str, Any]) -> list[type[_Choice]]:
    """Those that the discriminators name which all of them have; then there may be one that all that are left have."""
    keys = set.intersection(*(set(model._choice.names) for model in models)) if models else set()
    named = [
        model
        for model in models
        if _agrees({key: model._choice.names[key] for key in keys}, value)
    ]
    return named if len(named) == len(models) else _named(named, value)


def _agrees(told: Mapping[str, frozenset[str]], value: Mapping[str, Any]) -> bool:
    texts = {name: _constant(value.get(name)) for name in told}
    return all(text is None or text in told[name] for name, text in texts.items())


def _constant(value: Any) -> str | None:
    """A value as text, if it can be a constant; of a number one text, however it is written."""
    plain = int(value) if isinstance(value, float) and value.is_integer() else value
    text = as_text(plain)
    return text if isinstance(text, str) else None


def _likeness(choice: Choice, value: Mapping[str, Any]) -> tuple[int, int, int]:
    known = choice.kinds.keys() & value.keys()
    told = [name for name in choice.likes if _constant(value.get(name)) in choice.likes[name]]
    fitting = [
        name
        for name in known
        if value[name] is None or choice.kinds[name] & {"any", _JSON_TYPES.get(type(value[name]), "any")}
    ]
    return len(choice.tells.keys() & value.keys()) + len(told), len(known), len(fitting)


def as_mapping(value: Any) -> dict[str, Any]:
    """The fields of an object."""
    if not isinstance(value, Mapping):
        raise Unreadable("is not an object", value)
    return dict(value)


def as_object(model: type[ModelT], value: Any, field: str | None = None) -> ModelT:
    """A model of an object."""
    try:
        return model.from_dict(value)
    except Unreadable as error:
        error.at(field)
        raise


def as_list(read: Callable[[Any], Any], value: Any, field: str | None = None) -> list[Any]:
    """A list, each of whose items is read in the same way; null as an empty one.

    Of any items for type checkers, as an empty moment is none, which no API says of its lists.
    """
    if value is None:
        return []
    if not isinstance(value, list):
        raise Unreadable("is not a list", value).at(field)
    try:
        return [read(item) for item in value]
    except Unreadable:
        _find(read, enumerate(value), field)
        raise


def as_map(read: Callable[[Any], Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """An object whose fields have any names and are read in the same way."""
    try:
        return {name: read(value) for name, value in values.items()}
    except Unreadable:
        _find(read, values.items(), None)
        raise


def _find(
    read: Callable[[Any], Any], values: Iterable[tuple[int | str, Any]], field: str | None
) -> None:
    """Raise the first error of several values once more, with its place."""
    for place, value in values:
        try:
            read(value)
        except Unreadable as error:
            error.at(place).at(field)
            raise error from None


def lacks(field: str) -> Unreadable:
    """The error for a field that must be there, and is absent or null."""
    return Unreadable("is missing", is_missing=True).at(field)


def documented(data: Any, fields: frozenset[str]) -> Any:
    """An object that has at least one of the fields that are documented: one without any is something else."""
    if isinstance(data, Mapping) and fields.isdisjoint(data):
        raise Unreadable(f"has none of the documented fields, but {_listed(data)}")
    return data


def _listed(names: Iterable[str]) -> str:
    """The names of some fields, as many as fit into a message."""
    shown = [repr(name[:40]) for name in names]
    more = f" and {len(shown) - 10} more" if len(shown) > 10 else ""
    return ", ".join(shown[:10]) + more if shown else "no fields at all"


def envelope(paging: Paging, data: Any) -> dict[str, Any]:
    """A page of a listing, as an object with its items in a list: it may come as a bare array, or without items.

    Raises:
        Contradiction: there are no items although the total says that there are some, or the token of the next page
            is not one.
        Unreadable: it is nothing of that.
    """
    key = paging.items_key
    if isinstance(data, list):
        return {key: data}
    page = data if type(data) is dict else as_mapping(data)
    if key not in page and paging.alone:
        page = _unwrapped(paging, page)
    items = page.get(key)
    if items is None:
        others = [name for name, value in page.items() if isinstance(value, list) and name not in paging.fields]
        if others or (page and paging.fields.isdisjoint(page)):
            raise Unreadable(f"has no {key!r}, but {_listed(page)}")
        _check_no_items(paging, page)
        page = {**page, key: []}
    elif not isinstance(items, list):
        raise Unreadable("is not a list", items).at(key)
    token = page.get(paging.next_key) if paging.next_key else None
    if token is not None and not isinstance(token, str):
        raise Contradiction(f"{paging.next_key!r} is not a token of a page, but of the type {_type(token)}")
    return page


def _unwrapped(paging: Paging, page: dict[str, Any]) -> dict[str, Any]:
    """A page of which it is not known how it comes: an item may come alone, or a list in another field."""
    if not paging.alone.isdisjoint(page):
        return {paging.items_key: [page]}
    lists = [value for name, value in page.items() if isinstance(value, list) and name not in paging.fields]
    if len(lists) == 1 and all(isinstance(item, Mapping) for item in lists[0]):
        kept = {name: page[name] for name in paging.fields & page.keys()}
        return {**kept, paging.items_key: lists[0]}
    return page


def _check_no_items(paging: Paging, page: dict[str, Any]) -> None:
    total = as_integer(page.get(paging.total_key)) if paging.total_key else None
    cursor = as_integer(page.get(paging.cursor_key))
    is_first = not isinstance(cursor, int) or cursor <= (1 if paging.style == "index" else 0)
    if isinstance(total, int) and total > 0 and is_first:
        raise Contradiction(f"there is no {paging.items_key!r}, but the total is {total}")


def _type(value: Any) -> str:
    names = {dict: "object", list: "array", bool: "boolean", int: "number", float: "number"}
    return names.get(type(value), type(value).__name__)


def page_of(paging: Paging, data: Any) -> dict[str, Any]:
    """A page of a listing whose items can be read: none of them is something else than documented."""
    page = envelope(paging, data)
    fields = paging.item_fields
    if fields:
        for index, item in enumerate(page[paging.items_key]):
            if type(item) is dict and item and fields.isdisjoint(item):
                raise Unreadable(f"has none of the documented fields, but {_listed(item)}").at(
                    index
                ).at(paging.items_key)
    return page


def unreadable_row(index: int, data: Any, reason: str, is_secret: bool) -> UnreadableRow:
    """What is told of a row of a page that cannot be read."""
    name = ""
    if isinstance(data, Mapping):
        named = [key for key in data if key.casefold() in ("id", "name") or key.endswith("Id")]
        shown = [(key, as_text(data[key])) for key in named[:2]]
        name = ", ".join(f"{key} {value!r:.80}" for key, value in shown if isinstance(value, str))
    return UnreadableRow(index, name, reason, None if is_secret else data)
