"""One exchange over aiohttp: a request out, its answer in."""

from __future__ import annotations

import math
import socket
import ssl
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import cast

import aiohttp
import httpx
from aiohttp import hdrs
from multidict import istr
from yarl import URL

from matillion_async._calls.request import ANSWERED, SENDING, UNSENT, address
from matillion_async._transport.connector import Connector, Outgoing
from matillion_async._transport.failures import (
    AIOHTTP_ERRORS,
    ExchangeError,
    after_connecting,
    text_of,
)
from matillion_async._transport.headers import Headers
from matillion_async._transport.slots import Slot
from matillion_async._transport.unpacking import too_large
from matillion_async._transport.upload import Upload

# aiohttp adds a Content-Type to these methods, after everything else.
_DEFAULTED = frozenset({"PATCH", "POST", "PUT"})
_NO_DEFAULT = ("Content-Type",)

_KEEP_ALIVE = istr("Keep-Alive")

_LONGEST_HEADER = 65_536
"""Bytes of one header of an answer; aiohttp's own bound of 8,190 is less than what some gateways send."""


class Exchanges:
    """Makes exchanges over the connections of one event loop.

    Args:
        keepalive_expiry: seconds after which an idle connection is closed.
        family: addresses of which kind are used.
        max_size: bytes of an answer's body, as it arrives.
        proxy_source: where the proxy for URLs of a scheme comes from.
    """

    def __init__(
        self,
        keepalive_expiry: float,
        family: socket.AddressFamily,
        max_size: int,
        proxy_source: Callable[[str], str],
    ) -> None:
        self._connector = Connector(keepalive_expiry, family, proxy_source)
        self._max_size = max_size
        self._session = aiohttp.ClientSession(
            connector=self._connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,  # see the module unpacking
            request_class=Outgoing,
            max_line_size=_LONGEST_HEADER,
            max_field_size=_LONGEST_HEADER,
        )

    async def close(self) -> None:
        """Close all connections, and wait until they are closed."""
        await self._connector.pool.close()
        await self._session.close()

    async def abandon(self) -> None:
        """Close all connections, although their event loop is closed."""
        await self._session.close()
        self._connector.pool.abandon()
        self._connector.close_sockets()

    async def upload(
        self,
        request: httpx.Request,
        headers: Headers,
        body: Upload,
        proxy: URL | None,
        tls: ssl.SSLContext | None,
        limits: Mapping[str, float | None],
        slot: Slot,
    ) -> tuple[aiohttp.ClientResponse, bytes]:
        """Send a request with a body in pieces, and read its answer."""
        try:
            async with body.timer():
                return await self.exchange(request, headers, body, proxy, tls, limits, slot)
        except TimeoutError:
            raise ExchangeError(
                httpx.WriteTimeout, "the server did not take the request in time"
            ) from None
        except ExchangeError:
            if body.error is not None:
                raise body.error from None
            raise

    async def exchange(
        self,
        request: httpx.Request,
        headers: Headers,
        body: bytes | Upload | None,
        proxy: URL | None,
        tls: ssl.SSLContext | None,
        limits: Mapping[str, float | None],
        slot: Slot,
    ) -> tuple[aiohttp.ClientResponse, bytes]:
        """Send a request once, read its answer, and give the slot back, before anything of the exchange is dropped."""
        content = b""

        def begin() -> None:
            request.extensions.pop(UNSENT, None)
            sending = request.extensions.pop(SENDING, None)
            if sending is not None:
                sending()

        async def send_once(
            outgoing: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
        ) -> aiohttp.ClientResponse:
            nonlocal content
            outgoing = cast("Outgoing", outgoing)
            outgoing.put_headers, outgoing.begin = headers.put_into, begin
            outgoing.content = body if isinstance(body, bytes) else None
            try:
                answer, content = await self._answer(outgoing, handler, body)
            except AIOHTTP_ERRORS as exc:
                # After some errors of its own aiohttp sends an idempotent request again; not after this one.
                raise after_connecting(exc, is_whole=not isinstance(body, Upload)) from None
            slot.give_back()
            answered = request.extensions.pop(ANSWERED, None)
            if answered is not None:
                await answered(answer.status)
            return answer

        try:
            answer = await self._session.request(
                request.method,
                URL(address(request), encoded=True),
                data=body if isinstance(body, Upload) else None,
                headers=_length(headers) if isinstance(body, Upload) else None,
                skip_auto_headers=_NO_DEFAULT if request.method in _DEFAULTED else None,
                allow_redirects=False,
                proxy=proxy,
                ssl=tls or True,
                timeout=_client_timeout(
                    limits.get("connect"), limits.get("read"), limits.get("total")
                ),
                middlewares=(send_once,),
            )
        except (aiohttp.ClientError, ValueError) as exc:
            # Raised neither by the connector nor in send_once, so before there was a connection.
            raise ExchangeError(httpx.LocalProtocolError, text_of(exc)) from None
        return answer, content

    async def _answer(
        self,
        outgoing: Outgoing,
        handler: aiohttp.ClientHandlerType,
        body: bytes | Upload | None,
    ) -> tuple[aiohttp.ClientResponse, bytes]:
        """Send a request, and read the whole answer."""
        try:
            answer = await handler(outgoing)
        finally:
            if isinstance(body, Upload):
                body.stop_timer()
        keep_alive = answer.headers.get(_KEEP_ALIVE)
        if keep_alive is not None:
            pool = self._connector.pool
            pool.expect(pool.place(outgoing.connection_key), keep_alive)
        return answer, await self._content(answer)

    async def _content(self, answer: aiohttp.ClientResponse) -> bytes:
        """The body of an answer, as it arrives; of an error that is too large the beginning."""
        length = answer.headers.get(hdrs.CONTENT_LENGTH, "")
        if length.isdecimal() and int(length) <= self._max_size:
            return await answer.read()  # no more can come
        pieces: list[bytes] = []
        size = 0
        try:
            while size <= self._max_size and (piece := await answer.content.readany()):
                size += len(piece)
                pieces.append(piece)
            if size <= self._max_size:
                await answer.read()  # it waits until the connection is free
        except BaseException:
            answer.close()
            raise
        if size > self._max_size:
            answer.close()
            if answer.ok:
                error = too_large(self._max_size)
                error.status_code = answer.status
                raise error
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _length(headers: Headers) -> dict[str, str] | None:
    """By this header aiohttp decides whether it sends a body in chunks."""
    return None if headers.length is None else {"Content-Length": headers.length}


@lru_cache(maxsize=64)
def _client_timeout(
    connect: float | None, read: float | None, total: float | None
) -> aiohttp.ClientTimeout:
    if read is not None and total is not None and total <= read:
        read = None
    # aiohttp takes 0 for no limit, and rounds up what is above its threshold.
    return aiohttp.ClientTimeout(
        connect=None if connect is None else max(connect, 1e-6),
        sock_read=None if read is None else max(read, 1e-6),
        ceil_threshold=math.inf,
    )
