# Generated from openapi/ by scripts/generate. Do not edit.
"""Delete a connection."""

from typing import Any

from ...client import Client, respond
from ...types import UNSET, Operation, Response, check_query, path_segment


def _get_kwargs(
    project_id: str,
    *,
    connection_name: str,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["connectionName"] = connection_name

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    check_query(params)

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/v1/projects/{project_id}/connections".format(
            project_id=path_segment("project", project_id),
        ),
        "params": params,
    }

    return _kwargs


def _parse(data: Any) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="connections.delete",
    method="DELETE",
    path="/v1/projects/{projectId}/connections",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="none",
    may_be_empty=False,
    projects=("project_id",),
)


async def asyncio_detailed(
    project_id: str,
    *,
    client: Client,
    connection_name: str,
) -> Response[None]:
    """Delete a connection.

    Deletes a connection of a project, by name. This cannot be undone. If a repeated request
    gets 404, the first one may have succeeded.

    Args:
        project_id (str): Id of the project (a UUID).
        connection_name (str): Name of the connection.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        connection_name=connection_name,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    *,
    client: Client,
    connection_name: str,
) -> None:
    """Delete a connection.

    Deletes a connection of a project, by name. This cannot be undone. If a repeated request
    gets 404, the first one may have succeeded.

    Args:
        project_id (str): Id of the project (a UUID).
        connection_name (str): Name of the connection.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        connection_name=connection_name,
    )
    await respond(client, OPERATION, kwargs)
