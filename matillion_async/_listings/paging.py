"""Listings: one page when awaited, every item when walked."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Generator
from typing import Any, Generic, Protocol, TypeVar

from matillion_api.types import Operation, Paging, UnreadableRow, Unset

from matillion_async._arguments import check, hook_fault
from matillion_async._errors import (
    BadRequestError,
    InvalidRequestError,
    NotFoundError,
    PagingError,
    UnreadableRowsError,
)
from matillion_async._listings.pages import MAX_PAGES_BEYOND, Fetched, Total, Walked, contradiction

T = TypeVar("T")
ItemT = TypeVar("ItemT")
PageT = TypeVar("PageT")

MAX_PAGES_AHEAD = 16
_MAX_EMPTY_PAGES = 10
_NOTHING_THERE = (BadRequestError, NotFoundError, PagingError)
"""Errors with which servers refuse a page beyond the last; only there they mean the end."""


class Caller(Protocol):
    """What a listing needs of a session."""

    def call(self, operation: Operation[T], /, **arguments: Any) -> Coroutine[Any, Any, T]: ...


class PagedListing(Walked, Generic[ItemT, PageT]):
    """A listing that is not fetched yet.

    ``await listing`` fetches one page; ``async for item in listing`` walks the items of all pages;
    ``listing.pages()`` walks the pages; ``await listing.all()`` collects the items. A walk starts at the page
    that was given, or at the first. Pages after the first are fetched ahead of the walk, in order. A deadline is one
    for the whole walk.

    Raises:
        PagingError: the server contradicted itself; a walk never goes round in circles.
        UnreadableRowsError: some rows of a page cannot be read; see :meth:`skip_unreadable`.
    """

    def __init__(
        self,
        caller: Caller,
        operation: Operation[PageT],
        item: type[ItemT],
        arguments: dict[str, Any],
        for_a_walk: Callable[[], Caller] | None = None,
    ) -> None:
        """
        Args:
            caller: what fetches a page.
            operation: how one is fetched.
            item: what is in it.
            arguments: of the operation.
            for_a_walk: makes what fetches all pages of a walk that begins, within one deadline; ``caller`` unless given.
        """
        if operation.paging is None:
            raise TypeError(f"{operation.id} is not a listing")
        self._caller = caller
        self._operation = operation
        self._paging: Paging = operation.paging
        self._item = item
        self._arguments = arguments
        self._for_a_walk = for_a_walk
        self._report: Callable[[UnreadableRow], object] | None = None

    def __repr__(self) -> str:
        return f"<listing {self._operation.id}>"

    def __await__(self) -> Generator[Any, None, PageT]:
        if self._report is None and not self._paging.missing_is_empty:
            # No coroutine of our own: many may wait.
            return self._caller.call(self._operation, **self._arguments).__await__()
        return self._one().__await__()

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

    def skip_unreadable(
        self, report: Callable[[UnreadableRow], object]
    ) -> PagedListing[ItemT, PageT]:
        """The same listing without the rows that cannot be read.

        >>> lost = []
        >>> async for run in client.pipeline_executions.list().skip_unreadable(lost.append):
        ...     print(run.pipeline_name)

        Args:
            report: is given each row that is left out, before what follows it; what it raises ends the walk.
        """
        check(InvalidRequestError, "skip_unreadable: ", report=hook_fault(report))
        listing = PagedListing(
            self._caller, self._operation, self._item, self._arguments, self._for_a_walk
        )
        listing._report = report
        return listing

    async def pages(self) -> AsyncGenerator[PageT, None]:
        """Walk the pages, in order."""
        arguments = dict(self._arguments)
        if isinstance(arguments[self._paging.size], Unset):
            arguments[self._paging.size] = self._paging.max_size
        caller = self._caller if self._for_a_walk is None else self._for_a_walk()
        walks = {"page": self._numbered, "index": self._indexed, "token": self._chained}
        pages = walks[self._paging.style](caller, arguments)
        try:
            async for fetched in pages:
                yield self._reported(fetched)
        finally:
            await pages.aclose()

    async def _one(self) -> PageT:
        return self._reported(await self._fetch(self._caller, self._arguments))

    def _reported(self, fetched: Fetched[ItemT, PageT]) -> PageT:
        if self._report is not None:
            for row in fetched.skipped:
                self._report(row)
        return fetched.page

    async def _numbered(
        self, caller: Caller, arguments: dict[str, Any]
    ) -> AsyncGenerator[Fetched[ItemT, PageT], None]:
        """Pages by number, fetched ahead as far as the total goes."""
        origin = self._paging.first or 0
        given = arguments[self._paging.cursor]
        number = first = origin if given is None or isinstance(given, Unset) else given
        size = arguments[self._paging.size]
        # In order, so that items come as the server sorts them, however the responses overtake each other.
        ahead: deque[asyncio.Task[Fetched[ItemT, PageT]]] = deque()
        window = 1
        seen = 0
        total = Total(self._operation.id)
        opening: Fetched[ItemT, PageT] | None = None
        last: Fetched[ItemT, PageT] | None = None
        try:
            while True:
                is_beyond = total.is_reached(seen) or self._was_short(last, size)
                # Without a total nobody knows whether there is a next page: a guess would be a request for nothing.
                left = 1 if total.said is None else max(1, -(-(total.said - seen) // size))
                while len(ahead) < min(left, window):
                    arguments[self._paging.cursor] = number + len(ahead)
                    ahead.append(asyncio.ensure_future(self._fetch(caller, dict(arguments))))
                try:
                    page = await ahead[0]
                except _NOTHING_THERE as error:
                    if is_beyond or self._says_no_more(error, last):
                        return
                    raise
                ahead.popleft()
                if number == first:
                    # The server may allow fewer items a page; all later pages are reckoned by what it gave.
                    size = page.size(self._paging, size)
                    seen = (first - origin) * size
                # Some servers give the last page, or the first, for every number beyond the end.
                is_repeated = page.repeats(last) or page.repeats(opening)
                if is_beyond and (is_repeated or not page.rows):
                    return
                total.update(page.total(self._paging), seen, page.rows)
                if not page.rows and total.said is not None and seen < total.said:
                    raise self._contradiction(
                        f"page {number} is empty, but the total is {total.said}"
                    )
                if is_repeated:
                    if page.is_everything(self._paging, size):
                        return
                    other = number - 1 if page.repeats(last) else first
                    raise self._contradiction(f"page {number} repeats page {other}")
                self._check_end(total)
                seen += page.rows
                if page.rows or number == first:
                    yield page
                is_last = page.rows < size and (total.said is None or total.is_reached(seen))
                if not page.rows or (is_last and self._paging.total is not None):
                    return
                number += 1
                opening = opening or page
                last = page
                # Doubled from one: who stops after the first page has not paid for sixteen.
                window = min(window * 2, MAX_PAGES_AHEAD)
        finally:
            await _cancelled(ahead)

    async def _indexed(
        self, caller: Caller, arguments: dict[str, Any]
    ) -> AsyncGenerator[Fetched[ItemT, PageT], None]:
        """Pages by the index of their first item. A server may give fewer items than it was asked for, so
        each page begins where the one before it ended."""
        origin = 1 if self._paging.first is None else self._paging.first
        index = first = arguments[self._paging.cursor] or origin
        size = arguments[self._paging.size]
        total = Total(self._operation.id)
        last: Fetched[ItemT, PageT] | None = None
        while True:
            is_beyond = total.is_reached(index - origin) or self._was_short(last, size)
            arguments[self._paging.cursor] = index
            try:
                page = await self._fetch(caller, arguments)
            except _NOTHING_THERE as error:
                if is_beyond or self._says_no_more(error, last):
                    return
                raise
            is_repeated = page.repeats(last)
            if is_beyond and (is_repeated or not page.rows):
                return
            total.update(page.total(self._paging), index - origin, page.rows)
            if not page.rows and total.said is not None and index - origin < total.said:
                raise self._contradiction(
                    f"there is nothing from {index} on, but the total is {total.said}"
                )
            if is_repeated:
                if page.is_everything(self._paging, size):
                    return
                raise self._contradiction(f"the page from {index} on repeats the one before")
            self._check_end(total)
            if page.rows or index == first:
                yield page
            index += page.rows
            if not page.rows or (total.is_reached(index - origin) and page.rows < size):
                return
            last = page

    async def _chained(
        self, caller: Caller, arguments: dict[str, Any]
    ) -> AsyncGenerator[Fetched[ItemT, PageT], None]:
        """Pages by token: each names the one after it."""
        # A token that comes again would lead round in a circle without end.
        seen = {arguments[self._paging.cursor]}
        empty = 0
        while True:
            page = await self._fetch(caller, arguments)
            token = page.token_after(self._paging, self._operation.id)
            yield page
            if token is None:
                return
            if token in seen:
                raise self._contradiction("a page token came twice")
            empty = 0 if page.rows else empty + 1
            if empty >= _MAX_EMPTY_PAGES:
                raise self._contradiction(f"{empty} pages in a row were empty")
            seen.add(token)
            arguments[self._paging.cursor] = token

    def _was_short(self, last: Fetched[ItemT, PageT] | None, size: int) -> bool:
        """Whether a page was not full, where no total tells whether it is the last: the server may give fewer than it was asked for."""
        return self._paging.total is None and last is not None and last.rows < size

    def _says_no_more(self, error: Exception, last: Fetched[ItemT, PageT] | None) -> bool:
        """Whether an error tells, in place of a total, that a full page was the last. A bad request may be one page too many."""
        has_total = self._paging.total is not None
        return not has_total and last is not None and isinstance(error, NotFoundError)

    async def _fetch(self, caller: Caller, arguments: dict[str, Any]) -> Fetched[ItemT, PageT]:
        try:
            page = await caller.call(self._operation, **arguments)
        except NotFoundError:
            if not self._paging.missing_is_empty:
                raise
            page = self._operation.parse([])
        except UnreadableRowsError as error:
            if self._report is None:
                raise
            return Fetched(error.page, self._items(error.page), error.rows)
        return Fetched(page, self._items(page))

    def _items(self, page: PageT) -> list[ItemT]:
        items: list[ItemT] | Unset = getattr(page, self._paging.items)
        return items or []

    def _check_end(self, total: Total) -> None:
        if total.is_far_behind:
            raise self._contradiction(
                f"it still gives full pages, {MAX_PAGES_BEYOND} of them beyond its total"
            )

    def _contradiction(self, what: str) -> PagingError:
        return contradiction(self._operation.id, what)


async def _cancelled(tasks: deque[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
