# Generated from openapi/ by scripts/generate. Do not edit.
"""Create an agent."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.agent import Agent
from ...models.create_agent_request import CreateAgentRequest
from ...types import Operation, Response, check_body


def _get_kwargs(
    *,
    body: CreateAgentRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/agents",
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
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
    id="agents.create",
    method="POST",
    path="/v1/agents",
    idempotent=False,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
)


async def asyncio_detailed(
    *,
    client: Client,
    body: CreateAgentRequest,
) -> Response[Agent]:
    """Create an agent.

    Registers an agent and returns it. What runs it in your cloud is yours to deploy, with the
    agent's credentials. A request whose response was lost must not be repeated blindly: list
    the agents and look for the name first.

    Args:
        body (CreateAgentRequest): The agent to create.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, streaming provider, ChatBotKit.
    """

    kwargs = _get_kwargs(
        body=body,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    *,
    client: Client,
    body: CreateAgentRequest,
) -> Agent:
    """Create an agent.

    Registers an agent and returns it. What runs it in your cloud is yours to deploy, with the
    agent's credentials. A request whose response was lost must not be repeated blindly: list
    the agents and look for the name first.

    Args:
        body (CreateAgentRequest): The agent to create.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, streaming provider, ChatBotKit.
    """

    kwargs = _get_kwargs(
        body=body,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
