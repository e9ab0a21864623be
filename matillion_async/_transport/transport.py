"""The default transport: httpx requests and responses over aiohttp's connections.

httpx 0.28's own pool loses slots when calls are cancelled, and its cost per call grows with the calls in flight.
This transport does neither. It keeps httpx's types and errors, so that any other ``httpx.AsyncBaseTransport`` can
take its place. It sends each request once, and its errors say what the server can have seen:

- ``PoolTimeout``, ``ConnectTimeout``, ``ConnectError`` and ``ProxyError``: not a byte of the request was written.
- ``UnsupportedProtocol`` and ``LocalProtocolError``: the request cannot be written as HTTP.
- Any other ``httpx.TransportError``: the server may have acted on the request.
"""

from __future__ import annotations

import asyncio
import math
import ssl
from collections.abc import Mapping
from datetime import timedelta

import aiohttp
import httpx

from matillion_async._calls.request import UNSENT, address
from matillion_async._errors import ClientStateError, ConfigurationError
from matillion_async._transport.answers import response_of
from matillion_async._transport.exchange import (
    Connector,
    ExchangeError,
    HeaderText,
    exchange,
    upload,
)
from matillion_async._transport.network import Certificate, Proxies, ssl_context
from matillion_async._transport.slots import Slots
from matillion_async._transport.upload import PIECE_SIZE, Upload, pieces


class AiohttpTransport(httpx.AsyncBaseTransport):
    """Sends HTTP/1.1 requests over connections that are kept open and reused.

    No cookies, no redirects, no retries, and no header that the request does not have. An answer is read whole before
    it is returned. Belongs to the event loop of its first request.

    Args:
        verify: how servers prove who they are: an SSL context; or True for the certificates named by SSL_CERT_FILE or
            SSL_CERT_DIR (with ``trust_env``), else those of certifi, as httpx does; or False for no check at all.
        cert: a client certificate in PEM form: its file, or a tuple of its file, the file of its key and, if the key
            is encrypted, its password. It is loaded into the SSL context, also into one given as ``verify``.
        proxy: the URL of an HTTP proxy for all requests, such as ``http://user:password@proxy.example:3128``.
        trust_env: without ``proxy``, use HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY.
        max_connections: how many requests may be on the wire at once; others wait, in their order.
        keepalive_expiry: seconds after which an idle connection is closed.

    Raises:
        ConfigurationError: a certificate or a proxy cannot be used, or a number is out of range.
    """

    def __init__(
        self,
        *,
        verify: ssl.SSLContext | bool = True,
        cert: Certificate | None = None,
        proxy: str | None = None,
        trust_env: bool = True,
        max_connections: int = 100,
        keepalive_expiry: float = 15.0,
    ) -> None:
        if max_connections < 1:
            raise ConfigurationError(f"max_connections must be at least 1, not {max_connections}")
        if not keepalive_expiry > 0:
            raise ConfigurationError(
                f"keepalive_expiry must be more than 0 seconds, not {keepalive_expiry}"
            )
        self._ssl = ssl_context(verify, cert, trust_env=trust_env)
        self._proxies = Proxies(proxy, trust_env=trust_env)
        self._slots = Slots(max_connections)
        self._headers = HeaderText()
        self._keepalive_expiry = keepalive_expiry
        self._session: aiohttp.ClientSession | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    @property
    def max_connections(self) -> int:
        """How many requests may be on the wire at once."""
        return self._slots.limit

    @property
    def busy_connections(self) -> int:
        """How many requests are on the wire."""
        return self._slots.taken

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and read the whole answer.

        The time limits are those that httpx puts into ``request.extensions["timeout"]``, in seconds: ``pool`` to wait
        for a connection, ``connect`` to make one, ``write`` and ``read`` for each piece sent or received. Beside these
        ``total``, if it is there, says when the caller itself ends the exchange; a ``read`` that is no shorter then
        needs no timer.

        Raises:
            httpx.TransportError: there is no whole answer; see the module for what each kind means.
            httpx.DecodingError: the answer's body is not what its Content-Encoding says.
            ClientStateError: the transport is closed, or belongs to another event loop.
        """
        self._open_session()
        loop = asyncio.get_running_loop()
        started = loop.time()
        try:
            answer, content = await self._send(request)
        except ExchangeError as exc:
            error = exc.kind(str(exc), request=request)
            vars(error)["trouble"] = exc.trouble
        else:
            response = await response_of(answer, content, request)
            response.elapsed = timedelta(seconds=loop.time() - started)
            return response
        # Raised outside of the handler: no exception that knows the request's headers is in its chain.
        raise error

    async def aclose(self) -> None:
        """Close all connections; calls that are under way fail. May be called twice."""
        self._closed = True
        if self._session is not None:
            await self._session.close()

    def _open_session(self) -> aiohttp.ClientSession:
        if self._closed:
            raise ClientStateError("the transport is closed")
        loop = asyncio.get_running_loop()
        if self._session is None:
            self._loop = loop
            self._session = aiohttp.ClientSession(
                connector=Connector(
                    proxies=self._proxies,
                    limit=0,  # the slots are the limit: aiohttp's own loses wake-ups on cancellation
                    ssl=self._ssl,
                    keepalive_timeout=self._keepalive_expiry,
                    timeout_ceil_threshold=math.inf,
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,  # httpx does it
            )
        elif self._loop is not loop:
            raise ClientStateError(
                "the transport belongs to another event loop: make one client per event loop"
            )
        return self._session

    async def _send(self, request: httpx.Request) -> tuple[aiohttp.ClientResponse, bytes]:
        scheme = address(request).partition("://")[0]
        if scheme not in ("http", "https"):
            raise ExchangeError(httpx.UnsupportedProtocol, f"{scheme!r} is neither http nor https")
        limits: Mapping[str, float | None] = request.extensions.get("timeout", {})
        slot = self._slots.take_free()
        if slot is None:
            request.extensions[UNSENT] = True
            slot = await self._slots.take(limits.get("pool"))
            if slot is None:
                raise ExchangeError(httpx.PoolTimeout, "all connections were busy for too long")
            del request.extensions[UNSENT]
        try:
            session = self._open_session()  # it may have been closed during the wait
            proxy = self._proxies.find(request.url) if self._proxies else None
            stream = request.stream
            if isinstance(stream, httpx.ByteStream):
                content = request.read()
                if len(content) <= PIECE_SIZE:
                    whole = content or None
                    headers = self._headers.of(request, whole)
                    return await exchange(session, request, headers, whole, proxy, limits, slot)
                parts = pieces(content)
            elif isinstance(stream, httpx.AsyncByteStream):
                parts = aiter(stream)
            else:
                raise TypeError(f"{type(stream).__name__} is no body for an asynchronous request")
            body = Upload(parts, write=limits.get("write"), read=limits.get("read"))
            headers = self._headers.of(request, body)
            return await upload(session, request, headers, body, proxy, limits, slot)
        finally:
            slot.give_back()
