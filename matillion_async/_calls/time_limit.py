"""The time limit of one attempt, which does not count what the event loop itself was late."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self

_LATE = 0.1
"""Seconds by which a timer is late when something blocked the event loop."""

_GRACE = 1.0
"""Seconds in which an answer that waits in its socket meanwhile is read, be it a large one, or one of many."""


class TimeLimit:
    """Raises TimeoutError at a moment, as ``asyncio.timeout_at`` does.

    After the event loop was blocked beyond that moment, it first has a second to read what has come in the meantime: an
    answer that was there in time is not thrown away because nobody looked.

    Args:
        moment: in the event loop's time.
    """

    __slots__ = ("_moment", "_timeout", "_timer")

    def __init__(self, moment: float) -> None:
        self._moment = moment
        self._timeout = asyncio.timeout(None)

    async def __aenter__(self) -> Self:
        await self._timeout.__aenter__()
        self._timer = asyncio.get_running_loop().call_at(self._moment, self._pass)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        await self._timeout.__aexit__(kind, error, traceback)

    def _pass(self) -> None:
        loop = asyncio.get_running_loop()
        if loop.time() - self._moment > _LATE:
            self._timer = loop.call_later(_GRACE, self._end)
        else:
            self._end()

    def _end(self) -> None:
        self._timeout.reschedule(asyncio.get_running_loop().time())
