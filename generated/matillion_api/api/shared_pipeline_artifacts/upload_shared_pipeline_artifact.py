# Generated from openapi/ by scripts/generate. Do not edit.
"""Upload a shared pipeline artifact."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.artifact_files import ArtifactFiles
from ...models.uploaded_artifact import UploadedArtifact
from ...types import UNSET, Operation, Response, Unset, check_headers


def _get_kwargs(
    *,
    body: ArtifactFiles,
    version_name: str,
    shared_pipeline_id_prefix: str | Unset = UNSET,
    commit_hash: str | Unset = UNSET,
    branch: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    headers["versionName"] = version_name

    if not isinstance(shared_pipeline_id_prefix, Unset):
        headers["sharedPipelineIdPrefix"] = shared_pipeline_id_prefix

    if not isinstance(commit_hash, Unset):
        headers["commitHash"] = commit_hash

    if not isinstance(branch, Unset):
        headers["branch"] = branch

    check_headers(headers)

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/shared-pipelines/artifacts",
    }

    _kwargs["files"] = body.to_multipart()

    _kwargs["headers"] = headers
    return _kwargs


_FIELDS = frozenset(
    [
        "versionName",
        "ignoredResources",
    ]
)


def _parse(data: Any) -> UploadedArtifact | None:
    if data is None or data == {}:
        return None
    return UploadedArtifact.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[UploadedArtifact | None] = Operation(
    id="shared_pipeline_artifacts.upload",
    method="POST",
    path="/v1/shared-pipelines/artifacts",
    idempotent=False,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=True,
)


async def asyncio_detailed(
    *,
    client: Client,
    body: ArtifactFiles,
    version_name: str,
    shared_pipeline_id_prefix: str | Unset = UNSET,
    commit_hash: str | Unset = UNSET,
    branch: str | Unset = UNSET,
) -> Response[UploadedArtifact | None]:
    """Upload a shared pipeline artifact.

    Publishes files as a version of shared pipelines. The body is a form of files, as for the
    artifacts of a project: the name of each field is the path of the file, and each part is
    text. What describes the version is sent in headers. The credentials need the role Admin.
    A request whose response was lost must not be repeated blindly: list the versions first.

    Args:
        version_name (str): Name of the new version. Sent in a header, so printable ASCII
            only.
        shared_pipeline_id_prefix (str | Unset): What the ids of the shared pipelines begin
            with.
        commit_hash (str | Unset): Git commit that the files are from.
        branch (str | Unset): Git branch that the files are from.
        body (ArtifactFiles): Files by their paths in the project, with forward slashes, such
            as `ingest/daily.orch.yaml`. Each is text and sent as text/plain.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: guides.
    """

    kwargs = _get_kwargs(
        body=body,
        version_name=version_name,
        shared_pipeline_id_prefix=shared_pipeline_id_prefix,
        commit_hash=commit_hash,
        branch=branch,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    *,
    client: Client,
    body: ArtifactFiles,
    version_name: str,
    shared_pipeline_id_prefix: str | Unset = UNSET,
    commit_hash: str | Unset = UNSET,
    branch: str | Unset = UNSET,
) -> UploadedArtifact | None:
    """Upload a shared pipeline artifact.

    Publishes files as a version of shared pipelines. The body is a form of files, as for the
    artifacts of a project: the name of each field is the path of the file, and each part is
    text. What describes the version is sent in headers. The credentials need the role Admin.
    A request whose response was lost must not be repeated blindly: list the versions first.

    Args:
        version_name (str): Name of the new version. Sent in a header, so printable ASCII
            only.
        shared_pipeline_id_prefix (str | Unset): What the ids of the shared pipelines begin
            with.
        commit_hash (str | Unset): Git commit that the files are from.
        branch (str | Unset): Git branch that the files are from.
        body (ArtifactFiles): Files by their paths in the project, with forward slashes, such
            as `ingest/daily.orch.yaml`. Each is text and sent as text/plain.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: guides.
    """

    kwargs = _get_kwargs(
        body=body,
        version_name=version_name,
        shared_pipeline_id_prefix=shared_pipeline_id_prefix,
        commit_hash=commit_hash,
        branch=branch,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
