"""What a walk knows of the pages it has met: each page, and the total that they tell."""

from __future__ import annotations

import logging
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

import attrs
from matillion_api.types import UNSET, Paging, UnreadableRow, as_plain

from matillion_async._errors import PagingError

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
            raise TypeError(self._not_fetched())

        def __getitem__(self, index: object) -> NoReturn:
            raise TypeError(self._not_fetched())

        def __getattr__(self, name: str) -> NoReturn:
            text = f"{type(self).__name__!r} object has no attribute {name!r}"
            if not name.startswith("_"):  # such as what copy and pickle look for
                text += f": {self._not_fetched()}"
            raise AttributeError(text)

        def _not_fetched(self) -> str:
            page = ", or 'await listing' for one page" if hasattr(type(self), "__await__") else ""
            return f"{self!r} is not fetched yet: write 'async for item in listing', or 'await listing.all()'{page}"


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

    def token_after(self, paging: Paging, operation: str) -> object:
        """The token of the page after this one; None if there is none.

        Raises:
            PagingError: it does not tell.
        """
        if paging.more is not None and not getattr(self.page, paging.more):
            return None
        if paging.last is not None:
            return self._last(paging.last, operation) if self.rows else None
        token = getattr(self.page, paging.next or "") or None
        if token is not None and not isinstance(token, str):
            raise contradiction(
                operation, f"a page token is not a string, but {type(token).__name__}"
            )
        return token

    def _last(self, name: str, operation: str) -> object:
        """What the last item has in a field, as a parameter takes it."""
        if any(row.index == self.rows - 1 for row in self.skipped):
            what = "the last row of a page, which tells the next, is unreadable"
            raise contradiction(operation, what)
        value = getattr(self.items[-1], name)
        if value is None or value is UNSET:
            raise contradiction(operation, f"the last item of a page has no {name}")
        return value if isinstance(value, date) else as_plain(value)

    def is_everything(self, paging: Paging, size: int) -> bool:
        """Whether a page that comes again is all that there is: it says nothing of itself, as an array in place of a page.

        Where nothing tells the end, a full one may as well be the first of many, from a server that does not know the parameter.
        """
        if paging.total is None and self.rows >= size:
            return False
        told: list[Any] = [
            getattr(self.page, name, None)
            for name in (paging.cursor, paging.size, paging.total or "")
        ]
        return all(value in (None, UNSET) for value in told)


def contradiction(operation: str, what: str) -> PagingError:
    """The error for a listing in which the server contradicts itself."""
    text = f"the server contradicts itself: {what}; the listing is not complete"
    return PagingError(text, operation=operation)


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
