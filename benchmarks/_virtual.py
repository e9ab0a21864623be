"""Runs something on a clock that jumps from one timer to the next."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from matillion_async.sandbox import VirtualTimeLoop

T = TypeVar("T")


def on_virtual_time(work: Coroutine[Any, Any, T]) -> T:
    """Run it on a new virtual clock."""
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(work)
