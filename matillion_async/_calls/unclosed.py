"""What becomes of a client that nobody closes: its connections are closed at the end of the event loop, and it is told."""

from __future__ import annotations

import asyncio
import sys
import warnings
import weakref
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Any

from matillion_async._calls.connection import Connection
from matillion_async._tokens.token_cache import TokenCache
from matillion_async._transport.values import Transport

_PACKAGE = __name__.partition(".")[0]


class OwnConnection(Connection):
    """The connection of a client that should be closed by whoever made the client.

    An asynchronous generator is what an event loop closes at its end, and when nobody refers to it any more: so it closes
    what this one has open, without which asyncio and aiohttp would complain of each socket and request.

    Args:
        owner: what the client is called in a warning.
        **parts: as of :class:`Connection`.
    """

    def __init__(self, owner: str, **parts: Any) -> None:
        super().__init__(**parts)
        self._owner = owner
        self._made_at = _caller()
        self._end: AsyncGenerator[None, None] | None = None
        self._warning: weakref.finalize[[str, tuple[str, int]], OwnConnection] | None = None

    def enter_loop(self) -> asyncio.AbstractEventLoop:
        loop = super().enter_loop()
        if self._end is None:
            self._warning = weakref.finalize(self, _warn, self._owner, self._made_at)
            self._end = _closing(self.transport, self.tokens)
            with suppress(StopIteration):  # there is nothing to wait for before its yield
                anext(self._end).__await__().send(None)
        return loop

    async def aclose(self) -> None:
        try:
            await super().aclose()
        finally:
            if self._closed and self._end is not None and self._warning is not None:
                self._warning.detach()
                await anext(self._end, None)


async def _closing(transport: Transport, tokens: TokenCache) -> AsyncGenerator[None, None]:
    """Closes what a client has open unless it is asked for more; it does not refer to the client, which it would keep."""
    try:
        yield
    except (GeneratorExit, asyncio.CancelledError):
        # Cancelled: of a client that ends with all tasks, asyncio.run() cancels the task that was to close this.
        try:
            await tokens.aclose()
        finally:  # up to Python 3.12 the end of a wait in such a task raises GeneratorExit in it
            await transport.aclose()
        raise


def _caller() -> tuple[str, int]:
    """File and line, outside of this package, that made the client."""
    frame = sys._getframe()
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith(_PACKAGE):
        frame = frame.f_back
    return frame.f_code.co_filename, frame.f_lineno


def _warn(owner: str, made_at: tuple[str, int]) -> None:
    text = f"{owner} was never closed: write 'async with MatillionClient() as client:' around what uses it, or "
    warnings.warn_explicit(f"{text}'await client.aclose()' after that", ResourceWarning, *made_at)
