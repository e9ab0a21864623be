# Generated from openapi/ by scripts/generate. Do not edit.
"""Promote an artifact."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.promote_artifact_request import PromoteArtifactRequest
from ...models.promoted_artifact import PromotedArtifact
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    project_id: str,
    *,
    body: PromoteArtifactRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/projects/{project_id}/artifacts/promotions".format(
            project_id=path_segment("project", project_id),
        ),
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
    return _kwargs


_FIELDS = frozenset(
    [
        "environmentName",
        "versionName",
    ]
)


def _parse(data: Any) -> PromotedArtifact | None:
    if data is None or data == {}:
        return None
    return PromotedArtifact.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[PromotedArtifact | None] = Operation(
    id="artifacts.promote",
    method="POST",
    path="/v1/projects/{projectId}/artifacts/promotions",
    idempotent=False,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=True,
    projects=("project_id",),
)


async def asyncio_detailed(
    project_id: str,
    *,
    client: Client,
    body: PromoteArtifactRequest,
) -> Response[PromotedArtifact | None]:
    """Promote an artifact.

    Publishes a version of one environment to another one, as it is. If the response was lost,
    ask for the details of the version in the target environment before promoting it again.

    Args:
        project_id (str): Id of the project (a UUID).
        body (PromoteArtifactRequest): What to promote, from where to where.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, guides, artifact script.
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
    body: PromoteArtifactRequest,
) -> PromotedArtifact | None:
    """Promote an artifact.

    Publishes a version of one environment to another one, as it is. If the response was lost,
    ask for the details of the version in the target environment before promoting it again.

    Args:
        project_id (str): Id of the project (a UUID).
        body (PromoteArtifactRequest): What to promote, from where to where.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, guides, artifact script.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
