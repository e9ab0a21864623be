"""Events of any range of time, from listings that are asked for one window of it after the other."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Hashable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Generic, Protocol, TypeVar

from matillion_api.types import Listing, UnreadableRow

from matillion_async._arguments import check, hook_fault
from matillion_async._errors import InvalidRequestError
from matillion_async._listings.pages import Walked
from matillion_async._moments import aware

LONGEST_WINDOW = timedelta(days=30)
"""What one listing covers at most: the API allows 31 days of lineage, and names no limit for the rest."""
SHORTEST_WINDOW = timedelta(minutes=1)
MOST_EVENTS = 5_000
"""A window with more events is split: the further a page is from the first, the longer the API takes for it."""
WINDOWS_AHEAD = 4
"""Windows whose first pages are fetched ahead of the walk."""

ItemT = TypeVar("ItemT")
ItemT_co = TypeVar("ItemT_co", covariant=True)


class EventPage(Protocol[ItemT_co]):
    """A page of a listing; if it has a ``total``, that is the number of events on all pages."""

    @property
    def results(self) -> Sequence[ItemT_co]: ...


Report = Callable[[UnreadableRow], object]
"""Is given each row that cannot be read."""
Pages = Callable[[datetime, datetime], AsyncGenerator[EventPage[ItemT], None]]
"""The pages of the events from one moment to another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSource(Generic[ItemT]):
    """Where events come from."""

    begin: Callable[[Report | None], Pages[ItemT]]
    """What gives the pages of a walk that begins, within one deadline; without the rows that cannot be read if somebody
    is to be told of them."""
    key: Callable[[ItemT], Hashable]
    """What tells an event from others; an event without it (None) counts as new."""
    moment: Callable[[ItemT], Any] | None = None
    """When an event happened, where the order of a listing is not documented: each window is sorted by it."""
    belongs: Callable[[ItemT], bool] = lambda item: True
    """Whether an event is in the range, where the listing may give some that are not."""


class EventListing(Walked, Generic[ItemT]):
    """The events of a range of time, oldest first and each once, that are not fetched yet.

    ``async for event in listing`` walks them; ``await listing.all()`` collects them. However long the range, one
    request asks for at most 30 days, and windows with more than 5,000 events are split further. A walk holds a few
    pages, and of an audit listing one window. A deadline is one for the whole walk.
    """

    def __init__(
        self,
        source: EventSource[ItemT],
        start: datetime,
        end: datetime,
        report: Report | None = None,
    ) -> None:
        self._source = source
        self._start = start
        self._end = end
        self._report = report

    async def all(self) -> list[ItemT]:
        """Collect the events."""
        return [item async for item in self]

    def skip_unreadable(self, report: Report) -> EventListing[ItemT]:
        """The same listing without the rows that cannot be read.

        Args:
            report: is given each row that is left out; what it raises ends the walk.
        """
        check(InvalidRequestError, "skip_unreadable: ", report=hook_fault(report))
        return EventListing(self._source, self._start, self._end, report)

    async def __aiter__(self) -> AsyncGenerator[ItemT, None]:
        # An event may be met again in the next window, if it is at the seam, or on the next page, if others
        # came in between; but not further on.
        before: set[Hashable] = set()
        async with aclosing(self._windows()) as windows:
            async for window in windows:
                current: set[Hashable] = set()
                async with aclosing(self._in_order(window)) as items:
                    async for item in items:
                        key = self._source.key(item)
                        is_known = key is not None and (key in before or key in current)
                        if not is_known and self._source.belongs(item):
                            current.add(key)
                            yield item
                before = current

    async def _windows(self) -> AsyncGenerator[_Window[ItemT], None]:
        """Windows that are neither too long nor too full, in order, opened ahead of the walk."""
        pages = self._source.begin(self._report)
        rest = _cut(pages, self._start, self._end, LONGEST_WINDOW)
        waiting = deque(islice(rest, WINDOWS_AHEAD))
        try:
            while waiting:
                for window in islice(waiting, WINDOWS_AHEAD):
                    window.open()
                window = waiting[0]
                parts = _parts(window.length, await window.total())
                if parts == 1:
                    yield window
                await window.close()
                waiting.popleft()
                if parts > 1:
                    step = timedelta(seconds=window.length // timedelta(seconds=1) // parts)
                    waiting.extendleft(reversed([*_cut(pages, window.start, window.end, step)]))
                elif len(waiting) < WINDOWS_AHEAD:
                    waiting.extend(islice(rest, 1))
        finally:
            for window in waiting:
                await window.close()

    async def _in_order(self, window: _Window[ItemT]) -> AsyncGenerator[ItemT, None]:
        moment = self._source.moment
        async with aclosing(window.items()) as items:
            if moment is None:
                async for item in items:
                    yield item
                return
            found = [item async for item in items]
        for item in sorted(found, key=lambda item: aware(moment(item)) or window.start):
            yield item


class _Window(Generic[ItemT]):
    """A part of the range, whose listing is opened before it is walked."""

    def __init__(self, pages: Pages[ItemT], start: datetime, end: datetime) -> None:
        self.start = start
        self.end = end
        self._open = pages
        self._pages: AsyncGenerator[EventPage[ItemT], None] | None = None
        self._first: asyncio.Task[EventPage[ItemT] | None] | None = None

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def open(self) -> None:
        """Begin to fetch the first page, unless that was done."""
        if self._first is None:
            self._pages = self._open(self.start, self.end)
            self._first = asyncio.create_task(_first_of(self._pages))

    async def total(self) -> int | None:
        """The number of events, as the first page says."""
        page = await self._first if self._first is not None else None
        total = getattr(page, "total", None)
        return total if isinstance(total, int) else None

    async def items(self) -> AsyncGenerator[ItemT, None]:
        """The events, in the order of the listing."""
        if self._pages is None or self._first is None:
            return
        page = await self._first
        for item in page.results if page is not None else ():
            yield item
        async for page in self._pages:
            for item in page.results:
                yield item

    async def close(self) -> None:
        """Leave nothing behind that was opened."""
        if self._first is not None:
            self._first.cancel()
            await asyncio.gather(self._first, return_exceptions=True)
        if self._pages is not None:
            await self._pages.aclose()


async def _first_of(pages: AsyncGenerator[EventPage[ItemT], None]) -> EventPage[ItemT] | None:
    return await anext(pages, None)


def pages_of(
    listing: Listing[Any, EventPage[ItemT]], report: Report | None
) -> AsyncGenerator[EventPage[ItemT], None]:
    """The pages of a listing; without the rows that cannot be read if somebody is to be told of them."""
    return (listing if report is None else listing.skip_unreadable(report)).pages()


def _parts(length: timedelta, total: int | None) -> int:
    """In how many windows one of that length, with so many events, should be split."""
    if total is None or total <= MOST_EVENTS:
        return 1
    return max(1, min(-(-total // MOST_EVENTS), length // SHORTEST_WINDOW))


def _cut(
    pages: Pages[ItemT], start: datetime, end: datetime, step: timedelta
) -> Iterator[_Window[ItemT]]:
    """Adjoining windows of one length; the last may be shorter."""
    while end - start > step:
        yield _Window(pages, start, start + step)
        start += step
    yield _Window(pages, start, end)
