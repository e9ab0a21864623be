"""The server's door in real time: raw HTTP/1.1 on a loopback socket, that goes wrong on purpose."""

from __future__ import annotations

import asyncio
import contextlib
import json
import select
from collections.abc import AsyncIterator
from typing import cast

from matillion_async import AiohttpTransport, Response
from matillion_async import Request as Sent
from scripts._soak.faults import Fault
from scripts._soak.service import Service, Treatment
from scripts._soak.world import Reply, Request

_CONNECTIONS = 50
_SHORTEST_IDLE, _LONGEST_IDLE = 0.02, 2.0
_STRANGER = json.dumps(
    {
        "pipelineExecutionId": "stranger",
        "projectId": "stranger",
        "status": "SUCCESS",
        "page": 0,
        "size": 1,
        "total": 1,
        "results": [{"name": "stranger"}],
    }
).encode()
_UNASKED = (
    b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(_STRANGER), _STRANGER),
)


class _Counting(AiohttpTransport):
    """The transport built in, which counts what is on the wire."""

    busy = 0

    async def send(self, request: Sent) -> Response:
        self.busy += 1
        try:
            return await super().send(request)
        finally:
            self.busy -= 1


class WireDoor:
    """The socket that the server listens on, and its connections.

    Args:
        service: what responds.
    """

    def __init__(self, service: Service) -> None:
        self.service = service
        self.connections: set[_Connection] = set()
        self.transport = _Counting(max_connections=_CONNECTIONS)
        self.port = 0
        self._server: asyncio.Server | None = None

    @property
    def base_url(self) -> str:
        """The API's."""
        return f"http://127.0.0.1:{self.port}/dpc"

    @property
    def token_url(self) -> str:
        """The token endpoint's."""
        return f"http://127.0.0.1:{self.port}/oauth/dpc/token"

    @property
    def busy(self) -> int:
        """Requests that the transport takes to be on the wire."""
        return self.transport.busy

    async def open(self) -> None:
        """Listen, on the same port as before if there was one."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: _Connection(self), "127.0.0.1", self.port, backlog=1024
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Break all connections, and listen no more."""
        if self._server is not None:
            self._server.close()
        for connection in list(self.connections):
            connection.abort()
        if self._server is not None:
            await self._server.wait_closed()
            self._server = None

    async def restart(self, seconds: float) -> None:
        """Break what is under way, and be away for a while."""
        await self.close()
        await asyncio.sleep(seconds)
        await self.open()


@contextlib.asynccontextmanager
async def wire(service: Service) -> AsyncIterator[WireDoor]:
    """Open the door."""
    door = WireDoor(service)
    await door.open()
    try:
        yield door
    finally:
        await door.close()


class _Connection(asyncio.Protocol):
    """One connection: one request after the other, until something goes wrong."""

    def __init__(self, door: WireDoor) -> None:
        self._door = door
        self._service = door.service
        self._unread = bytearray()
        self._timer: asyncio.TimerHandle | None = None
        self._is_responding = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own is not one by class
        self._door.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        self._door.connections.discard(self)

    def data_received(self, data: bytes) -> None:
        self._unread += data
        if not self._is_responding:
            self._stop_timer()
            self._read()

    def abort(self) -> None:
        """Reset the connection."""
        self._stop_timer()
        self._transport.abort()

    def _read(self) -> None:
        head, end, body = bytes(self._unread).partition(b"\r\n\r\n")
        if not end:
            return
        line, *lines = head.decode("latin-1").split("\r\n")
        fields = (field.partition(":") for field in lines)
        headers = {name.lower(): value.strip() for name, _, value in fields}
        length = int(headers.get("content-length", "0"))
        if len(body) < length:
            return
        self._unread.clear()
        method, target, _ = line.split(" ")
        self._is_responding = True
        treatment = self._service.receive(Request(method, target, headers, body[:length]))
        if treatment.delay:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(treatment.delay, self._respond, treatment)
        else:
            self._respond(treatment)

    def _respond(self, treatment: Treatment) -> None:
        self._is_responding = False
        fault, transport = treatment.fault, self._transport
        data = _bytes(treatment.reply)
        if fault in (Fault.UNREAD, Fault.HALF_READ, Fault.RESET, Fault.RESET_AFTER):
            self.abort()
        elif fault is Fault.CLOSED_AFTER:
            transport.close()
        elif fault is Fault.CUT:
            transport.write(data[: max(10, len(data) - 7)])
            transport.close()
        elif fault is Fault.GARBAGE:
            transport.write(b"\x16\x03\x01 no HTTP at all\r\n\r\n")
            transport.close()
        else:
            transport.write(data)
            self._idle(fault)

    def _idle(self, fault: Fault) -> None:
        """Wait for the next request; in a storm not for long, or not in silence."""
        if not self._service.injector.is_stormy:
            return
        loop, chance = asyncio.get_running_loop(), self._service.chance
        if fault is Fault.STALE:
            self._timer = loop.call_later(chance.uniform(0, 0.1), self._speak)
        else:
            seconds = chance.uniform(_SHORTEST_IDLE, _LONGEST_IDLE)
            self._timer = loop.call_later(seconds, self._leave)

    def _speak(self) -> None:
        """Send what nobody asked for, unless a request is on its way: then nobody could tell it from the response."""
        if not self._is_spoken_to():
            data = self._service.chance.choice(_UNASKED)
            self._service.note(f"sent unasked: {data[9:].splitlines()[0].decode()}")
            self._transport.write(data)

    def _leave(self) -> None:
        """Close, as after an idle limit; not if a request is on its way."""
        if not self._is_spoken_to():
            self._transport.close()

    def _is_spoken_to(self) -> bool:
        """Whether the client has sent something that was not looked at yet."""
        poll = select.poll()
        poll.register(self._transport.get_extra_info("socket").fileno(), select.POLLIN)
        return bool(self._unread or poll.poll(0))

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _bytes(reply: Reply) -> bytes:
    headers = [f"{name}: {value}" for name, value in reply.headers]
    lines = [f"HTTP/1.1 {reply.status} Soak", f"Content-Length: {len(reply.body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + reply.body
