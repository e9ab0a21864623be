"""Request bodies that are sent in pieces, under a limit on the time that the network takes for each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

PIECE_SIZE = 65_536
"""Bytes; asyncio buffers as many without waiting for the network, so a body up to this size needs no limit."""


class Upload:
    """Hands out the pieces of a body, and sets a timer while the network takes each of them.

    Args:
        pieces: the body.
        write: seconds for each piece; None for no limit.
        read: seconds that the answer may take after the body; the time for the last piece ends in them.
    """

    def __init__(
        self, pieces: AsyncIterator[bytes], *, write: float | None, read: float | None
    ) -> None:
        self._pieces = pieces
        self._write = write
        self._read = read
        self._timer: asyncio.Timeout | None = None
        self.error: Exception | None = None
        """What the body itself raised."""

    def timer(self) -> asyncio.Timeout:
        """A context manager for sending the body; it raises TimeoutError when a piece takes too long."""
        self._timer = asyncio.timeout(None)
        return self._timer

    def stop_timer(self) -> None:
        """End the limit: the answer has begun, or there will be none."""
        self._limit_to(None)
        self._timer = None

    def __aiter__(self) -> Upload:
        return self

    async def __anext__(self) -> bytes:
        self._limit_to(None)  # making a piece is not the network's time
        try:
            piece = await anext(self._pieces)
        except StopAsyncIteration:
            # What is left in buffers is written now; after that aiohttp's limit for the answer starts.
            if self._write is not None and self._read is not None:
                self._limit_to(self._write + self._read)
            raise
        except Exception as exc:  # of any kind: it is the caller's own, and goes back to the caller
            self.error = exc
            raise
        self._limit_to(self._write)
        return piece

    def _limit_to(self, seconds: float | None) -> None:
        if self._timer is not None and not self._timer.expired():
            now = asyncio.get_running_loop().time()
            self._timer.reschedule(None if seconds is None else now + seconds)


async def pieces(content: bytes) -> AsyncIterator[bytes]:
    """Bytes in pieces that a connection can take at once."""
    for start in range(0, len(content), PIECE_SIZE):
        yield content[start : start + PIECE_SIZE]
