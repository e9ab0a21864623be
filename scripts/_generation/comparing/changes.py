"""Tell users what a change of the spec means for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scripts._generation.comparing.access import access_changes, own_access_changes
from scripts._generation.comparing.change import Change, Subject, in_order
from scripts._generation.comparing.class_changes import (
    class_changes,
    renamed_classes,
    with_new_names,
)
from scripts._generation.comparing.pairs import Pairs
from scripts._generation.comparing.python_types import fits, text_of_type
from scripts._generation.comparing.signatures import argument_changes
from scripts._generation.comparing.surface import Method, Surface, Value, surface_of
from scripts._generation.comparing.value_changes import Direction, deprecation


def compare(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Everything that is different for users of the package that is generated from the second document.

    Args:
        old: a document, as it was read.
        new: another one.
    """
    before, after = surface_of(old), surface_of(new)
    renamed = renamed_classes(before, after)
    before = with_new_names(before, renamed)
    changes = [*access_changes(before, after), *class_changes(before, after, renamed)]
    pairs = Pairs(
        before.methods,
        after.methods,
        lambda each: each.module,
        lambda each: each.module.partition(".")[2],
        lambda each: each.call,
        lambda each: re.sub(r"{[^}]*}", "{}", each.request),
    )
    for each in pairs.gone:
        changes.append(_removed(each, after))
    for each in pairs.added:
        changes.append(_subject(each).change("operation-added", "added", breaking=False))
    for was, is_now in pairs.both:
        changes.extend(_method_changes(before, was, after, is_now))
    return in_order(changes)


def _subject(method: Method) -> Subject:
    return Subject(f"client.{method.call}", (method.request,))


def _removed(method: Method, new: Surface) -> Change:
    reason = new.left_out.get(method.request)
    what = f"removed, since it cannot be generated: {reason}" if reason else "removed"
    return _subject(method).change("operation-removed", what, breaking=True)


def _in_any_order(paging: dict[str, Any] | None) -> dict[str, Any]:
    """Fields of a page and of its items come in the order of the file, which is another one in a published package."""
    return {
        key: sorted(value) if isinstance(value, list) else value
        for key, value in (paging or {}).items()
    }


def _method_changes(before: Surface, old: Method, after: Surface, new: Method) -> Iterator[Change]:
    subject = _subject(new)
    yield from _names(subject, old, new)
    if old.is_idempotent != new.is_idempotent:
        what = f"is {'now' if new.is_idempotent else 'no longer'} idempotent"
        yield subject.change("idempotence-changed", what, breaking=False)
    if old.is_deprecated != new.is_deprecated:
        yield deprecation(subject, "", is_now=new.is_deprecated)
    yield from own_access_changes(subject, (before, old), (after, new))
    direction = Direction(True, False, before.enums.keys() | after.enums.keys())
    has_body = bool(old.sent_as and new.sent_as)
    is_other = has_body and old.takes_fields != new.takes_fields
    if is_other:
        taken = "its fields are arguments" if new.takes_fields else "it is one argument"
        yield subject.change("body-fields-changed", taken, breaking=True, place="body")
    if has_body and old.sent_as != new.sent_as:
        what = f"sent as {new.sent_as}, was {old.sent_as}"
        yield subject.change("media-type-changed", what, breaking=False, place="body")
    yield from argument_changes(
        subject, _arguments(old, not is_other), _arguments(new, not is_other), direction
    )
    yield from _result(subject, old, new, direction)


def _arguments(method: Method, with_body: bool) -> list[Value]:
    return [each for each in method.arguments if with_body or each.place != "body"]


def _names(subject: Subject, old: Method, new: Method) -> Iterator[Change]:
    (old_group, old_name), (new_group, new_name) = old.call.split("."), new.call.split(".")
    if old_group != new_group:
        yield subject.change("group-changed", f"was client.{old.call}", breaking=True)
    elif old_name != new_name:
        yield subject.change("operation-renamed", f"was client.{old.call}", breaking=True)
    elif old.module != new.module:
        what = f"its module is api.{new.module}, was api.{old.module}"
        yield subject.change("module-renamed", what, breaking=True)
    old_verb, _, old_path = old.request.partition(" ")
    new_verb, _, new_path = new.request.partition(" ")
    if old_path != new_path:
        yield subject.change("path-moved", f"was {old_path}", breaking=False, place="path")
    if old_verb != new_verb:
        yield subject.change("method-changed", f"was {old_verb}", breaking=False)


def _result(subject: Subject, old: Method, new: Method, direction: Direction) -> Iterator[Change]:
    if bool(old.paging) != bool(new.paging):
        kind = "paging-started" if new.paging else "paging-ended"
        what = f"returns {text_of_type(new.result)}, was {text_of_type(old.result)}"
        yield subject.change(kind, what, breaking=True, place="response")
        return
    if _in_any_order(old.paging) != _in_any_order(new.paging):
        what = f"{_text(new.paging, old.paging)}, was {_text(old.paging, new.paging)}"
        yield subject.change("paging-changed", what, breaking=False, place="paging")
    if old.result != new.result:
        breaks = not fits(new.result, old.result, direction.enums)
        what = f"returns {text_of_type(new.result)}, was {text_of_type(old.result)}"
        yield subject.change("result-changed", what, breaking=breaks, place="response")
    for status in old.kinds.keys() | new.kinds.keys():
        place = f"response {status}"
        if status not in old.kinds:
            yield subject.change("status-added", "added", breaking=False, place=place)
        elif status not in new.kinds:
            yield subject.change("status-removed", "removed", breaking=False, place=place)
        elif old.kinds[status] != new.kinds[status] and old.result == new.result:
            what = f"{new.kinds[status] or 'nothing'}, was {old.kinds[status] or 'nothing'}"
            yield subject.change("media-type-changed", what, breaking=False, place=place)


def _text(paging: dict[str, Any], other: dict[str, Any]) -> str:
    """What is different of a way of paging, by the names that the API has for it."""
    told = {
        key.removesuffix("_key"): paging[key] for key in paging if paging[key] != other.get(key)
    }
    return " ".join(f"{key}={value}" for key, value in told.items()) or "usual"
