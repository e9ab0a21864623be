# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``audit``."""

import datetime

from ...models.audit_event import AuditEvent
from ...models.audit_event_page import AuditEventPage
from ...types import UNSET, Listing, Session, Unset
from . import (
    list_audit_events as _list_audit_events,
)


class Audit:
    """Audit events of the account."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(
        self,
        *,
        from_: datetime.datetime,
        to: datetime.datetime,
        page: int | Unset = UNSET,
        size: int | Unset = UNSET,
    ) -> Listing[AuditEvent, AuditEventPage]:
        """List audit events.

        Lists what happened in the account in a range of time, one page at a time. The API keeps
        the last 90 days. The credential must be one of a Super Admin. Whether an event exactly at
        either end is in the range is not documented, nor is the order.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            from_ (datetime.datetime): The beginning of the range, with a time zone.
            to (datetime.datetime): The end of the range, with a time zone.
            page (int | Unset): Number of the page to return. The first page is 0.
            size (int | Unset): Number of items per page, from 1 to 100.

        Source: API reference, older guides, audit export script. Idempotent.
        """

        return self._session.listing(
            _list_audit_events.OPERATION,
            AuditEvent,
            from_=from_,
            to=to,
            page=page,
            size=size,
        )
