"""Says on stderr what a command waits for, once it has waited for some seconds."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from matillion_async._calls.retry import Attempt
from matillion_async._client import MatillionClient
from matillion_async._transport.addresses import origin
from matillion_async.cli._streams import say

DELAY = 3.0
"""Seconds without news after which a line is written; each further reason gets a line of its own."""
LONGEST_INTERVAL = 60.0
"""Seconds between two lines at the longest; until then each interval is twice as long as the one before."""
_TICK = 0.5
"""Seconds between two looks at what is waited for: nobody tells when that begins."""


def awaited(client: MatillionClient) -> str | None:
    """What a client waits for although nothing has failed; None while it is nothing. Call it on its event loop."""
    if client._own_session.connection.tokens.is_fetching:
        return "no response yet from the token endpoint"
    stats = client.limiter.stats()
    if stats.in_flight:
        return f"no response yet from {origin(client.base_url).host}"
    if stats.waiting:
        calls = "1 call waits" if stats.waiting == 1 else f"{stats.waiting} calls wait"
        return f"{calls} for the rate limit, about {math.ceil(stats.seconds_to_drain)} s"
    return None


class Waiting(logging.Handler):
    """Says what a command waits for whenever nothing has come for some seconds, and again at growing intervals.

    Args:
        silence: says what is waited for while nothing has failed; None while it is nothing.
        is_verbose: whether warnings are shown anyway.
    """

    def __init__(self, silence: Callable[[], str | None], *, is_verbose: bool = False) -> None:
        super().__init__(logging.WARNING)
        self._silence = silence
        self._is_verbose = is_verbose
        self._reason: str | None = None  # of the latest failure
        self._again_at: float | None = None  # when it is tried again, if the reason does not say it
        self._told: str | None = None  # the reason told last; None before the first line
        self._interval = DELAY
        self._since = 0.0  # when it began, or was told last; on the event loop's clock
        self._timer: asyncio.TimerHandle | None = None
        self._said: set[str] = set()

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Speak up for work that begins now on the running event loop, until it ends."""
        logger = logging.getLogger("matillion_async")
        if not self._is_verbose:  # with a handler of ours Python would not show them
            logger.addHandler(self)
        self._renew()
        self._look_later()
        try:
            yield
        finally:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = None
            logger.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Take a warning, such as that of a token which cannot be had, for the reason; one of a share is told at once.

        Nothing waits for a share that is gone, and only who knows of it can do something about it.
        """
        if Path(record.pathname).parent.name != "_share":
            self._note(record.getMessage(), None)
        elif record.msg not in self._said:
            self._said.add(record.msg)
            say(f"matillion: {record.getMessage()}")

    def on_attempt(self, attempt: Attempt) -> None:
        """Take what became of an attempt."""
        if attempt.retry_in is None:
            self._renew()
        elif attempt.retry_in > 0:
            now = asyncio.get_running_loop().time()
            self._note(attempt.reason, now + attempt.retry_in)

    def _note(self, reason: str, again_at: float | None) -> None:
        self._reason, self._again_at = reason, again_at
        if self._told not in (None, reason):
            self._tell()  # it has waited long enough to hear of each new reason

    def _renew(self) -> None:
        self._since, self._interval = asyncio.get_running_loop().time(), DELAY
        self._reason = self._again_at = self._told = None

    def _look_later(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(_TICK, self._look)

    def _look(self) -> None:
        self._look_later()
        now = asyncio.get_running_loop().time()
        if self._awaited() is None:
            self._since = now
        elif now - self._since > self._interval - _TICK / 2:
            self._tell()

    def _tell(self) -> None:
        awaited = self._awaited()
        self._told = self._reason or awaited
        self._since = asyncio.get_running_loop().time()
        self._interval = min(self._interval * 2, LONGEST_INTERVAL)
        say(f"matillion: still waiting: {awaited}")

    def _awaited(self) -> str | None:
        return self._known_reason() or self._silence()

    def _known_reason(self) -> str | None:
        """What the latest failure said, as long as it is true: until the next try, or for one line."""
        if self._reason is None or self._again_at is None:
            return None if self._told == self._reason else self._reason
        left = self._again_at - asyncio.get_running_loop().time()
        return f"{self._reason}; again in {math.ceil(left)} s" if left > 0 else None
