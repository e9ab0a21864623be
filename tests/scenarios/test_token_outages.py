"""Tokens that end or cannot be had while there is traffic."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from matillion_async import DeadlineExceededError, MatillionClient
from matillion_async.sandbox import Sandbox

pytestmark = pytest.mark.virtual_time


async def page(client: MatillionClient) -> Any:
    """One call."""
    return await client.projects.list(size=1)


async def test_a_token_revoked_in_the_middle_of_500_calls() -> None:
    """No call fails, and one renewal serves them all."""
    sandbox = Sandbox(faults=["revoke-token@250"])
    async with sandbox.client() as client:
        results = await asyncio.gather(*(page(client) for _ in range(500)), return_exceptions=True)
    assert [] == [result for result in results if isinstance(result, BaseException)]
    assert 2 == sandbox.stats.tokens_issued == sandbox.stats.token_requests
    assert sandbox.stats.statuses[401] > 0


async def test_a_token_endpoint_that_is_down_for_a_minute_under_load() -> None:
    """Calls wait for it, or fail by their own deadline; it is asked a few times, not by every call."""
    sandbox = Sandbox(faults=["revoke-token@100", "token-outage=60@100"])
    loop = asyncio.get_running_loop()
    ended: dict[str, list[float]] = {"patient": [], "hasty": []}

    async def call(client: MatillionClient, kind: str) -> Any:
        began = loop.time()
        try:
            return await page(client)
        finally:
            ended[kind].append(loop.time() - began)

    async with sandbox.client() as client:
        hasty = client.with_options(deadline=20)
        calls = []
        for _ in range(60):
            calls += [call(client, "patient") for _ in range(5)]
            calls += [call(hasty, "hasty") for _ in range(5)]
        running = []
        for one in calls:  # ten calls a second, for a minute
            running.append(asyncio.ensure_future(one))
            await asyncio.sleep(0.1)
        results = await asyncio.gather(*running, return_exceptions=True)

    failures = [result for result in results if isinstance(result, BaseException)]
    assert failures
    assert all(isinstance(failure, DeadlineExceededError) for failure in failures)
    assert len(failures) <= 300  # the patient ones all succeeded
    assert max(ended["hasty"]) <= 20.001
    assert 30 < max(ended["patient"]) < 100
    assert 10 > sandbox.stats.token_requests
    assert 2 == sandbox.stats.tokens_issued
