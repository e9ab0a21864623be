# Generated from openapi/ by scripts/generate. Do not edit.
"""Set what an AI agent may do without asking."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.agent_task_permissions import AgentTaskPermissions
from ...models.set_agent_task_permissions_request import SetAgentTaskPermissionsRequest
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    task_id: str,
    *,
    body: SetAgentTaskPermissionsRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v1/ai/agents/tasks/{task_id}/permissions".format(
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
        "grantedPermissions",
    ]
)


def _parse(data: Any) -> AgentTaskPermissions | None:
    if data is None or data == {}:
        return None
    return AgentTaskPermissions.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[AgentTaskPermissions | None] = Operation(
    id="ai_agent_tasks.set_permissions",
    method="PUT",
    path="/v1/ai/agents/tasks/{taskId}/permissions",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=True,
)


async def asyncio_detailed(
    task_id: str,
    *,
    client: Client,
    body: SetAgentTaskPermissionsRequest,
) -> Response[AgentTaskPermissions | None]:
    """Set what an AI agent may do without asking.

    Replaces the permissions of a task: the tools that its agent may use without asking.

    Args:
        task_id (str): Id of the task (a UUID).
        body (SetAgentTaskPermissionsRequest): What an agent may do without asking.

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
    body: SetAgentTaskPermissionsRequest,
) -> AgentTaskPermissions | None:
    """Set what an AI agent may do without asking.

    Replaces the permissions of a task: the tools that its agent may use without asking.

    Args:
        task_id (str): Id of the task (a UUID).
        body (SetAgentTaskPermissionsRequest): What an agent may do without asking.

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
