"""The places that processes share, each started for a benchmark."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from tests.matillion_async.share.real_server import RealServer

PLACES = ("host", "redis")


@contextlib.contextmanager
def place(name: str) -> Iterator[str]:
    """What the argument ``share`` says of a place that is there until the block ends."""
    if name == "host":
        yield "host"
        return
    server = RealServer()
    server.start()
    try:
        yield server.url
    finally:
        server.remove()
