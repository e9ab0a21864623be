# Generated from openapi/ by scripts/generate. Do not edit.
"""Restart, pause or resume an agent."""

from typing import Any

from ...client import Client, respond
from ...models.agent_command_request import AgentCommandRequest
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    agent_id: str,
    *,
    body: AgentCommandRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/agents/{agent_id}/commands".format(
            agent_id=path_segment("agent_id", agent_id),
        ),
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
    return _kwargs


def _parse(data: Any) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="agents.command",
    method="POST",
    path="/v1/agents/{agentId}/commands",
    idempotent=False,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="none",
    may_be_empty=False,
)


async def asyncio_detailed(
    agent_id: str,
    *,
    client: Client,
    body: AgentCommandRequest,
) -> Response[None]:
    """Restart, pause or resume an agent.

    Tells an agent to restart, to pause or to resume. Its status follows some time later.

    Args:
        agent_id (str): Id of the agent (a UUID).
        body (AgentCommandRequest): A command to an agent.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        agent_id=agent_id,
        body=body,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    agent_id: str,
    *,
    client: Client,
    body: AgentCommandRequest,
) -> None:
    """Restart, pause or resume an agent.

    Tells an agent to restart, to pause or to resume. Its status follows some time later.

    Args:
        agent_id (str): Id of the agent (a UUID).
        body (AgentCommandRequest): A command to an agent.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        agent_id=agent_id,
        body=body,
    )
    await respond(client, OPERATION, kwargs)
