# Generated from openapi/ by scripts/generate. Do not edit.
"""Delete an environment."""

from typing import Any

from ...client import Client, respond
from ...types import Operation, Response, path_segment


def _get_kwargs(
    project_id: str,
    environment_name: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/v1/projects/{project_id}/environments/{environment_name}".format(
            project_id=path_segment("project", project_id),
            environment_name=path_segment("environment_name", environment_name),
        ),
    }

    return _kwargs


def _parse(data: Any) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="environments.delete",
    method="DELETE",
    path="/v1/projects/{projectId}/environments/{environmentName}",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="none",
    may_be_empty=False,
    projects=("project_id",),
)


async def asyncio_detailed(
    project_id: str,
    environment_name: str,
    *,
    client: Client,
) -> Response[None]:
    """Delete an environment.

    Deletes an environment of a project, by name. This cannot be undone. If a repeated request
    gets 404, the first one may have succeeded.

    Args:
        project_id (str): Id of the project (a UUID).
        environment_name (str): Name of the environment. It may contain spaces, which are
            percent-encoded.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: ChatBotKit.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        environment_name=environment_name,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    environment_name: str,
    *,
    client: Client,
) -> None:
    """Delete an environment.

    Deletes an environment of a project, by name. This cannot be undone. If a repeated request
    gets 404, the first one may have succeeded.

    Args:
        project_id (str): Id of the project (a UUID).
        environment_name (str): Name of the environment. It may contain spaces, which are
            percent-encoded.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: ChatBotKit.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        environment_name=environment_name,
    )
    await respond(client, OPERATION, kwargs)
