"""Listings: every item once, in order, and always an end."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterable, AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import httpx
import pytest
from matillion_api.types import UNSET, Operation, Paging

from matillion_async import (
    InvalidRequestError,
    NotFoundError,
    PagingError,
    UnreadableRow,
    UnreadableRowsError,
)
from matillion_async._listings.paging import MAX_PAGES_AHEAD, PagedListing
from tests.matillion_async.scripted import Script, paged_projects, project_page, scripted_client

T = TypeVar("T")

pytestmark = pytest.mark.virtual_time


def names(count: int) -> list[str]:
    return [str(index) for index in range(count)]


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 200, 2345])
async def test_a_walk_gives_every_item_once_in_order(count: int) -> None:
    """Whatever the total is, no more pages are asked for than there are, and one where a full one seems to be the last."""
    script = Script(partial(paged_projects, count))
    async with scripted_client(script) as client:
        found = [project.name async for project in client.projects.list()]
    assert found == names(count)
    assert len(script.requests) == count // 100 + 1


async def test_await_gives_one_page_and_asks_for_nothing_else() -> None:
    """What is not given is left to the server's own default."""
    script = Script(httpx.Response(200, json=project_page("a", total=5)))
    async with scripted_client(script) as client:
        page = await client.projects.list()
    assert (page.total, len(page.results)) == (5, 1)
    assert script.requests[0].url.query == b""


async def test_pages_and_all() -> None:
    """.pages() walks pages of the size that was asked for; .all() collects."""
    script = Script(partial(paged_projects, 7))
    async with scripted_client(script) as client:
        pages = [page async for page in client.projects.list(size=3).pages()]
        everything = await client.projects.list(size=3).all()
    assert [len(page.results) for page in pages] == [3, 3, 1]
    assert [project.name for project in everything] == names(7)


async def test_a_walk_can_start_later() -> None:
    """page= says where it starts."""
    script = Script(partial(paged_projects, 10))
    async with scripted_client(script) as client:
        found = await client.projects.list(page=2, size=3).all()
    assert [project.name for project in found] == ["6", "7", "8", "9"]


async def test_pages_are_fetched_ahead_of_the_walk() -> None:
    """After the first page the others come together, at most 16 at a time."""
    under_way = most = 0

    async def slow(request: httpx.Request) -> httpx.Response:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(1)
        under_way -= 1
        return paged_projects(10_000, request)

    transport = httpx.MockTransport(slow)
    async with scripted_client(Script(), transport=transport) as client:
        found = await client.projects.list().all()
    assert [project.name for project in found] == names(10_000)
    assert most == MAX_PAGES_AHEAD
    assert asyncio.get_running_loop().time() < 20


