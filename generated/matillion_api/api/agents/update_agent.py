# Generated from openapi/ by scripts/generate. Do not edit.
"""Update an agent."""

from typing import Any

from ...client import Client, respond
from ...models.update_agent_request import UpdateAgentRequest
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    agent_id: str,
    *,
    body: UpdateAgentRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "patch",
        "url": "/v1/agents/{agent_id}".format(
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
    id="agents.update",
    method="PATCH",
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
    body: UpdateAgentRequest,
) -> Response[None]:
    """Update an agent.

    Changes what is given of an agent; the rest stays as it is.

    Args:
        agent_id (str): Id of the agent (a UUID).
        body (UpdateAgentRequest): What to change of an agent.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, streaming provider.
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
    body: UpdateAgentRequest,
) -> None:
    """Update an agent.

    Changes what is given of an agent; the rest stays as it is.

    Args:
        agent_id (str): Id of the agent (a UUID).
        body (UpdateAgentRequest): What to change of an agent.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, streaming provider.
    """

    kwargs = _get_kwargs(
        agent_id=agent_id,
        body=body,
    )
    await respond(client, OPERATION, kwargs)
