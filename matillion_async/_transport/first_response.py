"""A parser by which the first response on a connection counts, whatever follows it, and whatever its head repeats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from aiohttp.client_proto import ResponseHandler

if TYPE_CHECKING:
    from aiohttp import StreamReader
    from aiohttp.http import HttpResponseParser, RawResponseMessage

    Parsed: TypeAlias = tuple[Sequence[tuple[RawResponseMessage, StreamReader]], bool, bytes]

_END_OF_HEAD = b"\r\n\r\n"


class FirstResponseHandler(ResponseHandler):
    """aiohttp's protocol of a connection, with a parser that loses no complete response, and accepts no incomplete one."""

    _first: FirstResponseParser | None = None

    def set_response_params(self, **params: Any) -> None:
        super().set_response_params(**params)
        another = partial(self._new_parser, params)
        made = cast("HttpResponseParser", self._parser)
        self._first = FirstResponseParser(made, another, self.force_close)
        self._parser = cast("HttpResponseParser", self._first)

    def connection_lost(self, exc: BaseException | None) -> None:
        if self._first is not None:
            self._first.broken = exc
        super().connection_lost(exc)

    def _new_parser(self, params: dict[str, Any]) -> HttpResponseParser:
        current = self._parser
        super().set_response_params(**params)
        made, self._parser = self._parser, current
        return cast("HttpResponseParser", made)


class FirstResponseParser:
    """Stands before aiohttp's parser, which drops a complete response if what follows it in the same piece is not HTTP.

    Some servers send a body after a 204, or the end of a chunked body after a body of a given length. The response is
    good then, and the request must not be sent again; only the connection cannot be used any more.

    Args:
        parser: aiohttp's.
        another: makes another one for the same response.
        force_close: called if the connection must not be used again.

    Attributes:
        broken: why the connection broke, if it did: a body that ends with its connection is not complete then.
    """

    def __init__(
        self,
        parser: HttpResponseParser,
        another: Callable[[], HttpResponseParser],
        force_close: Callable[[], None],
    ) -> None:
        self._parser = parser
        self._another = another
        self._force_close = force_close
        self.broken: BaseException | None = None
        self._head = b""  # what came of it in earlier pieces
        self._body: StreamReader | None = None

    def feed_data(self, data: bytes) -> Parsed:
        try:
            parsed = self._parser.feed_data(data)
        except (
            Exception
        ):  # of any kind that a parser of aiohttp has; raised again, it ends the connection
            if self._body is None:
                with suppress(Exception):  # the first error says what is wrong
                    return self._parse_in_steps(self._head + data)
            raise
        if self._body is None:
            if parsed[0]:
                self._note(parsed)
            else:
                self._head += data
        return parsed

    def feed_eof(self) -> RawResponseMessage | None:
        if self._body is not None and self._body.is_eof():
            return None
        if self.broken is not None:
            raise self.broken
        return self._parser.feed_eof()

    def pause_reading(self) -> None:
        self._parser.pause_reading()

    def _note(self, parsed: Parsed) -> None:
        for message, body in parsed[0]:
            if message.code >= 200:  # not an interim response
                self._body = body
                return

    def _parse_in_steps(self, data: bytes) -> Parsed:
        """Parse what aiohttp has refused: the head by itself, without the fields that it must not repeat, then the rest."""
        self._parser = self._another()
        self._force_close()
        messages: list[tuple[RawResponseMessage, StreamReader]] = []
        while self._body is None:
            head, end, data = data.partition(_END_OF_HEAD)
            parsed = self._parser.feed_data(_mended(head) + end)
            self._note(parsed)
            messages += parsed[0]
            if not end:
                raise ValueError("no complete head")
        try:
            self._parser.feed_data(data)
        except Exception:  # what follows a complete response costs the connection only
            if not self._body.is_eof():
                raise
        return messages, False, b""


def _mended(head: bytes) -> bytes:
    """A head without a Content-Length that is repeated, or that Transfer-Encoding overrides (RFC 9112, section 6.3)."""
    lines = head.split(b"\r\n")
    fields = [
        (name.lower(), value.strip()) for name, _, value in (line.partition(b":") for line in lines)
    ]
    has_chunks = any(name == b"transfer-encoding" for name, _ in fields)
    seen: set[bytes] = set()
    kept: list[bytes] = []
    for line, (name, value) in zip(lines, fields, strict=True):
        if name == b"content-length":
            if has_chunks or value in seen:
                continue
            seen.add(value)
        kept.append(line)
    return b"\r\n".join(kept)
