"""Find what is the same in two specs, though parts of it have changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from typing import Generic, TypeVar

T = TypeVar("T")


class Pairs(Generic[T]):
    """Pairs of an old and a new thing, and what is left of both.

    Args:
        old: all old ones.
        new: all new ones.
        keys: tried in their order: of those that are left, two with one key that no other one has are a pair.
    """

    def __init__(self, old: Sequence[T], new: Sequence[T], *keys: Callable[[T], Hashable]) -> None:
        self.both: list[tuple[T, T]] = []
        self.gone, self.added = list(old), list(new)
        for key in keys:
            before, after = _unique(self.gone, key), _unique(self.added, key)
            for name in before.keys() & after.keys():
                self.pair(before[name], after[name])

    def pair(self, old: T, new: T) -> None:
        """Take two that are left for a pair."""
        self.both.append((old, new))
        self.gone = [each for each in self.gone if each is not old]
        self.added = [each for each in self.added if each is not new]


def are_alike(one: str, other: str) -> bool:
    """Whether a name may be what another one was renamed to: ``size`` and ``page_size``."""
    first, second = set(one.split("_")), set(other.split("_"))
    is_part = first <= second or second <= first
    return is_part or SequenceMatcher(None, one, other).ratio() >= 0.7


def _unique(things: Sequence[T], key: Callable[[T], Hashable]) -> dict[Hashable, T]:
    keys = [key(each) for each in things]
    return {name: each for name, each in zip(keys, things, strict=True) if keys.count(name) == 1}
