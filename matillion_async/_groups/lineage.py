"""Lineage events of any range of time."""

from __future__ import annotations

from datetime import datetime

from matillion_api.api.lineage import Lineage as GeneratedLineage
from matillion_api.models.lineage_event import LineageEvent

from matillion_async._groups.by_hand import ByHand
from matillion_async._listings.windows import EventListing, EventSource, Pages, Report, pages_of
from matillion_async._moments import check_range, in_utc


class Lineage(ByHand, GeneratedLineage):
    """OpenLineage events of the account."""

    def events(
        self, *, generated_from: datetime, generated_before: datetime
    ) -> EventListing[LineageEvent]:
        """List the lineage events of any range of time, oldest first and each once.

        The API allows at most 31 days in one request and takes longer for later pages. So the range is asked for in
        windows of at most 30 days, smaller ones where there are more than 5,000 events. A window for which the API
        responds with 404 counts as empty.

        >>> async for event in client.lineage.events(generated_from=start, generated_before=end):
        ...     print(event.event.to_dict())

        Args:
            generated_from: the beginning of the range, with a time zone. An event at this moment is in it.
            generated_before: the end of the range, with a time zone. An event at this moment is not in it.

        Raises:
            InvalidRequestError: a time zone is missing, or the end is not after the start.
        """
        check_range("generated_from", generated_from, "generated_before", generated_before)

        def begin(report: Report | None) -> Pages[LineageEvent]:
            lineage = GeneratedLineage(self._naming_session.bounded())

            return lambda first, last: pages_of(
                lineage.list(generated_from=first, generated_before=last), report
            )

        source = EventSource(begin=begin, key=lambda event: event.id or None)
        return EventListing(source, in_utc(generated_from), in_utc(generated_before))
