"""The time limit of one attempt, which does not count the time for which the event loop was blocked."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self

_LATE = 0.1
"""Seconds by which a timer is late when something blocked the event loop."""

_GRACE = 1.0
"""Seconds in which a response that waits in its socket is read, be it a large one, or one of many."""


class TimeLimit:
    """Raises TimeoutError at a moment, as ``asyncio.timeout_at`` does, at half of its cost.

    After the event loop was blocked beyond that moment, it first has a second to read what arrived meanwhile: a response
    that was there in time is not thrown away.

    Args:
        loop: the running event loop.
        moment: on its clock.

    Attributes:
        has_passed: whether it interrupted what it limits.
    """

    __slots__ = ("_cancelling", "_loop", "_moment", "_task", "_timer", "has_passed")

    def __init__(self, loop: asyncio.AbstractEventLoop, moment: float) -> None:
        self._loop = loop
        self._moment = moment
        self.has_passed = False

    def __enter__(self) -> Self:
        task = asyncio.current_task(self._loop)
        assert task is not None
        self._task = task
        self._cancelling = task.cancelling()
        self._timer = self._loop.call_at(self._moment, self._pass)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        if self.has_passed:
            # As asyncio's own does: if somebody else cancelled the task too, it stays cancelled.
            is_ours = self._task.uncancel() <= self._cancelling
            if is_ours and kind is not None and issubclass(kind, asyncio.CancelledError):
                raise TimeoutError from error

    def _pass(self) -> None:
        if self._loop.time() - self._moment > _LATE:
            self._timer = self._loop.call_later(_GRACE, self._end)
        else:
            self._end()

    def _end(self) -> None:
        self.has_passed = True
        self._task.cancel()
