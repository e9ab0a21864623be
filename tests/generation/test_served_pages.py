"""Listings of a package that an overlay made of another API's file, walked against a server for that file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from scripts._generation.__main__ import main
from tests.generation.served.original import Files
from tests.generation.served.programs import Ask, running
from tests.generation.served.server import Server
from tests.generation.served.wire import Values
from tests.generation.typed import mistyped

HERE = Path(__file__).parent
SPEC = HERE / "paged.yaml"
CALLER = '''"""What users write who walk listings."""

from collections.abc import Callable, Coroutine

from matillion_api import Client, models
from matillion_api.api import Resources
from matillion_api.api.books import list_books


async def walked(client: Resources) -> list[object]:
    titles = [book.title async for book in client.books.list(kind="a b")]
    names = [reader.name async for reader in client.readers.present("a/b")]
    days = [loan.until.isoformat() async for loan in client.loans.list()]
    return [titles, names, days]


async def without_a_total(client: Resources) -> list[object]:
    shelves = [shelf.name async for shelf in client.shelves.list()]
    lines = [line.text async for line in client.lines.list()]
    events = [event.id.int async for event in client.events.list()]
    visits = [visit.number async for visit in client.visits.list()]
    return [shelves, lines, events, visits]


async def one_page_without_a_total(client: Resources) -> list[object]:
    shelves: models.ListShelvesResponse200 = await client.shelves.list(per_page=2)
    later = await client.shelves.list(page=2, per_page=2).all()
    return [[shelf.name for shelf in shelves], shelves[0].name, [shelf.name for shelf in later]]


async def from_the_middle(client: Resources) -> list[object]:
    books: list[models.Book] = []
    async for book in client.books.list(page_number=2, per_page=2):
        books.append(book)
    readers = await client.readers.present("a/b", from_=8, top=1).all()
    loans = await client.loans.list(pageafter="after 4").all()
    return [[each.title for each in books], [each.name for each in readers], [each.book.title for each in loans]]


async def by_pages(client: Resources) -> list[object]:
    return [
        [[book.title for book in page] async for page in client.books.list().pages()],
        [len(page) async for page in client.readers.present("a/b").pages()],
        [len(page) async for page in client.loans.list(pagelimit=1).pages()],
    ]


async def left_early(client: Resources) -> list[object]:
    async for book in client.books.list():
        return [book.title]
    return []


async def awaited(client: Resources) -> list[object]:
    page = await client.books.list(per_page=2)
    return [page.all_of_them, [book.title for book in page], page[0].title, len(await client.loans.list())]


async def with_the_plain_function(client: Client) -> list[object]:
    found: list[object] = []
    number, total = 0, 1
    while len(found) < total:
        page = await list_books.asyncio(client=client, page_number=number, per_page=3, kind="a b")
        found += [book.title for book in page]
        number, total = number + 1, page.all_of_them
    return found
'''
PROGRAM = """
import asyncio, json, sys
import walks
from matillion_api import Client
from matillion_async import MatillionClient, Token

class Source:
    async def fetch(self):
        return Token("t")

async def main(url, name):
    if name == "with_the_plain_function":
        client = Client(url + "/library")
    else:
        client = MatillionClient(base_url=url, token_source=Source(), rate_limits="100000/s", retry=None)
    async with client:
        return await getattr(walks, name)(client)
