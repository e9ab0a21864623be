"""Consumption, day by day."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import UTC, date, datetime, time

from matillion_api.api.consumption import Consumption as GeneratedConsumption
from matillion_api.models.consumption_day import ConsumptionDay
from matillion_api.models.consumption_report import ConsumptionReport

from matillion_async._errors import InvalidRequestError
from matillion_async._groups.by_hand import ByHand
from matillion_async._listings.windows import EventListing, EventSource, Pages, Report


class Consumption(ByHand, GeneratedConsumption):
    """Credits that the account has used."""

    def by_day(self, *, consumed_from: date, consumed_before: date) -> EventListing[ConsumptionDay]:
        """List what was used on each day of any range, in order.

        The range is asked for in windows of 30 days, fetched ahead of the walk.

        >>> async for day in client.consumption.by_day(consumed_from=first, consumed_before=last):
        ...     print(day.consumed_from, sum(item.credits_ for item in day.consumption))

        Args:
            consumed_from: the first day, in UTC.
            consumed_before: the day after the last one, in UTC.

        Raises:
            InvalidRequestError: one is not a date, or the last is not after the first.
        """
        start = _midnight("consumed_from", consumed_from)
        end = _midnight("consumed_before", consumed_before)
        if end <= start:
            raise InvalidRequestError(
                f"the end, {consumed_before.isoformat()}, is not after the start, "
                f"{consumed_from.isoformat()}"
            )

        def begin(report: Report | None) -> Pages[ConsumptionDay]:
            if report is not None:
                raise InvalidRequestError(
                    "consumption.by_day: a report is read as a whole: no day of it can be skipped"
                )
            consumption = GeneratedConsumption(self._naming_session.bounded())
            return lambda first, last: _only_page(consumption, first, last)

        source = EventSource(
            begin=begin,
            key=lambda day: day.consumed_from or None,
            moment=lambda day: day.consumed_from,
        )
        return EventListing(source, start, end)


async def _only_page(
    consumption: GeneratedConsumption, first: datetime, last: datetime
) -> AsyncGenerator[ConsumptionReport, None]:
    yield await consumption.get(consumed_from=first.date(), consumed_before=last.date())


def _midnight(name: str, day: date) -> datetime:
    if not isinstance(day, date) or isinstance(day, datetime):
        raise InvalidRequestError(
            f"{name} must be a date, which is a day in UTC, not {type(day).__name__}"
        )
    return datetime.combine(day, time(), UTC)
