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
import socket
import ssl
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

import aiohttp
import httpx

from matillion_async._calls.request import UNSENT, address
from matillion_async._errors import ClientStateError, ConfigurationError
from matillion_async._transport.answers import response_of
from matillion_async._transport.exchange import Exchanges
from matillion_async._transport.failures import ExchangeError
from matillion_async._transport.headers import HeaderText
from matillion_async._transport.proxies import Proxies
from matillion_async._transport.slots import Slots
from matillion_async._transport.tls import Certificate, Tls
from matillion_async._transport.upload import PIECE_SIZE, Upload, pieces

DEFAULT_MAX_RESPONSE_SIZE = 100 * 2**20
"""Bytes; a page of 100 projects has 13,000."""

_FAMILIES = {None: socket.AF_UNSPEC, "ipv4": socket.AF_INET, "ipv6": socket.AF_INET6}


class AiohttpTransport(httpx.AsyncBaseTransport):
    """Sends HTTP/1.1 requests over connections that are kept open and reused.

    No cookies, no redirects, no retries, and no header that the request does not have. An answer is read whole before
    it is returned. Belongs to the event loop of its first request.

    A kept connection is used again only if nothing came on it meanwhile; for a POST or PATCH only in the first moment
    after an answer, since later the server may be about to close it, and then nobody knows what became of the request; and not in the
    first 2 milliseconds of it, in which a server may close without a word.

    Args:
        verify: how servers prove who they are: an SSL context; or True for the certificates named by SSL_CERT_FILE or
            SSL_CERT_DIR (with ``trust_env``), else those of certifi, as httpx does; or False for no check at all. A
            context is used as it is; any other is loaded at the first connection, in a thread.
        cert: a client certificate in PEM form: its file, or a tuple of its file, the file of its key and, if the key
            is encrypted, its password. It is loaded into the SSL context, also into one given as ``verify``.
        proxy: the URL of an HTTP proxy for all requests, such as ``http://user:password@proxy.example:3128``.
        trust_env: without ``proxy``, use HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, but never for this machine
            itself.
        max_connections: how many requests may be on the wire at once; others wait, in their order.
        keepalive_expiry: seconds after which an idle connection is closed; earlier if the server says so.
        family: ``"ipv4"`` or ``"ipv6"`` to use such addresses only, for instance where an account allows no others; by
            default whichever answers first.
        max_response_size: bytes of an answer's body at most, both as it arrives and unpacked; a larger one is an error.

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
        family: Literal["ipv4", "ipv6"] | None = None,
        max_response_size: int = DEFAULT_MAX_RESPONSE_SIZE,
    ) -> None:
        if max_connections < 1:
            raise ConfigurationError(f"max_connections must be at least 1, not {max_connections}")
        if not keepalive_expiry > 0:
            raise ConfigurationError(
                f"keepalive_expiry must be more than 0 seconds, not {keepalive_expiry}"
            )
        if family not in _FAMILIES:
            raise ConfigurationError(f'family must be "ipv4", "ipv6" or None, not {family!r}')
        if max_response_size < 1:
            raise ConfigurationError(
                f"max_response_size must be at least 1 byte, not {max_response_size}"
            )
        self._tls = Tls(verify, cert, trust_env=trust_env)
        self._proxies = Proxies(proxy, trust_env=trust_env)
        self._slots = Slots(max_connections)
        self._headers = HeaderText()
        self._keepalive_expiry = keepalive_expiry
        self._family = _FAMILIES[family]
        self._max_size = max_response_size
        self._exchanges: Exchanges | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    tells_when_it_sends = True
    """Whether it calls the request's extension ``matillion_async.sending`` once it has a connection."""

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
            httpx.DecodingError: the answer's body is not what its Content-Encoding says, or is larger than allowed.
            ConfigurationError: a certificate cannot be loaded.
            ClientStateError: the transport is closed, or belongs to another event loop.
        """
        self._open()
        started = time.perf_counter()  # uvloop's own clock counts milliseconds only
        try:
            answer, content = await self._send(request)
            response = await response_of(answer, content, request, self._max_size)
        except ExchangeError as exc:
            failure = exc.as_httpx(request)
        else:
            response.elapsed = timedelta(seconds=time.perf_counter() - started)
            return response
        # Raised outside of the handler: no exception that knows the request's headers is in its chain.
        raise failure

    async def aclose(self) -> None:
        """Close all connections; calls that are under way fail. May be called twice.

        It is called on the event loop of the first request, or, once that is closed, on any other.

        Raises:
            ClientStateError: its event loop is another one, which is not closed.
        """
        if self._loop in (None, asyncio.get_running_loop()):
            self._closed = True
            if self._exchanges is not None:
                await self._exchanges.close()
        elif self._loop.is_closed():
            self._closed = True
            if self._exchanges is not None:
                await self._exchanges.abandon()
        else:
            raise ClientStateError("close a transport on the event loop it was used on")

    def _open(self) -> Exchanges:
        if self._closed:
            raise ClientStateError("the transport is closed")
        loop = asyncio.get_running_loop()
        if self._exchanges is None:
            self._loop = loop
            self._exchanges = Exchanges(
                self._keepalive_expiry, self._family, self._max_size, self._proxies.source
            )
        elif self._loop is not loop:
            raise ClientStateError(
                "the transport belongs to another event loop: make one client per event loop"
            )
        return self._exchanges

    async def _send(self, request: httpx.Request) -> tuple[aiohttp.ClientResponse, bytes]:
        scheme = address(request).partition("://")[0]
        if scheme not in ("http", "https"):
            raise ExchangeError(httpx.UnsupportedProtocol, f"{scheme!r} is neither http nor https")
        limits: Mapping[str, float | None] = request.extensions.get("timeout", {})
        request.extensions[UNSENT] = True
        slot = self._slots.take_free() or await self._slots.take(limits.get("pool"))
        if slot is None:
            raise ExchangeError(httpx.PoolTimeout, "all connections were busy for too long")
        try:
            proxy = self._proxies.find(request.url) if self._proxies else None
            is_secret = scheme == "https" or (proxy is not None and proxy.scheme == "https")
            tls = await self._tls.context() if is_secret else None
            exchanges = self._open()  # it may have been closed during the wait
            stream = request.stream
            if isinstance(stream, httpx.ByteStream):
                content = request.read()
                if len(content) <= PIECE_SIZE:
                    whole = content or None
                    headers = self._headers.of(request, whole)
                    return await exchanges.exchange(
                        request, headers, whole, proxy, tls, limits, slot
                    )
                parts = pieces(content)
            elif isinstance(stream, httpx.AsyncByteStream):
                parts = aiter(stream)
            else:
                raise TypeError(f"{type(stream).__name__} is no body for an asynchronous request")
            body = Upload(parts, write=limits.get("write"), read=limits.get("read"))
            headers = self._headers.of(request, body)
            return await exchanges.upload(request, headers, body, proxy, tls, limits, slot)
        finally:
            slot.give_back()
