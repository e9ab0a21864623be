# Generated from openapi/ by scripts/generate. Do not edit.
"""Start a task of an AI agent."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.start_agent_task_request import StartAgentTaskRequest
from ...models.started_agent_task import StartedAgentTask
from ...types import Operation, Response, check_body


def _get_kwargs(
    *,
    body: StartAgentTaskRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/ai/agents/tasks",
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
    return _kwargs


_FIELDS = frozenset(
    [
        "taskId",
        "status",
        "agentName",
        "createdAt",
    ]
)


def _parse(data: Any) -> StartedAgentTask:
    return StartedAgentTask.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[StartedAgentTask] = Operation(
    id="ai_agent_tasks.start",
    method="POST",
    path="/v1/ai/agents/tasks",
    idempotent=False,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
)


async def asyncio_detailed(
    *,
    client: Client,
    body: StartAgentTaskRequest,
) -> Response[StartedAgentTask]:
    """Start a task of an AI agent.

    Gives an AI agent something to do in a project, and returns the id of the task at once.
    The agent works for minutes to hours, under the identity of the credentials' user. A start
    whose response was lost must not be repeated blindly, because the agent may be at work:
    list the tasks first.

    Args:
        body (StartAgentTaskRequest): What an agent is to do, and where.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        body=body,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    *,
    client: Client,
    body: StartAgentTaskRequest,
) -> StartedAgentTask:
    """Start a task of an AI agent.

    Gives an AI agent something to do in a project, and returns the id of the task at once.
    The agent works for minutes to hours, under the identity of the credentials' user. A start
    whose response was lost must not be repeated blindly, because the agent may be at work:
    list the tasks first.

    Args:
        body (StartAgentTaskRequest): What an agent is to do, and where.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        body=body,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
