"""A bulk on real sockets and a real clock, on every event loop."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from matillion_async import MatillionClient
from matillion_async.sandbox import Sandbox, serve

LIMIT = "100/s"


async def test_a_bulk_within_a_limit() -> None:
    """It has an outcome for each item, and is refused nothing."""
    sandbox = Sandbox(projects=3, limits=LIMIT)
    async with serve(sandbox) as served, _client(sandbox, served.url) as client:
        ids = [project.id async for project in client.projects.list()] * 50
        found: list[int] = []
        async for outcome in client.bulk(client.environments.list, ids):
            found.append(len(outcome.unwrap()))
        stats = client.limiter.stats()
    assert [2] * 150 == found
    assert 0 == sandbox.stats.refused
    assert (0, 0) == (stats.waiting, stats.in_flight)


async def test_a_bulk_that_is_cancelled() -> None:
    """Nothing is under way afterwards, and the client goes on."""
    sandbox = Sandbox(projects=3, limits=LIMIT)
    async with serve(sandbox) as served, _client(sandbox, served.url) as client:
        some = asyncio.Event()

        async def one(_: int) -> Any:
            page = await client.projects.list(size=1)
            some.set()
            return page

        async def work() -> None:
            await client.bulk(one, range(1000))

        task = asyncio.ensure_future(work())
        await some.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        stats = client.limiter.stats()
        assert (0, 0) == (stats.waiting, stats.in_flight)
        assert 3 == (await client.projects.list(size=1)).total


def _client(sandbox: Sandbox, url: str) -> MatillionClient:
    options = sandbox.client_options()
    return MatillionClient(
        client_id=options["client_id"],
        client_secret=options["client_secret"],
        audience=options["audience"],
        base_url=f"{url}/dpc",
        token_url=f"{url}/oauth/dpc/token",
        rate_limits=LIMIT,
    )
