"""A server at a distance, as a transport on a virtual clock: limits, connections that are opened, requests that travel."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import httpx

from matillion_async import Token
from matillion_async._limits.rates import RateLimit
from matillion_async.sandbox._limits import Algorithm, ServerLimit
from tests.matillion_async.scripted import project_page

ENDINGS = (200, 404, 503, "reset", "no connection", "no response")
"""How a request may end, besides its caller who gives up."""


Counting: TypeAlias = Algorithm | Literal["every"]


class EveryLimit:
    """Refuses what any algorithm would: who is refused nothing by it is refused nothing by any server, however that counts.

    One history then proves it for all of them, as none of them makes a difference before it refuses something.
    """

    def __init__(self, limits: Sequence[RateLimit], *, phase: float = 0.0) -> None:
        self._limits = [ServerLimit(each, limits, phase=phase) for each in get_args(Algorithm)]

    def hit(self, now: float) -> float:
        """A call arrives: 0 if all accept it, otherwise the seconds after which they would."""
        return max([limit.hit(now) for limit in self._limits])


@dataclass(frozen=True, slots=True)
class Network:
    """How long things take, in seconds.

    Attributes:
        travel: of a request to the server, and of its response back, at least.
        jitter: what may come on top of each journey, so that requests overtake each other.
        connecting: to open a connection, at most.
        token: until the first token is there.
    """

    travel: float
    jitter: float
    connecting: float
    token: float


class FarServer(httpx.AsyncBaseTransport):
    """Judges requests when they arrive, also those whose caller has given up meanwhile; also where the token comes from.

    Args:
        algorithm: by which it counts, or ``every``, which is ``EveryLimit``.
        troubles: the share of requests that end otherwise than with 200.
        seed: decides how long each journey takes and how each request ends.
    """

    def __init__(
        self,
        limits: Sequence[RateLimit],
        algorithm: Counting,
        network: Network,
        *,
        phase: float = 0.0,
        troubles: float = 0.0,
        connections: int | None = None,
        seed: int = 0,
    ) -> None:
        self.max_connections = connections
        self.arrived = self.refused = 0
        self.under_way = self.most_under_way = 0
        self.troubles = troubles
        self._limit = (
            EveryLimit(limits, phase=phase)
            if algorithm == "every"
            else ServerLimit(algorithm, limits, phase=phase)
        )
        self._network = network
        self._idle = 0
        self._chance = random.Random(seed)

    async def fetch(self) -> Token:
        """A token, slowly; with it this is a token source."""
        await asyncio.sleep(self._network.token)
        return Token("token", expires_in=10**6)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Open a connection if none is free, send, wait for the response."""
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            return await self._exchange(request)
        finally:
            self.under_way -= 1

    async def _exchange(self, request: httpx.Request) -> httpx.Response:
        ending = self._chance.choice(ENDINGS) if self._chance.random() < self.troubles else 200
        if self._idle:
            self._idle -= 1
        else:
            await asyncio.sleep(self._network.connecting * self._chance.random())
        if ending == "no connection":
            raise httpx.ConnectError("refused", request=request)
        loop = asyncio.get_running_loop()
        response: asyncio.Future[int | str] = loop.create_future()
        loop.call_later(self._journey(), self._arrive, response, ending)
        status = await response
        if status == "reset":
            raise httpx.ReadError("connection reset", request=request)
        assert isinstance(status, int)
        self._idle += 1
        headers = {"Retry-After": "1"} if status == 429 else {}
        return httpx.Response(status, headers=headers, json=project_page(), request=request)

    def _arrive(self, response: asyncio.Future[int | str], ending: int | str) -> None:
        self.arrived += 1
        loop = asyncio.get_running_loop()
        if self._limit.hit(loop.time()):
            self.refused += 1
            ending = 429
        if ending != "no response":
            loop.call_later(self._journey(), _settle, response, ending)

    def _journey(self) -> float:
        return self._network.travel + self._network.jitter * self._chance.random()


def _settle(response: asyncio.Future[int | str], ending: int | str) -> None:
    if not response.done():  # else nobody waits for it any more
        response.set_result(ending)
