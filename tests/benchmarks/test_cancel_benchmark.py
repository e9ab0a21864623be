"""The benchmark of cancelled calls: what it counts."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

import pytest

from benchmarks._measure import Call
from benchmarks.cancel import LONGEST, Aftermath, Stormed, storm

pytestmark = pytest.mark.virtual_time


def client(seconds: float, busy: int) -> Callable[[str], Stormed]:
    """A client whose calls take that long, and which has so many connections busy for good."""

    @contextlib.asynccontextmanager
    async def contestant(url: str) -> AsyncIterator[tuple[Call, Callable[[], int]]]:
        yield lambda: asyncio.sleep(seconds), lambda: busy

    return contestant


async def test_what_is_left_is_reported() -> None:
    """Every call is cancelled, the connections are counted afterwards, and the next call hangs."""
    found = await storm(client(3600, busy=7), "", 300)

    assert Aftermath(300, 0, busy=7, next_call="TimeoutError", descriptors=0) == found


async def test_calls_that_ended_do_not_count_as_cancelled() -> None:
    """Half of the calls end before they are cancelled."""
    found = await storm(client(LONGEST / 2, busy=0), "", 300)

    assert (300, "works") == (found.cancelled, found.next_call)
    assert found.ended > 100
