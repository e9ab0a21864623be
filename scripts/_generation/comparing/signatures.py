"""What changes of the arguments of a method: every call that was right before is to be right after."""

from __future__ import annotations

from collections.abc import Iterator

from scripts._generation.comparing.change import Change, Subject
from scripts._generation.comparing.pairs import Pairs
from scripts._generation.comparing.surface import Value
from scripts._generation.comparing.value_changes import Direction, label, paired, value_changes


def argument_changes(
    subject: Subject, old: list[Value], new: list[Value], direction: Direction
) -> Iterator[Change]:
    """Compare the arguments of two methods, each in its order."""
    pairs = paired(old, new)
    for each in pairs.gone:
        yield subject.change("argument-removed", "removed", breaking=True, place=label(each))
    for each in pairs.added:
        what = "added, required" if each.is_given else "added"
        yield subject.change("argument-added", what, breaking=each.is_given, place=label(each))
    for before, after in pairs.both:
        if before.name != after.name:
            what, place = f"renamed to {after.name}", label(before)
            yield subject.change("argument-renamed", what, breaking=True, place=place)
        if before.is_given != after.is_given:
            kind = "argument-required" if after.is_given else "argument-optional"
            what = f"is now {'required' if after.is_given else 'optional'}"
            yield subject.change(kind, what, breaking=after.is_given, place=label(after))
        if before.style != after.style and before.place == after.place:
            what = f"written as {after.style or 'usual'}, was {before.style or 'usual'}"
            yield subject.change("style-changed", what, breaking=False, place=label(after))
        if before.place != after.place:
            breaks = _is_called_otherwise(before, after, pairs, new)
            what = f"was in the {before.place}"
            yield subject.change("argument-moved", what, breaking=breaks, place=label(after))
        yield from value_changes(subject, before, after, direction)
    yield from _positions(subject, pairs, old, new)


def _is_called_otherwise(
    before: Value, after: Value, pairs: Pairs[Value], new: list[Value]
) -> bool:
    """Whether an argument was positional, or is so before others that were."""
    if after.place != "path":
        return before.place == "path"
    order = [id(each) for each in new]
    positional = [two for one, two in pairs.both if one.place == "path"]
    return any(order.index(id(after)) < order.index(id(each)) for each in positional)


def _positions(
    subject: Subject, pairs: Pairs[Value], old: list[Value], new: list[Value]
) -> Iterator[Change]:
    order = [id(each) for each in new]
    became = {id(one): two for one, two in pairs.both}
    kept = [became[id(each)] for each in old if each.place == "path" and id(each) in became]
    positional = [each for each in kept if each.place == "path"]
    if positional != sorted(positional, key=lambda each: order.index(id(each))):
        names = [
            ", ".join(each.name for each in values if each.place == "path") for values in (new, old)
        ]
        what = f"({names[0]}), was ({names[1]})"
        yield subject.change("positions-changed", what, breaking=True, place="path")
