"""Connections for aiohttp's requests, new or kept open; and the request, which says when it is written."""

from __future__ import annotations

import asyncio
import math
import os
import socket
import weakref
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

import aiohttp
from aiohttp import hdrs

from matillion_async._transport.errors import ConnectError, ConnectTimeout, ProxyError
from matillion_async._transport.failures import AIOHTTP_ERRORS, text_of
from matillion_async._transport.first_response import FirstResponseHandler
from matillion_async._transport.one_write import OneWrite
from matillion_async._transport.pool import KeptConnection, Lease, Pool
from matillion_async._transport.unconnected import out_of_time, trouble_before
from matillion_async._transport.values import IDEMPOTENT, Request

if TYPE_CHECKING:
    from aiohttp import AddrInfoType
    from aiohttp.client_proto import ResponseHandler
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace

MAX_IDLE = 0.03
"""Seconds that a connection may have been idle, for a request that must not be sent twice.

A server that ends an idle connection does not see a request that is sent meanwhile, which here looks like a request that
it saw and did not respond to. A server that keeps connections at all keeps them for longer than this."""

MIN_IDLE = 0.002
"""Seconds that it must have been idle; then it is checked whether the server has ended it.

A server that ends connections right after its responses, and does not say so, does it a moment after the response was read.
The clock of uvloop counts milliseconds."""


class Connector(aiohttp.TCPConnector):
    """Makes connections and keeps them in a pool of our own; whatever it raises, no byte of a request was written.

    aiohttp's own pool takes what came unasked on an idle connection for the response to the next request, and gives out
    connections whose end the event loop has not seen yet.

    Args:
        keepalive_expiry: seconds after which an idle connection is closed.
        family: which addresses are used, IPv4 or IPv6.
        proxy_source: where the proxy for URLs of a scheme comes from.
    """

    def __init__(
        self,
        keepalive_expiry: float,
        family: socket.AddressFamily,
        proxy_source: Callable[[str], str],
    ) -> None:
        self._proxy_source = proxy_source
        self._sockets: weakref.WeakKeyDictionary[socket.socket, object] = (
            weakref.WeakKeyDictionary()
        )
        super().__init__(
            limit=0,  # the limiter bounds them; aiohttp's own bound loses wake-ups on cancellation
            family=family,
            socket_factory=self._new_socket,
        )
        loop = asyncio.get_running_loop()
        self._factory = cast("partial[ResponseHandler]", partial(FirstResponseHandler, loop=loop))
        self.pool = Pool(loop, keepalive_expiry)

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - the method is aiohttp's
    ) -> Connection:
        assert isinstance(req, Outgoing)
        route = self.pool.route(req.connection_key)
        if req.min_idle and self.pool.is_fresh(route, MIN_IDLE):
            await asyncio.sleep(MIN_IDLE)
        kept = self.pool.take(route, req.min_idle, req.max_idle)
        if kept is None:
            kept = KeptConnection(route, await self._connect(req, traces, timeout))
        elif req.proxy is not None and not req.is_ssl():
            auth = aiohttp.BasicAuth.from_url(req.proxy)
            if auth is not None:
                req.headers[hdrs.PROXY_AUTHORIZATION] = auth.encode()
        return cast("Connection", Lease(self, self.pool, kept))

    async def _connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - passed on to aiohttp
    ) -> Connection:
        try:
            async with asyncio.timeout(cast("Outgoing", req).request.connect_timeout):
                return await super().connect(req, traces, timeout)
        except TimeoutError:
            trouble = out_of_time(req, self._proxy_source)
            text = f"no connection to {req.host}:{req.port} in time"
            raise ConnectTimeout(text, trouble) from None
        except AIOHTTP_ERRORS as exc:
            trouble = trouble_before(exc, req, text_of(exc), self._proxy_source)
            text = text_of(exc) if trouble is None else str(trouble)
            is_refused = isinstance(exc, aiohttp.ClientHttpProxyError)
            kind = ProxyError if is_refused else ConnectError
            raise kind(text, trouble) from None

    def _new_socket(self, address: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, _ = address
        made = socket.socket(family=family, type=kind, proto=protocol)
        self._sockets[made] = _identity(made.fileno())
        return made

    def close_sockets(self) -> None:
        """Close what an event loop that is closed has left open.

        uvloop closes the descriptors of connections that are being made, but not their sockets; their numbers may belong to
        other files by now.
        """
        for left, identity in list(self._sockets.items()):
            if _identity(left.fileno()) != identity:
                left.detach()
            left.close()


def _identity(number: int) -> object:
    """What identifies the open file of a descriptor; None if there is none, or the system does not say."""
    try:
        status = os.fstat(number)
    except OSError:
        return None
    return status.st_dev, status.st_ino


class Outgoing(aiohttp.ClientRequest):
    """A request that has its headers only while they are written, so that no traceback shows them later.

    What is not written in pieces is written in the turn of the event loop in which its kept connection was checked: it
    may end in the next. aiohttp itself would leave a body to a task.

    Attributes:
        request: what is sent.
        content: its body, unless that is sent in pieces: then aiohttp has it.
    """

    DEFAULT_HEADERS = {}  # noqa: RUF012 - aiohttp's own attribute, of those that it adds

    request: Request
    content: bytes

    @property
    def min_idle(self) -> float:
        """Seconds that its connection must have been idle: another one may have been given back during the wait."""
        return MIN_IDLE * 0.99 if 0 < self.max_idle < math.inf else 0.0  # clocks round

    @property
    def max_idle(self) -> float:
        """Seconds that its connection may have been idle; below 0 if it has to be new."""
        if self.method in IDEMPOTENT:
            return math.inf
        return -math.inf if self.body else MAX_IDLE

    async def send(self, conn: Connection) -> aiohttp.ClientResponse:
        if self.request.on_connected is not None:
            self.request.on_connected()
        headers = self.headers  # Host, Content-Length, Proxy-Authorization
        if self.content:
            headers[hdrs.CONTENT_LENGTH] = str(len(self.content))
        headers.update(self.request.headers)
        try:
            if self.body:
                self.request.sending()
                return await super().send(conn)
            out = OneWrite(conn, self.content, self.request.sending)
            return await super().send(cast("Connection", out))
        finally:
            headers.clear()
