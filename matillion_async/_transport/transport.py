"""The transport built in: requests and responses over aiohttp's connections.

httpx 0.28's own pool loses capacity when calls are cancelled, and its cost per call grows with the calls in flight; what
httpx2 does better, and what it costs, is in docs/architecture.md.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from typing import Literal, Self

from matillion_async._arguments import check, count_fault, flag_fault, seconds_fault
from matillion_async._errors import ClientStateError, ConfigurationError
from matillion_async._transport.errors import UnsupportedProtocol
from matillion_async._transport.exchange import Exchanges
from matillion_async._transport.proxies import Proxies
from matillion_async._transport.tls import Certificate, Tls
from matillion_async._transport.values import Request, Response

DEFAULT_MAX_RESPONSE_SIZE = 100 * 2**20
"""Bytes; a page of 100 projects has 13,000."""

_FAMILIES = {None: socket.AF_UNSPEC, "ipv4": socket.AF_INET, "ipv6": socket.AF_INET6}


class AiohttpTransport:
    """Sends HTTP/1.1 requests over connections that are kept open and reused.

    No cookies, no redirects, no retries, and no header that the request does not have. A response is read whole before
    it is returned. Belongs to the event loop of its first request.

    A kept connection is used again only if nothing came on it meanwhile; for a POST or PATCH only in the first moment
    after a response, since later the server may be about to close it, and then nobody knows what became of the request; and not in the
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
        max_connections: how many calls a client has under way at once; others wait in it, by priority.
        keepalive_expiry: seconds after which an idle connection is closed; earlier if the server says so.
        family: ``"ipv4"`` or ``"ipv6"`` to use such addresses only, for instance where an account allows no others; by
            default whichever responds first.
        max_response_size: bytes of a response's body at most, both as it arrives and unpacked; a larger one is an error.

    Raises:
        ConfigurationError: a certificate or a proxy cannot be used, an argument has another type, or a number is out of range.
    """

    tells_when_it_sends = True

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
        check(
            ConfigurationError,
            trust_env=flag_fault(trust_env),
            max_connections=count_fault(max_connections),
            max_response_size=count_fault(max_response_size),
            keepalive_expiry=seconds_fault(keepalive_expiry),
        )
        if not isinstance(family, str | None) or family not in _FAMILIES:
            raise ConfigurationError(f'family must be "ipv4", "ipv6" or None, not {family!r}')
        self._tls = Tls(verify, cert, trust_env=trust_env)
        self._proxies = Proxies(proxy, trust_env=trust_env)
        self.max_connections = max_connections
        self._keepalive_expiry = keepalive_expiry
        self._family = _FAMILIES[family]
        self._max_size = max_response_size
        self._exchanges: Exchanges | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    async def send(self, request: Request) -> Response:
        """Send a request and read the whole response.

        Raises:
            TransportError: there is no complete response, or it is a success whose body is not what its Content-Encoding says, or is
                larger than allowed.
            ConfigurationError: a certificate cannot be loaded.
            ClientStateError: the transport is closed, or belongs to another event loop.
        """
        exchanges = self._open()
        scheme = request.url.partition("://")[0]
        if scheme not in ("http", "https"):
            raise UnsupportedProtocol(f"{scheme!r} is neither http nor https")
        proxy = self._proxies.find(request.url) if self._proxies else None
        tls = None
        if scheme == "https" or (proxy is not None and proxy.scheme == "https"):
            tls = self._tls.loaded
            if tls is None:
                tls = await self._tls.context()
                exchanges = self._open()  # it may have been closed during the wait
        return await exchanges.exchange(request, proxy, tls)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections; calls that are under way fail. May be called twice.

        It is called on the event loop of the first request, or, once that is closed, on any other.

        Raises:
            ClientStateError: its event loop is another one, which is not closed.
        """
        if self._loop in (None, asyncio.get_running_loop()):
            close = Exchanges.close
        elif self._loop.is_closed():
            close = Exchanges.abandon
        else:
            raise ClientStateError("close a transport on the event loop it was used on")
        self._closed = True
        if self._exchanges is not None:
            await close(self._exchanges)

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
