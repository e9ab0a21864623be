"""Things that happened at a moment: a history to begin with, and pages of a range of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from matillion_async.sandbox._operations import Call
from matillion_async.sandbox._problems import ProblemError, Response

HISTORY = timedelta(days=90)
"""How far the events that a sandbox has at the start reach back."""


class Event(Protocol):
    """Something that happened at a moment."""

    @property
    def when(self) -> datetime:
        """The moment, to the millisecond, as the API gives it."""
        ...


EventT = TypeVar("EventT", bound=Event)


def history(now: datetime, count: int) -> list[datetime]:
    """Moments before ``now``, oldest first, evenly over :data:`HISTORY`."""
    return [to_millisecond(now - HISTORY * (count - index) / count) for index in range(count)]


def to_millisecond(when: datetime) -> datetime:
    """A moment without what is finer than a millisecond."""
    return when.replace(microsecond=when.microsecond // 1000 * 1000)


def date_range(call: Call, start: str, end: str) -> tuple[datetime, datetime]:
    """The values of two parameters that are date-times.

    Raises:
        ProblemError: 400, the end is not after the start.
    """
    first, last = (datetime.fromisoformat(call.values[name].upper()) for name in (start, end))
    if first >= last:
        raise ProblemError(
            400, "The request parameters are not valid.", [f"{end}: must be after {start}"]
        )
    return first, last


def page_between(
    events: Sequence[EventT],
    start: datetime,
    end: datetime,
    call: Call,
    row: Callable[[EventT], dict[str, Any]],
    *,
    with_end: bool,
) -> Response:
    """A page of the events from ``start`` to ``end``, which are in order; one at ``end`` is among them or not."""
    lower = bisect_left(events, start, key=lambda event: event.when)
    cut = bisect_right if with_end else bisect_left
    upper = cut(events, end, key=lambda event: event.when)
    page, size = call.values["page"], call.values["size"]
    first = lower + page * size
    results = [row(event) for event in events[first : min(first + size, upper)]]
    return Response(200, {"page": page, "size": size, "total": upper - lower, "results": results})
