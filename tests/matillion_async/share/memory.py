"""A shared place in memory, for several clients on one event loop: with a clock of its own, and with everything that can go wrong."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable

from matillion_async._share.place import Change, T


class GoneError(Exception):
    """The place is not there."""


class MemoryShare:
    """Values in memory.

    Args:
        travel: seconds to the place, and back, at most; 0 for a place that answers at once.
        seed: decides how long each journey takes.

    Attributes:
        values: what is kept.
        is_gone: whether every change fails, after ``hangs`` seconds.
        ahead: seconds by which its clock is ahead of the event loop's.
        changes: how often it was asked.
    """

    def __init__(self, *, travel: float = 0.0, seed: int = 0) -> None:
        self.values: dict[str, bytes] = {}
        self.is_gone = False
        self.hangs = 0.0
        self.ahead = 1e6
        self.changes = 0
        self.closed = 0
        self._travel = travel
        self._chance = random.Random(seed)

    def update(self, name: str, change: Change[T]) -> T | Awaitable[T]:
        """Change a value as one step."""
        self.changes += 1
        if self._travel or self.hangs:
            return self._later(name, change)
        return self._now(name, change)

    def _now(self, name: str, change: Change[T]) -> T:
        if self.is_gone:
            raise GoneError
        now = asyncio.get_running_loop().time() + self.ahead
        value, result = change(self.values.get(name), now)
        if value is not None:
            self.values[name] = value
        return result

    async def _later(self, name: str, change: Change[T]) -> T:
        await asyncio.sleep(self.hangs or self._travel * self._chance.random())
        result = self._now(name, change)
        await asyncio.sleep(self._travel * self._chance.random())
        return result

    async def aclose(self) -> None:
        """Note that a client closed it."""
        self.closed += 1
