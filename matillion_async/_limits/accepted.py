"""What the server accepted lately, and which rate and which limits that shows."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable
from itertools import islice
from typing import ClassVar

from matillion_async._limits.rates import RateLimit

MEMORY = 1000
"""Accepted calls that are remembered at most."""


class AcceptedCalls:
    """When the last accepted calls were sent, on a clock that stands still while calls are paused.

    Args:
        sent: when, oldest first.

    Attributes:
        sent: the same; those that are too old for the rate are forgotten when it is asked for.
    """

    LEARNED: ClassVar[tuple[str, ...]] = ("_first_sent_at", "_paused", "_paused_before")

    def __init__(self, sent: Iterable[float] = ()) -> None:
        self.sent = deque(sent, maxlen=MEMORY)
        self._first_sent_at = math.inf
        self._paused = self._paused_before = 0.0  # seconds of all pauses, and of all but the last

    def add(self, sent_at: float, *, is_before_pause: bool, is_counted_by_server: bool) -> None:
        """Count an accepted call.

        Args:
            sent_at: when it was sent.
            is_before_pause: whether that was before the last pause.
            is_counted_by_server: whether to keep the time as it is: a limit is disproved by how many came in a second of the
                server's time.
        """
        paused = self._paused_before if is_before_pause else self._paused
        self.sent.append(sent_at - (0.0 if is_counted_by_server else paused))
        self._first_sent_at = min(self._first_sent_at, sent_at)

    def begin_pause(self) -> None:
        """Take the pauses before for those that are over; the next one is the last."""
        self._paused_before = self._paused

    def pause(self, seconds: float) -> None:
        """Make the last pause longer."""
        self._paused += seconds

    def count(self, sent_at: float, seconds: float) -> int:
        """How many were sent in so many seconds before a call, or since."""
        since = sent_at - self._paused_before - seconds
        return sum(each > since for each in self.sent)

    def rate(self, now: float, *, may_be_burst: bool) -> float:
        """Calls per second in the last minute.

        Args:
            now: the time.
            may_be_burst: whether what was accepted at once may be one, and is not to be taken for a rate.
        """
        sent = self.sent
        now -= self._paused
        while sent and sent[0] <= now - 60:
            sent.popleft()
        seconds = 60.0
        if not may_be_burst:
            known_since = sent[0] if len(sent) == MEMORY else self._first_sent_at
            seconds = max(1.0, min(now - known_since, seconds))
        return len(sent) / seconds

    def disprove(self, limit: RateLimit) -> bool:
        """Whether more were accepted than a server with this limit can."""
        sent = self.sent
        enough = disproof(limit)
        if len(sent) < enough or abs(sent[-1] - sent[-enough]) >= limit.seconds:
            return False
        latest = list(islice(reversed(sent), enough))  # in the order of the responses
        return max(latest) - min(latest) < limit.seconds


def disproof(limit: RateLimit) -> int:
    """More calls than any reading of a limit allows in its period, two adjacent fixed windows included."""
    return 2 * limit.count + 1
