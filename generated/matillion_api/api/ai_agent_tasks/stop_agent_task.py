# Generated from openapi/ by scripts/generate. Do not edit.
"""Stop a task of an AI agent."""

from typing import Any

from ...client import Client, respond
from ...types import Operation, Response, path_segment


def _get_kwargs(
    task_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/ai/agents/tasks/{task_id}/stop".format(
            task_id=path_segment("task_id", task_id),
        ),
    }

    return _kwargs


def _parse(data: Any) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="ai_agent_tasks.stop",
    method="POST",
    path="/v1/ai/agents/tasks/{taskId}/stop",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="none",
    may_be_empty=False,
)


async def asyncio_detailed(
    task_id: str,
    *,
    client: Client,
) -> Response[None]:
    """Stop a task of an AI agent.

    Asks for the end of an agent's work. It is over only when the status of the task says so:
    until then it is `STOPPING`. Asking twice ends the same.

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
) -> None:
    """Stop a task of an AI agent.

    Asks for the end of an agent's work. It is over only when the status of the task says so:
    until then it is `STOPPING`. Asking twice ends the same.

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
    await respond(client, OPERATION, kwargs)
