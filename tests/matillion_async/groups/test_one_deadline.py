"""A deadline is for all calls that a method makes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from matillion_async import DeadlineExceededError, MatillionClient
from tests.matillion_async.scripted import Script, scripted_client

PROJECT = "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10"


async def slow(request: httpx.Request) -> httpx.Response:
    """Two seconds for each response; there is no override yet, and the response to an update is empty."""
    await asyncio.sleep(2)
    if request.method != "GET":
        missing = request.method == "PUT" and "overrides" in request.url.path
        return httpx.Response(404 if missing else 204)
    schedule = {"scheduleId": "s", "name": "n", "cronExpression": "0 0 2 ? * MON"}
    return httpx.Response(200, json=schedule)


@pytest.mark.virtual_time
@pytest.mark.parametrize(
    "work",
    [
        lambda client: client.schedules.change(PROJECT, "s", name="x"),
        lambda client: client.schedules.enable(PROJECT, "s"),
        lambda client: client.schedules.disable(PROJECT, "s"),
        lambda client: client.connections.set_override(
            PROJECT,
            environment_name="e",
            connection_name="c",
            auth_type="a",
            connection_overrides={},
        ),
    ],
    ids=["change", "enable", "disable", "set_override"],
)
async def test_calls_that_belong_together(
    work: Callable[[MatillionClient], Awaitable[Any]],
) -> None:
    """What reads and then writes has one deadline, not one for each call."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    transport = httpx.MockTransport(slow)
    async with scripted_client(Script(), transport=transport, deadline=3) as client:
        with pytest.raises(DeadlineExceededError):
            await work(client)
    assert loop.time() - began <= 3
