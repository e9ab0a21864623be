"""A server at a distance, for benchmarks on a virtual clock: limits, connections that are opened, requests that travel.

All of it is arithmetic and ``asyncio.sleep``, as cheap as can be, so that hours of calls take seconds.
"""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import httpx

from benchmarks._connection import TOKEN
from matillion_async import Token
from matillion_async._limits.rates import parse_rate_limits
from matillion_async.sandbox._limits import Algorithm, ServerLimit

Jitter: TypeAlias = Literal["none", "uniform", "spiky"]

EMPTY_PAGE = b'{"page": 0, "size": 25, "total": 0, "results": []}'
JSON = {"Content-Type": "application/json"}
SPIKES, SPIKE = 0.05, 4.0
"""How many of the journeys take longer, and how many times."""


@dataclass(frozen=True, slots=True)
class Travel:
    """How long a request is on its way, and its response likewise: at most twice ``seconds``, spikes aside.

    Attributes:
        seconds: one way.
        jitter: what comes on top: nothing; anything up to as much again; or, for one in twenty, three times as much.
    """

    seconds: float
    jitter: Jitter

    def draw(self, chance: random.Random) -> float:
        """The seconds of one journey."""
        if self.jitter == "uniform":
            return self.seconds * (1 + chance.random())
        if self.jitter == "spiky" and chance.random() < SPIKES:
            return self.seconds * SPIKE
        return self.seconds

    def __str__(self) -> str:
        return f"{1000 * self.seconds:.0f} ms, {self.jitter}"


class World(httpx.AsyncBaseTransport):
    """A transport whose requests are judged when they arrive; it is also where tokens come from.

    A new connection takes two journeys there and back (TCP, TLS) before the request goes out on it. A connection that
    is free is used again; there is no end of them.

    Args:
        limits: what the server accepts; :attr:`limit` may be replaced meanwhile, and may be shared by several worlds.
        algorithm: how it counts.
        travel: how far away it is.
        warm: whether connections and a token are there at the start.
        stray_every: one in so many requests is refused for no reason; it takes nothing of the limit.
        stray_retry_after: seconds that such a refusal names; 0 for none.
        retry_after: whether a refusal of the limit says when to come again.
        seed: decides the travel times.
    """

    def __init__(
        self,
        limits: Sequence[str],
        algorithm: Algorithm,
        travel: Travel,
        *,
        warm: bool = True,
        stray_every: float = math.inf,
        stray_retry_after: int = 0,
        retry_after: bool = True,
        seed: int = 0,
    ) -> None:
        self.limit = ServerLimit(algorithm, parse_rate_limits(limits) if limits else ())
        self.arrived = self.refused = 0
        self._travel = travel
        self._warm = warm
        self._free: float = math.inf if warm else 0
        self._stray_share = 1 / stray_every
        self._stray_retry_after = stray_retry_after
        self._retry_after = retry_after
        self._random = random.Random(seed)

    async def travels(self) -> None:
        """Let a journey pass."""
        await asyncio.sleep(self._travel.draw(self._random))

    async def _opened(self) -> None:
        if self._free:
            self._free -= 1
        else:
            for _ in range(4):
                await self.travels()

    async def fetch(self) -> Token:
        """A token; this makes the world a token source."""
        if not self._warm:
            await self._opened()
            await self.travels()
            await self.travels()
            self._free += 1
        return Token(TOKEN, expires_in=10**6)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Travel, be judged, travel back."""
        await self._opened()
        await self.travels()
        status, headers = self.judge(request, self.now())
        await self.travels()
        self._free += 1
        content = EMPTY_PAGE if status == 200 else b"{}"
        return httpx.Response(status, headers=headers, content=content, request=request)

    @staticmethod
    def now() -> float:
        """The time on the clock of the event loop."""
        return asyncio.get_running_loop().time()

    def judge(self, request: httpx.Request, now: float) -> tuple[int, dict[str, str]]:
        """A request arrives: the status and headers of its response."""
        self.arrived += 1
        if self._random.random() < self._stray_share:
            seconds = self._stray_retry_after
        else:
            wait = self.limit.hit(now)
            if not wait:
                return 200, JSON
            seconds = math.ceil(wait) if self._retry_after else 0
        self.refused += 1
        return 429, {**JSON, "Retry-After": str(seconds)} if seconds else JSON
