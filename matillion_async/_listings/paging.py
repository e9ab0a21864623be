"""Listings: one page when awaited, every item when walked."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine, Generator
from typing import Any, Generic, Protocol, TypeVar

from matillion_api.types import UNSET, Operation, Paging, Unset

from matillion_async._errors import PagingError

T = TypeVar("T")
ItemT = TypeVar("ItemT")
PageT = TypeVar("PageT")

MAX_PAGES_AHEAD = 16
_MAX_EMPTY_PAGES = 10


class Caller(Protocol):
    """What a listing needs of a session."""

    def call(self, operation: Operation[T], /, **arguments: Any) -> Coroutine[Any, Any, T]: ...


class PagedListing(Generic[ItemT, PageT]):
    """A listing that is not fetched yet.

    ``await listing`` fetches one page; ``async for item in listing`` walks the items of all pages;
    ``listing.pages()`` walks the pages; ``await listing.all()`` collects the items. A walk starts at the page
    that was given, or at the first. Pages after the first are fetched ahead of the walk, in order.

    Raises:
        PagingError: the server contradicted itself; a walk never goes round in circles.
    """

    def __init__(
        self,
        caller: Caller,
        operation: Operation[PageT],
        item: type[ItemT],
        arguments: dict[str, Any],
    ) -> None:
        if operation.paging is None:
            raise TypeError(f"{operation.id} is not a listing")
        self._caller = caller
        self._operation = operation
        self._paging: Paging = operation.paging
        self._arguments = arguments

    def __repr__(self) -> str:
        return f"<listing {self._operation.id}>"

    def __await__(self) -> Generator[Any, None, PageT]:
        return self._caller.call(self._operation, **self._arguments).__await__()

    async def __aiter__(self) -> AsyncIterator[ItemT]:
        pages = self.pages()
        try:
            async for page in pages:
                for item in self._items(page):
                    yield item
        finally:
            await pages.aclose()

    async def all(self) -> list[ItemT]:
        """Collect the items of all pages, in order."""
        return [item async for item in self]

    async def pages(self) -> AsyncGenerator[PageT, None]:
        """Walk the pages, in order."""
        arguments = dict(self._arguments)
        if isinstance(arguments[self._paging.size], Unset):
            arguments[self._paging.size] = self._paging.max_size
        walks = {"page": self._numbered, "index": self._indexed, "token": self._chained}
        pages = walks[self._paging.style](arguments)
        try:
            async for page in pages:
                yield page
        finally:
            await pages.aclose()

    async def _numbered(self, arguments: dict[str, Any]) -> AsyncGenerator[PageT, None]:
        """Pages by number. What the newest page says of the total rules: it may change under way."""
        number = first = arguments[self._paging.cursor] or 0
        size = arguments[self._paging.size]
        ahead: deque[asyncio.Task[PageT]] = deque()
        window = 1
        seen = 0
        total: int | None = None
        last: list[ItemT] = []
        try:
            while True:
                left = 1 if total is None else max(1, -(-(total - seen) // size))
                while len(ahead) < min(left, window):
                    arguments[self._paging.cursor] = number + len(ahead)
                    ahead.append(asyncio.ensure_future(self._fetch(arguments)))
                page = await ahead[0]
                ahead.popleft()
                items = self._items(page)
                total = self._total(page)
                if number == first:
                    size = self._size_of(page, size)
                    seen = first * size
                if not items and total is not None and seen < total:
                    raise self._contradiction(f"page {number} is empty, but the total is {total}")
                if items and items == last:
                    raise self._contradiction(f"page {number} repeats page {number - 1}")
                seen += len(items)
                if items or number == first:
                    yield page
                if not items or (len(items) < size if total is None else seen >= total):
                    return
                number += 1
                last = items
                window = min(window * 2, MAX_PAGES_AHEAD)
        finally:
            await _cancelled(ahead)

    async def _indexed(self, arguments: dict[str, Any]) -> AsyncGenerator[PageT, None]:
        """Pages by the index of their first item, from 1. A server may give fewer items than it was asked for, so
        each page begins where the one before it ended."""
        index = first = arguments[self._paging.cursor] or 1
        last: list[ItemT] = []
        while True:
            arguments[self._paging.cursor] = index
            page = await self._fetch(arguments)
            items = self._items(page)
            total = self._total(page)
            if not items and total is not None and index <= total:
                raise self._contradiction(
                    f"there is nothing from {index} on, but the total is {total}"
                )
            if items and items == last:
                raise self._contradiction(f"the page from {index} on repeats the one before")
            if items or index == first:
                yield page
            index += len(items)
            if not items or (total is not None and index > total):
                return
            last = items

    async def _chained(self, arguments: dict[str, Any]) -> AsyncGenerator[PageT, None]:
        """Pages by token: each names the one after it."""
        seen = {arguments[self._paging.cursor]}
        empty = 0
        while True:
            page = await self._fetch(arguments)
            token = getattr(page, self._paging.next or "")
            yield page
            if not token:
                return
            if token in seen:
                raise self._contradiction("a page token came twice")
            empty = 0 if self._items(page) else empty + 1
            if empty >= _MAX_EMPTY_PAGES:
                raise self._contradiction(f"{empty} pages in a row were empty")
            seen.add(token)
            arguments[self._paging.cursor] = token

    def _fetch(self, arguments: dict[str, Any]) -> Any:
        return self._caller.call(self._operation, **arguments)

    def _items(self, page: PageT) -> list[ItemT]:
        items: list[ItemT] | Unset = getattr(page, self._paging.items)
        return items or []

    def _total(self, page: PageT) -> int | None:
        """The total, unless it is absent or 0 beside items, as in the vendor's examples."""
        total = getattr(page, self._paging.total or "", UNSET)
        if not isinstance(total, int) or total < len(self._items(page)):
            return None
        return total

    def _size_of(self, page: PageT, asked: int) -> int:
        """Items per page: the server may allow fewer than it was asked for."""
        said = getattr(page, self._paging.size, UNSET)
        return said if isinstance(said, int) and 0 < said < asked else asked

    def _contradiction(self, what: str) -> PagingError:
        error = PagingError(f"the server contradicts itself: {what}; the listing is not complete")
        error.operation = self._operation.id
        return error


async def _cancelled(tasks: deque[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
