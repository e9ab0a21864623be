"""What changes of one argument or field."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import inf

from scripts._generation.comparing.change import Change, Subject
from scripts._generation.comparing.pairs import Pairs, are_alike
from scripts._generation.comparing.python_types import Type, fits, text_of_type
from scripts._generation.comparing.surface import Value


@dataclass(frozen=True)
class Direction:
    """Whether callers give a value, read it, or both.

    Attributes:
        enums: the classes that are text as well, of both specs.
    """

    is_sent: bool
    is_received: bool
    enums: Collection[str]


def label(value: Value) -> str:
    """Where a value is: ``query size``; ``body`` of one that is given as a whole."""
    return f"{value.place} {value.name}" if value.wire else value.place


def paired(old: list[Value], new: list[Value]) -> Pairs[Value]:
    """Arguments, or fields, that are the same, under whatever name."""
    pairs = Pairs(
        old,
        new,
        lambda each: (each.place, each.wire),
        lambda each: each.wire,
        lambda each: (each.place, each.name),
    )
    for place in {each.place for each in pairs.gone}:
        before = [each for each in pairs.gone if each.place == place]
        after = [each for each in pairs.added if each.place == place]
        if len(before) == len(after) == 1 and before[0].type == after[0].type:
            one, other = before[0], after[0]
            if are_alike(one.name, other.name) or (
                place == "path" and _index(old, one) == _index(new, other)
            ):
                pairs.pair(one, other)
    return pairs


def _index(values: list[Value], value: Value) -> int:
    return [id(each) for each in values].index(id(value))


def type_change(
    subject: Subject, place: str, old: Type, new: Type, direction: Direction
) -> Iterator[Change]:
    """Compare two types: who sends a value may give more, who reads it must not get more."""
    if old == new:
        return
    takes_all, gives_less = fits(old, new, direction.enums), fits(new, old, direction.enums)
    kind = "type-widened" if takes_all else "type-narrowed" if gives_less else "type-changed"
    breaks = (direction.is_sent and not takes_all) or (direction.is_received and not gives_less)
    what = f"{text_of_type(new)}, was {text_of_type(old)}"
    yield subject.change(kind, what, breaking=breaks, place=place)


def value_changes(
    subject: Subject, old: Value, new: Value, direction: Direction
) -> Iterator[Change]:
    """Compare what an argument and a field have in common, but for whether it must be there."""
    place = label(new)
    yield from type_change(subject, place, old.type, new.type, direction)
    if old.wire != new.wire and old.name == new.name:
        what = f"is {new.wire!r} in the API, was {old.wire!r}"
        yield subject.change("wire-name-changed", what, breaking=False, place=place)
    if old.bounds != new.bounds and direction.is_sent:
        yield _bounds(subject, place, dict(old.bounds), dict(new.bounds))
    if old.told.default != new.told.default and (direction.is_sent or new.is_there):
        what = f"default {_or_none(new.told.default)}, was {_or_none(old.told.default)}"
        yield subject.change("default-changed", what, breaking=False, place=place)
    if old.told.is_deprecated != new.told.is_deprecated:
        yield deprecation(subject, place, is_now=new.told.is_deprecated)


def deprecation(subject: Subject, place: str, *, is_now: bool) -> Change:
    kind, what = (
        ("deprecated", "deprecated") if is_now else ("not-deprecated", "no longer deprecated")
    )
    return subject.change(kind, what, breaking=False, place=place)


def _bounds(
    subject: Subject,
    place: str,
    old: dict[str, float],
    new: dict[str, float],
) -> Change:
    is_narrower = new.get("minimum", -inf) > old.get("minimum", -inf) or (
        new.get("maximum", inf) < old.get("maximum", inf)
    )
    told = [
        " and ".join(f"{key} {value}" for key, value in each.items()) or "no bounds"
        for each in (new, old)
    ]
    what = f"{told[0]}, was {told[1]}"
    return subject.change("bounds-changed", what, breaking=is_narrower, place=place)


def _or_none(default: str | None) -> str:
    return "none" if default is None else default
