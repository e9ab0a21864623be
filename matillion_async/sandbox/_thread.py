"""Serves a sandbox beside code that has no event loop, or one of its own."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

from matillion_async.sandbox._app import Sandbox
from matillion_async.sandbox._serve import Served, serve


@contextlib.contextmanager
def served_in_thread(sandbox: Sandbox) -> Iterator[Served]:
    """Serve a sandbox on a free loopback port, by an event loop in a thread, until the block ends.

    Raises:
        ConfigurationError: no port can be used.
    """
    started: Future[Any] = Future()  # the server, and what stops it

    async def run() -> None:
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        async with serve(sandbox) as served:
            started.set_result((served, lambda: loop.call_soon_threadsafe(stopped.set)))
            await stopped.wait()

    with ThreadPoolExecutor(1, "matillion sandbox") as threads:
        serving = threads.submit(asyncio.run, run())
        wait([started, serving], return_when=FIRST_COMPLETED)
        if not started.done():
            serving.result()  # raises why it has ended
        served, stop = started.result()
        try:
            yield served
        finally:
            stop()
            serving.result()
