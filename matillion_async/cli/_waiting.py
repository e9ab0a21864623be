"""Says on stderr what a command waits for, once it has waited for some seconds."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from matillion_async._calls.retry import Attempt
from matillion_async.cli._streams import say

DELAY = 3.0
"""Seconds after which a line is written; each further reason gets a line of its own."""


class Waiting(logging.Handler):
    """Learns from failures why a command is still waiting, and says so unless something succeeds in time.

    Args:
        silence: says what is waited for while nothing has failed; None while it is nothing.
        is_verbose: whether warnings are shown anyway.
    """

    def __init__(self, silence: Callable[[], str | None], *, is_verbose: bool = False) -> None:
        super().__init__(logging.WARNING)
        self._silence = silence
        self._is_verbose = is_verbose
        self._said: str | None = None
        self._reason: str | None = None
        self._timer: asyncio.TimerHandle | None = None

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Speak up for work that begins now on the running event loop, until it ends."""
        logger = logging.getLogger("matillion_async")
        if not self._is_verbose:  # with a handler of ours Python would not show them
            logger.addHandler(self)
        self._begin()
        try:
            yield
        finally:
            self._stop()
            logger.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Take a warning, such as that of a token which cannot be had, for the reason."""
        self._note(record.getMessage())

    def on_attempt(self, attempt: Attempt) -> None:
        """Take what became of an attempt."""
        if attempt.retry_in is None:
            self._stop()
        elif attempt.retry_in > 0:
            self._note(f"{attempt.reason}; again in {attempt.retry_in:.0f} s")

    def _note(self, reason: str) -> None:
        self._reason = reason
        if self._timer is None:
            self._begin()
        elif self._said is not None:
            self._say()  # it has waited long enough to hear of each new reason

    def _begin(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(DELAY, self._say)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._said = self._reason = None

    def _say(self) -> None:
        reason = self._reason or self._silence()
        if reason is None:
            self._begin()
        elif reason != self._said:
            self._said = reason
            say(f"matillion: still waiting: {reason}")
