# Generated from openapi/ by scripts/generate. Do not edit.
"""Get a task of an AI agent."""

from typing import Any

from ... import errors, reading
from ...client import Client
from ...models.agent_task import AgentTask
from ...types import Operation, Response, path_segment


def _get_kwargs(
    task_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/ai/agents/tasks/{task_id}".format(
            task_id=path_segment("task_id", task_id),
        ),
    }

    return _kwargs


_FIELDS = frozenset(
    [
        "taskId",
        "status",
        "description",
        "createdAt",
        "modifiedAt",
        "agentConfig",
        "grantedPermissions",
        "pendingDecisions",
    ]
)


def _parse(data: Any) -> AgentTask:
    return AgentTask.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[AgentTask] = Operation(
    id="ai_agent_tasks.get",
    method="GET",
    path="/v1/ai/agents/tasks/{taskId}",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
)


async def asyncio_detailed(
    task_id: str,
    *,
    client: Client,
) -> Response[AgentTask]:
    """Get a task of an AI agent.

    Returns what is known of a task: whether the agent is at work, and the decisions that it
    waits for.

    Args:
        task_id (str): Id of the task (a UUID).

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        task_id=task_id,
    )
    response = await client.get_async_httpx_client().request(
        **kwargs, extensions={"operation": OPERATION}
    )
    if not response.is_success:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=OPERATION.decode(response),
    )


async def asyncio(
    task_id: str,
    *,
    client: Client,
) -> AgentTask:
    """Get a task of an AI agent.

    Returns what is known of a task: whether the agent is at work, and the decisions that it
    waits for.

    Args:
        task_id (str): Id of the task (a UUID).

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    detailed = await asyncio_detailed(
        task_id=task_id,
        client=client,
    )
    return detailed.parsed
