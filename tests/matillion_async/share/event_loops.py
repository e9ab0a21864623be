"""The event loops of processes that share: every second one runs on uvloop, where that is installed."""

from __future__ import annotations

import asyncio
import importlib
import itertools
from collections.abc import Coroutine, Iterator
from importlib.util import find_spec
from typing import Any, TypeVar

T = TypeVar("T")


def loops_in_turn() -> Iterator[str]:
    """The modules of the event loops that there are, over and over."""
    return itertools.cycle(["asyncio", *(["uvloop"] if find_spec("uvloop") else [])])


def run(name: str, coroutine: Coroutine[Any, Any, T]) -> T:
    """Run on the event loop of a module."""
    factory = importlib.import_module(name).new_event_loop
    with asyncio.Runner(loop_factory=factory) as runner:
        return runner.run(coroutine)
