"""The server's door in virtual time: a transport without a network."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import httpx

from scripts._soak.faults import Fault
from scripts._soak.service import Service
from scripts._soak.world import Request

_TRAVEL = 0.02
_FAILURES: dict[Fault, tuple[type[httpx.TransportError], str]] = {
    Fault.UNREAD: (httpx.ReadError, "reset"),
    Fault.HALF_READ: (httpx.WriteError, "reset"),
    Fault.RESET: (httpx.ReadError, "reset"),
    Fault.RESET_AFTER: (httpx.ReadError, "reset"),
    Fault.CLOSED_AFTER: (httpx.RemoteProtocolError, "closed"),
    Fault.CUT: (httpx.RemoteProtocolError, "cut off"),
    Fault.GARBAGE: (httpx.RemoteProtocolError, "no HTTP"),
}


class InProcess(httpx.AsyncBaseTransport):
    """Carries each request to the service in a little time, and fails as a network would.

    Args:
        service: what responds.
    """

    max_connections = 32
    base_url = "https://api.soak.example/dpc"
    token_url = "https://id.soak.example/oauth/dpc/token"

    def __init__(self, service: Service) -> None:
        self._service = service
        self._is_down = False
        self._restarts = 0
        self.busy = 0
        self.transport: httpx.AsyncBaseTransport = self

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.busy += 1
        try:
            return await self._respond(request)
        finally:
            self.busy -= 1

    async def restart(self, seconds: float) -> None:
        """Break what is under way, and be away for a while."""
        self._restarts += 1
        self._is_down = True
        await asyncio.sleep(seconds)
        self._is_down = False

    async def _respond(self, request: httpx.Request) -> httpx.Response:
        body = await request.aread()
        if self._is_down:
            raise httpx.ConnectError("refused")
        restarts = self._restarts
        await self._travel(restarts)
        headers = {name.lower(): value for name, value in request.headers.items()}
        target = request.url.raw_path.decode("ascii")
        treatment = self._service.receive(Request(request.method, target, headers, body))
        await asyncio.sleep(treatment.delay)
        await self._travel(restarts)
        if treatment.fault in _FAILURES:
            kind, text = _FAILURES[treatment.fault]
            raise kind(text)
        reply = treatment.reply
        return httpx.Response(reply.status, headers=list(reply.headers), content=reply.body)

    async def _travel(self, restarts: int) -> None:
        await asyncio.sleep(_TRAVEL * self._service.chance.uniform(0.5, 1.5))
        if self._restarts != restarts:
            raise httpx.ReadError("the server went away")


@contextlib.asynccontextmanager
async def in_process(service: Service) -> AsyncIterator[InProcess]:
    """Open the door."""
    yield InProcess(service)
