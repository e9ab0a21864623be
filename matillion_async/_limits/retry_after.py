"""How long a server asks to be left alone: the ``Retry-After`` header (RFC 9110, section 10.2.3)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_SECONDS = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


def parse_retry_after(value: str | None, *, date: str | None = None) -> float | None:
    """The seconds a ``Retry-After`` header asks for, however long; None if it says nothing that can be read.

    Args:
        value: the header: seconds, a fraction of seconds, or an HTTP date; None if there was none.
        date: the ``Date`` header of the same response. With it a date in ``value`` is read on the server's
            clock, so that a wrong clock on this machine does no harm.
    """
    if value is None:
        return None
    text = value.strip()
    if _SECONDS.fullmatch(text):
        return max(0.0, float(text))
    until = _parse_date(text)
    if until is None:
        return None
    now = _parse_date(date) or datetime.now(UTC)
    return max(0.0, (until - now).total_seconds())


def _parse_date(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        parsed = parsedate_to_datetime(text)
        # A date without a zone is in UTC: HTTP knows no other.
        return parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    except (
        ValueError,
        TypeError,
        IndexError,
        OverflowError,
    ):  # all of them, depending on the rubbish
        return None
