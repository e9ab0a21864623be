"""What a process tells the others with whom it shares a limit, and what it gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matillion_async._limits.rates import RateLimit


@dataclass(frozen=True, slots=True)
class Refusal:
    """A 429; all times are seconds ago."""

    ago: float
    given_ago: float
    retry_after: float | None


@dataclass(slots=True)
class Report:
    """What a process tells, and what it asks for."""

    process: str
    limits: tuple[RateLimit, ...] | None
    """As they were given to it; None to find them out."""
    under_way: int
    """Requests that the server may yet count."""
    wanted: int
    """Calls that wait for a permit."""
    arrived: Sequence[float] = ()
    """Seconds ago, oldest first: when requests had arrived at the latest that had been under way before."""
    accepted: Sequence[tuple[float, float]] = ()
    """Seconds ago: responses that are not 429s, and when their requests were sent."""
    refused: Sequence[Refusal] = ()
    alone_for: float = 0.0
    """Seconds for which it went on without the others since it was heard of; 0 if it did not."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a process gets."""

    permits: int
    retry_at: float
    """When to ask again for those that it did not get; in the time of the shared place."""
    is_revived: bool
    """Whether it had been taken for dead: permits that it had before are void."""
