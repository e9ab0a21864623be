# Generated from openapi/ by scripts/generate. Do not edit.
"""Replace the access token of the Git repository."""

from typing import Any

from ...client import Client, respond
from ...types import Operation, Response, check_headers, path_segment


def _get_kwargs(
    project_id: str,
    *,
    git_provider_access_token: str,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    headers["Git-Provider-Access-Token"] = git_provider_access_token

    check_headers(headers)

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/projects/{project_id}/repositories/token".format(
            project_id=path_segment("project", project_id),
        ),
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse(data: Any) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="repositories.rotate_token",
    method="POST",
    path="/v1/projects/{projectId}/repositories/token",
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
    git_provider_access_token: str,
) -> Response[None]:
    """Replace the access token of the Git repository.

    Replaces the access token that the project's repository is read with.

    Args:
        project_id (str): Id of the project (a UUID).
        git_provider_access_token (str): The new access token. It is a secret; read it from
            where secrets are kept.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        git_provider_access_token=git_provider_access_token,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    *,
    client: Client,
    git_provider_access_token: str,
) -> None:
    """Replace the access token of the Git repository.

    Replaces the access token that the project's repository is read with.

    Args:
        project_id (str): Id of the project (a UUID).
        git_provider_access_token (str): The new access token. It is a secret; read it from
            where secrets are kept.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        git_provider_access_token=git_provider_access_token,
    )
    await respond(client, OPERATION, kwargs)
