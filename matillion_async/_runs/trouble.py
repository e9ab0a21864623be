"""Says in the log what keeps a status from being known, so that no wait goes on in silence."""

from __future__ import annotations

import logging

from matillion_async._backoff import Backoff

logger = logging.getLogger("matillion_async")

AGAIN = 300.0
"""Seconds until trouble that lasts is told again."""
LONGEST = 3600.0
"""Seconds between two lines, or two checks of a status, at most."""
_PAUSES = Backoff(first=AGAIN, factor=2.0, longest=LONGEST)
SETTLING = 60.0
"""Seconds for which two responses of a server may well differ: one of them may be a little late."""
STILL_ENDED = "%s is %s, but has a time at which it ended; still waiting"
"""What is told of an execution whose status and details contradict each other."""


class Trouble:
    """One trouble after the other: each is told when it begins, and again after ever longer."""

    def __init__(self) -> None:
        self.over()

    def over(self) -> None:
        """Note that it is over."""
        self._began_at: float | None = None
        self._told_at: float | None = None
        self._lines = 0

    def met(self, now: float, text: str, *, grace: float = 0.0) -> None:
        """Note that it goes on.

        Args:
            now: the time, in seconds.
            text: what is wrong, and what is waited for.
            grace: seconds for which it is not worth a line.
        """
        if self._began_at is None:
            self._began_at = now
        if self._told_at is None:
            if now - self._began_at >= grace:
                self._told_at, self._lines = now, 1
                logger.warning("%s", text)
        elif now - self._told_at >= _PAUSES.pause(self._lines):
            self._told_at = now
            self._lines += 1
            logger.warning("%s, for %d minutes now", text, (now - self._began_at) // 60)
