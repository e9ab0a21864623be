"""What a walk knows of the pages it has met: each page, and the total that they tell."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from matillion_api.types import UNSET, Paging, UnreadableRow

logger = logging.getLogger("matillion_async")

ItemT = TypeVar("ItemT")
PageT = TypeVar("PageT")


@dataclass(frozen=True, slots=True)
class Fetched(Generic[ItemT, PageT]):
    """A page that was fetched, with its items and the rows that are not among them."""

    page: PageT
    items: list[ItemT]
    skipped: tuple[UnreadableRow, ...] = ()

    @property
    def rows(self) -> int:
        """How many items the server sent."""
        return len(self.items) + len(self.skipped)

    def repeats(self, other: Fetched[ItemT, PageT] | None) -> bool:
        """Whether it has items, and those of another page."""
        if other is None or not self.rows:
            return False
        return self.items == other.items and self.skipped == other.skipped

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


class Total:
    """How many items there are, as far as the server can be believed.

    Where the total is reached with a full page it may be wrong, and one page more shows that.
    """

    def __init__(self, operation: str) -> None:
        self._operation = operation
        self._is_believed = True
        self.said: int | None = None
        """What the newest page says: it may change under way. None where nothing or too little is said."""

    def is_reached(self, seen: int) -> bool:
        """Whether there should be no more after so many items."""
        return self.said is not None and seen >= self.said

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
        self.said = said if self._is_believed else None
