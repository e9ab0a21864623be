"""The places that processes share, each started for a benchmark."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

PLACES = ("host",)


@contextlib.contextmanager
def place(name: str) -> Iterator[str]:
    """What the argument ``share`` says of a place that is there until the block ends."""
    del name
    yield "host"
