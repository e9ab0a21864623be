"""The faults there are, and how often each comes."""

from __future__ import annotations

import enum
import random
from collections.abc import Mapping


class Fault(enum.Enum):
    """What may happen to a request."""

    NONE = "none"
    STRAY = "429 that has nothing to do with the rate"
    ERROR = "5xx, not processed"
    ERROR_AFTER = "5xx, processed"
    UNREAD = "reset before the request was read"
    HALF_READ = "reset while the request was read"
    RESET = "reset after the request was read, not processed"
    RESET_AFTER = "reset after the request was processed"
    CLOSED_AFTER = "closed without a response, processed"
    CUT = "response cut off, processed"
    GARBAGE = "response that is not HTTP, processed"
    FOREIGN = "200 with a page of a gateway, not processed"
    SLOW = "slow response, processed"
    STALE = "bytes that nobody asked for, after a good response"


UNPROCESSED = frozenset(
    {Fault.ERROR, Fault.UNREAD, Fault.HALF_READ, Fault.RESET, Fault.FOREIGN, Fault.STRAY}
)
"""After these the server has not acted on the request."""

STORM: Mapping[Fault, float] = {
    Fault.STRAY: 1 / 300,
    Fault.ERROR: 0.010,
    Fault.ERROR_AFTER: 0.006,
    Fault.UNREAD: 0.006,
    Fault.HALF_READ: 0.004,
    Fault.RESET: 0.006,
    Fault.RESET_AFTER: 0.008,
    Fault.CLOSED_AFTER: 0.006,
    Fault.CUT: 0.006,
    Fault.GARBAGE: 0.003,
    Fault.FOREIGN: 0.003,
    Fault.SLOW: 0.020,
    Fault.STALE: 0.020,
}
"""The share of the requests of a storm that each fault befalls."""


class FaultInjector:
    """Draws faults in a storm, and none while it is calm.

    Args:
        chance: where the draws come from.
        shares: of each fault in a storm.
    """

    def __init__(self, chance: random.Random, shares: Mapping[Fault, float] = STORM) -> None:
        self._chance = chance
        self._faults = [Fault.NONE, *shares]
        self._weights = [1 - sum(shares.values()), *shares.values()]
        self.is_stormy = False

    def draw(self) -> Fault:
        """What befalls the next request."""
        if not self.is_stormy:
            return Fault.NONE
        return self._chance.choices(self._faults, self._weights)[0]
