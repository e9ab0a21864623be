"""httpx responses made of answers that are there whole."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from functools import lru_cache

import aiohttp
import httpx

_ENCODED_PIECE = 16_384
"""Bytes; JSON of an API becomes about twenty times as large when it is unpacked, in about a millisecond."""


async def response_of(
    answer: aiohttp.ClientResponse, content: bytes, request: httpx.Request
) -> httpx.Response:
    """The response for an answer and its body, which is read.

    Raises:
        httpx.DecodingError: the body is not what its Content-Encoding says.
    """
    extensions = {
        "http_version": _version(answer.version),
        "reason_phrase": (answer.reason or "").encode("ascii", "replace"),
    }
    if "Content-Encoding" not in answer.headers:
        return PlainResponse(answer.status, answer.raw_headers, content, request, extensions)
    response = httpx.Response(
        answer.status,
        headers=answer.raw_headers,
        stream=_Encoded(content),
        request=request,
        extensions=extensions,
    )
    await response.aread()
    return response


@lru_cache(maxsize=8)
def _version(version: aiohttp.HttpVersion | None) -> bytes:
    return b"HTTP/1.%d" % (version or aiohttp.HttpVersion11).minor


class PlainResponse(httpx.Response):
    """A response whose body is not encoded, and read as it is; its headers are made when somebody looks at them.

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


class _Encoded(httpx.AsyncByteStream):
    """A body that is there and encoded, handed out in pieces: unpacking a large one must not hold the event loop."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self._content), _ENCODED_PIECE):
            if start:
                await asyncio.sleep(0)
            yield self._content[start : start + _ENCODED_PIECE]
