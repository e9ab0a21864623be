"""Moments that callers give, and that responses have."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from matillion_api.errors import InvalidArgument
from matillion_api.types import check_moment

from matillion_async._errors import InvalidRequestError


def check_range(start_name: str, start: datetime, end_name: str, end: datetime) -> None:
    """Refuse, before anything is sent, what is not a range of time.

    Raises:
        InvalidRequestError: one is not a datetime or lacks a time zone, or the end is not after the start.
    """
    for name, value in ((start_name, start), (end_name, end)):
        try:
            check_moment(name, value)
        except InvalidArgument as error:
            raise InvalidRequestError(str(error)) from None
    if end <= start:
        raise InvalidRequestError(
            f"the end, {end.isoformat()}, is not after the start, {start.isoformat()}"
        )


def in_utc(when: datetime) -> datetime:
    """The same moment in UTC, where a day always has 24 hours."""
    try:
        return when.astimezone(UTC)
    except OverflowError:
        raise InvalidRequestError(f"{when.isoformat()} is beyond the calendar") from None


def aware(when: object) -> datetime | None:
    """A moment that an event may have; without a time zone it is taken for UTC."""
    if not isinstance(when, datetime):
        return None
    return when if when.utcoffset() is not None else when.replace(tzinfo=UTC)


def http_date(text: str) -> datetime | None:
    """The moment of an HTTP date (RFC 9110, section 5.6.7), which is in UTC if it names no zone; None if it is not one."""
    try:
        return aware(parsedate_to_datetime(text))
    except (IndexError, OverflowError, TypeError, ValueError):  # depending on what is wrong
        return None
