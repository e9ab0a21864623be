# Generated from openapi/ by scripts/generate. Do not edit.
"""Get the credentials of an agent."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.agent_credentials import AgentCredentials
from ...types import Operation, Response, path_segment


def _get_kwargs(
    agent_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/agents/{agent_id}/credentials".format(
            agent_id=path_segment("agent_id", agent_id),
        ),
    }

    return _kwargs


_FIELDS = frozenset(
    [
        "clientId",
        "clientSecret",
    ]
)


def _parse(data: Any) -> AgentCredentials:
    return AgentCredentials.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[AgentCredentials] = Operation(
    id="agents.credentials",
    method="GET",
    path="/v1/agents/{agentId}/credentials",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
    secret=True,
)


async def asyncio_detailed(
    agent_id: str,
    *,
    client: Client,
) -> Response[AgentCredentials]:
    """Get the credentials of an agent.

    Returns the client id and the client secret that the agent itself signs in with. The
    secret is left out of the repr; do not log it.

    Args:
        agent_id (str): Id of the agent (a UUID).

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, streaming provider.
    """

    kwargs = _get_kwargs(
        agent_id=agent_id,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    agent_id: str,
    *,
    client: Client,
) -> AgentCredentials:
    """Get the credentials of an agent.

    Returns the client id and the client secret that the agent itself signs in with. The
    secret is left out of the repr; do not log it.

    Args:
        agent_id (str): Id of the agent (a UUID).

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, streaming provider.
    """

    kwargs = _get_kwargs(
        agent_id=agent_id,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
