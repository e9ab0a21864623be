"""One deadline for what belongs together: the walk of a listing, all windows of events, an item of a bulk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from matillion_async import DeadlineExceededError, MatillionClient
from matillion_async.sandbox import Fault, Pipeline, Sandbox
from tests.matillion_async.scripted import Script, paged_projects, scripted_client

pytestmark = pytest.mark.virtual_time

START = datetime(2026, 1, 1, tzinfo=UTC)


@asynccontextmanager
async def slow_client(
    respond: Callable[[httpx.Request], httpx.Response], seconds: float
) -> AsyncIterator[MatillionClient]:
    """A client with a deadline of 20 seconds, and a server that takes its time for each request."""

    async def slow(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(seconds)
        return respond(request)

    transport = httpx.MockTransport(slow)
    async with scripted_client(Script(), transport=transport, deadline=20) as client:
        yield client


async def seconds_of(work: Awaitable[Any]) -> float:
    """How long something went on until its deadline came."""
    began = asyncio.get_running_loop().time()
    with pytest.raises(DeadlineExceededError):
        await work
    return asyncio.get_running_loop().time() - began


def without_total(request: httpx.Request) -> httpx.Response:
    """One of many pages that are fetched one after the other."""
    body = paged_projects(5000, request).json()
    return httpx.Response(200, json={"results": body["results"]})


def page_of_events(request: httpx.Request) -> httpx.Response:
    """The one page of a window of time."""
    return httpx.Response(
        200, json={"results": [{"id": str(request.url), "eventId": str(request.url)}], "total": 1}
    )


async def test_a_walk_has_one_deadline() -> None:
    """However many pages it takes; the next walk has one of its own."""
    async with slow_client(without_total, 3) as client:
        listing = client.projects.list()
        for _ in range(2):
            assert 20 == await seconds_of(listing.all())


async def test_what_is_done_with_the_items_counts_as_well() -> None:
    """The deadline is for the whole walk: once it has passed, no further page is asked for."""
    found = 0

    async def walk(client: MatillionClient) -> None:
        nonlocal found
        async for _ in client.projects.list():
            found += 1
            await asyncio.sleep(0.25)

    async with slow_client(without_total, 3) as client:
        assert 28 == await seconds_of(walk(client))
    assert 100 == found


async def test_pages_that_are_fetched_by_hand_have_a_deadline_each() -> None:
    """One that is awaited is a call as any other."""
    async with slow_client(without_total, 15) as client:
        for page in range(3):
            assert 100 == len((await client.projects.list(page=page, size=100)).results)


async def test_a_listing_by_name_has_one_deadline() -> None:
    """The look-up of the project included."""

    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/environments"):
            return without_total(request)
        return httpx.Response(200, json={"results": [{"id": "p1", "name": "Sales"}]})

    async with slow_client(respond, 3) as client:
        assert 20 == await seconds_of(client.environments.list("Sales").all())


@pytest.mark.parametrize("group", ["audit", "lineage"])
async def test_events_have_one_deadline(group: str) -> None:
    """All windows of the range together."""
    async with slow_client(page_of_events, 3) as client:
        end = START + timedelta(days=2000)
        events = (
            client.audit.events(from_=START, to=end)
            if group == "audit"
            else client.lineage.events(generated_from=START, generated_before=end)
        )
        assert 20 == await seconds_of(events.all())


async def test_consumption_by_day_has_one_deadline() -> None:
    """All reports together."""

    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"results": []})

    async with slow_client(respond, 7) as client:
        end = START.date() + timedelta(days=2000)
        days = client.consumption.by_day(consumed_from=START.date(), consumed_before=end)
        assert 20 == await seconds_of(days.all())


async def test_an_item_of_a_bulk_has_one_deadline() -> None:
    """For all its calls together, from its own beginning."""

    async def several(count: int) -> int:
        for _ in range(count):
            await client.with_options(deadline=20).projects.list(page=0, size=1)
        return count

    async with slow_client(without_total, 6) as client:
        outcomes = await client.bulk(several, [1, 4, 3, 5, 2], max_in_flight=1)
    assert [1, 3, 2] == outcomes.values
    assert [4, 5] == outcomes.remaining
    assert {DeadlineExceededError} == {type(error) for error in outcomes.errors}


async def test_a_run_in_a_bulk_may_take_longer() -> None:
    """The deadline is for calls: whoever waits for a run says how long himself."""

    async def run(name: str) -> str:
        started = await client.pipeline_executions.run(
            "Sales", pipeline_name=name, environment_name="Environment 1"
        )
        execution = await started.wait()
        await started.steps().all()
        return str(execution.status)

    sandbox = Sandbox(
        projects=["Sales"],
        pipelines=[Pipeline("slow", "SUCCESS", seconds=600)],
        faults=[Fault(target="pipeline_executions.steps", delay=5)],
    )
    async with sandbox.client(deadline=20) as client:
        assert ["SUCCESS"] == (await client.bulk(run, ["slow"])).values
