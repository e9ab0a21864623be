# Generated from openapi/ by scripts/generate. Do not edit.
"""List projects."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.project_page import ProjectPage
from ...types import UNSET, Operation, Paging, Response, Unset, check_query, check_range


def _get_kwargs(
    *,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> dict[str, Any]:
    check_range("page", page, minimum=0, maximum=2147483647)
    check_range("size", size, minimum=1, maximum=100)

    params: dict[str, Any] = {}

    params["page"] = page

    params["size"] = size

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    check_query(params)

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/projects",
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
    alone=frozenset([]),
    missing_is_empty=False,
)


def _parse(data: Any) -> ProjectPage:
    return ProjectPage.from_dict(reading.page_of(_PAGING, data))


OPERATION: Operation[ProjectPage] = Operation(
    id="projects.list",
    method="GET",
    path="/v1/projects",
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
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> Response[ProjectPage]:
    """List projects.

    Lists the projects that the credential may see, one page at a time. A credential without a
    role in any project gets an empty page, not an error. There is no filter by name, no way
    to fetch a single project, and the order is not documented.

    Args:
        page (int | Unset): Number of the page to return. The first page is 0.
        size (int | Unset): Number of items per page, from 1 to 100.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: guides, DataHub, Paradime CLI, ChatBotKit, MCP proof of concept.
    """

    kwargs = _get_kwargs(
        page=page,
        size=size,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    *,
    client: Client,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> ProjectPage:
    """List projects.

    Lists the projects that the credential may see, one page at a time. A credential without a
    role in any project gets an empty page, not an error. There is no filter by name, no way
    to fetch a single project, and the order is not documented.

    Args:
        page (int | Unset): Number of the page to return. The first page is 0.
        size (int | Unset): Number of items per page, from 1 to 100.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: guides, DataHub, Paradime CLI, ChatBotKit, MCP proof of concept.
    """

    kwargs = _get_kwargs(
        page=page,
        size=size,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
