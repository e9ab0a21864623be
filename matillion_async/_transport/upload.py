"""Request bodies that are sent in pieces."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator

from matillion_async._errors import InvalidRequestError
from matillion_async._transport.errors import LocalProtocolError

PIECE_SIZE = 65_536
"""Bytes; asyncio buffers as many without waiting for the network, so a body up to this size is written in one go."""


class Upload:
    """Gives the pieces of a body, and keeps what the body itself raises, which aiohttp would replace by an error of its own.

    A body that has not the length that was announced is an error: of a longer one aiohttp would send the beginning, and after a
    shorter one it would wait for the response of a server that waits for the rest.

    Args:
        pieces: the body.
        length: how many bytes it has; None if that is not known.
    """

    def __init__(self, pieces: AsyncIterable[bytes], length: int | None) -> None:
        self._pieces = aiter(pieces)
        self._given = 0
        self.length = length
        self.error: Exception | None = None
        """What the body itself raised, or what is wrong with it."""

    def __aiter__(self) -> Upload:
        return self

    async def __anext__(self) -> bytes:
        try:
            return await self._next()
        except StopAsyncIteration:
            raise
        except Exception as exc:  # of any kind, as the caller made the body, and gets it back
            self.error = exc
            raise

    async def _next(self) -> bytes:
        try:
            piece = await anext(self._pieces)
        except StopAsyncIteration:
            if self.length is None or self._given == self.length:
                raise
            raise InvalidRequestError(
                f"the body ended after {self._given} of the {self.length} bytes that were announced"
            ) from None
        if not isinstance(piece, bytes | bytearray | memoryview):
            raise TypeError(f"a piece of the body must be bytes, not {type(piece).__name__}")
        self._given += len(piece)
        if self.length is not None and self._given > self.length:
            raise LocalProtocolError(
                f"the body has more than the {self.length} bytes that were announced"
            )
        return piece


async def pieces(content: bytes) -> AsyncIterator[bytes]:
    """Bytes in pieces that a connection can take at once."""
    for start in range(0, len(content), PIECE_SIZE):
        yield content[start : start + PIECE_SIZE]
