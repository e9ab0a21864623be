# Generated from openapi/ by scripts/generate. Do not edit.
"""Get the allow list of an agent."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.agent_allow_list import AgentAllowList
from ...types import Operation, Response, path_segment


def _get_kwargs(
    agent_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/agents/{agent_id}/allowlist".format(
            agent_id=path_segment("agent_id", agent_id),
        ),
    }

    return _kwargs


_FIELDS = frozenset(
    [
        "projects",
    ]
)


def _parse(data: Any) -> AgentAllowList:
    return AgentAllowList.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[AgentAllowList] = Operation(
    id="agents.allow_list",
    method="GET",
    path="/v1/agents/{agentId}/allowlist",
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
) -> Response[AgentAllowList]:
    """Get the allow list of an agent.

    Returns the projects and environments that may use an agent with restricted access, by
    project id. A project without environments may use it as a whole.

    Args:
        agent_id (str): Id of the agent (a UUID).

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        agent_id=agent_id,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    agent_id: str,
    *,
    client: Client,
) -> AgentAllowList:
    """Get the allow list of an agent.

    Returns the projects and environments that may use an agent with restricted access, by
    project id. A project without environments may use it as a whole.

    Args:
        agent_id (str): Id of the agent (a UUID).

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        agent_id=agent_id,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
