"""Walks through listings of other APIs, which tell the end in other ways than by a total."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from attrs import define, evolve
from matillion_api.types import UNSET, Operation, Paging, UnreadableRow

from matillion_async import (
    BadRequestError,
    MatillionError,
    NotFoundError,
    PagingError,
    StatusError,
    UnreadableRowsError,
)
from matillion_async._listings.paging import PagedListing

pytestmark = pytest.mark.virtual_time


@define
class Item:
    id: Any


@define
class Page:
    items: list[Item]
    more: Any = UNSET


MOMENT = datetime(2026, 3, 1, 7, tzinfo=UTC)
BY_NUMBER = Paging(style="page", items="items", size="size", max_size=3, cursor="page")
BY_OFFSET = Paging(style="index", items="items", size="size", max_size=3, cursor="from_", first=0)
BY_LAST = Paging(style="token", items="items", size="size", max_size=3, cursor="after", last="id")


class Server:
    """Gives the items that ``answer`` says for the number of a page, the offset, or the last id before it."""

    def __init__(self, answer: Callable[[Any], Page | MatillionError]) -> None:
        self._answer = answer
        self.asked: list[Any] = []

    async def call(self, operation: Operation[Any], /, **arguments: Any) -> Any:
        assert operation.paging is not None
        cursor = arguments[operation.paging.cursor]
        self.asked.append(cursor)
        answer = self._answer(cursor)
        if isinstance(answer, MatillionError):
            raise answer
        return answer


def walk(server: Server, paging: Paging) -> PagedListing[Item, Page]:
    operation: Operation[Page] = Operation(
        id="things.list",
        method="GET",
        path="/things",
        idempotent=True,
        get_kwargs=dict,
        parse=lambda data: data,
        paging=paging,
    )
    return PagedListing(server, operation, Item, {paging.cursor: UNSET, paging.size: UNSET})


def page(*ids: Any, more: Any = UNSET) -> Page:
    return Page([Item(each) for each in ids], more)


def of(count: int, size: int, beyond: MatillionError | None = None) -> Callable[[int], Any]:
    """Pages by number; what is beyond the last one is an empty page, or an error."""

    def answer(number: int) -> Page | MatillionError:
        ids = range(count)[number * size : (number + 1) * size]
        return page(*ids) if ids or beyond is None else beyond

    return answer


def fault(kind: type[StatusError]) -> MatillionError:
    return kind("refused", status_code=400)


async def ids(listing: PagedListing[Item, Page]) -> list[Any]:
    return [item.id async for item in listing]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 6])
@pytest.mark.parametrize("size", [2, 3])
async def test_pages_are_asked_for_until_one_is_empty(count: int, size: int) -> None:
    """A server that gives fewer items than it was asked for loses none."""
    server = Server(of(count, size))
    assert [*range(count)] == await ids(walk(server, BY_NUMBER))
    assert [*range(-(-count // size) + 1)] == server.asked


@pytest.mark.parametrize("count", [0, 1, 3, 5, 6])
async def test_offsets_are_asked_for_until_there_is_nothing(count: int) -> None:
    """Each begins where the page before ended, the first at 0."""
    server = Server(lambda offset: page(*range(count)[offset : offset + 2]))
    assert [*range(count)] == await ids(walk(server, BY_OFFSET))
    assert [*range(0, count, 2), count] == server.asked


@pytest.mark.parametrize("count", [2, 3])
async def test_a_page_that_is_not_found_is_the_end(count: int) -> None:
    """Behind a full page as well."""
    beyond = fault(NotFoundError)
    assert [*range(count)] == await ids(walk(Server(of(count, 3, beyond)), BY_NUMBER))
    assert [*range(count)] == await ids(
        walk(Server(lambda offset: page(*range(count)) if not offset else beyond), BY_OFFSET)
    )


async def test_a_page_that_is_refused_is_the_end_behind_one_that_is_not_full() -> None:
    """Behind a full one it may be one too many for the server, which is not the end."""
    beyond = fault(BadRequestError)
    assert [*range(5)] == await ids(walk(Server(of(5, 3, beyond)), BY_NUMBER))
    with pytest.raises(BadRequestError):
        await ids(walk(Server(of(6, 3, beyond)), BY_NUMBER))


@pytest.mark.parametrize("paging", [BY_NUMBER, BY_OFFSET])
async def test_a_server_that_gives_the_same_page_again(paging: Paging) -> None:
    """One that is not full is everything. Of a full one nobody knows what else there is."""
    assert [1, 2] == await ids(walk(Server(lambda _: page(1, 2)), paging))
    with pytest.raises(PagingError, match="repeats"):
        await ids(walk(Server(lambda _: page(1, 2, 3)), paging))


async def test_the_first_page_has_to_be_there() -> None:
    """What is not found then is no end of a listing."""
    server = Server(lambda _: fault(NotFoundError))
    for paging in (BY_NUMBER, BY_OFFSET, BY_LAST):
        with pytest.raises(NotFoundError):
            await ids(walk(server, paging))


@pytest.mark.parametrize(
    ("values", "sent"),
    [
        ([3, 2, 0], [3, 2, 0]),
        (["a", "", "c"], ["a", "", "c"]),
        ([UUID(int=1)], [str(UUID(int=1))]),
        ([MOMENT], [MOMENT]),
    ],
)
async def test_the_last_item_names_the_next_page(values: list[Any], sent: list[Any]) -> None:
    """As the parameter takes it."""
    answers = {UNSET: values[0], **dict(zip(sent[:-1], values[1:], strict=True))}
    server = Server(lambda after: page("before", answers[after]) if after in answers else page())
    assert [each for value in values for each in ("before", value)] == await ids(
        walk(server, BY_LAST)
    )
    assert [UNSET, *sent] == server.asked


@pytest.mark.parametrize("end", [False, None, UNSET])
async def test_a_page_says_that_there_is_no_more(end: Any) -> None:
    """Then nothing is asked for behind it."""
    pages = [page(1, 2, more=True), page(3, more=end)]
    server = Server(lambda _: pages.pop(0))
    assert [1, 2, 3] == await ids(walk(server, evolve(BY_LAST, more="more")))
    assert [UNSET, 2] == server.asked


@pytest.mark.parametrize(
    ("pages", "told"),
    [
        ([page(1, 2), page(3, 2)], "a page token came twice"),
        ([page(1, None)], "the last item of a page has no id"),
        ([page(1, UNSET)], "the last item of a page has no id"),
    ],
)
async def test_a_server_that_leads_nowhere(pages: list[Page], told: str) -> None:
    """A walk never goes round in circles, nor ends where it does not know how to go on."""
    server = Server(lambda _: pages.pop(0))
    with pytest.raises(PagingError, match=told):
        await ids(walk(server, BY_LAST))


@pytest.mark.parametrize(("index", "is_last"), [(0, False), (2, True)])
async def test_a_row_that_cannot_be_read(index: int, is_last: bool) -> None:
    """The last one tells how to go on, and nobody can do without it."""
    row = UnreadableRow(index, "", "is not a number", None)
    error = UnreadableRowsError("rows", status_code=200, body="", page=page(1, 2), rows=(row,))
    server = Server(lambda after: error if after is UNSET else page())
    skipped: list[UnreadableRow] = []
    listing = walk(server, BY_LAST).skip_unreadable(skipped.append)
    if is_last:
        with pytest.raises(PagingError, match="the last row of a page, which tells the next"):
            await ids(listing)
    else:
        assert [1, 2] == await ids(listing)
    assert ([], [UNSET]) if is_last else ([row], [UNSET, 2]) == (skipped, server.asked)
