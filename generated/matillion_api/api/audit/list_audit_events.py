# Generated from openapi/ by scripts/generate. Do not edit.
"""List audit events."""

import datetime
from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.audit_event_page import AuditEventPage
from ...types import (
    UNSET,
    Operation,
    Paging,
    Response,
    Unset,
    check_moment,
    check_query,
    check_range,
)


def _get_kwargs(
    *,
    from_: datetime.datetime,
    to: datetime.datetime,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> dict[str, Any]:
    check_range("page", page, minimum=0, maximum=2147483647)
    check_range("size", size, minimum=1, maximum=100)
    check_moment("from_", from_)
    check_moment("to", to)

    params: dict[str, Any] = {}

    json_from_ = from_.isoformat()
    params["from"] = json_from_

    json_to = to.isoformat()
    params["to"] = json_to

    params["page"] = page

    params["size"] = size

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    check_query(params)

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/events",
        "params": params,
    }

    return _kwargs


_PAGING = Paging(
    style="page",
    items="results",
    size="size",
    max_size=100,
    cursor="page",
    total="total",
    items_key="results",
    cursor_key="page",
    total_key="total",
    fields=frozenset(["page", "results", "size", "total"]),
    item_fields=frozenset(
        [
            "eventId",
            "eventTimestamp",
            "eventType",
            "eventName",
            "eventDescription",
            "eventSource",
            "eventProjectId",
            "eventSubjectId",
            "eventSubjectName",
            "eventSubjectType",
            "actorId",
            "actorEmail",
            "additionalInfo",
        ]
    ),
    alone=frozenset([]),
    missing_is_empty=False,
)


def _parse(data: Any) -> AuditEventPage:
    return AuditEventPage.from_dict(reading.page_of(_PAGING, data))


OPERATION: Operation[AuditEventPage] = Operation(
    id="audit.list",
    method="GET",
    path="/v1/events",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
    paging=_PAGING,
)


async def asyncio_detailed(
    *,
    client: Client,
    from_: datetime.datetime,
    to: datetime.datetime,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> Response[AuditEventPage]:
    """List audit events.

    Lists what happened in the account in a range of time, one page at a time. The API keeps
    the last 90 days. The credential must be one of a Super Admin. Whether an event exactly at
    either end is in the range is not documented, nor is the order.

    Args:
        from_ (datetime.datetime): The beginning of the range, with a time zone.
        to (datetime.datetime): The end of the range, with a time zone.
        page (int | Unset): Number of the page to return. The first page is 0.
        size (int | Unset): Number of items per page, from 1 to 100.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, older guides, audit export script.
    """

    kwargs = _get_kwargs(
        from_=from_,
        to=to,
        page=page,
        size=size,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    *,
    client: Client,
    from_: datetime.datetime,
    to: datetime.datetime,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> AuditEventPage:
    """List audit events.

    Lists what happened in the account in a range of time, one page at a time. The API keeps
    the last 90 days. The credential must be one of a Super Admin. Whether an event exactly at
    either end is in the range is not documented, nor is the order.

    Args:
        from_ (datetime.datetime): The beginning of the range, with a time zone.
        to (datetime.datetime): The end of the range, with a time zone.
        page (int | Unset): Number of the page to return. The first page is 0.
        size (int | Unset): Number of items per page, from 1 to 100.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, older guides, audit export script.
    """

    kwargs = _get_kwargs(
        from_=from_,
        to=to,
        page=page,
        size=size,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
