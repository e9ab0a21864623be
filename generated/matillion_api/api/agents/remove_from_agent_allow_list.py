# Generated from openapi/ by scripts/generate. Do not edit.
"""Remove from the allow list of an agent."""

from typing import Any

from ...client import Client, respond
from ...types import UNSET, Operation, Response, Unset, check_query, path_segment


def _get_kwargs(
    agent_id: str,
    *,
    project_id: str,
    environment_name: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["projectId"] = project_id

    params["environmentName"] = environment_name

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    check_query(params)

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/v1/agents/{agent_id}/allowlist".format(
            agent_id=path_segment("agent_id", agent_id),
        ),
        "params": params,
    }

    return _kwargs


def _parse(data: Any) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="agents.remove_from_allow_list",
    method="DELETE",
    path="/v1/agents/{agentId}/allowlist",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="none",
    may_be_empty=False,
    projects=("project_id",),
)


async def asyncio_detailed(
    agent_id: str,
    *,
    client: Client,
    project_id: str,
    environment_name: str | Unset = UNSET,
) -> Response[None]:
    """Remove from the allow list of an agent.

    Removes a project from the allow list, or one environment of it. If a repeated request
    gets 404, the first one may have succeeded.

    Args:
        agent_id (str): Id of the agent (a UUID).
        project_id (str): Id of the project to remove (a UUID).
        environment_name (str | Unset): Name of the one environment to remove; without it the
            project is removed.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        agent_id=agent_id,
        project_id=project_id,
        environment_name=environment_name,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    agent_id: str,
    *,
    client: Client,
    project_id: str,
    environment_name: str | Unset = UNSET,
) -> None:
    """Remove from the allow list of an agent.

    Removes a project from the allow list, or one environment of it. If a repeated request
    gets 404, the first one may have succeeded.

    Args:
        agent_id (str): Id of the agent (a UUID).
        project_id (str): Id of the project to remove (a UUID).
        environment_name (str | Unset): Name of the one environment to remove; without it the
            project is removed.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        agent_id=agent_id,
        project_id=project_id,
        environment_name=environment_name,
    )
    await respond(client, OPERATION, kwargs)
