# Generated from openapi/ by scripts/generate. Do not edit.
"""Delete an agent."""

from typing import Any

from ...client import Client, respond
from ...types import Operation, Response, path_segment


def _get_kwargs(
    agent_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/v1/agents/{agent_id}".format(
            agent_id=path_segment("agent_id", agent_id),
        ),
    }

    return _kwargs


def _parse(data: Any) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="agents.delete",
    method="DELETE",
    path="/v1/agents/{agentId}",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="none",
    may_be_empty=False,
)


async def asyncio_detailed(
    agent_id: str,
    *,
    client: Client,
) -> Response[None]:
    """Delete an agent.

    Deletes an agent. Only one that is stopped, pending or in an unknown state can be deleted.
    If a repeated request gets 404, the first one may have succeeded.

    Args:
        agent_id (str): Id of the agent (a UUID).

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, streaming provider, ChatBotKit.
    """

    kwargs = _get_kwargs(
        agent_id=agent_id,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    agent_id: str,
    *,
    client: Client,
) -> None:
    """Delete an agent.

    Deletes an agent. Only one that is stopped, pending or in an unknown state can be deleted.
    If a repeated request gets 404, the first one may have succeeded.

    Args:
        agent_id (str): Id of the agent (a UUID).

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, streaming provider, ChatBotKit.
    """

    kwargs = _get_kwargs(
        agent_id=agent_id,
    )
    await respond(client, OPERATION, kwargs)
