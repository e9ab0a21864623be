# Generated from openapi/ by scripts/generate. Do not edit.
"""Create an environment."""

from typing import Any

from ...client import Client, respond
from ...models.create_environment_request import CreateEnvironmentRequest
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    project_id: str,
    *,
    body: CreateEnvironmentRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/projects/{project_id}/environments".format(
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
    id="environments.create",
    method="POST",
    path="/v1/projects/{projectId}/environments",
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
    body: CreateEnvironmentRequest,
) -> Response[None]:
    """Create an environment.

    Creates an environment in a project. The name identifies it and cannot be changed later.
    The request names the default agent, the default connections and exactly one connection
    override. The vendor does not document the body of the response, so it is ignored. A
    request whose response was lost must not be repeated blindly: list the environments and
    look for the name first.

    Args:
        project_id (str): Id of the project (a UUID).
        body (CreateEnvironmentRequest): The environment to create.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, guides.
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
    body: CreateEnvironmentRequest,
) -> None:
    """Create an environment.

    Creates an environment in a project. The name identifies it and cannot be changed later.
    The request names the default agent, the default connections and exactly one connection
    override. The vendor does not document the body of the response, so it is ignored. A
    request whose response was lost must not be repeated blindly: list the environments and
    look for the name first.

    Args:
        project_id (str): Id of the project (a UUID).
        body (CreateEnvironmentRequest): The environment to create.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, guides.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
    )
    await respond(client, OPERATION, kwargs)
