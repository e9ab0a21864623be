"""What ends a command from outside: Ctrl-C, and SIGTERM and SIGHUP as Ctrl-C. No I/O."""

from __future__ import annotations

import math
import os
import signal
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

T = TypeVar("T")

GRACE_PERIOD = 3.0
"""Seconds for the end once work is cancelled: it may be stuck, as in writing to a pipe that nobody reads."""

NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Windows has no SIGHUP, and only Windows has SIGBREAK."""
_REPEATED = 1.0
"""Seconds in which another signal counts as the same one: many supervisors send one to a whole group of processes,
and another one to its leader."""


class Signals:
    """The signals of one process: what they end is cancelled, told about and cleaned up, and then it ends.

    While work runs in an event loop a signal cancels it, and a second one ends the process at once. Elsewhere it raises
    ``KeyboardInterrupt``, such as at a prompt.
    """

    _number: int | None = None
    _at = -math.inf
    _cancel: Callable[[], object] | None = None
    _end: threading.Timer | None = None
    _is_held = False

    @property
    def came(self) -> bool:
        """Whether there was one that has not been forgotten."""
        return self._number is not None

    @property
    def exit_code(self) -> int:
        """What a shell reports for a command that such a signal ended."""
        return 128 + (self._number or signal.SIGINT)

    @contextmanager
    def handled(self) -> Iterator[None]:
        """Handle them in the block; one that the process was told to ignore, as by nohup, stays ignored."""
        self._number, self._at = None, -math.inf
        before = {}
        if threading.current_thread() is threading.main_thread():
            numbers = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]
            before = {number: signal.getsignal(number) for number in numbers}
        mine = {
            number: handler
            for number, handler in before.items()
            if handler not in (signal.SIG_IGN, None)
        }
        for number in mine:
            signal.signal(number, self._on_signal)
        try:
            yield
        finally:
            self._disarm()
            for number, handler in mine.items():
                signal.signal(number, handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep one that comes in the block for later, unless there is work to cancel: nothing in it may be torn apart."""
        was_held, self._is_held = self._is_held, True
        try:
            yield
        finally:
            self._is_held = was_held

    @contextmanager
    def forgotten(self) -> Iterator[None]:
        """Let work begin in the block although one came, such as what it asked for; the exit code stays the first's."""
        number, self._number = self._number, None
        self._disarm()
        try:
            yield
        finally:
            self._number = number if number is not None else self._number
            if self.came:
                self._arm()

    async def cancel(self, work: Coroutine[Any, Any, T]) -> T:
        """Do the work, and cancel it when one comes."""
        import asyncio  # takes as long as the rest of the command line, and --help needs none of it

        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None
        self._cancel = lambda: loop.call_soon_threadsafe(task.cancel)
        try:
            if self.came:  # while the event loop began to run
                task.cancel()
            return await work
        finally:
            self._cancel = None

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        if now - self._at < _REPEATED:
            return
        is_first = self._number is None
        self._number, self._at = self._number or number, now
        if not is_first and (self._cancel is not None or self._is_held):
            os._exit(self.exit_code)  # it was not enough to ask once
        elif self._cancel is not None:
            self._arm()
            self._cancel()
        elif not self._is_held:
            raise KeyboardInterrupt

    def _arm(self) -> None:
        self._disarm()
        self._end = threading.Timer(GRACE_PERIOD, os._exit, [self.exit_code])
        self._end.daemon = True
        self._end.start()

    def _disarm(self) -> None:
        if self._end is not None:
            self._end.cancel()


signals = Signals()
"""A process has one handler of each."""
