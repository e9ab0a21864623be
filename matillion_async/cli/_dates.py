"""Days and moments on the command line: types of options."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

import click

DAY_FORM = "YYYY-MM-DD, or 7d for seven days ago"
MOMENT_FORM = (
    "YYYY-MM-DD, which is midnight in UTC, a date-time with a zone, or 7d for seven days ago"
)
_DAYS_AGO = re.compile("([0-9]{1,5})d")


def day(text: str) -> date:
    """A day in UTC, as YYYY-MM-DD or so many days ago."""
    found = _day(text) or _days_ago(text)
    if found is None:
        raise click.BadParameter(f"{text!r} is not a day; write {DAY_FORM}")
    return found.date() if isinstance(found, datetime) else found


def moment(text: str) -> datetime:
    """A moment: a day, which stands for its beginning in UTC, a date-time with a time zone, in ISO 8601, or so many days ago."""
    found = _day(text)
    if found is not None:
        return datetime.combine(found, time(), UTC)
    try:
        when = _days_ago(text) or datetime.fromisoformat(text)
    except ValueError:
        problem = "is not a date"
    else:
        if when.tzinfo is not None:
            return when
        problem = "has no time zone"
    form = f"{MOMENT_FORM}; a date-time is such as {datetime.now(UTC):%Y-%m-%dT08:00:00Z}"
    raise click.BadParameter(f"{text!r} {problem}; write {form}")


def _days_ago(text: str) -> datetime | None:
    found = _DAYS_AGO.fullmatch(text)
    return datetime.now(UTC) - timedelta(days=int(found[1])) if found else None


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None  # other forms of a date are refused
