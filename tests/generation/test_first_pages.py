"""Listings whose first page has another number than those of our own API, walked against a server for the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts._generation.__main__ import main
from scripts._generation.findings import Findings
from scripts._generation.preparing.prepare import prepare
from tests.generation.served.original import Files
from tests.generation.served.programs import Ask, running
from tests.generation.served.server import Server
from tests.generation.served.wire import Values

SPEC = Path(__file__).with_name("pages_from_one.yaml")
THINGS = [{"id": number} for number in range(8)]
PROGRAM = """
import asyncio, json, sys
from matillion_async import MatillionClient, Token

class Source:
    async def fetch(self):
        return Token("t")

async def main(url, group, given):
    async with MatillionClient(base_url=url, token_source=Source(), rate_limits="100000/s", retry=None) as client:
        return [each.id async for each in getattr(client, group).list(**given)]
"""


def by_number(values: Values) -> Any:
    """From 1; without a number the first."""
    page, size = values.get(("query", "page"), 1), values.get(("query", "size"), 3)
    assert page > 0
    first = (page - 1) * size
    return {
        "results": THINGS[first : first + size],
        "page": page,
        "size": size,
        "total": len(THINGS),
    }


def by_index(values: Values) -> Any:
    """From 0."""
    first, count = values.get(("query", "startIndex"), 0), values.get(("query", "count"), 3)
    return {"Resources": THINGS[first : first + count], "totalResults": len(THINGS)}


ANSWERS: dict[str, Callable[[Values], Any]] = {
    "GET /orders": by_number,
    "GET /customers": by_number,
    "GET /parcels": by_number,
    "GET /users": by_index,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the package."""
    folder = tmp_path_factory.mktemp("first")
    assert 0 == main(["--spec", str(SPEC), "--strict", "--output", str(folder)])
    return folder


@pytest.fixture(scope="module")
def items(made: Path) -> Iterator[Ask]:
    """Gives all items of a listing: of the server at a URL, of a group, with what is given."""
    with running(PROGRAM, made) as ask:
        yield ask


@pytest.mark.parametrize(
    ("group", "given", "numbers", "found"),
    [
        ("orders", {}, [1, 2, 3], range(8)),
        ("customers", {}, [1, 2, 3], range(8)),
        ("parcels", {}, [1, 2, 3], range(8)),
        ("orders", {"page": 2}, [2, 3], range(3, 8)),
        ("orders", {"page": 2, "size": 2}, [2, 3, 4, 5], range(2, 8)),
        ("users", {}, [0, 3, 6], range(8)),
        ("users", {"start_index": 5}, [5, 8], range(5, 8)),
    ],
)
async def test_all_items_come_once(
    group: str, given: dict[str, int], numbers: list[int], found: range, items: Ask
) -> None:
    """In order, and each page is asked for once; behind a last one that is full there may be another."""
    server = Server(Files(SPEC), answers=ANSWERS)
    async with server.served() as url:
        assert list(found) == await items(url, group, given)
    cursor = ("query", "startIndex" if group == "users" else "page")
    asked = [each.values[cursor] for each in server.exchanges]
    assert numbers == sorted(asked)
    assert [] == [each.wrong for each in server.exchanges if each.wrong]


@pytest.mark.parametrize(
    ("schema", "first"),
    [
        ({}, 0),
        ({"minimum": 0}, 0),
        ({"minimum": 1, "default": 0}, 1),
        ({"minimum": 0, "exclusiveMinimum": True}, 1),
        ({"minimum": 1, "exclusiveMinimum": False}, 1),
        ({"default": 1}, 1),
        ({"default": 5}, 0),
        ({"minimum": 5, "default": "1"}, 0),
    ],
)
def test_the_number_of_the_first_page(schema: dict[str, Any], first: int) -> None:
    """Its default or its minimum, where that is 0 or 1, and otherwise 0."""
    document = {
        "openapi": "3.0.3",
        "paths": {
            "/things": {
                "get": {
                    "parameters": [
                        {"name": "page", "in": "query", "schema": {"type": "integer", **schema}},
                        {"name": "size", "in": "query", "schema": {"type": "integer"}},
                    ],
                    "responses": {
                        "200": {
                            "description": "",
                            "content": {
                                "application/json": {
                                    "schema": {
                                        "type": "object",
                                        "properties": {
                                            "results": {
                                                "type": "array",
                                                "items": {"$ref": "#/components/schemas/Thing"},
                                            },
                                            "total": {"type": "integer"},
                                        },
                                    }
                                }
                            },
                        }
                    },
                }
            }
        },
        "components": {
            "schemas": {"Thing": {"type": "object", "properties": {"id": {"type": "integer"}}}}
        },
    }
    prepared = prepare(document, Findings())
    facts = prepared["paths"]["/things"]["get"]["responses"]["200"]["x-operation"]
    assert first == facts["paging"].get("first", 0)
