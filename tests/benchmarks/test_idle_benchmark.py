"""The benchmark of the idle limit: what it counts."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import httpx

from benchmarks.idle import Found, NotSent, Post, Unknown, at_the_limit, serving


@contextlib.asynccontextmanager
async def unreliable(url: str) -> AsyncIterator[Post]:
    """Of four POSTs one arrives, one twice, one gets no response, one does not arrive, and of these each third
    is known not to have been sent."""
    async with httpx.AsyncClient(trust_env=False) as client:

        async def post(name: str) -> None:
            kind = int(name) % 4
            if kind == 3:
                raise NotSent if int(name) % 3 == 0 else Unknown
            for _ in range(2 if kind == 1 else 1):
                # A connection for each, so that the server's idle limit changes nothing.
                await client.post(url, content=name, headers={"Connection": "close"})
            if kind == 2:
                raise Unknown

        yield post


def test_what_became_of_each_post_is_counted() -> None:
    """The server tells which of those whose outcome is unknown never arrived, and which arrived twice."""
    with serving() as url:
        found = asyncio.run(at_the_limit(unreliable, url, 50))

    # 100 POSTs, from 0 to 99: 25 of each kind; 3, 15, 27 … 99 were not sent.
    assert Found(sent=50, unknown=25 + 16, false_alarms=16, not_sent=9, twice=25) == found
