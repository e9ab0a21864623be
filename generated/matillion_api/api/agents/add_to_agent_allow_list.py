# Generated from openapi/ by scripts/generate. Do not edit.
"""Add to the allow list of an agent."""

from typing import Any

from ...client import Client, respond
from ...models.add_to_agent_allow_list_request import AddToAgentAllowListRequest
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    agent_id: str,
    *,
    body: AddToAgentAllowListRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "patch",
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
    id="agents.add_to_allow_list",
    method="PATCH",
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
    body: AddToAgentAllowListRequest,
) -> Response[None]:
    """Add to the allow list of an agent.

    Adds projects, or environments of projects, to the allow list. What is in it stays.

    Args:
        agent_id (str): Id of the agent (a UUID).
        body (AddToAgentAllowListRequest): Who else may use an agent with restricted access.

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
    body: AddToAgentAllowListRequest,
) -> None:
    """Add to the allow list of an agent.

    Adds projects, or environments of projects, to the allow list. What is in it stays.

    Args:
        agent_id (str): Id of the agent (a UUID).
        body (AddToAgentAllowListRequest): Who else may use an agent with restricted access.

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
