# Generated from openapi/ by scripts/generate. Do not edit.
"""List users of the directory."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.directory_user_list import DirectoryUserList
from ...types import UNSET, Operation, Paging, Response, Unset, check_query, check_range


def _get_kwargs(
    *,
    start_index: int | Unset = UNSET,
    count: int | Unset = UNSET,
) -> dict[str, Any]:
    check_range("start_index", start_index, minimum=1, maximum=2147483647)
    check_range("count", count, minimum=1, maximum=2147483647)

    params: dict[str, Any] = {}

    params["startIndex"] = start_index

    params["count"] = count

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    check_query(params)

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/directory-integration/scim/v2/Users",
        "params": params,
    }

    return _kwargs


_PAGING = Paging(
    style="index",
    items="resources",
    size="count",
    max_size=100,
    cursor="start_index",
    total="total_results",
    items_key="Resources",
    cursor_key="startIndex",
    total_key="totalResults",
    fields=frozenset(["totalResults", "startIndex", "itemsPerPage", "Resources", "schemas"]),
    item_fields=frozenset([]),
    alone=frozenset([]),
    missing_is_empty=False,
)


def _parse(data: Any) -> DirectoryUserList:
    return DirectoryUserList.from_dict(reading.page_of(_PAGING, data))


OPERATION: Operation[DirectoryUserList] = Operation(
    id="directory_integration.list_users",
    method="GET",
    path="/v1/directory-integration/scim/v2/Users",
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
    start_index: int | Unset = UNSET,
    count: int | Unset = UNSET,
) -> Response[DirectoryUserList]:
    """List users of the directory.

    Lists the users, one page at a time, as SCIM 2.0 does: a page is asked for by the index of
    its first user, from 1. The order is not documented.

    Args:
        start_index (int | Unset): Index of the first one to return. The first of all is 1.
        count (int | Unset): Number to return at most.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        start_index=start_index,
        count=count,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    *,
    client: Client,
    start_index: int | Unset = UNSET,
    count: int | Unset = UNSET,
) -> DirectoryUserList:
    """List users of the directory.

    Lists the users, one page at a time, as SCIM 2.0 does: a page is asked for by the index of
    its first user, from 1. The order is not documented.

    Args:
        start_index (int | Unset): Index of the first one to return. The first of all is 1.
        count (int | Unset): Number to return at most.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        start_index=start_index,
        count=count,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
