"""From the sandbox's clock to dates.

The clock is the event loop's, which counts seconds from anywhere. On a real loop its times stand for the time of day, so
that "the last seven days" means what it says; on a :class:`VirtualTimeLoop` they count from a fixed date, so that
tests can state what they expect.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from matillion_async.sandbox._virtual_time import VirtualTimeLoop

VIRTUAL_START = datetime(2026, 1, 1, tzinfo=UTC)
"""The date at which virtual time begins."""
_REAL_START = datetime.fromtimestamp(time.time() - time.monotonic(), UTC)


def moment(now: float) -> datetime:
    """The date, in UTC, that a time on the sandbox's clock stands for."""
    is_virtual = isinstance(asyncio.get_running_loop(), VirtualTimeLoop)
    return (VIRTUAL_START if is_virtual else _REAL_START) + timedelta(seconds=now)


def iso(now: float) -> str:
    """Likewise, as the API writes it: ``2026-01-01T00:00:00.000Z``."""
    return text(moment(now))


def http_date(now: float) -> str:
    """Likewise, as HTTP writes it: ``Thu, 01 Jan 2026 00:00:00 GMT``."""
    return format_datetime(moment(now), usegmt=True)


def text(when: datetime) -> str:
    """A date in UTC as the API writes it."""
    return when.isoformat(timespec="milliseconds").replace("+00:00", "Z")
