# Generated from openapi/ by scripts/generate. Do not edit.
"""Remove overrides of connections in an environment."""

from typing import Any

from ...client import Client, respond
from ...types import (
    UNSET,
    Operation,
    Response,
    check_query,
    comma_separated,
    path_segment,
)


def _get_kwargs(
    project_id: str,
    *,
    environment_name: str,
    connection_names: list[str],
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["environmentName"] = environment_name

    json_connection_names = connection_names

    params["connectionNames"] = json_connection_names

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    if "connectionNames" in params:
        params["connectionNames"] = comma_separated("connection_names", params["connectionNames"])
    check_query(params)

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/v1/projects/{project_id}/connections/environment-overrides".format(
            project_id=path_segment("project", project_id),
        ),
        "params": params,
    }

    return _kwargs


def _parse(data: Any) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="connections.delete_overrides",
    method="DELETE",
    path="/v1/projects/{projectId}/connections/environment-overrides",
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
    environment_name: str,
    connection_names: list[str],
) -> Response[None]:
    """Remove overrides of connections in an environment.

    Lets connections have their own settings in an environment again. Names that would make
    the URL too long get 400: give fewer at a time. If a repeated request gets 404, the first
    one may have succeeded.

    Args:
        project_id (str): Id of the project (a UUID).
        environment_name (str): Name of the environment.
        connection_names (list[str]): Names of the connections, which cannot contain commas.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        environment_name=environment_name,
        connection_names=connection_names,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    *,
    client: Client,
    environment_name: str,
    connection_names: list[str],
) -> None:
    """Remove overrides of connections in an environment.

    Lets connections have their own settings in an environment again. Names that would make
    the URL too long get 400: give fewer at a time. If a repeated request gets 404, the first
    one may have succeeded.

    Args:
        project_id (str): Id of the project (a UUID).
        environment_name (str): Name of the environment.
        connection_names (list[str]): Names of the connections, which cannot contain commas.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        environment_name=environment_name,
        connection_names=connection_names,
    )
    await respond(client, OPERATION, kwargs)
