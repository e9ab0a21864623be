"""How long a server asks to be left alone: the ``Retry-After`` header (RFC 9110, section 10.2.3)."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from matillion_async._moments import http_date
from matillion_async._transport.values import Response

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
    until = http_date(text)
    if until is None:
        return None
    now = http_date(date or "") or datetime.now(UTC)
    return max(0.0, (until - now).total_seconds())


def retry_after(response: Response) -> float | None:
    """The seconds that the ``Retry-After`` header of a response asks for, or None."""
    return parse_retry_after(response.header("Retry-After"), date=response.header("Date"))
