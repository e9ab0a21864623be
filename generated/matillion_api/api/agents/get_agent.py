# Generated from openapi/ by scripts/generate. Do not edit.
"""Get an agent."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.agent import Agent
from ...types import Operation, Response, path_segment


def _get_kwargs(
    agent_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/agents/{agent_id}".format(
            agent_id=path_segment("agent_id", agent_id),
        ),
    }

    return _kwargs


_FIELDS = frozenset(
    [
        "agentId",
        "name",
        "description",
        "agentType",
        "agentStatus",
        "cloudProvider",
        "deployment",
        "connected",
        "enableAutoUpdates",
        "restrictedAccess",
        "pausedUntil",
        "versionDetails",
    ]
)


def _parse(data: Any) -> Agent:
    return Agent.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[Agent] = Operation(
    id="agents.get",
    method="GET",
    path="/v1/agents/{agentId}",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
)


async def asyncio_detailed(
    agent_id: str,
    *,
    client: Client,
) -> Response[Agent]:
    """Get an agent.

    Returns an agent with its status and version.

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
) -> Agent:
    """Get an agent.

    Returns an agent with its status and version.

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
    return (await respond(client, OPERATION, kwargs)).parsed
