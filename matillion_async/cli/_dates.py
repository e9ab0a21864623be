"""Days and moments on the command line: types of options."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import click

DAY_FORM = "YYYY-MM-DD"
MOMENT_FORM = f"{DAY_FORM}, which is midnight in UTC, or a date-time with a zone"


def day(text: str) -> date:
    """A day, as YYYY-MM-DD."""
    found = _day(text)
    if found is None:
        raise click.BadParameter(f"{text!r} is not a day; write {DAY_FORM}, such as 2026-03-01")
    return found


def moment(text: str) -> datetime:
    """A moment: a day, which stands for its beginning in UTC, or a date-time with a time zone, in ISO 8601."""
    found = _day(text)
    if found is not None:
        return datetime.combine(found, time(), UTC)
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        problem = "is not a date"
    else:
        if when.tzinfo is not None:
            return when
        problem = "has no time zone"
    raise click.BadParameter(
        f"{text!r} {problem}; write {MOMENT_FORM}, such as 2026-03-01T08:00:00Z"
    )


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None  # other forms of a date are refused
