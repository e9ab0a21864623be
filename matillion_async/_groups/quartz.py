"""Whether a string has as many fields as a Quartz cron expression. What is in them is the API's to judge."""

from __future__ import annotations

_UNIX = (
    "; Unix cron has 5 fields, Quartz begins with the seconds, has ? in one of the two day fields and counts "
    "Sunday as 1: '0 0 2 ? * MON-FRI' is 2:00 on working days"
)


def quartz_problem(expression: str) -> str | None:
    """What is wrong with a cron expression, in one sentence without its subject; None if nothing is."""
    count = len(expression.split())
    if count in (6, 7):
        return None
    return f"has {count} fields in place of 6, or 7 with a year{_UNIX if count == 5 else ''}"
