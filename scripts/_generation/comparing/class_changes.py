"""What changes of the models and the enums of a package."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from scripts._generation.comparing.change import Change, Subject
from scripts._generation.comparing.python_types import Type, with_names
from scripts._generation.comparing.surface import Enum, Model, Surface, Value
from scripts._generation.comparing.value_changes import (
    Direction,
    paired,
    type_change,
    value_changes,
)

_ANY: Type = frozenset({"Any"})
Classes = Mapping[str, tuple[Any, frozenset[str]]]
"""What classes are made of, and the requests that use them, by their names."""


def renamed_classes(old: Surface, new: Surface) -> dict[str, str]:
    """The classes that have another name, and the same fields or members in a request that is still there: new names by old."""
    models = [
        {name: (each.fields, each.used) for name, each in one.models.items()} for one in (old, new)
    ]
    enums = [
        {name: (each.members, each.used) for name, each in one.enums.items()} for one in (old, new)
    ]
    return _renamed(*models) | _renamed(*enums)


def _renamed(old: Classes, new: Classes) -> dict[str, str]:
    found: dict[str, str] = {}
    gone = {name: old[name] for name in old.keys() - new.keys()}
    added = {name: new[name] for name in new.keys() - old.keys()}
    for name, (parts, used) in gone.items():
        same = [other for other, (its, users) in added.items() if its == parts and users & used]
        twins = [other for other, (its, users) in gone.items() if its == parts and users & used]
        if parts and len(same) == len(twins) == 1:
            found[name] = same[0]
    return found


def class_changes(old: Surface, new: Surface, renamed: dict[str, str]) -> Iterator[Change]:
    """Compare all models and enums.

    Args:
        old: with the names of ``new`` for the classes that are renamed.
        new: the new ones.
        renamed: new names by old ones.
    """
    before = {name: each.used for name, each in old.models.items()}
    after = {name: each.used for name, each in new.models.items()}
    yield from _comings("model", before, after, renamed)
    enums = old.enums.keys() | new.enums.keys()
    for name in before.keys() & after.keys():
        yield from _fields(name, old.models[name], new.models[name], enums)
    before = {name: each.used for name, each in old.enums.items()}
    after = {name: each.used for name, each in new.enums.items()}
    yield from _comings("enum", before, after, renamed)
    for name in before.keys() & after.keys():
        yield from _members(name, old.enums[name], new.enums[name])


def _comings(
    kind: str,
    old: dict[str, frozenset[str]],
    new: dict[str, frozenset[str]],
    renamed: dict[str, str],
) -> Iterator[Change]:
    for name in old.keys() - new.keys():
        subject = Subject.of(f"{kind} {name}", old[name])
        yield subject.change(f"{kind}-removed", "removed", breaking=True)
    for name in new.keys() - old.keys():
        subject = Subject.of(f"{kind} {name}", new[name])
        yield subject.change(f"{kind}-added", "added", breaking=False)
    for name, other in renamed.items():
        if other in new:
            subject = Subject.of(f"{kind} {name}", new[other])
            yield subject.change(f"{kind}-renamed", f"renamed to {other}", breaking=True)


def _fields(name: str, old: Model, new: Model, enums: set[str]) -> Iterator[Change]:
    subject = Subject.of(f"model {name}", new.used)
    direction = Direction(old.is_sent and new.is_sent, old.is_received and new.is_received, enums)
    if not (direction.is_sent or direction.is_received):
        return  # its fields are arguments
    pairs = paired(list(old.fields), list(new.fields))
    for each in pairs.gone:
        place = f"field {each.name}"
        yield subject.change("field-removed", "removed", breaking=True, place=place)
    for each in pairs.added:
        what, place = "added, required" if each.is_given else "added", f"field {each.name}"
        breaks = each.is_given and direction.is_sent
        yield subject.change("field-added", what, breaking=breaks, place=place)
    for before, after in pairs.both:
        if before.name != after.name:
            what, place = f"renamed to {after.name}", f"field {before.name}"
            yield subject.change("field-renamed", what, breaking=True, place=place)
        yield from _presence(subject, before, after, direction)
        yield from value_changes(subject, before, after, direction)
    was, is_now = (_ANY if each.extra is None else each.extra for each in (old, new))
    if not was:  # nobody looks there
        direction = replace(direction, is_received=False)
    yield from type_change(subject, "extra", was, is_now, direction)


def _presence(subject: Subject, old: Value, new: Value, direction: Direction) -> Iterator[Change]:
    place = f"field {new.name}"
    if (old.is_there, old.is_given) == (new.is_there, new.is_given):
        return
    if new.is_there > old.is_there or (new.is_there == old.is_there and new.is_given):
        breaks = direction.is_sent and new.is_given
        yield subject.change("field-required", "is now required", breaking=breaks, place=place)
    else:
        breaks = direction.is_received and not new.is_there
        yield subject.change("field-optional", "is now optional", breaking=breaks, place=place)


def _members(name: str, old: Enum, new: Enum) -> Iterator[Change]:
    subject = Subject.of(f"enum {name}", new.used)
    for member, value in old.members.items():
        place = f"member {member}"
        if member not in new.members:
            yield subject.change("member-removed", "removed", breaking=True, place=place)
        elif new.members[member] != value:
            what = f"is {new.members[member]!r}, was {value!r}"
            yield subject.change("member-changed", what, breaking=True, place=place)
    for member in new.members.keys() - old.members.keys():
        place = f"member {member}"
        yield subject.change("member-added", "added", breaking=False, place=place)


def with_new_names(surface: Surface, renamed: dict[str, str]) -> Surface:
    """A surface with other names of classes, in types as well."""

    def type_(old: Type) -> Type:
        return with_names(old, lambda name: renamed.get(name, name))

    def value(old: Value) -> Value:
        return replace(old, type=type_(old.type))

    return replace(
        surface,
        methods=[
            replace(each, arguments=tuple(map(value, each.arguments)), result=type_(each.result))
            for each in surface.methods
        ],
        models={
            renamed.get(name, name): replace(
                each,
                fields=tuple(map(value, each.fields)),
                extra=None if each.extra is None else type_(each.extra),
            )
            for name, each in surface.models.items()
        },
        enums={renamed.get(name, name): each for name, each in surface.enums.items()},
    )
