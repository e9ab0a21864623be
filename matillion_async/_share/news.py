"""What a process has to tell those with whom it shares a limit."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

MOST_NEWS = 1000
"""Of each kind, while the shared place is gone."""
OLDEST_NEWS = 60.0
"""Seconds after which responses are not worth telling any more; and requests, unless a limit looks further back."""


@dataclass(slots=True)
class News:
    """What became of requests since the others were told; times of the event loop's clock."""

    arrived: deque[float] = field(default_factory=deque)
    """Until when requests had arrived at the latest."""
    accepted: deque[tuple[float, float]] = field(default_factory=lambda: deque(maxlen=MOST_NEWS))
    """When responses came that are not 429s, and when their requests were sent."""
    refused: deque[tuple[float, float, float | None]] = field(
        default_factory=lambda: deque(maxlen=MOST_NEWS)
    )
    """When 429s came, when their permits had been given, and how long they asked to wait."""

    def __bool__(self) -> bool:
        return bool(self.arrived or self.accepted or self.refused)

    def put_back(self, older: News) -> None:
        """Take what could not be told for news again."""
        self.arrived.extendleft(reversed(older.arrived))
        self.accepted = deque([*older.accepted, *self.accepted], maxlen=MOST_NEWS)
        self.refused = deque([*older.refused, *self.refused], maxlen=MOST_NEWS)

    def forget(self, now: float, longest: float) -> None:
        """Forget what is of no use to anybody any more."""
        while self.arrived and self.arrived[0] < now - max(longest, OLDEST_NEWS):
            self.arrived.popleft()
        while self.accepted and self.accepted[0][0] < now - OLDEST_NEWS:
            self.accepted.popleft()
        while self.refused and self.refused[0][0] < now - OLDEST_NEWS:
            self.refused.popleft()
