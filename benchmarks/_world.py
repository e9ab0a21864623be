"""A server at a distance, for benchmarks on a virtual clock: limits, connections that are opened, requests that travel.

All of it is arithmetic and ``asyncio.sleep``, as cheap as can be, so that hours of calls take seconds.
"""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import Callable, Sequence
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
    """How long a request is on its way, and its answer likewise: at most twice ``seconds``, spikes aside.

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
        limits: what the server accepts; :attr:`limit` may be replaced while calls are made.
        algorithm: how it counts.
        travel: how far away it is.
        warm: whether connections and a token are there at the start.
        stray: told the number of each accepted request, whether to answer it with 429 all the same.
        retry_after: seconds that a refusal names; None for what the limit would need, in whole seconds; 0 for no header.
        seed: decides the travel times.
    """

    def __init__(
        self,
        limits: Sequence[str],
        algorithm: Algorithm,
        travel: Travel,
        *,
        warm: bool = True,
        stray: Callable[[int], bool] | None = None,
        retry_after: int | None = None,
        seed: int = 0,
    ) -> None:
        self.limit = ServerLimit(algorithm, parse_rate_limits(limits))
        self.arrived = self.refused = self.strays = 0
        self._travel = travel
        self._warm = warm
        self._free: float = math.inf if warm else 0
        self._stray = stray
        self._retry_after = retry_after
        self._random = random.Random(seed)

    async def _travels(self) -> None:
        await asyncio.sleep(self._travel.draw(self._random))

    async def _opened(self) -> None:
        if self._free:
            self._free -= 1
        else:
            for _ in range(4):
                await self._travels()

    async def fetch(self) -> Token:
        """A token; this makes the world a token source."""
        if not self._warm:
            await self._opened()
            await self._travels()
            await self._travels()
            self._free += 1
        return Token(TOKEN, expires_in=10**6)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Travel, be judged, travel back."""
        await self._opened()
        await self._travels()
        status, headers = self.judge(asyncio.get_running_loop().time())
        await self._travels()
        self._free += 1
        content = EMPTY_PAGE if status == 200 else b"{}"
        return httpx.Response(status, headers=headers, content=content, request=request)

    def judge(self, now: float) -> tuple[int, dict[str, str]]:
        """A request arrives: the status and headers of its answer."""
        self.arrived += 1
        wait = self.limit.hit(now)
        if not wait:
            if self._stray is None or not self._stray(self.arrived):
                return 200, JSON
            self.strays += 1
        self.refused += 1
        seconds = math.ceil(wait) if self._retry_after is None else self._retry_after
        return 429, {**JSON, "Retry-After": str(seconds)} if seconds else JSON
