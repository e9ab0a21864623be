"""Request bodies that are sent in pieces."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator

PIECE_SIZE = 65_536
"""Bytes; asyncio buffers as many without waiting for the network, so a body up to this size is written in one go."""


class Upload:
    """Gives the pieces of a body, and keeps what the body itself raises, which aiohttp would replace by an error of its own."""

    def __init__(self, pieces: AsyncIterable[bytes]) -> None:
        self._pieces = aiter(pieces)
        self.error: Exception | None = None
        """What the body itself raised."""

    def __aiter__(self) -> Upload:
        return self

    async def __anext__(self) -> bytes:
        try:
            return await anext(self._pieces)
        except StopAsyncIteration:
            raise
        except Exception as exc:  # of any kind, as the caller made the body, and gets it back
            self.error = exc
            raise


async def pieces(content: bytes) -> AsyncIterator[bytes]:
    """Bytes in pieces that a connection can take at once."""
    for start in range(0, len(content), PIECE_SIZE):
        yield content[start : start + PIECE_SIZE]
