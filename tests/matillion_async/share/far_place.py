"""A place in this process that is far, and may be gone."""

from __future__ import annotations

import asyncio

from matillion_async._share.place import Change, T


class FarPlace:
    """Answers after some time.

    Attributes:
        asked: how many changes were asked for.
        is_gone: whether they fail.
    """

    def __init__(self, takes: float) -> None:
        self.asked = 0
        self.is_gone = False
        self._takes = takes
        self._values: dict[str, bytes] = {}
        self._lock = asyncio.Lock()

    async def update(self, name: str, change: Change[T]) -> T:
        """Change a value, on the other side of the world."""
        self.asked += 1
        await asyncio.sleep(self._takes / 2)
        if self.is_gone:
            raise ConnectionError
        async with self._lock:
            value, result = change(self._values.get(name), asyncio.get_running_loop().time())
            if value is not None:
                self._values[name] = value
        await asyncio.sleep(self._takes / 2)
        return result

    async def aclose(self) -> None:
        """Nothing is open."""
