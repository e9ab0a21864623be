"""Serves a sandbox on a loopback port, in the running event loop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from matillion_async._arguments import check, count_fault, strings, text_fault
from matillion_async._errors import ConfigurationError
from matillion_async._transport.addresses import is_loopback
from matillion_async.sandbox._app import Sandbox
from matillion_async.sandbox._delivery import CONNECTION, Receive, Scope, Send
from matillion_async.sandbox._guard import MAX_BODY_SIZE, MAX_HEAD_SIZE, App, Guard

_KEEP_ALIVE = 75
"""Seconds; a client that keeps its connections for a minute does not find them closed."""
_BACKLOG = 2048
"""Connections that wait to be accepted."""


@dataclass(frozen=True, slots=True)
class Served:
    """A sandbox that is being served."""

    sandbox: Sandbox
    url: str
    """Such as ``http://127.0.0.1:49152``."""

    @property
    def environment(self) -> dict[str, str]:
        """Environment variables that connect a client to it."""
        return self.sandbox.environment(self.url)


@contextlib.asynccontextmanager
async def serve(
    sandbox: Sandbox,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    allowed_hosts: Iterable[str] = (),
    max_body_size: int = MAX_BODY_SIZE,
) -> AsyncIterator[Served]:
    """Serve a sandbox until the block ends; connections that are open then are closed.

    Args:
        sandbox: what to serve.
        host: ``localhost`` or a loopback address; others are refused, because the credentials are not secret.
        port: 0 for any free one.
        allowed_hosts: names, without a port, that requests may have in ``Host`` beside ``localhost`` and loopback
            addresses, such as that of a container. Others get 421: a page in a browser could reach the sandbox by them.
        max_body_size: bytes of the body of a request at most, 100 MiB unless given; above that the response is 413. The
            head of a request may have 64 kB.

    Raises:
        ConfigurationError: the host is not this machine itself, the port cannot be used, or an argument is out of bounds.
    """
    if isinstance(sandbox, type) or not callable(sandbox):
        what = "the class" if isinstance(sandbox, type) else type(sandbox).__name__
        raise ConfigurationError(f"serve: sandbox must be a Sandbox, not {what}")
    allowed = strings(ConfigurationError, "allowed_hosts", allowed_hosts)
    check(
        ConfigurationError,
        host=text_fault(host, may_be_empty=True),
        port=count_fault(port, 0),
        max_body_size=count_fault(max_body_size, 0),
    )
    guard = Guard(sandbox, allowed, max_body_size)
    listener = _listen(host, port)
    app = _Connections(guard)
    config = uvicorn.Config(
        app,
        http=app.protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        server_header=False,
        date_header=False,  # the sandbox sends one by its own clock
        timeout_keep_alive=_KEEP_ALIVE,
        h11_max_incomplete_event_size=MAX_HEAD_SIZE,
    )
    config.load()
    # Not by uvicorn's own server, which looks only every tenth of a second whether it is to end, and pauses as long again.
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: app.protocol(config=config, server_state=app.state, app_state={}),
        sock=listener,
        backlog=_BACKLOG,
    )
    address = listener.getsockname()
    shown = f"[{address[0]}]" if ":" in address[0] else address[0]
    try:
        yield Served(sandbox, f"http://{shown}:{address[1]}")
    finally:
        # A connection that is accepted when its server is closed before it is made is lost by asyncio, and its socket left open.
        with contextlib.suppress(NotImplementedError):  # on Windows
            loop.remove_reader(listener)
        await app.aclose()
        server.close()


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket on this machine only; what connects now waits until the server runs."""
    if not is_loopback(host):
        raise ConfigurationError(
            f"the sandbox is served on this machine only, not on {host!r}: its credentials are not "
            "secret; use localhost or a loopback address"
        )
    if not 0 <= port <= 65535:  # create_server would leave a socket open
        raise ConfigurationError(f"cannot listen on {host} port {port}: it must be from 0 to 65535")
    address = "127.0.0.1" if host.endswith("localhost") else host
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise ConfigurationError(f"cannot listen on {host} port {port}: {error}") from None


class _Connections:
    """Gives an application the connection that each request came on, and ends them all when the serving ends."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._transports: dict[Any, asyncio.Transport] = {}
        self._closing = False
        self._all_lost = asyncio.Event()
        self._all_lost.set()
        self.state = ServerState()
        connections = self

        class Protocol(H11Protocol):
            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                self.access_log = False

            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
                super().connection_made(transport)
                # asyncio sets it only on sockets that were made with their protocol's number; head and body of an
                # response are sent apart, and without it the body would wait for the acknowledgement of the head.
                connection = transport.get_extra_info("socket")
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                connections.add(self.client, transport)

            def connection_lost(self, exc: Exception | None) -> None:
                connections.remove(self.client)
                super().connection_lost(exc)

        self.protocol = Protocol

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        transport = self._transports.get(scope["client"])
        extensions = {**(scope.get("extensions") or {}), CONNECTION: transport}
        try:
            await self._app({**scope, "extensions": extensions}, receive, send)
        except asyncio.CancelledError:
            if not self._closing:
                raise

    def add(self, client: Any, transport: asyncio.Transport) -> None:
        """Note a connection; break one that was accepted as the serving ended, for which the server would wait."""
        self._transports[client] = transport
        self._all_lost.clear()
        if self._closing:
            transport.abort()

    def remove(self, client: Any) -> None:
        """Forget a connection."""
        self._transports.pop(client, None)
        if not self._transports:
            self._all_lost.set()

    async def aclose(self) -> None:
        """Break all connections, and whatever is under way on them; wait until all of it has ended."""
        self._closing = True
        for transport in list(self._transports.values()):
            transport.abort()
        for task in self.state.tasks:
            task.cancel()
        if self.state.tasks:
            await asyncio.wait(self.state.tasks)
        for _ in range(3):  # turns after which what was accepted is a connection
            await asyncio.sleep(0)
        await self._all_lost.wait()
