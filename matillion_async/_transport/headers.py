"""The headers of requests, as aiohttp writes them, where no repr and no traceback shows them."""

from __future__ import annotations

from collections.abc import Callable

import httpx
from multidict import CIMultiDict

from matillion_async._calls.request import PlainRequest
from matillion_async._transport.failures import ExchangeError
from matillion_async._transport.upload import Upload


class Headers:
    """The headers of a request; only ``put_into`` gives them, since the variables of a traceback may be shown.

    Attributes:
        length: the Content-Length.
        put_into: a function that adds them to a multidict.
    """

    __slots__ = ("length", "put_into")

    def __init__(self, text: CIMultiDict[str]) -> None:
        self.length = text.get("Content-Length")
        self.put_into = lambda headers: headers.extend(text)


class HeaderText:
    """Turns the headers of requests into text; keeps those of the last one, because most requests have the same."""

    def __init__(self) -> None:
        self._shared: httpx.Headers | None = None
        self._is_last: Callable[[list[tuple[bytes, bytes]]], bool] = lambda _: False
        self._last = Headers(CIMultiDict())

    def of(self, request: httpx.Request, body: bytes | Upload | None) -> Headers:
        """The request's headers for aiohttp, which writes them as UTF-8, and says how long a body is."""
        shared = request.shared_headers if isinstance(request, PlainRequest) else None
        if shared is not None and shared is self._shared:
            return self._last
        raw = (request.headers if shared is None else shared).raw
        if body is None and self._is_last(raw):
            return self._last
        text = _decoded(raw)
        is_common = body is None and "Host" in text
        if "Host" not in text:
            text["Host"] = request.url.netloc.decode("ascii")
        if isinstance(body, bytes) and "Content-Length" not in text:
            text["Content-Length"] = str(len(body))
        if "Content-Length" in text:
            text.popall("Transfer-Encoding", None)
        elif body is not None:
            text["Transfer-Encoding"] = "chunked"
        headers = Headers(text)
        if is_common:
            self._shared, self._last = shared, headers
            self._is_last = lambda others: others == raw
        return headers


def _decoded(raw: list[tuple[bytes, bytes]]) -> CIMultiDict[str]:
    parts = [part for header in raw for part in header]
    try:
        text = b"\n".join([*parts, b""]).decode()
    except UnicodeDecodeError:
        raise ExchangeError(httpx.LocalProtocolError, "a header is not UTF-8 text") from None
    *lines, _ = text.split("\n")
    if len(lines) != len(parts) or "\r" in text or "\0" in text:
        raise ExchangeError(httpx.LocalProtocolError, "a header contains a line break or a NUL")
    return CIMultiDict(zip(lines[::2], lines[1::2], strict=True))
