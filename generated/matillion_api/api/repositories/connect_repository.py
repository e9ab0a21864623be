# Generated from openapi/ by scripts/generate. Do not edit.
"""Connect a project to a Git repository."""

from typing import Any

from ...client import Client, respond
from ...models.connect_repository_request import ConnectRepositoryRequest
from ...types import (
    UNSET,
    Operation,
    Response,
    Unset,
    check_body,
    check_headers,
    path_segment,
)


def _get_kwargs(
    project_id: str,
    *,
    body: ConnectRepositoryRequest,
    git_provider_access_token: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(git_provider_access_token, Unset):
        headers["Git-Provider-Access-Token"] = git_provider_access_token

    check_headers(headers)

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/projects/{project_id}/repositories".format(
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
    id="repositories.connect",
    method="POST",
    path="/v1/projects/{projectId}/repositories",
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
    body: ConnectRepositoryRequest,
    git_provider_access_token: str | Unset = UNSET,
) -> Response[None]:
    """Connect a project to a Git repository.

    Connects a project to a repository of a Git provider. A request whose response was lost
    must not be repeated blindly: look at the project first.

    Args:
        project_id (str): Id of the project (a UUID).
        git_provider_access_token (str | Unset): Access token of the Git provider. It is a
            secret; read it from where secrets are kept.
        body (ConnectRepositoryRequest): The repository to connect.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
        git_provider_access_token=git_provider_access_token,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    *,
    client: Client,
    body: ConnectRepositoryRequest,
    git_provider_access_token: str | Unset = UNSET,
) -> None:
    """Connect a project to a Git repository.

    Connects a project to a repository of a Git provider. A request whose response was lost
    must not be repeated blindly: look at the project first.

    Args:
        project_id (str): Id of the project (a UUID).
        git_provider_access_token (str | Unset): Access token of the Git provider. It is a
            secret; read it from where secrets are kept.
        body (ConnectRepositoryRequest): The repository to connect.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
        git_provider_access_token=git_provider_access_token,
    )
    await respond(client, OPERATION, kwargs)
