# Generated from openapi/ by scripts/generate. Do not edit.
"""Get the details of a shared pipeline artifact."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.shared_pipeline_artifact import SharedPipelineArtifact
from ...types import UNSET, Operation, Response, Unset, check_query


def _get_kwargs(
    *,
    shared_pipeline_id_prefix: str,
    version_name: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["sharedPipelineIdPrefix"] = shared_pipeline_id_prefix

    params["versionName"] = version_name

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    check_query(params)

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/shared-pipelines/artifacts/details",
        "params": params,
    }

    return _kwargs


_FIELDS = frozenset(
    [
        "artifactDetails",
        "sharedPipelines",
    ]
)


def _parse(data: Any) -> SharedPipelineArtifact:
    return SharedPipelineArtifact.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[SharedPipelineArtifact] = Operation(
    id="shared_pipeline_artifacts.details",
    method="GET",
    path="/v1/shared-pipelines/artifacts/details",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
)


async def asyncio_detailed(
    *,
    client: Client,
    shared_pipeline_id_prefix: str,
    version_name: str | Unset = UNSET,
) -> Response[SharedPipelineArtifact]:
    """Get the details of a shared pipeline artifact.

    Describes a published version of shared pipelines: where it came from, and which pipelines
    are in it.

    Args:
        shared_pipeline_id_prefix (str): What the ids of the shared pipelines begin with.
        version_name (str | Unset): Name of the version.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        shared_pipeline_id_prefix=shared_pipeline_id_prefix,
        version_name=version_name,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    *,
    client: Client,
    shared_pipeline_id_prefix: str,
    version_name: str | Unset = UNSET,
) -> SharedPipelineArtifact:
    """Get the details of a shared pipeline artifact.

    Describes a published version of shared pipelines: where it came from, and which pipelines
    are in it.

    Args:
        shared_pipeline_id_prefix (str): What the ids of the shared pipelines begin with.
        version_name (str | Unset): Name of the version.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        shared_pipeline_id_prefix=shared_pipeline_id_prefix,
        version_name=version_name,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
