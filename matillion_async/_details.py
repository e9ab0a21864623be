"""What an error tells beside its message: what the server said, and where the time of the call went."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote, quote_plus


@dataclass(frozen=True, slots=True)
class Problem:
    """Problem details of an error answer (RFC 7807), as far as the server gave them."""

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
    """Waiting for a slot of the rate limiter."""
    gate: float = 0.0
    """Waiting because the server had answered 429 to somebody."""
    token: float = 0.0
    """Waiting for an access token."""
    backoff: float = 0.0
    """Waiting between attempts."""
    requests: list[float] = field(default_factory=list)
    """One entry per request sent: seconds until its answer, or its failure."""
    sent_at: float = 0.0
    """When the last request was sent, in the time of the event loop."""

    def __str__(self) -> str:
        waits = [
            f"{getattr(self, name):.1f} s {label}"
            for name, label in (
                ("queue", "in the queue"),
                ("gate", "paused by a 429"),
                ("token", "waiting for a token"),
                ("backoff", "between attempts"),
            )
            if getattr(self, name) >= 0.05
        ]
        sent = f"{sum(self.requests):.1f} s in {len(self.requests)} request(s)"
        return ", ".join([*waits, sent])


def masked(text: str, secret: str) -> str:
    """Text from outside with asterisks for a secret, in case it is an echo: as it is, or as JSON, HTML or a URL has it."""
    if not secret:
        return text
    in_json = json.dumps(secret)[1:-1]
    spellings = {
        *(secret, escape(secret), quote(secret), quote(secret, safe=""), quote_plus(secret)),
        *(in_json, in_json.replace("/", "\\/")),
    }
    for spelling in sorted(spellings, key=len, reverse=True):
        text = text.replace(spelling, "***")
    return text


def in_seconds(duration: float) -> str:
    """A duration in words, such as ``1 second`` or ``0.5 seconds``."""
    return "1 second" if duration == 1 else f"{duration:g} seconds"


def one_line(text: str, longest: int | None = None) -> str:
    """Text from outside for one line of a message: no line ends, no control sequences, and not beyond a length."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if longest is None or len(line) <= longest else f"{line[:longest]}…"
