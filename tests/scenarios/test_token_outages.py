"""Tokens that end or cannot be had while there is traffic."""

from __future__ import annotations

import asyncio
import contextlib
import random
from typing import Any

import pytest

from matillion_async import DeadlineExceededError, MatillionClient, UnauthorizedError
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


async def traffic(
    sandbox: Sandbox, processes: int, calls: int, pause: float
) -> list[BaseException]:
    """Calls at random moments from clients that know nothing of each other; gives what they raised."""
    random.seed(7)

    async def call(client: MatillionClient) -> None:
        await asyncio.sleep(random.uniform(0, pause))
        await page(client)

    async with contextlib.AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(sandbox.client()) for _ in range(processes)]
        running = []
        for _ in range(calls):
            running += [asyncio.ensure_future(call(client)) for client in clients]
            await asyncio.sleep(pause)
        results = await asyncio.gather(*running, return_exceptions=True)
    return [result for result in results if isinstance(result, BaseException)]


@pytest.mark.parametrize("processes", [1, 3])
async def test_tokens_that_are_revoked_every_30_seconds(processes: int) -> None:
    """Each new token works, so that the pause between new ones does not grow, and no call fails."""
    sandbox = Sandbox(
        faults=["delay=0.05", "token:delay=0.05", f"revoke-token%{60 * processes}x999"]
    )
    failures = await traffic(sandbox, processes, calls=500, pause=0.5)
    assert [] == failures
    assert 12 * processes > sandbox.stats.token_requests


async def test_processes_that_revoke_each_others_tokens() -> None:
    """Where an identity provider keeps one token of each client, three processes share it in turns."""
    faults = ["delay=0.05", "token:delay=0.05", "token:revoke-token%1x999999"]
    sandbox = Sandbox(faults=faults)
    failures = await traffic(sandbox, 3, calls=300, pause=0.2)
    assert 0.01 * 900 > len(failures)
    assert 60 * 2.5 > sandbox.stats.token_requests  # two and a half a second


async def test_a_call_that_is_always_refused_takes_few_tokens() -> None:
    """A 401 to one operation alone costs a handful of tokens, while all other calls go on."""
    sandbox = Sandbox(faults=["agents.list:401", "delay=0.05", "token:delay=0.05"])
    async with sandbox.client() as client:
        await page(client)
        refused, others = [], []
        for _ in range(300):
            refused.append(asyncio.ensure_future(client.agents.list(size=1)))
            others.append(asyncio.ensure_future(page(client)))
            await asyncio.sleep(0.5)
        results = await asyncio.gather(*refused, return_exceptions=True)
        await asyncio.gather(*others)
    assert {UnauthorizedError} == {type(result) for result in results}
    assert 15 > sandbox.stats.token_requests


async def test_a_deadline_tells_what_the_token_is_waited_for() -> None:
    """Behind a token endpoint that fails, the message has its last words."""
    sandbox = Sandbox(faults=["token:503"])
    async with sandbox.client(deadline=10) as client:
        with pytest.raises(DeadlineExceededError) as caught:
            await page(client)
    assert (
        "the deadline passed while waiting for a token: the token endpoint at localhost responded with HTTP 503 "
    ) in str(caught.value)
