"""Limits on real sockets and real clocks, on every event loop: nothing is refused, everybody gets a response."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from collections.abc import AsyncIterator

import httpx

from matillion_async import AiohttpTransport, MatillionClient, Token
from matillion_async._limits.rates import parse_rate_limits
from tests.matillion_async.limits.far_server import EveryLimit
from tests.matillion_async.raw_server import Peer, RawServer, raw_server
from tests.matillion_async.scripted import project_page, scripted_client

PAGE = json.dumps(project_page()).encode()
SLOW = 0.3
"""Seconds until the first token is there, and the most that a new connection takes."""
TRAVEL = 0.15
"""The most that a request takes to the server, and its response back."""


class LimitedServer:
    """Judges each request when it has travelled, for some time that differs from request to request."""

    def __init__(self, limits: str) -> None:
        self.refused = self.accepted = 0
        self._limit = EveryLimit(parse_rate_limits(limits))
        self._chance = random.Random(0)

    @contextlib.asynccontextmanager
    async def serving(self) -> AsyncIterator[RawServer]:
        """Listen on a port of this machine."""
        async with raw_server(self._respond) as server:
            yield server

    async def _respond(self, peer: Peer) -> None:
        await asyncio.sleep(SLOW * self._chance.random())  # as if the connection took that long
        while await peer.request():
            await self._journey()
            if self._limit.hit(asyncio.get_running_loop().time()):
                self.refused += 1
                await peer.respond(b"{}", "Retry-After: 1", status="429 Too Many Requests")
                continue
            self.accepted += 1
            await self._journey()
            await peer.respond(PAGE)

    async def _journey(self) -> None:
        await asyncio.sleep(TRAVEL * self._chance.random())


class SlowTokens:
    """A token source that takes its time."""

    async def fetch(self) -> Token:
        await asyncio.sleep(SLOW)
        return Token("token", expires_in=1800)


async def test_a_new_client_is_refused_nothing() -> None:
    """All calls at once, while the token is fetched and connections are opened; however the server counts."""
    limits = "40/s"
    server = LimitedServer(limits)
    async with (
        server.serving() as served,
        MatillionClient(
            base_url=f"http://{served.address}",
            token_source=SlowTokens(),
            rate_limits=limits,
            transport=AiohttpTransport(trust_env=False),
        ) as client,
    ):
        pages = await asyncio.gather(*(client.projects.list(size=1) for _ in range(90)))
        stats = client.limiter.stats()
    assert [[]] * 90 == [page.results for page in pages]
    assert (90, 0) == (server.accepted, server.refused)
    assert (0, 0, 90) == (stats.waiting, stats.in_flight, stats.sent)


async def test_rounds_of_more_calls_than_a_period_allows() -> None:
    """The second round meets timers that are due, which event loops treat differently."""
    async with scripted_client(
        lambda _: httpx.Response(200, json=project_page()), rate_limits="100/0.5s"
    ) as client:
        for _ in range(4):
            async with asyncio.timeout(30):
                pages = await asyncio.gather(*(client.projects.list(size=1) for _ in range(150)))
            assert [[]] * 150 == [page.results for page in pages]
        stats = client.limiter.stats()
    assert (0, 0, 600) == (stats.waiting, stats.in_flight, stats.sent)
