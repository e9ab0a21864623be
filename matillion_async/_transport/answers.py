"""httpx responses made of answers that are there whole."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from functools import lru_cache

import aiohttp
import httpx
from aiohttp import hdrs

from matillion_async._calls.request import UnreadableAnswer
from matillion_async._text import one_line
from matillion_async._transport.failures import ExchangeError
from matillion_async._transport.unpacking import ENCODINGS, encodings_of, too_large, unpacked

_PIECE = 1024
"""Bytes of a body that httpx unpacks; it cannot be told to stop in the middle of one."""


async def response_of(
    answer: aiohttp.ClientResponse, content: bytes, request: httpx.Request, max_size: int
) -> httpx.Response:
    """The response for an answer and its body, which is unpacked.

    Raises:
        ExchangeError: the answer is a success whose body is not what its Content-Encoding says, or too large. The body
            of any other answer is left as it is then, because its status counts more.
    """
    if hdrs.CONTENT_ENCODING in answer.headers:
        try:
            content = await _unpacked(answer, content, request, max_size)
        except ExchangeError as exc:
            exc.status_code = answer.status
            if answer.ok:
                raise
    extensions = {
        "http_version": _version(answer.version),
        "reason_phrase": (answer.reason or "").encode("ascii", "replace"),
    }
    return PlainResponse(answer.status, answer.raw_headers, content, request, extensions)


async def _unpacked(
    answer: aiohttp.ClientResponse, content: bytes, request: httpx.Request, max_size: int
) -> bytes:
    header = ",".join(answer.headers.getall("Content-Encoding"))
    encodings = encodings_of(header)
    if ENCODINGS.issuperset(encodings):
        return await unpacked(content, encodings, max_size)
    asked_for = encodings_of(request.headers.get("Accept-Encoding", ""))
    if not ENCODINGS.union(asked_for).issuperset(encodings):
        raise ExchangeError(
            UnreadableAnswer,
            f"the answer has the Content-Encoding {one_line(header, 100)!r}, which was not asked for",
        )
    return await _unpacked_by_httpx(answer, content, max_size)


async def _unpacked_by_httpx(
    answer: aiohttp.ClientResponse, content: bytes, max_size: int
) -> bytes:
    """A body in an encoding that an httpx client asked for, because the package for it is installed."""
    response = httpx.Response(answer.status, headers=answer.raw_headers, stream=_Pieces(content))
    pieces: list[bytes] = []
    size = 0
    try:
        async for piece in response.aiter_bytes():
            size += len(piece)
            if size > max_size:
                raise too_large(max_size)
            pieces.append(piece)
    except httpx.DecodingError as exc:
        raise ExchangeError(httpx.DecodingError, str(exc)) from None
    return b"".join(pieces)


@lru_cache(maxsize=8)
def _version(version: aiohttp.HttpVersion | None) -> bytes:
    return b"HTTP/1.%d" % (version or aiohttp.HttpVersion11).minor


class PlainResponse(httpx.Response):
    """A response whose body is there, unpacked; its headers are made when somebody looks at them.

    httpx's way through decoders and chunks costs as much as a sixth of the whole call.
    """

    def __init__(
        self,
        status_code: int,
        raw_headers: tuple[tuple[bytes, bytes], ...],
        content: bytes,
        request: httpx.Request,
        extensions: dict[str, bytes],
    ) -> None:
        self.raw_headers = raw_headers
        self._headers: httpx.Headers | None = None
        super().__init__(
            status_code, stream=httpx.ByteStream(content), request=request, extensions=extensions
        )
        self._headers = None  # httpx sets none at first
        self.read()

    @property
    def headers(self) -> httpx.Headers:
        if self._headers is None:
            self._headers = httpx.Headers(self.raw_headers)
        return self._headers

    @headers.setter
    def headers(self, headers: httpx.Headers) -> None:
        self._headers = headers

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        if self.is_closed or not isinstance(self.stream, httpx.ByteStream):
            return super().iter_bytes(chunk_size)
        self.is_stream_consumed = self.is_closed = True
        return iter(self.stream)


class _Pieces(httpx.AsyncByteStream):
    """A body handed out in pieces: unpacking a large one must not hold the event loop."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self._content), _PIECE):
            if start:
                await asyncio.sleep(0)
            yield self._content[start : start + _PIECE]
