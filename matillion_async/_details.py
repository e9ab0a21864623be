"""What an error tells beside its message: what the server said, and where the time of the call went."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """Problem details of an error response (RFC 7807), as far as the server gave them."""

    type: str | None = None
    title: str | None = None
    status: int | None = None
    detail: str | None = None
    instance: str | None = None
    violations: tuple[str, ...] = ()


@dataclass(slots=True)
class Timing:
    """Where the seconds of one call went."""

    queue: float = 0.0
    """Waiting for a permit of the rate limiter."""
    pause: float = 0.0
    """Waiting for the end of a pause: the server had refused a call of this client with 429."""
    token: float = 0.0
    """Waiting for an access token."""
    backoff: float = 0.0
    """Waiting between attempts."""
    requests: list[float] = field(default_factory=list)
    """One entry per request sent: seconds until its response, or its failure."""
    sent_at: float = 0.0
    """When the last request was sent, in the time of the event loop."""

    def __str__(self) -> str:
        waits = [
            f"{getattr(self, name):.1f} s {label}"
            for name, label in (
                ("queue", "in the queue"),
                ("pause", "paused by a 429"),
                ("token", "waiting for a token"),
                ("backoff", "between attempts"),
            )
            if getattr(self, name) >= 0.05
        ]
        sent = f"{sum(self.requests):.1f} s in {len(self.requests)} request(s)"
        return ", ".join([*waits, sent])