"""
BOOKS = [{"title": f"book {number}"} for number in range(7)]
READERS = [{"name": f"reader {number}"} for number in range(9)]
LOANS = [{"book": BOOKS[number], "until": f"2026-03-0{number + 1}"} for number in range(5)]


def books(values: Values) -> Any:
    """By number, from 0."""
    size = values.get(("query", "per-page"), 1)
    first = values.get(("query", "page-number"), 0) * size
    return {"class": BOOKS[first : first + size], "all-of-them": len(BOOKS)}


def readers(values: Values) -> Any:
    """By the index of the first, from 1; fewer than are asked for."""
    first = values.get(("query", "from"), 1) - 1
    size = min(values.get(("query", "$top"), 2), 2)
    return {
        "people": READERS[first : first + size],
        "visitors": [{"name": "somebody"}],
        "sum": len(READERS),
    }


def loans(values: Values) -> Any:
    """By a token, which is none on the last page."""
    first = int(str(values.get(("query", "page[after]"), "after 0")).removeprefix("after "))
    end = first + values.get(("query", "page[limit]"), 2)
    token = f"after {end}" if end < len(LOANS) else None
    return {"data": LOANS[first:end], "next-token": token}


SHELVES, LINES, IDS, NUMBERS = range(7), range(8), range(5), range(4)


def shelves(values: Values) -> Any:
    """By number, from 1, as a bare array."""
    size = values.get(("query", "per_page"), 1)
    first = (values.get(("query", "page"), 1) - 1) * size
    return [{"name": f"shelf {number}"} for number in SHELVES[first : first + size]]


def lines(values: Values) -> Any:
    """By how many come before, as a bare array of fewer than are asked for."""
    first = values.get(("query", "offset"), 0)
    size = min(values.get(("query", "limit"), 3), 3)
    return [{"text": f"line {number}"} for number in LINES[first : first + size]]


def events(values: Values) -> Any:
    """By the id of the last one before."""
    first = UUID(values.get(("query", "starting_after"), str(UUID(int=0)))).int
    end = first + values.get(("query", "limit"), 1)
    data = [{"id": str(UUID(int=number + 1))} for number in IDS[first:end]]
    return {"data": data, "has_more": end < len(IDS)}


def visits(values: Values) -> Any:
    """By the number of the last one before; an empty page tells the end."""
    first = values.get(("query", "after"), -1) + 1
    size = values.get(("query", "limit"), 1)
    return [{"number": number} for number in NUMBERS[first : first + size]]


ANSWERS: dict[str, Callable[[Values], Any]] = {
    "GET /shelves": shelves,
    "GET /lines": lines,
    "GET /events": events,
    "GET /visits": visits,
    "GET /books": books,
    "GET /shelves/{shelf}/readers": readers,
    "GET /loans": loans,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the package, and of what calls it."""
    folder = tmp_path_factory.mktemp("paged")
    overlay = ["--overlay", str(HERE / "paged_overlay.yaml"), "--strict"]
    assert 0 == main(["--spec", str(SPEC), *overlay, "--output", str(folder)])
    (folder / "walks.py").write_text(CALLER, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def ask(made: Path) -> Iterator[Ask]:
    """Gives what a function of the caller does: with the server at a URL, by its name."""
    with running(PROGRAM, made) as ask:
        yield ask


async def walked(ask: Ask, name: str) -> tuple[Any, Server]:
    """What a function of the caller gives, and the server that it has asked."""
    server = Server(Files(SPEC), answers=ANSWERS)
    async with server.served() as url:
        return await ask(url, name), server


TITLES, NAMES, DAYS = (
    [str(each[name]) for each in rows]
    for rows, name in ((BOOKS, "title"), (READERS, "name"), (LOANS, "until"))
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("walked", [TITLES, NAMES, DAYS]),
        (
            "without_a_total",
            [
                [f"shelf {number}" for number in SHELVES],
                [f"line {number}" for number in LINES],
                [number + 1 for number in IDS],
                [*NUMBERS],
            ],
        ),
        (
            "one_page_without_a_total",
            [["shelf 0", "shelf 1"], "shelf 0", [f"shelf {number}" for number in SHELVES[2:]]],
        ),
        ("from_the_middle", [TITLES[4:], NAMES[7:], [TITLES[4]]]),
        ("by_pages", [[TITLES[:3], TITLES[3:6], TITLES[6:]], [2, 2, 2, 2, 1], [1, 1, 1, 1, 1]]),
        ("left_early", TITLES[:1]),
        ("awaited", [7, TITLES[:2], TITLES[0], 2]),
        ("with_the_plain_function", TITLES),
    ],
)
async def test_listings(name: str, found: list[object], ask: Ask) -> None:
    """Each item once and in order, in all three ways of paging, with nothing sent that the file does not have."""
    told, server = await walked(ask, name)
    assert found == told
    assert [] == [each.wrong for each in server.exchanges if each.wrong]


async def test_what_a_walk_asks_for(ask: Ask) -> None:
    """The largest pages that the overlay allows, and with each all that the call has given."""
    _, server = await walked(ask, "walked")
    sent: dict[str, list[Values]] = {each: [] for each in ANSWERS}
    for exchange in server.exchanges:
        sent[str(exchange.operation)].append(exchange.values)
    page, index, token = list(sent.values())[-3:]
    assert [
        {("query", "page-number"): number, ("query", "per-page"): 3, ("cookie", "kind"): "a b"}
        for number in range(3)
    ] == sorted(page, key=lambda values: values["query", "page-number"])
    assert [
        {("path", "shelf"): "a/b", ("query", "from"): first, ("query", "$top"): 4}
        for first in (1, 3, 5, 7, 9)
    ] == index
    assert [{("query", "page[limit]"): 2}] == token[:1]
    assert ["after 2", "after 4"] == [values["query", "page[after]"] for values in token[1:]]


async def test_without_the_overlay_they_are_no_listings(tmp_path: Path) -> None:
    """Nothing in the file tells of paging: a call gives one response."""
    assert 0 == main(["--spec", str(SPEC), "--output", str(tmp_path)])
    group = tmp_path / "matillion_api" / "api" / "books" / "__init__.py"
    assert "Listing[" not in group.read_text(encoding="utf-8")


@pytest.mark.long
def test_the_caller_is_typed(made: Path, mypy_cache: Path) -> None:
    """It satisfies mypy as strict as it can be."""
    assert [] == mistyped(made, mypy_cache, made / "walks.py")
