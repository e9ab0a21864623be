"""Large responses are read in slices, so that the event loop serves the others in between."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from matillion_api.types import Paging

from matillion_async import MatillionClient, ResponseDecodingError
from matillion_async._calls import responses
from matillion_async._calls.json_slices import SLICE
from tests.matillion_async.scripted import Script, project_page, scripted_client

pytestmark = pytest.mark.virtual_time


def page(size: int, count: int = 100) -> dict[str, Any]:
    """A page of projects of about that many bytes."""
    body: dict[str, Any] = project_page(*(str(number) for number in range(count)))
    for item in body["results"]:
        item["lineage"] = {"fields": [["x" * 90] * 10] * (size // count // 1000)}
    return body


@contextlib.asynccontextmanager
async def counted_turns() -> AsyncIterator[list[int]]:
    """How often another task had its turn in the block."""
    turns = [0]

    async def tick() -> None:
        while True:
            turns[0] += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(tick())
    await asyncio.sleep(0)
    turns[0] = 0
    yield turns
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_others_have_their_turn_while_a_large_page_is_read() -> None:
    """At least one for every two slices of the body, and the page is the same as one read at once."""
    body = page(1_000_000)
    response = httpx.Response(200, json=body)
    async with scripted_client(Script(response)) as client, counted_turns() as turns:
        found = await client.projects.list()
    assert body == found.to_dict()
    assert turns[0] >= len(response.content) / (2 * SLICE)


async def test_the_items_become_models_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than a slice's worth of items without a pause, so that each task has its turn between them."""
    body = page(1_000_000)
    content = json.dumps(body).encode()
    built: list[int] = []

    class Page:
        def __init__(self, data: Any) -> None:
            built.append(len(data["results"]))
            self.results = list(data["results"])

    class Listing:
        paging = Paging(
            *("page", "results", "size", 100, "page"),
            items_key="results",
        )
        parse = Page

    monkeypatch.setattr(responses, "read", _at_once)
    listing: Any = Listing  # as much of an operation as is needed
    slices = responses._read(listing, content)
    pauses = sum(1 for _ in slices)
    assert pauses == len(built) - 1
    assert len(body["results"]) == sum(built)
    assert max(built) <= len(body["results"]) * SLICE / len(content)


def _at_once(content: bytes) -> Any:
    return json.loads(content)
    yield


async def test_large_responses_are_read_one_after_the_other() -> None:
    """Many at once do not line up their slices: the others have as many turns as for one after the other."""
    response = httpx.Response(200, json=page(2_000_000))
    async with scripted_client(Script(response)) as client:
        async with counted_turns() as turns_of_one:
            await _page(client)
        async with counted_turns() as turns_of_all:
            await asyncio.gather(*(_page(client) for _ in range(8)))
    assert turns_of_all[0] >= 7 * turns_of_one[0]


async def _page(client: MatillionClient) -> Any:
    return await client.projects.list()


async def test_a_small_page_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of 100 usual items is not sliced at all."""
    monkeypatch.setattr(responses, "read", None)
    async with scripted_client(Script(httpx.Response(200, json=page(0)))) as client:
        assert 100 == len((await client.projects.list()).results)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (json.dumps(page(200_000)).encode()[:-5], "is not JSON"),
        (json.dumps({**page(200_000), "results": 5}).encode() + b" " * SLICE, "another shape"),
        (json.dumps("x" * SLICE).encode(), "another shape"),
        (json.dumps({"items": "x" * SLICE}).encode(), "has no 'results', but 'items'"),
        (json.dumps({"results": ["x" * SLICE] * 5}).encode(), "5 of 5 rows cannot be read"),
        (json.dumps({"results": ["x" * SLICE, float("nan")]}).encode(), "is not JSON .*no NaN"),
        (b"\xff" * 2 * SLICE, "is not JSON"),
        (b"[" * 2 * SLICE, "nested too deeply"),
    ],
)
async def test_a_large_response_that_cannot_be_read_is_one_typed_error(
    content: bytes, reason: str
) -> None:
    """As a small one."""
    async with scripted_client(Script(httpx.Response(200, content=content))) as client:
        with pytest.raises(ResponseDecodingError, match=reason) as caught:
            await client.projects.list()
    assert "projects.list" == caught.value.operation
    # The error behind it holds the whole body, and its frames too.
    assert caught.value.__context__ is caught.value.__cause__ is None


async def test_a_small_response_that_is_nested_too_deeply_is_one_typed_error() -> None:
    """No RecursionError comes out."""
    async with scripted_client(Script(httpx.Response(200, content=b"[" * 50_000))) as client:
        with pytest.raises(ResponseDecodingError, match="nested too deeply"):
            await client.projects.list()


async def test_a_call_that_is_cancelled_while_its_response_is_read_lets_the_next_one_in() -> None:
    """Whoever reads a large response holds nothing beyond its end."""
    response = httpx.Response(200, json=page(500_000))
    async with scripted_client(Script(response)) as client:
        first = asyncio.ensure_future(_page(client))
        second = asyncio.ensure_future(_page(client))
        for _ in range(6):
            await asyncio.sleep(0)
        first.cancel()
        assert 100 == len((await second).results)
    assert first.cancelled()
