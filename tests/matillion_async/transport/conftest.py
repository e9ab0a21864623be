"""A transport, and a certificate authority, for its tests."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator

import pytest

from matillion_async._transport.transport import AiohttpTransport
from tests.matillion_async.transport.common import (
    AIOHTTP,
    Tls,
)


@pytest.fixture
async def transport(unhandled: list[dict[str, object]]) -> AsyncIterator[AiohttpTransport]:
    """A transport that ignores the environment; after the test nothing went unnoticed."""
    async with AiohttpTransport(trust_env=False) as transport:
        yield transport
    gc.collect()
    assert unhandled == []


@pytest.fixture
async def unhandled() -> AsyncIterator[list[dict[str, object]]]:
    """What reached the event loop's exception handler: errors of tasks that nobody awaited, and the like."""
    loop = asyncio.get_running_loop()
    contexts: list[dict[str, object]] = []

    def note(_: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        # aiohttp before 3.14 forgets a future when an upload is cut short; that is only noise in the log.
        if not (AIOHTTP < (3, 14) and "Connection lost" in str(context.get("exception"))):
            contexts.append(context)

    loop.set_exception_handler(note)
    yield contexts
    loop.set_exception_handler(None)


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    """Made once: keys take long."""
    return Tls(tmp_path_factory.mktemp("tls"))
