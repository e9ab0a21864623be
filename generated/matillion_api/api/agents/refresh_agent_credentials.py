# Generated from openapi/ by scripts/generate. Do not edit.
"""Replace the client secret of an agent."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.agent_credentials import AgentCredentials
from ...models.refresh_agent_credentials_request import RefreshAgentCredentialsRequest
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    agent_id: str,
    *,
    body: RefreshAgentCredentialsRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/agents/{agent_id}/credentials".format(
            agent_id=path_segment("agent_id", agent_id),
        ),
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
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
    id="agents.refresh_credentials",
    method="POST",
    path="/v1/agents/{agentId}/credentials",
    idempotent=False,
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
    body: RefreshAgentCredentialsRequest,
) -> Response[AgentCredentials]:
    """Replace the client secret of an agent.

    Makes a new client secret for the agent and returns it. The old one is no longer valid, so
    the agent needs the new one. If the response was lost, ask for the credentials.

    Args:
        agent_id (str): Id of the agent (a UUID).
        body (RefreshAgentCredentialsRequest): The request for a new client secret.

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
    body: RefreshAgentCredentialsRequest,
) -> AgentCredentials:
    """Replace the client secret of an agent.

    Makes a new client secret for the agent and returns it. The old one is no longer valid, so
    the agent needs the new one. If the response was lost, ask for the credentials.

    Args:
        agent_id (str): Id of the agent (a UUID).
        body (RefreshAgentCredentialsRequest): The request for a new client secret.

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
    return (await respond(client, OPERATION, kwargs)).parsed
