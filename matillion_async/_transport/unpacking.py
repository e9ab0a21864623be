"""Bodies that arrive compressed: unpacked in pieces, up to a bound, and only if they are complete."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Iterator

from matillion_async._transport.errors import (
    DecodingError,
    RemoteProtocolError,
    UnreadableResponse,
)

_PACKED = 16_384
_UNPACKED = 65_536
"""Bytes that are unpacked at once, in a fraction of a millisecond."""

_TURN = 262_144
"""Bytes that are unpacked before other tasks may run."""

_GZIP = frozenset({"gzip", "x-gzip"})  # the same (RFC 9110, section 8.4.1.3)
ENCODINGS = _GZIP | {"deflate", "identity"}
"""What can be unpacked here."""


def encodings_of(header: str) -> list[str]:
    """The encodings that a Content-Encoding names, in the order in which they were applied."""
    return [name for part in header.split(",") if (name := part.strip().lower())]


async def unpacked(content: bytes, encodings: list[str], max_size: int) -> bytes:
    """A body without its encodings, which must be among ``ENCODINGS``.

    Raises:
        TransportError: it is cut off, not encoded so, or it, or what is packed in it, has more than ``max_size`` bytes.
    """
    pieces: Iterator[bytes] = (
        content[start : start + _PACKED] for start in range(0, len(content), _PACKED)
    )
    for encoding in reversed(encodings):
        if encoding != "identity":
            pieces = bounded(_inflated(pieces, is_gzip=encoding in _GZIP), max_size)
    whole: list[bytes] = []
    since_a_turn = 0
    for piece in pieces:
        whole.append(piece)
        since_a_turn += len(piece)
        if since_a_turn >= _TURN:
            since_a_turn = 0
            await asyncio.sleep(0)
    return whole[0] if len(whole) == 1 else b"".join(whole)


def bounded(pieces: Iterator[bytes], max_size: int) -> Iterator[bytes]:
    """The pieces, up to so many bytes.

    Raises:
        TransportError: there are more.
    """
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > max_size:
            raise too_large(max_size)
        yield piece


def too_large(max_size: int) -> UnreadableResponse:
    """The error for a body of more bytes."""
    return UnreadableResponse(
        f"the response has more than {max_size:,} bytes; where it may, give the client a transport: "
        "AiohttpTransport(max_response_size=...)",
    )


def _inflated(pieces: Iterator[bytes], *, is_gzip: bool) -> Iterator[bytes]:
    """Unpacked pieces of bounded size. A gzip body may have several members, and zeros after them; deflate may lack its header."""
    stream = None
    try:
        for piece in pieces:
            left = piece
            while left:
                if stream is None or stream.eof:
                    if stream is not None:
                        left = left.lstrip(b"\0")
                        if not left:
                            break
                    stream = zlib.decompressobj(_window(left, is_gzip=is_gzip))
                out = stream.decompress(left, _UNPACKED)
                left = stream.unused_data if stream.eof else stream.unconsumed_tail
                yield out
        while stream is not None and not stream.eof and (out := stream.decompress(b"", _UNPACKED)):
            yield out
    except zlib.error as exc:
        raise DecodingError(f"the response is not what its Content-Encoding says: {exc}") from None
    if stream is not None and not stream.eof:
        raise RemoteProtocolError("not a complete HTTP response: its compressed body is cut off")


def _window(start: bytes, *, is_gzip: bool) -> int:
    """zlib's ``wbits`` for the header of a stream; some servers send deflate without one (RFC 9110, section 8.4.1.2)."""
    if is_gzip:
        return zlib.MAX_WBITS | 16
    has_head = start[0] & 0x0F == zlib.DEFLATED
    return zlib.MAX_WBITS if has_head else -zlib.MAX_WBITS
