"""What is not an operation or not an item of a bulk is refused at once, by one error that says which it is and what to give."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import pytest
from matillion_api.models.project import Project

from matillion_async import InvalidRequestError, MatillionClient
from tests.matillion_async.scripted import Script, scripted_client

PROJECT = Project("6e6e81ee-246b-55c1-bef8-40d0b7112339", "Sales")
PAGE = {"results": [], "total": 0, "page": 0, "size": 100}

pytestmark = pytest.mark.virtual_time


async def _used(client: MatillionClient) -> Any:
    done = asyncio.sleep(0)
    await done
    return done


async def double(item: Any) -> Any:
    return item, item


async def _one_by_one(items: list[Any]) -> AsyncIterator[Any]:
    for item in items:
        yield item


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (
            lambda c: c.bulk([c.projects.find("a"), c.projects.find("b")]),
            "of one item, .* not list",
        ),
        (lambda c: c.bulk(c.projects.find("a"), ["a"]), r"not coroutine \(name it without calling"),
        (lambda c: c.bulk(c.projects.list(), ["a"]), r"not PagedListing \(name it without calling"),
        (lambda c: c.bulk("projects.list", ["a"]), "as in client.bulk.*, not str$"),
        (lambda c: c.bulk(items=["a"]), "must be a function of one item, .* not NoneType"),
        (
            lambda c: c.bulk(c.environments.list),
            "items must be an iterable of items, .* not NoneType",
        ),
        (
            lambda c: c.bulk(c.environments.list, PROJECT),
            "items must be an iterable .* not Project",
        ),
        (
            lambda c: c.bulk(c.environments.list, c.projects.list().all()),
            "coroutine; await it first",
        ),
        (lambda c: c.bulk(c.environments.list, [PROJECT]), "item 0: project .*: give project.id"),
        (
            lambda c: c.bulk(c.environments.list, ("a", {"id": "b"})),
            r'item 1: project .* not dict: give project\["id"\]',
        ),
        (lambda c: c.bulk(c.environments.list, ["a", None]), "item 1: project .* not NoneType"),
        (
            lambda c: c.bulk(c.projects.find, ["a", "b", 7]),
            "item 2: project must be a string, not int",
        ),
        (
            lambda c: c.bulk(c.projects.find, ["a", (item for item in "b")]),
            "item 1: project must be a string, not generator",
        ),
        (lambda c: c.bulk(lambda a: a, ["a", c.projects.find("a")]), "item 1 is a coroutine; give"),
        (
            lambda c: c.bulk(c.pipelines.list, ["a"]),
            "must take an item and nothing else, .* missing a required .*'environment_name'",
        ),
        (lambda c: c.bulk(lambda: None, ["a"]), "must take an item and nothing else"),
    ],
)
async def test_it_is_refused_before_anything_is_sent(make: Callable[[Any], Any], told: str) -> None:
    """And leaves no coroutine that was never awaited, which would be a warning, and an error here."""
    script = Script(httpx.Response(200, json=PAGE))
    async with scripted_client(script) as client:
        with pytest.raises(InvalidRequestError, match=f"^bulk: .*{told}"):
            make(client)
    assert [] == script.requests
    gc.collect()


async def test_a_coroutine_that_was_awaited_is_refused_and_one_that_runs_goes_on() -> None:
    """It cannot be awaited again; and what a task is at work on is not closed."""
    async with scripted_client(Script(httpx.Response(200, json=PAGE))) as client:
        used = await _used(client)
        running = asyncio.sleep(1, "done")
        task = asyncio.create_task(running)
        await asyncio.sleep(0)
        for item in (used, running):
            with pytest.raises(InvalidRequestError, match="item 0 is a coroutine"):
                client.bulk(double, [item])
        assert "done" == await task


def _sync(items: list[Any]) -> Iterator[Any]:
    yield from items


@pytest.mark.parametrize("source", [_sync, _one_by_one])
async def test_items_that_are_made_as_they_are_taken_are_refused_then(
    source: Callable[[list[Any]], Any],
) -> None:
    """The outcomes before it are there, the error names the first that is wrong, and what follows can be run."""
    async with scripted_client(Script(*[httpx.Response(200, json=PAGE)] * 2)) as client:
        items = ["a" * 8, PROJECT, "b" * 8, client.projects.find("c")]
        work = client.bulk(lambda item: client.request("GET", f"/v1/{item}"), source(items))
        assert "a" * 8 == (await anext(aiter(work))).item
        await work.aclose()
        bulk = client.bulk(client.environments.list, source([PROJECT, 7]), max_in_flight=2)
        with pytest.raises(InvalidRequestError, match=r"item 0: project .* give project.id"):
            await bulk
        last = client.bulk(double, source(items[3:]))
        with pytest.raises(InvalidRequestError, match="item 0 is a coroutine"):
            await last


@pytest.mark.parametrize(
    ("operation", "told"),
    [
        (lambda item: item, "not str, for item 0$"),
        (lambda item: None, r"not NoneType, for item 0: does it lack a return\?"),
        (lambda item: (part for part in item), "not generator, for item 0$"),
    ],
)
async def test_an_operation_that_gives_nothing_to_await_ends_the_bulk(
    operation: Callable[[Any], Any], told: str
) -> None:
    """It would do so with every item; none is lost."""
    async with scripted_client(Script()) as client:
        bulk = client.bulk(operation, ["a", "b"])
        with pytest.raises(InvalidRequestError, match=f"^bulk: .*can be awaited, {told}"):
            await bulk
        assert ["a", "b"] == [item async for item in bulk.remaining()]
