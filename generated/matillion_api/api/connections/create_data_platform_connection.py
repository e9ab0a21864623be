# Generated from openapi/ by scripts/generate. Do not edit.
"""Create a connection to the data platform."""

from typing import Any

from ...client import Client, respond
from ...models.create_data_platform_connection_request import (
    CreateDataPlatformConnectionRequest,
)
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    project_id: str,
    *,
    body: CreateDataPlatformConnectionRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/projects/{project_id}/data-platform-connections".format(
            project_id=path_segment("project", project_id),
        ),
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
    return _kwargs


def _parse(data: Any) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="connections.create_data_platform",
    method="POST",
    path="/v1/projects/{projectId}/data-platform-connections",
    idempotent=False,
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
    body: CreateDataPlatformConnectionRequest,
) -> Response[None]:
    """Create a connection to the data platform.

    Creates a connection to the project's data platform, a Snowflake or Redshift warehouse. A
    request whose response was lost must not be repeated blindly: list the connections and
    look for the name first.

    Args:
        project_id (str): Id of the project (a UUID).
        body (CreateDataPlatformConnectionRequest): The connection to create.

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
    body: CreateDataPlatformConnectionRequest,
) -> None:
    """Create a connection to the data platform.

    Creates a connection to the project's data platform, a Snowflake or Redshift warehouse. A
    request whose response was lost must not be repeated blindly: list the connections and
    look for the name first.

    Args:
        project_id (str): Id of the project (a UUID).
        body (CreateDataPlatformConnectionRequest): The connection to create.

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
    await respond(client, OPERATION, kwargs)
