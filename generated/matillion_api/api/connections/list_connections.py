# Generated from openapi/ by scripts/generate. Do not edit.
"""List connections."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.connection_page import ConnectionPage
from ...types import (
    UNSET,
    Operation,
    Paging,
    Response,
    Unset,
    check_query,
    check_range,
    comma_separated,
    path_segment,
)


def _get_kwargs(
    project_id: str,
    *,
    auth_provider: list[str] | Unset = UNSET,
    platform_connection_type: str | Unset = UNSET,
    connection_names: list[str] | Unset = UNSET,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> dict[str, Any]:
    check_range("page", page, minimum=0, maximum=2147483647)
    check_range("size", size, minimum=1, maximum=100)

    params: dict[str, Any] = {}

    json_auth_provider: list[str] | Unset = UNSET
    if not isinstance(auth_provider, Unset):
        json_auth_provider = auth_provider

    params["authProvider"] = json_auth_provider

    params["platformConnectionType"] = platform_connection_type

    json_connection_names: list[str] | Unset = UNSET
    if not isinstance(connection_names, Unset):
        json_connection_names = connection_names

    params["connectionNames"] = json_connection_names

    params["page"] = page

    params["size"] = size

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    if "authProvider" in params:
        params["authProvider"] = comma_separated("auth_provider", params["authProvider"])
    if "connectionNames" in params:
        params["connectionNames"] = comma_separated("connection_names", params["connectionNames"])
    check_query(params)

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/projects/{project_id}/connections".format(
            project_id=path_segment("project", project_id),
        ),
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
    item_fields=frozenset([]),
    alone=frozenset(["name"]),
    missing_is_empty=False,
)


def _parse(data: Any) -> ConnectionPage:
    return ConnectionPage.from_dict(reading.page_of(_PAGING, data))


OPERATION: Operation[ConnectionPage] = Operation(
    id="connections.list",
    method="GET",
    path="/v1/projects/{projectId}/connections",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
    projects=("project_id",),
    secret=True,
    paging=_PAGING,
)


async def asyncio_detailed(
    project_id: str,
    *,
    client: Client,
    auth_provider: list[str] | Unset = UNSET,
    platform_connection_type: str | Unset = UNSET,
    connection_names: list[str] | Unset = UNSET,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> Response[ConnectionPage]:
    """List connections.

    Lists the connections of a project, one page at a time, if wanted only those of some
    providers, types or names. The order is not documented.

    Args:
        project_id (str): Id of the project (a UUID).
        auth_provider (list[str] | Unset): Only connections of these providers, such as
            `SNOWFLAKE`.
        platform_connection_type (str | Unset): Only connections of this type, such as `DWH`.
        connection_names (list[str] | Unset): Only connections of these names, which cannot
            contain commas.
        page (int | Unset): Number of the page to return. The first page is 0.
        size (int | Unset): Number of items per page, from 1 to 100.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        auth_provider=auth_provider,
        platform_connection_type=platform_connection_type,
        connection_names=connection_names,
        page=page,
        size=size,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    *,
    client: Client,
    auth_provider: list[str] | Unset = UNSET,
    platform_connection_type: str | Unset = UNSET,
    connection_names: list[str] | Unset = UNSET,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> ConnectionPage:
    """List connections.

    Lists the connections of a project, one page at a time, if wanted only those of some
    providers, types or names. The order is not documented.

    Args:
        project_id (str): Id of the project (a UUID).
        auth_provider (list[str] | Unset): Only connections of these providers, such as
            `SNOWFLAKE`.
        platform_connection_type (str | Unset): Only connections of this type, such as `DWH`.
        connection_names (list[str] | Unset): Only connections of these names, which cannot
            contain commas.
        page (int | Unset): Number of the page to return. The first page is 0.
        size (int | Unset): Number of items per page, from 1 to 100.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        auth_provider=auth_provider,
        platform_connection_type=platform_connection_type,
        connection_names=connection_names,
        page=page,
        size=size,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
