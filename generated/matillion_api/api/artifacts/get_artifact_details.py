# Generated from openapi/ by scripts/generate. Do not edit.
"""Get the details of an artifact."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.artifact_details import ArtifactDetails
from ...types import UNSET, Operation, Response, Unset, check_query, path_segment


def _get_kwargs(
    project_id: str,
    *,
    environment_name: str,
    version_name: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["environmentName"] = environment_name

    params["versionName"] = version_name

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    check_query(params)

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/projects/{project_id}/artifacts/details".format(
            project_id=path_segment("project", project_id),
        ),
        "params": params,
    }

    return _kwargs


_FIELDS = frozenset(
    [
        "details",
        "assets",
    ]
)


def _parse(data: Any) -> ArtifactDetails:
    return ArtifactDetails.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[ArtifactDetails] = Operation(
    id="artifacts.details",
    method="GET",
    path="/v1/projects/{projectId}/artifacts/details",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
    projects=("project_id",),
)


async def asyncio_detailed(
    project_id: str,
    *,
    client: Client,
    environment_name: str,
    version_name: str | Unset = UNSET,
) -> Response[ArtifactDetails]:
    """Get the details of an artifact.

    Describes a version that is published to an environment, with the names of its files.

    Args:
        project_id (str): Id of the project (a UUID).
        environment_name (str): Name of the environment that the version is published to.
        version_name (str | Unset): Name of the version.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: DataHub.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        environment_name=environment_name,
        version_name=version_name,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    *,
    client: Client,
    environment_name: str,
    version_name: str | Unset = UNSET,
) -> ArtifactDetails:
    """Get the details of an artifact.

    Describes a version that is published to an environment, with the names of its files.

    Args:
        project_id (str): Id of the project (a UUID).
        environment_name (str): Name of the environment that the version is published to.
        version_name (str | Unset): Name of the version.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: DataHub.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        environment_name=environment_name,
        version_name=version_name,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
