# Generated from openapi/ by scripts/generate. Do not edit.
"""List lineage events."""

import datetime
from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.lineage_event_page import LineageEventPage
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
    generated_from: datetime.datetime,
    generated_before: datetime.datetime,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> dict[str, Any]:
    check_range("page", page, minimum=0, maximum=2147483647)
    check_range("size", size, minimum=1, maximum=100)
    check_moment("generated_from", generated_from)
    check_moment("generated_before", generated_before)

    params: dict[str, Any] = {}

    json_generated_from = generated_from.isoformat()
    params["generatedFrom"] = json_generated_from

    json_generated_before = generated_before.isoformat()
    params["generatedBefore"] = json_generated_before

    params["page"] = page

    params["size"] = size

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    check_query(params)

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/lineage/events",
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
    item_fields=frozenset(["id", "event"]),
    alone=frozenset([]),
    missing_is_empty=True,
)


def _parse(data: Any) -> LineageEventPage:
    return LineageEventPage.from_dict(reading.page_of(_PAGING, data))


OPERATION: Operation[LineageEventPage] = Operation(
    id="lineage.list",
    method="GET",
    path="/v1/lineage/events",
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
    generated_from: datetime.datetime,
    generated_before: datetime.datetime,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> Response[LineageEventPage]:
    """List lineage events.

    Lists the OpenLineage events that were generated in a range of time, oldest first, one
    page at a time. A request may ask for at most 31 days, and the further a page is from the
    first, the longer it takes.

    Args:
        generated_from (datetime.datetime): The beginning of the range, with a time zone. An
            event at this moment is in it.
        generated_before (datetime.datetime): The end of the range, with a time zone, after
            its beginning and at most 31 days later. An event at this moment is not in it.
        page (int | Unset): Number of the page to return. The first page is 0.
        size (int | Unset): Number of items per page, from 1 to 100.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, DataHub, ChatBotKit.
    """

    kwargs = _get_kwargs(
        generated_from=generated_from,
        generated_before=generated_before,
        page=page,
        size=size,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    *,
    client: Client,
    generated_from: datetime.datetime,
    generated_before: datetime.datetime,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> LineageEventPage:
    """List lineage events.

    Lists the OpenLineage events that were generated in a range of time, oldest first, one
    page at a time. A request may ask for at most 31 days, and the further a page is from the
    first, the longer it takes.

    Args:
        generated_from (datetime.datetime): The beginning of the range, with a time zone. An
            event at this moment is in it.
        generated_before (datetime.datetime): The end of the range, with a time zone, after
            its beginning and at most 31 days later. An event at this moment is not in it.
        page (int | Unset): Number of the page to return. The first page is 0.
        size (int | Unset): Number of items per page, from 1 to 100.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, DataHub, ChatBotKit.
    """

    kwargs = _get_kwargs(
        generated_from=generated_from,
        generated_before=generated_before,
        page=page,
        size=size,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
