"""Whether a text is a Quartz cron expression, and if not, which field is wrong. No I/O.

The rules are those of ``org.quartz.CronExpression`` (Quartz 2): seconds, minutes, hours, day of month, month, day of
week and, if wanted, year; ``?`` in one of the two day fields; names in any case. Stricter in one thing: what Quartz
skips without a word, such as text behind a name or an eighth field, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_MOST_DAYS_BEFORE_THE_LAST = 30
_UNIX = (
    "; Unix cron has 5 fields, Quartz begins with the seconds, has ? in one of the two day fields and counts "
    "Sunday as 1: '0 0 2 ? * MON-FRI' is 2:00 on working days"
)


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    lowest: int
    highest: int
    names: tuple[str, ...] = ()

    def number(self, text: str) -> int | None:
        """The number that a value stands for, or None."""
        if text in self.names:
            return self.names.index(text) + 1
        return int(text) if re.fullmatch("[0-9]{1,4}", text) else None


_SECONDS = _Field("seconds", 0, 59)
_MINUTES = _Field("minutes", 0, 59)
_HOURS = _Field("hours", 0, 23)
_DAY_OF_MONTH = _Field("day of month", 1, 31)
_MONTH = _Field("month", 1, 12, _MONTHS)
_DAY_OF_WEEK = _Field("day of week", 1, 7, _DAYS)
_YEAR = _Field("year", 1970, 2099)
_FIELDS = (_SECONDS, _MINUTES, _HOURS, _DAY_OF_MONTH, _MONTH, _DAY_OF_WEEK, _YEAR)


def quartz_problem(expression: str) -> str | None:
    """What is wrong with a cron expression, in one sentence without its subject; None if nothing is."""
    texts = [text for text in re.split("[ \t]", expression.upper()) if text]
    if len(texts) not in (6, 7):
        hint = _UNIX if len(texts) == 5 else ""
        return f"has {len(texts)} fields in place of 6, or 7 with a year{hint}"
    for field, text in zip(_FIELDS, texts, strict=False):
        problem = _field_problem(field, text)
        if problem is not None:
            return f"has {text!r} for the {field.name}: {problem}"
    if (texts[3] == "?") == (texts[5] == "?"):
        return (
            f"has {texts[3]!r} for the day of month and {texts[5]!r} for the day of week: exactly one of them "
            "must be '?'"
        )
    return None


def _field_problem(field: _Field, text: str) -> str | None:
    if text == "?":
        in_day_field = field in (_DAY_OF_MONTH, _DAY_OF_WEEK)
        return None if in_day_field else "'?' is for the two day fields only"
    items = [item for item in text.split(",") if item]
    if not items:
        return "there is no value"
    if len(items) > 1 and field in (_DAY_OF_MONTH, _DAY_OF_WEEK):
        if any(_is_last(item) for item in items):
            return "'L' cannot stand in a list"
        if text.count("#") > 1:
            return "'#' can stand in a list only once"
    for item in items:
        problem = _item_problem(field, item)
        if problem is not None:
            return problem if len(items) == 1 else f"{item!r}: {problem}"
    return None


def _is_last(item: str) -> bool:
    return item.startswith("L") or item.endswith("L")


def _item_problem(field: _Field, item: str) -> str | None:
    special = _SPECIAL.get(field)
    if special is not None and re.search("[LW#]", _without_names(field, item)):
        return special(item)
    base, slash, step = item.partition("/")
    return _range_problem(field, base, bool(slash)) or (
        _step_problem(field, step) if slash else None
    )


def _without_names(field: _Field, item: str) -> str:
    """An item without the names in it, some of which have an L or a W."""
    return re.sub("|".join(field.names), "", item) if field.names else item


def _range_problem(field: _Field, base: str, has_step: bool) -> str | None:
    if base == "*" or (not base and has_step):
        return None
    first, dash, last = base.partition("-")
    for value in (first, last) if dash else (first,):
        problem = _value_problem(field, value)
        if problem is not None:
            return problem
    if field is _YEAR and dash and int(first) > int(last):
        return "the first year must not be after the last one"
    return None


def _value_problem(field: _Field, value: str) -> str | None:
    number = field.number(value)
    if number is not None and field.lowest <= number <= field.highest:
        return None
    names = f" or {field.names[0]} to {field.names[-1]}" if field.names else ""
    hint = ", and Sunday is 1" if field is _DAY_OF_WEEK and number == 0 else ""
    return f"{value!r} is not from {field.lowest} to {field.highest}{names}{hint}"


def _step_problem(field: _Field, step: str) -> str | None:
    highest = field.highest
    if re.fullmatch("[0-9]{1,4}", step) and int(step) <= highest:
        return None
    return f"the step {step!r} is not a number up to {highest}"


def _day_of_month_problem(item: str) -> str | None:
    """``L``, ``LW``, ``L-3``, ``L-3W`` and ``15W``."""
    last = re.fullmatch("L(-([0-9]{1,2}))?W?", item)
    if last is not None:
        if last[2] is not None and int(last[2]) > _MOST_DAYS_BEFORE_THE_LAST:
            return f"there are at most {_MOST_DAYS_BEFORE_THE_LAST} days before the last one"
        return None
    weekday = re.fullmatch("([0-9]+)W", item)
    if weekday is not None:
        return _value_problem(_DAY_OF_MONTH, weekday[1])
    return "write L, LW, L-3, L-3W or a day with W, such as 15W"


def _day_of_week_problem(item: str) -> str | None:
    """``L``, ``6L``, ``FRIL``, ``6#3`` and ``FRI#3``."""
    if item == "L":
        return None
    found = re.fullmatch("([0-9]+|[A-Z]{3})(L|#[1-5])", item)
    if found is not None:
        return _value_problem(_DAY_OF_WEEK, found[1])
    return "write L, a day with L, such as FRIL, or a day with # and 1 to 5, such as FRI#3"


_SPECIAL: dict[_Field, Callable[[str], str | None]] = {
    _DAY_OF_MONTH: _day_of_month_problem,
    _DAY_OF_WEEK: _day_of_week_problem,
}
