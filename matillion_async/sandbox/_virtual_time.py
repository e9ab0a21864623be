"""An event loop whose clock jumps: hours of waiting take milliseconds."""

from __future__ import annotations

import asyncio
import math
import selectors
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, TypeVarTuple

from matillion_async._arguments import check, seconds_fault
from matillion_async._errors import ConfigurationError

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_RESOLUTION = time.get_clock_info("monotonic").resolution


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """An asyncio event loop on which time passes only when every task waits for it.

    ``loop.time()``, ``asyncio.sleep``, ``asyncio.timeout`` and everything built on them use the virtual
    clock, so code that waits for an hour finishes at once and always in the same order. Meant for tests that
    mount the sandbox in the same process, where nothing waits for a real socket:

    >>> import asyncio
    >>> async def nap() -> float:
    ...     started = asyncio.get_running_loop().time()
    ...     await asyncio.sleep(3600)
    ...     return asyncio.get_running_loop().time() - started
    >>> with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
    ...     runner.run(nap())
    3600.0
    """

    def __init__(self) -> None:
        self._now = 0.0
        super().__init__(_JumpingSelector(self))

    def time(self) -> float:
        """The virtual time in seconds; it starts at 0."""
        return self._now

    def run_in_executor(
        self, executor: Any, func: Callable[[*Ts], T], *args: *Ts
    ) -> asyncio.Future[T]:
        """Run it now, in this thread: time must not pass while one works."""
        future: asyncio.Future[T] = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - it goes to whoever awaits the future
            future.set_exception(error)
        return future

    def advance(self, seconds: float) -> None:
        """Move the clock on by ``seconds``, as if that much time had passed in the running code.

        Raises:
            ConfigurationError: it is not a number, or less than 0.
        """
        fault = seconds_fault(seconds, may_be_zero=True, must_end=True)
        check(ConfigurationError, "advance: ", seconds=fault)
        self._now += seconds


class _JumpingSelector(selectors.BaseSelector):
    """Polls the real selector without waiting, and moves the clock on by what it would have waited."""

    def __init__(self, loop: VirtualTimeLoop) -> None:
        self._loop = loop
        self._real = selectors.DefaultSelector()

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            return self._real.select(None)
        ready = self._real.select(0)
        if not ready:
            self._loop.advance(timeout + self._rounding())
        return ready

    def _rounding(self) -> float:
        """Seconds to go beyond a timer, for asyncio to see it as due.

        It compares with the time plus the clock's resolution, which are equal once half a year has passed: a number
        that large has no nanoseconds. Then the clock goes on by the least it can.
        """
        now = self._loop.time()
        return math.ulp(now) if now + _RESOLUTION == now else 0.0

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._real.unregister(fileobj)

    def modify(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.modify(fileobj, events, data)

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._real.get_map()

    def close(self) -> None:
        self._real.close()
