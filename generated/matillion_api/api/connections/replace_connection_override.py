# Generated from openapi/ by scripts/generate. Do not edit.
"""Replace the override of a connection in an environment."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.connection import Connection
from ...models.connection_override_request import ConnectionOverrideRequest
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    project_id: str,
    *,
    body: ConnectionOverrideRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v1/projects/{project_id}/connections/environment-overrides".format(
            project_id=path_segment("project", project_id),
        ),
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
    id="connections.replace_override",
    method="PUT",
    path="/v1/projects/{projectId}/connections/environment-overrides",
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
    body: ConnectionOverrideRequest,
) -> Response[Connection | None]:
    """Replace the override of a connection in an environment.

    Replaces the settings that a connection has in one environment, and returns it. Where it
    has none, the response is 404.

    Args:
        project_id (str): Id of the project (a UUID).
        body (ConnectionOverrideRequest): What of a connection differs in an environment.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    *,
    client: Client,
    body: ConnectionOverrideRequest,
) -> Connection | None:
    """Replace the override of a connection in an environment.

    Replaces the settings that a connection has in one environment, and returns it. Where it
    has none, the response is 404.

    Args:
        project_id (str): Id of the project (a UUID).
        body (ConnectionOverrideRequest): What of a connection differs in an environment.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