@pytest.mark.parametrize("last", [0, 2, 4, 9])
async def test_a_walk_that_is_left_early_leaves_nothing_behind(last: int) -> None:
    """Requests that were ahead of it are cancelled."""

    async def slow(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(1)
        return paged_projects(1000, request)

    async with scripted_client(Script(), transport=httpx.MockTransport(slow)) as client:
        tasks = asyncio.all_tasks()
        pages = client.projects.list(size=10).pages()
        async for page in pages:
            if page.page == last:
                break
        await pages.aclose()
        assert asyncio.all_tasks() == tasks


async def test_a_total_that_grows_under_way_is_followed() -> None:
    """The newest page rules."""
    counts = iter([5, 9, 9, 9])

    def growing(request: httpx.Request) -> httpx.Response:
        return paged_projects(next(counts), request)

    async with scripted_client(growing) as client:
        found = await client.projects.list(size=3).all()
    assert [project.name for project in found] == names(9)


async def test_a_total_that_shrinks_under_way_is_followed() -> None:
    """An empty page ends the walk when the total says so too."""
    counts = iter([9, 3, 3, 3])

    def shrinking(request: httpx.Request) -> httpx.Response:
        return paged_projects(next(counts), request)

    async with scripted_client(shrinking) as client:
        found = await client.projects.list(size=3).all()
    assert [project.name for project in found] == names(3)


async def test_an_empty_page_before_the_total_is_a_contradiction() -> None:
    """It ends, and says what the server said."""
    script = Script(
        httpx.Response(200, json=project_page("a", "b", size=2, total=50)),
        httpx.Response(200, json=project_page(size=2, total=50)),
    )
    async with scripted_client(script) as client:
        with pytest.raises(
            PagingError, match=r"projects\.list: .*page 1 is empty, but the total is 50"
        ):
            await client.projects.list(size=2).all()


async def test_a_server_that_ignores_the_page_number_is_a_contradiction() -> None:
    """The same page again and again ends with an error."""
    script = Script(httpx.Response(200, json=project_page("a", "b", size=2, total=50)))
    async with scripted_client(script) as client:
        with pytest.raises(PagingError, match="page 1 repeats page 0"):
            await client.projects.list(size=2).all()


def lying(
    count: int, total: Callable[[int], int | None], beyond: httpx.Response | None = None
) -> Callable[[httpx.Request], httpx.Response]:
    """A server with ``count`` projects, whose pages tell the total that is made of their number."""

    def server(request: httpx.Request) -> httpx.Response:
        body = paged_projects(count, request).json()
        body["total"] = total(body["page"])
        return (
            beyond if beyond is not None and not body["results"] else httpx.Response(200, json=body)
        )

    return server


@pytest.mark.parametrize("total", [100, 150, 200, 201, 999], ids=str)
@pytest.mark.parametrize("count", [1000, 1050])
async def test_a_total_that_is_too_small_loses_nothing(
    total: int, count: int, caplog: pytest.LogCaptureFixture
) -> None:
    """The walk goes on as long as pages are full, and one line says that the server contradicts itself."""
    async with scripted_client(lying(count, lambda page: total)) as client:
        found = await client.projects.list().all()
    assert names(count) == [project.name for project in found]
    told = [record.message for record in caplog.records if "contradicts itself" in record.message]
    assert [f"more items than its total of {total};" in text for text in told] == [True]


async def test_a_total_that_counts_one_page_only_loses_nothing() -> None:
    """As of a server that tells how many items are on this page."""
    async with scripted_client(lying(250, lambda page: [100, 100, 50][page])) as client:
        assert names(250) == [project.name async for project in client.projects.list()]


async def test_a_total_that_becomes_true_under_way_is_no_contradiction(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Items that came meanwhile are told by the newest page."""
    totals = [200, 200, 250]
    async with scripted_client(lying(250, lambda page: totals[page])) as client:
        assert 250 == len(await client.projects.list().all())
    assert [] == caplog.records


@pytest.mark.parametrize(
    "beyond",
    [
        httpx.Response(404),
        httpx.Response(400, json={"title": "Bad Request"}),
        httpx.Response(200, json={"total": 200}),
        httpx.Response(200, json=project_page(*names(200)[100:], total=200)),
        httpx.Response(200, json={"results": None, "total": 200, "page": 2}),
    ],
    ids=["404", "400", "contradiction", "last page again", "null"],
)
async def test_whatever_a_server_says_of_a_page_beyond_the_last_is_the_end(
    beyond: httpx.Response, caplog: pytest.LogCaptureFixture
) -> None:
    """All items were there; only a look was taken for more."""
    async with scripted_client(lying(200, lambda page: 200, beyond)) as client:
        assert names(200) == [project.name async for project in client.projects.list()]
    assert [] == caplog.records


async def test_a_page_that_is_missing_before_the_total_is_an_error() -> None:
    """Only beyond the total a 404 is the end."""
    async with scripted_client(lying(100, lambda page: 250, httpx.Response(404))) as client:
        with pytest.raises(NotFoundError):
            await client.projects.list().all()


async def test_a_server_that_goes_round_in_circles_is_a_contradiction() -> None:
    """Also where two pages take turns."""
    pages = [project_page("a", "b", size=2, total=0), project_page("c", "d", size=2, total=0)]

    def server(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=pages[int(request.url.params["page"]) % 2])

    async with scripted_client(server) as client:
        with pytest.raises(PagingError, match="page 2 repeats page 0"):
            await client.projects.list(size=2).all()


def changing(count: int, total: int) -> Callable[[httpx.Request], httpx.Response]:
    """A server that gives its only page for every number, and one project of it is another at each look."""
    looks = itertools.count()

    def server(request: httpx.Request) -> httpx.Response:
        page = project_page(*names(count), total=total)
        page["results"][0]["description"] = f"looked at {next(looks)} times"
        return httpx.Response(200, json=page)

    return server


async def test_a_page_that_comes_again_with_a_change_is_the_end(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Its items are known by their ids and names: none is given twice, and the total was right."""
    async with scripted_client(changing(100, 100)) as client:
        walk = client.projects.list()
        found = [project.name async for project in limited(walk, 300)]
    assert names(100) == found
    assert [] == caplog.records


async def test_a_page_that_comes_again_with_a_change_before_the_total_is_a_contradiction() -> None:
    """None of its items is given twice."""
    found: list[Any] = []
    async with scripted_client(changing(100, 150)) as client:
        with pytest.raises(PagingError, match="page 1 repeats page 0"):
            await collect(client.projects.list(), found)
    assert names(100) == [project.name for project in found]


async def test_pages_that_share_some_items_are_no_contradiction() -> None:
    """A project that was made meanwhile moves the others on by one."""
    pages = [project_page(*"abcd", size=4, total=5), project_page(*"de", size=4, total=6)]
    async with scripted_client(lambda request: httpx.Response(200, json=pages.pop(0))) as client:
        assert list("abcdde") == [project.name async for project in client.projects.list(size=4)]


async def test_a_walk_beyond_the_total_has_an_end() -> None:
    """A server with more and more projects, whatever its total, is left after a thousand pages."""
    found: list[Any] = []
    async with scripted_client(lying(10**9, lambda page: 2)) as client:
        with pytest.raises(PagingError, match="1000 of them beyond its total"):
            await collect(limited(client.projects.list(size=2), 3000), found)
    assert 2 * (1 + 1000) == len(found)


async def test_a_walk_by_index_beyond_the_total_has_an_end() -> None:
    """As by number."""
    arguments = {"start_index": UNSET, "count": 2}
    walk = PagedListing(IndexedPages(5000, total=2), BY_INDEX, str, arguments)
    with pytest.raises(PagingError, match="1000 of them beyond its total"):
        await collect(limited(walk, 3000), [])


async def limited(walk: AsyncIterable[T], most: int) -> AsyncIterator[T]:
    """The first items of a walk that may have no end."""
    left = most
    async for item in walk:
        yield item
        left -= 1
        if not left:
            return


async def collect(walk: AsyncIterable[T], found: list[T]) -> None:
    """Add the items of a walk as they come."""
    async for item in walk:
        found.append(item)


async def test_an_array_in_place_of_pages_is_everything() -> None:
    """It says nothing of itself and comes again for every page: then it is all there is."""
    rows = project_page(*names(5))["results"]
    script = Script(httpx.Response(200, json=rows))
    async with scripted_client(script) as client:
        assert names(5) == [project.name async for project in client.projects.list(size=5)]
        assert names(5) == [project.name async for project in client.projects.list(size=2)]
        assert names(5) == [project.name async for project in client.projects.list()]
    assert 2 + 2 + 1 == len(script.requests)


def broken(number: int, request: httpx.Request) -> httpx.Response:
    """A page in which each project with that last digit has no name."""
    body = paged_projects(250, request).json()
    for row in body["results"]:
        if row["name"].endswith(str(number)):
            del row["name"]
    return httpx.Response(200, json=body)


async def test_a_row_that_cannot_be_read_is_told() -> None:
    """Which it is, what is wrong with it, and that the others are there."""
    async with scripted_client(partial(broken, 7)) as client:
        with pytest.raises(UnreadableRowsError) as caught:
            await client.projects.list().all()
    assert (
        "projects.list: 10 of 100 rows cannot be read, the first being row 7 (id 'id-7'): lacks the field 'name'; "
        "skip_unreadable() goes on without them"
    ) == str(caught.value)
    assert [7, 17] == [row.index for row in caught.value.rows][:2]
    assert {"id": "id-7"} == caught.value.rows[0].data
    assert 90 == len(caught.value.page.results)


@pytest.mark.parametrize("digit", range(10))
async def test_rows_that_cannot_be_read_are_left_out_and_told(digit: int) -> None:
    """The walk goes on to its end; what is left out counts for the pages, and is told in order."""
    found: list[str] = []
    lost: list[UnreadableRow] = []
    async with scripted_client(partial(broken, digit)) as client:
        listing = client.projects.list(page=0, size=5).skip_unreadable(lost.append)
        found = [project.name async for project in listing]
        page = await listing
    assert [name for name in names(250) if not name.endswith(str(digit))] == found
    assert [f"id-{name}" for name in names(250) if name.endswith(str(digit))] == [
        row.data["id"] for row in lost[:25]
    ]
    assert 4 + (digit >= 5) == len(page.results)


async def test_a_report_that_is_no_plain_function_is_refused_at_once() -> None:
    """Not by the first row that cannot be read, of which there may be none for months."""

    async def late(_: UnreadableRow) -> None: ...

    day = datetime(2026, 1, 1, tzinfo=UTC)
    async with scripted_client(partial(broken, 7)) as client:
        for listing in (
            client.projects.list(),
            client.audit.events(from_=day, to=day + timedelta(days=1)),
        ):
            for given, told in ((5, "a function, not int"), (late, "a plain function: ")):
                with pytest.raises(InvalidRequestError) as caught:
                    listing.skip_unreadable(given)  # type: ignore[arg-type]
                assert str(caught.value).startswith(f"skip_unreadable: report must be {told}")


async def test_a_report_may_end_the_walk() -> None:
    """What it raises comes through, and nothing is left behind."""

    def give_up(row: UnreadableRow) -> None:
        raise LookupError(str(row))

    async with scripted_client(partial(broken, 7)) as client:
        tasks = asyncio.all_tasks()
        with pytest.raises(LookupError, match="row 7"):
            await client.projects.list().skip_unreadable(give_up).all()
        assert tasks == asyncio.all_tasks()


@pytest.mark.parametrize(
    "placeholder",
    [{"size": 0, "total": 0}, {"size": None, "total": None}, {}, {"size": 0, "total": 5}],
)
async def test_a_size_or_total_that_says_nothing_does_no_harm(placeholder: dict[str, Any]) -> None:
    """0, null or nothing beside items, as in the vendor's examples: a page that is not full is the last."""

    def server(request: httpx.Request) -> httpx.Response:
        body = paged_projects(5, request).json()
        return httpx.Response(200, json={"results": body["results"], **placeholder})

    async with scripted_client(server) as client:
        found = await client.projects.list(size=2).all()
    assert [project.name for project in found] == names(5)


async def test_a_server_that_allows_smaller_pages_only_loses_nothing() -> None:
    """Asked for 100, it gives 40 a page and says so."""

    def clamping(request: httpx.Request) -> httpx.Response:
        url = request.url.copy_set_param("size", "40")
        return paged_projects(100, httpx.Request("GET", url))

    async with scripted_client(clamping) as client:
        found = await client.projects.list().all()
    assert [project.name for project in found] == names(100)


async def test_a_walk_of_smaller_pages_can_start_later() -> None:
    """Where it begins counts in pages of the size that the server gives."""

    def clamping(request: httpx.Request) -> httpx.Response:
        url = request.url.copy_set_param("size", "40")
        return paged_projects(200, httpx.Request("GET", url))

    async with scripted_client(clamping) as client:
        found = await client.projects.list(page=2).all()
    assert [project.name for project in found] == names(200)[80:]


@pytest.mark.parametrize("said", [40, 1000])
async def test_a_size_is_believed_where_it_may_be_true(said: int) -> None:
    """Without a total, a page ends the walk that has fewer items than it says, or than it was asked for."""

    def server(request: httpx.Request) -> httpx.Response:
        size = min(said, int(request.url.params["size"]))
        url = request.url.copy_set_param("size", str(size))
        body = paged_projects(210, httpx.Request("GET", url)).json()
        return httpx.Response(200, json={"results": body["results"], "size": said})

    async with scripted_client(server) as client:
        found = await client.projects.list().all()
    assert [project.name for project in found] == names(210)


@pytest.mark.parametrize(("count", "sizes"), [(4, [2, 2]), (0, [0])])
async def test_an_empty_page_at_the_end_is_none_of_the_pages(count: int, sizes: list[int]) -> None:
    """Unless it is the only one."""

    def server(request: httpx.Request) -> httpx.Response:
        body = paged_projects(count, request).json()
        return httpx.Response(200, json={"results": body["results"]})

    async with scripted_client(server) as client:
        pages = [page async for page in client.projects.list(size=2).pages()]
    assert sizes == [len(page.results) for page in pages]


class TokenPages:
    """Pages by token, as a server would give them."""

    def __init__(self, *pages: tuple[list[str], str | None]) -> None:
        self._pages = list(pages)
        self.asked: list[Any] = []

    async def call(self, operation: Any, /, **arguments: Any) -> Any:
        self.asked.append((arguments["token"], arguments["limit"]))
        items, more = self._pages[len(self.asked) - 1]
        return Page(items, more or UNSET)


class Page:
    def __init__(self, results: list[str], more: Any) -> None:
        self.results = results
        self.more = more


BY_TOKEN: Operation[Any] = Operation(
    id="things.list",
    method="GET",
    path="/v1/things",
    idempotent=True,
    get_kwargs=dict,
    parse=lambda data: data,
    paging=Paging(
        style="token", items="results", size="limit", max_size=100, cursor="token", next="more"
    ),
)


def by_token(server: TokenPages, start: Any = UNSET) -> PagedListing[str, Any]:
    return PagedListing(server, BY_TOKEN, str, {"token": start, "limit": UNSET})


async def test_pages_by_token_are_walked_to_the_end() -> None:
    """Each page names the next; the largest page the API gives is asked for."""
    server = TokenPages((["a"], "t1"), ([], "t2"), (["b"], None))
    assert await by_token(server).all() == ["a", "b"]
    assert server.asked == [(UNSET, 100), ("t1", 100), ("t2", 100)]


async def test_a_repeated_token_is_a_contradiction() -> None:
    """The walk would go round in circles."""
    server = TokenPages((["a"], "t1"), (["b"], "t2"), (["c"], "t1"))
    with pytest.raises(PagingError, match=r"things\.list: .*a page token came twice"):
        await by_token(server).all()


async def test_the_token_that_a_walk_began_with_is_a_repeated_one() -> None:
    """It is known from the start."""
    with pytest.raises(PagingError, match="a page token came twice"):
        await by_token(TokenPages((["a"], "t1"), (["b"], None)), start="t1").all()


async def test_empty_pages_between_others_are_no_contradiction() -> None:
    """A server that filters may have any number of them."""
    pages: list[tuple[list[str], str | None]] = [
        (["a"] * (number % 5 == 0), f"t{number}") for number in range(50)
    ]
    assert ["a"] * 10 + ["b"] == await by_token(TokenPages(*pages, (["b"], None))).all()


async def test_endless_empty_pages_are_a_contradiction() -> None:
    """Ever new tokens without an item come to an end."""
    server = TokenPages(*[([], f"t{index}") for index in range(100)])
    with pytest.raises(PagingError, match="pages in a row were empty"):
        await by_token(server).all()
    assert len(server.asked) == 10


async def test_a_token_of_another_type_is_a_contradiction() -> None:
    """It is not a token of anything."""
    with pytest.raises(PagingError, match="a page token is not a string, but dict"):
        await by_token(TokenPages((["a"], {"x": 1}))).all()  # type: ignore[arg-type]


class IndexedPages:
    """A SCIM server that gives at most ``largest`` items at a time."""

    def __init__(self, count: int, largest: int = 100, total: int | None = None) -> None:
        self._items = names(count)
        self._largest = largest
        self._total = count if total is None else total
        self.asked: list[Any] = []

    async def call(self, operation: Any, /, **arguments: Any) -> Any:
        first, count = arguments["start_index"], arguments["count"]
        self.asked.append((first, count))
        found = self._items[first - 1 :][: min(count, self._largest)]
        return IndexedPage(found or UNSET, self._total)


class IndexedPage:
    def __init__(self, resources: Any, total: Any) -> None:
        self.resources = resources
        self.total_results = total


BY_INDEX: Operation[Any] = Operation(
    id="people.list",
    method="GET",
    path="/v1/people",
    idempotent=True,
    get_kwargs=dict,
    parse=lambda data: data,
    paging=Paging(
        style="index",
        items="resources",
        size="count",
        max_size=100,
        cursor="start_index",
        total="total_results",
    ),
)


def by_index(server: Any, start: Any = UNSET) -> PagedListing[str, Any]:
    return PagedListing(server, BY_INDEX, str, {"start_index": start, "count": UNSET})


async def test_pages_by_index_begin_where_the_one_before_ended() -> None:
    """A server that gives fewer items than it was asked for loses none."""
    server = IndexedPages(100, largest=40)
    assert await by_index(server).all() == names(100)
    assert server.asked == [(1, 100), (41, 100), (81, 100)]


async def test_the_last_page_by_index_may_hold_one_item() -> None:
    """An item whose index is the total is fetched as well."""
    server = IndexedPages(5, largest=2)
    assert names(5) == await by_index(server).all()
    assert [(1, 100), (3, 100), (5, 100)] == server.asked


async def test_pages_by_index_can_start_later() -> None:
    """The first index is 1."""
    assert await by_index(IndexedPages(5), start=4).all() == ["3", "4"]


async def test_an_index_listing_may_leave_out_its_items_when_there_are_none() -> None:
    """SCIM's Resources is absent then; the page is there all the same."""
    server = IndexedPages(0)
    assert [page.total_results async for page in by_index(server).pages()] == [0]
    assert await by_index(server).all() == []


async def test_an_index_listing_without_a_total_ends_with_an_empty_page() -> None:
    """Where nothing says how many there are, the walk goes on until there are none."""
    assert await by_index(IndexedPages(150, total=0)).all() == names(150)


async def test_an_empty_page_by_index_before_the_total_is_a_contradiction() -> None:
    """It ends, and says what the server said."""
    with pytest.raises(PagingError, match=r"people\.list: .*nothing from 6 on, but the total is 9"):
        await by_index(IndexedPages(5, total=9)).all()


async def test_a_server_that_ignores_the_index_is_a_contradiction() -> None:
    """The same page again and again ends with an error."""

    class Stuck:
        async def call(self, operation: Any, /, **arguments: Any) -> Any:
            return IndexedPage(["a", "b"], 9)

    with pytest.raises(PagingError, match="the page from 3 on repeats the one before"):
        await by_index(Stuck()).all()


@pytest.mark.parametrize("total", [100, 150, 200])
async def test_a_total_by_index_that_is_too_small_loses_nothing(
    total: int, caplog: pytest.LogCaptureFixture
) -> None:
    """As by number."""
    assert names(430) == await by_index(IndexedPages(430, total=total)).all()
    assert 1 == len(caplog.records)
