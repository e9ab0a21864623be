"""One exchange over aiohttp: a request out, its response in."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable
from typing import Any

import aiohttp
from aiohttp import hdrs
from aiohttp.helpers import TimerNoop
from multidict import istr
from yarl import URL

from matillion_async._text import one_line
from matillion_async._transport.connector import Connector, Outgoing
from matillion_async._transport.errors import (
    LocalProtocolError,
    TransportError,
    UnreadableResponse,
)
from matillion_async._transport.failures import AIOHTTP_ERRORS, after_connecting, text_of
from matillion_async._transport.unpacking import ENCODINGS, encodings_of, too_large, unpacked
from matillion_async._transport.upload import PIECE_SIZE, Upload, pieces
from matillion_async._transport.values import Request, Response

_KEEP_ALIVE = istr("Keep-Alive")

_LONGEST_HEADER = 65_536
"""Bytes of one header of a response; aiohttp's own bound of 8,190 is less than what some gateways send."""

_NO_TIMER = TimerNoop()  # the client cancels what takes too long
_NO_TIMEOUT = aiohttp.ClientTimeout()
_LEFT_OUT = (hdrs.CONTENT_TYPE, hdrs.USER_AGENT)
_RESPONSE_PARAMS: dict[str, Any] = {
    "timer": _NO_TIMER,
    "read_until_eof": True,
    "auto_decompress": False,  # see the module unpacking
    "max_line_size": _LONGEST_HEADER,
    "max_field_size": _LONGEST_HEADER,
}


class Exchanges:
    """Makes exchanges over the connections of one event loop.

    It does without a session of aiohttp's, which would cost CPU time for cookies, redirects, traces, and for a second
    request after some errors.

    Args:
        keepalive_expiry: seconds after which an idle connection is closed.
        family: which addresses are used, IPv4 or IPv6.
        max_size: bytes of a response's body, both as it arrives and unpacked.
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
        self._loop = asyncio.get_running_loop()

    async def close(self) -> None:
        """Close all connections, and wait until they are closed."""
        self._connector.pool.stop()
        await self._connector.close()

    async def abandon(self) -> None:
        """Close all connections, although their event loop is closed."""
        await self._connector.close()
        self._connector.pool.abandon()
        self._connector.close_sockets()

    async def exchange(
        self, request: Request, proxy: URL | None, tls: ssl.SSLContext | None
    ) -> Response:
        """Send a request once, and read its response.

        Raises:
            TransportError: there is no complete response, or it is a success that cannot be read.
        """
        body = request.body
        if not isinstance(body, bytes):
            return await self._upload(request, Upload(body, _announced(request)), proxy, tls)
        if len(body) > PIECE_SIZE:
            return await self._upload(request, Upload(pieces(body), len(body)), proxy, tls)
        return await self._exchange(request, body, None, proxy, tls)

    async def _upload(
        self, request: Request, body: Upload, proxy: URL | None, tls: ssl.SSLContext | None
    ) -> Response:
        try:
            return await self._exchange(request, b"", body, proxy, tls)
        except TransportError:
            if body.error is not None:
                raise body.error from None
            raise

    async def _exchange(
        self,
        request: Request,
        content: bytes,
        upload: Upload | None,
        proxy: URL | None,
        tls: ssl.SSLContext | None,
    ) -> Response:
        try:
            outgoing = Outgoing(
                request.method,
                URL(request.url, encoded=True),
                headers=None if upload is None else _framing(upload),
                skip_auto_headers=_LEFT_OUT,
                data=upload,
                loop=self._loop,
                response_class=aiohttp.ClientResponse,
                proxy=proxy,
                timer=_NO_TIMER,
                ssl=tls or True,
            )
        except (aiohttp.ClientError, ValueError) as exc:
            raise LocalProtocolError(text_of(exc)) from None
        outgoing.request, outgoing.content = request, content
        try:
            incoming = await self._receive_head(outgoing)
            keep_alive = incoming.headers.get(_KEEP_ALIVE)
            if keep_alive is not None:
                pool = self._connector.pool
                pool.expect(pool.route(outgoing.connection_key), keep_alive)
            received = await self._received(incoming, upload)
        except AIOHTTP_ERRORS as exc:
            raise after_connecting(exc, is_sent=request.is_sent) from None
        if request.on_response is not None:
            await request.on_response(incoming.status)
        headers = incoming.headers
        if hdrs.CONTENT_ENCODING in headers:
            received = await self._unpacked(incoming, received)
        return Response(incoming.status, headers, received, reason=incoming.reason or "")

    async def _receive_head(self, outgoing: Outgoing) -> aiohttp.ClientResponse:
        """Send a request, and read the head of its response."""
        connection = await self._connector.connect(outgoing, [], _NO_TIMEOUT)
        assert connection.protocol is not None
        try:
            connection.protocol.set_response_params(
                skip_payload=outgoing.method == hdrs.METH_HEAD, **_RESPONSE_PARAMS
            )
            incoming = await outgoing.send(connection)
            try:
                return await incoming.start(connection)
            except BaseException:
                incoming.close()
                raise
        except BaseException:
            connection.close()
            raise

    async def _received(self, incoming: aiohttp.ClientResponse, upload: Upload | None) -> bytes:
        """The body of a response, as it arrives; if an error response is too large, the beginning of it."""
        length = incoming.headers.get(hdrs.CONTENT_LENGTH, "")
        if length.isdecimal() and int(length) <= self._max_size:  # no more can come
            if upload is None and incoming.content.is_eof():
                return incoming.content.read_nowait()  # it came with its head: nothing to wait for
            return await incoming.read()
        parts: list[bytes] = []
        size = 0
        try:
            while size <= self._max_size and (piece := await incoming.content.readany()):
                size += len(piece)
                parts.append(piece)
            if size <= self._max_size:
                await incoming.read()  # it waits until the connection is free
        except BaseException:
            incoming.close()
            raise
        if size > self._max_size:
            incoming.close()
            if incoming.ok:
                error = too_large(self._max_size)
                error.status_code = incoming.status
                raise error
        return parts[0] if len(parts) == 1 else b"".join(parts)

    async def _unpacked(self, incoming: aiohttp.ClientResponse, content: bytes) -> bytes:
        """The body without its Content-Encoding; if that of an error response cannot be undone, as it is."""
        header = ",".join(incoming.headers.getall(hdrs.CONTENT_ENCODING))
        encodings = encodings_of(header)
        try:
            if not ENCODINGS.issuperset(encodings):
                raise UnreadableResponse(
                    f"the response has the Content-Encoding {one_line(header, 100)!r}, which cannot be unpacked: "
                    "ask for gzip or deflate"
                )
            return await unpacked(content, encodings, self._max_size)
        except TransportError as error:
            error.status_code = incoming.status
            if incoming.ok:
                raise
            return content


def _framing(upload: Upload) -> dict[str, str]:
    """By this header aiohttp decides whether it sends a body in chunks."""
    return {} if upload.length is None else {"Content-Length": str(upload.length)}


def _announced(request: Request) -> int | None:
    """The length of a body in pieces, as the headers of its request say; None if they do not."""
    for name, value in request.headers.items():
        if name.lower() == "content-length":
            if not (value.isascii() and value.isdecimal()):
                raise LocalProtocolError("the Content-Length is not a number")
            return int(value)
    return None
