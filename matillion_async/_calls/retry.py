"""Which failure may be repeated, and when. No I/O: decisions only."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from matillion_async._arguments import check, count_fault, seconds_fault
from matillion_async._backoff import Backoff
from matillion_async._details import Timing
from matillion_async._errors import ConfigurationError

NEVER_SENT = ("ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol")
"""Kinds of what a transport raises when no byte of the request was written: no method can have been processed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How often, and after which pause, a failed attempt is repeated.

    A 429 is repeated for every operation, and so is a request that was never sent. After another status that passes
    (408, 425, and 5xx but 501, 505 and 511) and after a broken or timed-out response only idempotent operations are: a
    POST that may have been processed is never sent again. The vendor's guide advises at least five retries with a growing pause.

    Args:
        max_attempts: requests per call at most, the first included.
        max_retry_after: seconds; a call that the server tells to wait longer fails at once.
        backoff_base: seconds; the pause after the n-th attempt is drawn from 0 to ``backoff_base`` · 2ⁿ⁻¹
            (full jitter).
        backoff_max: seconds; the upper end of that range never exceeds this.
    """

    max_attempts: int = 6
    max_retry_after: float = 120.0
    backoff_base: float = 0.5
    backoff_max: float = 30.0

    def __post_init__(self) -> None:
        check(
            ConfigurationError,
            "RetryPolicy: ",
            max_attempts=count_fault(self.max_attempts),
            max_retry_after=seconds_fault(self.max_retry_after, may_be_zero=True),
            backoff_base=seconds_fault(self.backoff_base, may_be_zero=True),
            backoff_max=seconds_fault(self.backoff_max, may_be_zero=True),
        )

    def backoff(
        self, attempts: int, uniform: Callable[[float, float], float] = random.uniform
    ) -> float:
        """Seconds to wait after ``attempts`` failed attempts."""
        backoff = Backoff(self.backoff_base, 2.0, self.backoff_max, jitter=1.0)
        return backoff.pause(attempts, uniform)


NO_RETRIES = RetryPolicy(max_attempts=1, max_retry_after=0.0)
"""What ``retry=None`` means."""


def checked_retry(retry: RetryPolicy | None) -> RetryPolicy:
    """The policy; None stands for no retries.

    Raises:
        ConfigurationError: it is neither, such as the number that other SDKs take.
    """
    if retry is None:
        return NO_RETRIES
    if not isinstance(retry, RetryPolicy):
        raise ConfigurationError(
            f"retry must be a RetryPolicy or None, not {type(retry).__name__}: "
            "for so many requests at most give RetryPolicy(max_attempts=...)"
        )
    return retry


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt of a call, as the ``on_attempt`` hook sees it: also of one that succeeded.

    >>> attempts: list[Attempt] = []
    >>> page = await client.with_options(on_attempt=attempts.append).projects.list()
    >>> print(attempts[-1].status_code, attempts[-1].request_id, attempts[-1].timing)
    """

    operation: str
    number: int
    """1 for the first request of the call."""
    seconds: float
    """From sending the request to its response or failure."""
    outcome: str
    """The HTTP status, such as ``200``, or the kind of failure, such as ``ReadTimeout``."""
    retry_in: float | None
    """Seconds until the next attempt, without waiting for a permit; None if there is none."""
    reason: str
    """Why the call goes on or ends here."""
    status_code: int | None
    """The HTTP status; None without a response."""
    request_id: str | None
    """The server's id of the request, if it gave one."""
    timing: Timing
    """Where the seconds of the whole call went until now: waiting for a permit, a token, between attempts, and in requests."""
