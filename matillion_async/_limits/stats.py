"""What a limiter tells of itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LimiterStats:
    """The state of a limiter."""

    waiting: int
    """Calls that wait for a permit."""
    in_flight: int
    """Permits given out whose request has not ended."""
    sent: int
    """Permits given out so far; each stands for one request."""
    refused: int
    """429 responses so far."""
    paused_for: float
    """Seconds until the pause after a 429 ends; 0 when there is none."""
    requests_per_minute: float
    """The long-run rate, as configured or learned; infinite without a limit."""
    seconds_to_drain: float
    """Seconds until all calls that wait now have their permit, at this rate."""
    processes: int = 1
    """Processes that share the limit, this one included, as far as is known; 1 if it is not shared."""
