# Generated from openapi/ by scripts/generate. Do not edit.
"""List published pipelines."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.published_pipeline_page import PublishedPipelinePage
from ...types import (
    UNSET,
    Operation,
    Paging,
    Response,
    Unset,
    check_query,
    check_range,
    path_segment,
)


def _get_kwargs(
    project_id: str,
    *,
    environment_name: str,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> dict[str, Any]:
    check_range("page", page, minimum=0, maximum=2147483647)
    check_range("size", size, minimum=1, maximum=100)

    params: dict[str, Any] = {}

    params["environmentName"] = environment_name

    params["page"] = page

    params["size"] = size

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    check_query(params)

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/projects/{project_id}/published-pipelines".format(
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
    alone=frozenset([]),
    missing_is_empty=False,
)


def _parse(data: Any) -> PublishedPipelinePage:
    return PublishedPipelinePage.from_dict(reading.page_of(_PAGING, data))


OPERATION: Operation[PublishedPipelinePage] = Operation(
    id="pipelines.list",
    method="GET",
    path="/v1/projects/{projectId}/published-pipelines",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
    projects=("project_id",),
    paging=_PAGING,
)


async def asyncio_detailed(
    project_id: str,
    *,
    client: Client,
    environment_name: str,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> Response[PublishedPipelinePage]:
    """List published pipelines.

    Lists the pipelines that are published to an environment of a project, one page at a time.
    A pipeline has no id: its name, the path of its file in the project, is what a start asks
    for. Pipelines that only ran in the designer are not listed; their executions are. The
    order is not documented.

    Args:
        project_id (str): Id of the project (a UUID).
        environment_name (str): Name of the environment. It may contain spaces and slashes.
        page (int | Unset): Number of the page to return. The first page is 0.
        size (int | Unset): Number of items per page, from 1 to 100.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: guides, older guides, DataHub, Paradime CLI, ChatBotKit.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        environment_name=environment_name,
        page=page,
        size=size,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    *,
    client: Client,
    environment_name: str,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> PublishedPipelinePage:
    """List published pipelines.

    Lists the pipelines that are published to an environment of a project, one page at a time.
    A pipeline has no id: its name, the path of its file in the project, is what a start asks
    for. Pipelines that only ran in the designer are not listed; their executions are. The
    order is not documented.

    Args:
        project_id (str): Id of the project (a UUID).
        environment_name (str): Name of the environment. It may contain spaces and slashes.
        page (int | Unset): Number of the page to return. The first page is 0.
        size (int | Unset): Number of items per page, from 1 to 100.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: guides, older guides, DataHub, Paradime CLI, ChatBotKit.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        environment_name=environment_name,
        page=page,
        size=size,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
