"""One change between two specs, as a user of the package sees it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass

from scripts._generation.findings import one_line

_SHOWN = 3


@dataclass(frozen=True)
class Change:
    """What changes, and whether a caller's code notices it without having changed.

    Attributes:
        kind: one of the table in docs/regenerate.md.
        subject: the method, the model or the enum.
        place: where in it; empty for the whole.
        what: the change in words.
        breaking: whether a type checker refuses what it took, or a call is sent, read or refused otherwise.
        operations: methods and paths of the operations that have it.
    """

    kind: str
    subject: str
    place: str
    what: str
    breaking: bool
    operations: tuple[str, ...]

    def __str__(self) -> str:
        shown = ", ".join(self.operations[:_SHOWN])
        if len(self.operations) > _SHOWN:
            shown += f" and {len(self.operations) - _SHOWN} more"
        where = f" ({shown})" if shown else ""
        is_method = self.subject.startswith("client.")
        parts = [self.subject + (where if is_method else ""), self.place, self.what]
        told = ": ".join(part for part in parts if part) + ("" if is_method else where)
        return one_line(f"{'BREAKING' if self.breaking else '        '} {told}")


@dataclass(frozen=True)
class Subject:
    """What changes are told of: makes them."""

    name: str
    operations: tuple[str, ...] = ()

    @classmethod
    def of(cls, name: str, operations: Iterable[str]) -> Subject:
        return cls(name, tuple(sorted(operations)))

    def change(self, kind: str, what: str, *, breaking: bool, place: str = "") -> Change:
        return Change(kind, self.name, place, what, breaking, self.operations)


def in_order(changes: Collection[Change]) -> list[Change]:
    """Each once: those that break code first, then by what they are told of."""
    unique = dict.fromkeys(changes)
    return sorted(unique, key=lambda each: (not each.breaking, each.subject, each.place, each.kind))


def as_text(changes: Collection[Change]) -> str:
    """A line for each change, and how many there are."""
    if not changes:
        return "nothing changes for users of the package"
    breaking = sum(each.breaking for each in changes)
    count = f"{len(changes)} change{'' if len(changes) == 1 else 's'}"
    return "\n".join([*map(str, changes), f"{count}, {breaking or 'none'} of them breaking"])


def as_json(changes: Collection[Change]) -> str:
    """The changes in the form that docs/regenerate.md describes."""
    breaking = sum(each.breaking for each in changes)
    told = {"breaking": breaking, "changes": [asdict(each) for each in changes]}
    return json.dumps(told, indent=2, ensure_ascii=False)
