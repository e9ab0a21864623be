# Generated from openapi/ by scripts/generate. Do not edit.
"""Replace the allow list of an agent."""

from typing import Any

from ...client import Client, respond
from ...models.agent_allow_list import AgentAllowList
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    agent_id: str,
    *,
    body: AgentAllowList,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v1/agents/{agent_id}/allowlist".format(
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
    id="agents.replace_allow_list",
    method="PUT",
    path="/v1/agents/{agentId}/allowlist",
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
    body: AgentAllowList,
) -> Response[None]:
    """Replace the allow list of an agent.

    Replaces the allow list; without projects it becomes empty.

    Args:
        agent_id (str): Id of the agent (a UUID).
        body (AgentAllowList): Who may use an agent with restricted access.

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
    body: AgentAllowList,
) -> None:
    """Replace the allow list of an agent.

    Replaces the allow list; without projects it becomes empty.

    Args:
        agent_id (str): Id of the agent (a UUID).
        body (AgentAllowList): Who may use an agent with restricted access.

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
