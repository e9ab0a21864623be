# Generated from openapi/ by scripts/generate. Do not edit.
"""Replace a connection."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.connection import Connection
from ...models.replace_connection_request import ReplaceConnectionRequest
from ...types import UNSET, Operation, Response, check_body, check_query, path_segment


def _get_kwargs(
    project_id: str,
    *,
    body: ReplaceConnectionRequest,
    connection_name: str,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    params["connectionName"] = connection_name

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    check_query(params)

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v1/projects/{project_id}/connections".format(
            project_id=path_segment("project", project_id),
        ),
        "params": params,
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
    return _kwargs


_FIELDS = frozenset(
    [
        "name",
        "id",
        "projectId",
        "platformConnectionType",
        "authProvider",
        "authType",
        "connectionDetails",
        "connectionOverrides",
        "createdBy",
        "createdDate",
    ]
)


def _parse(data: Any) -> Connection | None:
    if data is None or data == {}:
        return None
    return Connection.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[Connection | None] = Operation(
    id="connections.replace",
    method="PUT",
    path="/v1/projects/{projectId}/connections",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=True,
    projects=("project_id",),
    secret=True,
)


async def asyncio_detailed(
    project_id: str,
    *,
    client: Client,
    body: ReplaceConnectionRequest,
    connection_name: str,
) -> Response[Connection | None]:
    """Replace a connection.

    Replaces a connection of a project, by name, and returns it. What is not given is gone
    afterwards.

    Args:
        project_id (str): Id of the project (a UUID).
        connection_name (str): Name of the connection.
        body (ReplaceConnectionRequest): What a connection is to be.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
        connection_name=connection_name,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    *,
    client: Client,
    body: ReplaceConnectionRequest,
    connection_name: str,
) -> Connection | None:
    """Replace a connection.

    Replaces a connection of a project, by name, and returns it. What is not given is gone
    afterwards.

    Args:
        project_id (str): Id of the project (a UUID).
        connection_name (str): Name of the connection.
        body (ReplaceConnectionRequest): What a connection is to be.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
        connection_name=connection_name,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
