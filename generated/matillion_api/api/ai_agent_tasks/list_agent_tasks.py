# Generated from openapi/ by scripts/generate. Do not edit.
"""List tasks of AI agents."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.agent_task_page import AgentTaskPage
from ...models.agent_task_status import AgentTaskStatus
from ...types import UNSET, Operation, Paging, Response, Unset, check_query, check_range


def _get_kwargs(
    *,
    project_id: str | Unset = UNSET,
    branch_id: str | Unset = UNSET,
    status: AgentTaskStatus | Unset = UNSET,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> dict[str, Any]:
    check_range("page", page, minimum=0, maximum=2147483647)
    check_range("size", size, minimum=1, maximum=100)

    params: dict[str, Any] = {}

    params["projectId"] = project_id

    params["branchId"] = branch_id

    json_status: str | Unset = UNSET
    if not isinstance(status, Unset):
        json_status = status.value

    params["status"] = json_status

    params["page"] = page

    params["size"] = size

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    check_query(params)

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/ai/agents/tasks",
        "params": params,
    }

    return _kwargs


_PAGING = Paging(
    style="page",
    items="tasks",
    size="size",
    max_size=100,
    cursor="page",
    total="total",
    items_key="tasks",
    cursor_key="page",
    total_key="total",
    fields=frozenset(["tasks", "page", "size", "total"]),
    item_fields=frozenset([]),
    alone=frozenset([]),
    missing_is_empty=False,
)


def _parse(data: Any) -> AgentTaskPage:
    return AgentTaskPage.from_dict(reading.page_of(_PAGING, data))


OPERATION: Operation[AgentTaskPage] = Operation(
    id="ai_agent_tasks.list",
    method="GET",
    path="/v1/ai/agents/tasks",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
    projects=("project_id",),
    paging=_PAGING,
)


async def asyncio_detailed(
    *,
    client: Client,
    project_id: str | Unset = UNSET,
    branch_id: str | Unset = UNSET,
    status: AgentTaskStatus | Unset = UNSET,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> Response[AgentTaskPage]:
    """List tasks of AI agents.

    Lists tasks of AI agents that the credentials may see, one page at a time. Every filter is
    optional; together they narrow the list. The order is not documented.

    Args:
        project_id (str | Unset): Only tasks in the project with this id (a UUID).
        branch_id (str | Unset): Only tasks on the branch with this id.
        status (AgentTaskStatus | Unset): Whether the agent of a task is at work. `STOPPED`
            means that it is not: it has done what it was told, waits for a decision, or was
            stopped. Other values may be added.
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
        branch_id=branch_id,
        status=status,
        page=page,
        size=size,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    *,
    client: Client,
    project_id: str | Unset = UNSET,
    branch_id: str | Unset = UNSET,
    status: AgentTaskStatus | Unset = UNSET,
    page: int | Unset = UNSET,
    size: int | Unset = UNSET,
) -> AgentTaskPage:
    """List tasks of AI agents.

    Lists tasks of AI agents that the credentials may see, one page at a time. Every filter is
    optional; together they narrow the list. The order is not documented.

    Args:
        project_id (str | Unset): Only tasks in the project with this id (a UUID).
        branch_id (str | Unset): Only tasks on the branch with this id.
        status (AgentTaskStatus | Unset): Whether the agent of a task is at work. `STOPPED`
            means that it is not: it has done what it was told, waits for a decision, or was
            stopped. Other values may be added.
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
        branch_id=branch_id,
        status=status,
        page=page,
        size=size,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
