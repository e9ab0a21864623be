# Generated from openapi/ by scripts/generate. Do not edit.
"""Send a message to a task."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.agent_task_reference import AgentTaskReference
from ...models.send_agent_task_message_request import SendAgentTaskMessageRequest
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    task_id: str,
    *,
    body: SendAgentTaskMessageRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/ai/agents/tasks/{task_id}/messages".format(
            task_id=path_segment("task_id", task_id),
        ),
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
    return _kwargs


_FIELDS = frozenset(
    [
        "taskId",
    ]
)


def _parse(data: Any) -> AgentTaskReference | None:
    if data is None or data == {}:
        return None
    return AgentTaskReference.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[AgentTaskReference | None] = Operation(
    id="ai_agent_tasks.send_message",
    method="POST",
    path="/v1/ai/agents/tasks/{taskId}/messages",
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
    body: SendAgentTaskMessageRequest,
) -> Response[AgentTaskReference | None]:
    """Send a message to a task.

    Says something to the agent of a task, which then works on. A request whose response was
    lost must not be repeated blindly: read the messages first.

    Args:
        task_id (str): Id of the task (a UUID).
        body (SendAgentTaskMessageRequest): Something to say to the agent of a task.

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
    body: SendAgentTaskMessageRequest,
) -> AgentTaskReference | None:
    """Send a message to a task.

    Says something to the agent of a task, which then works on. A request whose response was
    lost must not be repeated blindly: read the messages first.

    Args:
        task_id (str): Id of the task (a UUID).
        body (SendAgentTaskMessageRequest): Something to say to the agent of a task.

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
