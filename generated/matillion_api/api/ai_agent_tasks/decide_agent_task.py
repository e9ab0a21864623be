# Generated from openapi/ by scripts/generate. Do not edit.
"""Answer what an AI agent asks."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.decide_agent_task_request import DecideAgentTaskRequest
from ...models.pending_agent_task_decisions import PendingAgentTaskDecisions
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    task_id: str,
    *,
    body: DecideAgentTaskRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/ai/agents/tasks/{task_id}/decisions".format(
            task_id=path_segment("task_id", task_id),
        ),
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
    return _kwargs


_FIELDS = frozenset(
    [
        "pendingDecisions",
    ]
)


def _parse(data: Any) -> PendingAgentTaskDecisions | None:
    if data is None or data == {}:
        return None
    return PendingAgentTaskDecisions.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[PendingAgentTaskDecisions | None] = Operation(
    id="ai_agent_tasks.decide",
    method="POST",
    path="/v1/ai/agents/tasks/{taskId}/decisions",
    idempotent=False,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=True,
)


async def asyncio_detailed(
    task_id: str,
    *,
    client: Client,
    body: DecideAgentTaskRequest,
) -> Response[PendingAgentTaskDecisions | None]:
    """Answer what an AI agent asks.

    Answers decisions that a task waits for, and returns those that are left. A request whose
    response was lost must not be repeated blindly: get the task first.

    Args:
        task_id (str): Id of the task (a UUID).
        body (DecideAgentTaskRequest): Answers to what a task waits for.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        task_id=task_id,
        body=body,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    task_id: str,
    *,
    client: Client,
    body: DecideAgentTaskRequest,
) -> PendingAgentTaskDecisions | None:
    """Answer what an AI agent asks.

    Answers decisions that a task waits for, and returns those that are left. A request whose
    response was lost must not be repeated blindly: get the task first.

    Args:
        task_id (str): Id of the task (a UUID).
        body (DecideAgentTaskRequest): Answers to what a task waits for.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        task_id=task_id,
        body=body,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
