# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``lineage``."""

import datetime

from ...models.lineage_event import LineageEvent
from ...models.lineage_event_page import LineageEventPage
from ...types import UNSET, Listing, Session, Unset
from . import (
    list_lineage_events as _list_lineage_events,
)


class Lineage:
    """OpenLineage events of the account."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(
        self,
        *,
        generated_from: datetime.datetime,
        generated_before: datetime.datetime,
        page: int | Unset = UNSET,
        size: int | Unset = UNSET,
    ) -> Listing[LineageEvent, LineageEventPage]:
        """List lineage events.

        Lists the OpenLineage events that were generated in a range of time, oldest first, one
        page at a time. A request may ask for at most 31 days, and the further a page is from the
        first, the longer it takes.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            generated_from (datetime.datetime): The beginning of the range, with a time zone.
                An event at this moment is in it.
            generated_before (datetime.datetime): The end of the range, with a time zone,
                after its beginning and at most 31 days later. An event at this moment is not in
                it.
            page (int | Unset): Number of the page to return. The first page is 0.
            size (int | Unset): Number of items per page, from 1 to 100.

        Source: API reference, DataHub, ChatBotKit. Idempotent.
        """

        return self._session.listing(
            _list_lineage_events.OPERATION,
            LineageEvent,
            generated_from=generated_from,
            generated_before=generated_before,
            page=page,
            size=size,
        )
