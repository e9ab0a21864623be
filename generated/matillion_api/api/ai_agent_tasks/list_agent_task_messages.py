# Generated from openapi/ by scripts/generate. Do not edit.
"""List the messages of a task."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.agent_task_message_page import AgentTaskMessagePage
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
    task_id: str,
    *,
    limit: int | Unset = UNSET,
    pagination_token: str | Unset = UNSET,
) -> dict[str, Any]:
    check_range("limit", limit, minimum=1, maximum=1000)

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["paginationToken"] = pagination_token

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    check_query(params)

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/ai/agents/tasks/{task_id}/messages".format(
            task_id=path_segment("task_id", task_id),
        ),
        "params": params,
    }

    return _kwargs


_PAGING = Paging(
    style="token",
    items="results",
    size="limit",
    max_size=1000,
    cursor="pagination_token",
    next="more",
    items_key="results",
    cursor_key="paginationToken",
    next_key="more",
    fields=frozenset(["more", "nextCursor", "results"]),
    item_fields=frozenset(["data", "groupId", "timestamp"]),
    alone=frozenset([]),
    missing_is_empty=False,
)


def _parse(data: Any) -> AgentTaskMessagePage:
    return AgentTaskMessagePage.from_dict(reading.page_of(_PAGING, data))


OPERATION: Operation[AgentTaskMessagePage] = Operation(
    id="ai_agent_tasks.messages",
    method="GET",
    path="/v1/ai/agents/tasks/{taskId}/messages",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
    paging=_PAGING,
)


async def asyncio_detailed(
    task_id: str,
    *,
    client: Client,
    limit: int | Unset = UNSET,
    pagination_token: str | Unset = UNSET,
) -> Response[AgentTaskMessagePage]:
    """List the messages of a task.

    Lists what was said in a task, one page at a time. Their order is not documented; oldest
    first is expected.

    Args:
        task_id (str): Id of the task (a UUID).
        limit (int | Unset): Number of messages per page, from 1 to 1000.
        pagination_token (str | Unset): The page to return, as the page before it says in
            `more`.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        task_id=task_id,
        limit=limit,
        pagination_token=pagination_token,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    task_id: str,
    *,
    client: Client,
    limit: int | Unset = UNSET,
    pagination_token: str | Unset = UNSET,
) -> AgentTaskMessagePage:
    """List the messages of a task.

    Lists what was said in a task, one page at a time. Their order is not documented; oldest
    first is expected.

    Args:
        task_id (str): Id of the task (a UUID).
        limit (int | Unset): Number of messages per page, from 1 to 1000.
        pagination_token (str | Unset): The page to return, as the page before it says in
            `more`.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        task_id=task_id,
        limit=limit,
        pagination_token=pagination_token,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
