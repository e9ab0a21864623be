"""What a walk knows of the pages it has met: each page, and the total that they tell."""

from __future__ import annotations

import logging
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

import attrs
from matillion_api.types import UNSET, Paging, UnreadableRow

logger = logging.getLogger("matillion_async")

ItemT = TypeVar("ItemT")
PageT = TypeVar("PageT")

MAX_PAGES_BEYOND = 1_000
"""Full pages that a walk takes beyond a total that is too small: a server may have no last page at all."""
_TELLING = ("id", "name", "timestamp", "created_at")
_TELLING_ENDS = ("_id", "_name", "_key", "_prefix")


class Walked:
    """What is walked with ``async for`` only."""

    if not TYPE_CHECKING:  # for which a plain loop over it must be a mistake

        def __iter__(self) -> NoReturn:
            raise TypeError(
                f"{self!r} is not fetched yet: write 'async for item in listing', or 'await listing.all()'"
            )


@dataclass(slots=True)
class Fetched(Generic[ItemT, PageT]):
    """A page that was fetched, with its items and the rows that are not among them."""

    page: PageT
    items: list[ItemT]
    skipped: tuple[UnreadableRow, ...] = ()
    _keys: frozenset[Hashable] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._keys = _keys(self.items, self.skipped)

    @property
    def rows(self) -> int:
        """How many items the server sent."""
        return len(self.items) + len(self.skipped)

    def repeats(self, other: Fetched[ItemT, PageT] | None) -> bool:
        """Whether it has items, and most of them are those of another page, whatever changed in them meanwhile."""
        if other is None or not self.rows:
            return False
        if self.items == other.items and self.skipped == other.skipped:
            return True
        return 2 * len(self._keys & other._keys) > self.rows

    def total(self, paging: Paging) -> int | None:
        """The total, unless it is absent or 0 beside items, as in the vendor's examples."""
        total = getattr(self.page, paging.total or "", UNSET)
        if isinstance(total, bool) or not isinstance(total, int) or (not total and self.rows):
            return None
        return total

    def size(self, paging: Paging, asked: int) -> int:
        """Items per page: the server may allow fewer than it was asked for."""
        said = getattr(self.page, paging.size, UNSET)
        return said if isinstance(said, int) and 0 < said < asked else asked

    def is_bare(self, paging: Paging) -> bool:
        """Whether it says nothing of itself, as an array that came in place of a page."""
        told: list[Any] = [
            getattr(self.page, name, None)
            for name in (paging.cursor, paging.size, paging.total or "")
        ]
        return all(value in (None, UNSET) for value in told)


def _keys(items: list[Any], skipped: tuple[UnreadableRow, ...]) -> frozenset[Hashable]:
    """What tells the items of a page from others; nothing unless it tells them from each other."""
    telling = _telling(type(items[0])) if items else ()
    keys: list[Hashable] = []
    for item in items:
        key = tuple(str(getattr(item, name) or "") for name in telling)
        if any(key):
            keys.append(key)
    keys += [row.name for row in skipped if row.name]
    distinct = frozenset(keys)
    return distinct if len(distinct) == len(keys) else frozenset()


def _telling(model: type) -> tuple[str, ...]:
    """Which fields are the ids and names of an item, or say when it was made."""
    if not attrs.has(model):
        return ()
    names = (attribute.name for attribute in attrs.fields(model))
    return tuple(name for name in names if name in _TELLING or name.endswith(_TELLING_ENDS))


class Total:
    """How many items there are, as far as the server can be believed.

    Where the total is reached with a full page it may be wrong, and one page more shows that.
    """

    def __init__(self, operation: str) -> None:
        self._operation = operation
        self._is_believed = True
        self._pages_beyond = 0
        self.said: int | None = None
        """What the newest page says: it may change under way. None where nothing or too little is said."""

    def is_reached(self, seen: int) -> bool:
        """Whether there should be no more after so many items."""
        return self.said is not None and seen >= self.said

    @property
    def is_far_behind(self) -> bool:
        """Whether it was wrong, and the walk has gone on for so long that it may have no end."""
        return self._pages_beyond > MAX_PAGES_BEYOND

    def update(self, said: int | None, seen: int, rows: int) -> None:
        """Note what a page with so many rows says, when ``seen`` came before it."""
        known = self.said if said is None else said
        if self._is_believed and known is not None and rows and seen + rows > known:
            self._is_believed = False
            logger.warning(
                "%s: the server contradicts itself: there are more items than its total of %s; the walk goes on as "
                "long as pages are full",
                self._operation,
                known,
            )
        self._pages_beyond += not self._is_believed
        self.said = said if self._is_believed else None
