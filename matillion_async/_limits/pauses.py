"""The pauses of a limiter after 429s: how long they may be, until when the latest lasts, and how much of a wait was spent in them."""

from __future__ import annotations

MAX_PAUSE = 300.0
"""Seconds for which a 429 pauses a client at most, whatever Retry-After says: five of the vendor's longest
periods. A server that asks for more gets one request then."""


class Pauses:
    """The account of pauses, which may overlap: a second is counted once.

    Attributes:
        until: when the latest pause ends.
    """

    def __init__(self) -> None:
        self._began = self.until = 0.0  # the latest
        self._earlier = 0.0  # seconds of those before it

    def add(self, now: float, until: float) -> None:
        """Count a pause that begins now; one that is under way becomes no shorter by it."""
        self._earlier = self.seconds(now)
        self._began = now
        self.until = max(self.until, until)

    def left(self, now: float) -> float:
        """Seconds until the pause ends; 0 when there is none."""
        return max(0.0, self.until - now)

    def seconds(self, now: float) -> float:
        """Seconds spent in pauses until now."""
        return self._earlier + min(now, self.until) - self._began
