# Generated from openapi/ by scripts/generate. Do not edit.
"""Get a task of an AI agent."""

from typing import Any

from ... import reading
from ...client import Client, respond
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
    return await respond(client, OPERATION, kwargs)


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

    kwargs = _get_kwargs(
        task_id=task_id,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
