"""What a sandbox saw, so that a test can say: 200 calls, 200 arrived, none refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class RecordedRequest:
    """A request that arrived; without headers and body, which may hold secrets."""

    at: float
    """When, in seconds on the sandbox's clock."""
    method: str
    path: str
    """As sent, percent-encoded."""
    query: str
    operation: str | None
    """Such as ``projects.list``; None if the path or the method is unknown."""
    status: int | None = None
    """The status of the response; None while there is none, and for good if the connection was reset before it."""
    fault: str | None = None
    """The fault that was injected, if any."""


@dataclass(slots=True)
class Stats:
    """Counts since the start, or since ``sandbox.reset_stats()``."""

    arrived: int = 0
    """Requests to the API, whatever became of them; requests for tokens are not among them."""
    refused: int = 0
    """Those of them that were refused with 429."""
    token_requests: int = 0
    """Requests to the token endpoint, whatever became of them."""
    tokens_issued: int = 0
    faults: int = 0
    """Requests to which a fault was injected."""
    operations: Counter[str] = field(default_factory=Counter)
    """Requests by operation, such as ``projects.list``."""
    statuses: Counter[int] = field(default_factory=Counter)
    """Responses by status, those of the token endpoint among them."""
