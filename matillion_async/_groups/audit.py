"""Audit events of any range of time."""

from __future__ import annotations

from datetime import datetime, timedelta

from matillion_api.api.audit import Audit as GeneratedAudit
from matillion_api.models.audit_event import AuditEvent

from matillion_async._groups.by_hand import ByHand
from matillion_async._listings.windows import EventListing, EventSource, Pages, Report, pages_of
from matillion_async._moments import aware, check_range, in_utc

# Whether an event exactly at either end is in the range is not documented. So each window begins a little
# earlier, where the one before it ended in any case, and what comes twice is dropped.
_OVERLAP = timedelta(milliseconds=1)


class Audit(ByHand, GeneratedAudit):
    """Audit events of the account."""

    def events(self, *, from_: datetime, to: datetime) -> EventListing[AuditEvent]:
        """List the audit events of any range of time, oldest first and each once.

        The range is asked for in windows of at most 30 days, smaller ones where there are more than 5,000 events.
        As the order of the API's own listing is not documented, each window is sorted.

        >>> async for event in client.audit.events(from_=start, to=end):
        ...     print(event.event_timestamp, event.event_type, event.actor_email)

        Args:
            from_: the beginning of the range, with a time zone. An event at this moment is in it. The API keeps the
                last 90 days.
            to: the end of the range, with a time zone. An event at this moment is not in it.

        Raises:
            InvalidRequestError: a time zone is missing, or the end is not after the start.
        """
        check_range("from_", from_, "to", to)
        start, end = in_utc(from_), in_utc(to)

        def belongs(event: AuditEvent) -> bool:
            when = aware(event.event_timestamp)
            return when is None or not (_earlier(start) <= when < start or when == end)

        def begin(report: Report | None) -> Pages[AuditEvent]:
            audit = GeneratedAudit(self._naming_session.bounded())
            return lambda first, last: pages_of(audit.list(from_=_earlier(first), to=last), report)

        source = EventSource(
            begin=begin,
            key=lambda event: event.event_id or None,
            moment=lambda event: event.event_timestamp,
            belongs=belongs,
        )
        return EventListing(source, start, end)


def _earlier(moment: datetime) -> datetime:
    try:
        return moment - _OVERLAP
    except OverflowError:  # the calendar begins there
        return moment
