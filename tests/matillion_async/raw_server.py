"""A server on a loopback socket that does with each connection what a test says, right or wrong."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable


class Peer:
    """The server's end of one connection."""

    def __init__(
        self, server: RawServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.server = server
        self.reader = reader
        self.writer = writer

    async def request(self) -> bytes | None:
        """Read a whole request, head and body; None when the client has closed the connection."""
        try:
            head = await self.head()
            length = header(head, "content-length")
            body = b""
            if length is not None:
                body = await self.reader.readexactly(int(length))
            elif header(head, "transfer-encoding") == "chunked":
                body = await self.reader.readuntil(b"0\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        self.server.requests.append(head + body)
        return head + body

    async def head(self) -> bytes:
        """Read the head of a request and no more."""
        return await self.reader.readuntil(b"\r\n\r\n")

    async def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.writer.write(data)
        await self.writer.drain()

    async def respond(self, body: bytes = b"ok", *headers: str, status: str = "200 OK") -> None:
        """Send a correct response."""
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
        await self.send("\r\n".join(lines).encode() + body)

    def reset(self) -> None:
        """Break the connection, so that the client gets a connection reset."""
        self.writer.transport.abort()

    async def wait_for_the_end(self) -> None:
        """Hold the connection open, without reading, until the test ends."""
        await asyncio.get_running_loop().create_future()


Behaviour = Callable[[Peer], Awaitable[None]]


class RawServer:
    """What a test can see of the server."""

    def __init__(self) -> None:
        self.address = ""
        self.requests: list[bytes] = []
        """Whole requests, in the order of their arrival."""
        self.accepted = 0
        """How many connections there were."""
        self.peers: set[Peer] = set()
        """The connections that are open."""


@contextlib.asynccontextmanager
async def raw_server(
    behaviour: Behaviour, tls: ssl.SSLContext | None = None, address: str = "127.0.0.1"
) -> AsyncIterator[RawServer]:
    """Serve each connection with ``behaviour``; when it returns, the connection is closed."""
    state = RawServer()
    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = Peer(state, reader, writer)
        state.accepted += 1
        state.peers.add(peer)
        try:
            await behaviour(peer)
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError, asyncio.CancelledError):
            pass  # the client went away, or the test is over
        finally:
            state.peers.discard(peer)
            writer.close()
            with contextlib.suppress(ConnectionError, ssl.SSLError, TimeoutError):
                await writer.wait_closed()

    server = await asyncio.start_server(accept, address, 0, ssl=tls, backlog=4096)
    port = server.sockets[0].getsockname()[1]
    state.address = f"{address}:{port}"
    try:
        yield state
    finally:
        server.close()
        for peer in list(state.peers):
            peer.reset()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def respond_to_all(peer: Peer) -> None:
    """The behaviour of a correct server: respond to each request."""
    while await peer.request():
        await peer.respond()


def header(head: bytes, name: str) -> str | None:
    """The value of a header of a request or a response."""
    for line in head.split(b"\r\n\r\n")[0].decode().split("\r\n")[1:]:
        key, _, value = line.partition(":")
        if key.lower() == name.lower():
            return value.strip()
    return None
