# Generated from openapi/ by scripts/generate. Do not edit.
"""Upload an artifact."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.artifact_files import ArtifactFiles
from ...models.uploaded_artifact import UploadedArtifact
from ...types import UNSET, Operation, Response, Unset, check_headers, path_segment


def _get_kwargs(
    project_id: str,
    *,
    body: ArtifactFiles,
    version_name: str,
    environment_name: str,
    commit_hash: str | Unset = UNSET,
    branch: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    headers["versionName"] = version_name

    headers["environmentName"] = environment_name

    if not isinstance(commit_hash, Unset):
        headers["commitHash"] = commit_hash

    if not isinstance(branch, Unset):
        headers["branch"] = branch

    check_headers(headers)

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/projects/{project_id}/artifacts".format(
            project_id=path_segment("project", project_id),
        ),
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
    id="artifacts.upload",
    method="POST",
    path="/v1/projects/{projectId}/artifacts",
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
    body: ArtifactFiles,
    version_name: str,
    environment_name: str,
    commit_hash: str | Unset = UNSET,
    branch: str | Unset = UNSET,
) -> Response[UploadedArtifact | None]:
    """Upload an artifact.

    Publishes files of a project to an environment as a version. The body is a form of files:
    the name of each field is the path of the file in the project, and each part is text. Text
    files only, no archives; list every file. What describes the version is sent in headers. A
    request whose response was lost must not be repeated blindly: ask for the details of the
    version first.

    Args:
        project_id (str): Id of the project (a UUID).
        version_name (str): Name of the new version. Sent in a header, so printable ASCII
            only.
        environment_name (str): Name of the environment to publish to. Sent in a header, so
            printable ASCII only.
        commit_hash (str | Unset): Git commit that the files are from.
        branch (str | Unset): Git branch that the files are from.
        body (ArtifactFiles): Files by their paths in the project, with forward slashes, such
            as `ingest/daily.orch.yaml`. Each is text and sent as text/plain.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, guides, artifact script, CI script.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
        version_name=version_name,
        environment_name=environment_name,
        commit_hash=commit_hash,
        branch=branch,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    *,
    client: Client,
    body: ArtifactFiles,
    version_name: str,
    environment_name: str,
    commit_hash: str | Unset = UNSET,
    branch: str | Unset = UNSET,
) -> UploadedArtifact | None:
    """Upload an artifact.

    Publishes files of a project to an environment as a version. The body is a form of files:
    the name of each field is the path of the file in the project, and each part is text. Text
    files only, no archives; list every file. What describes the version is sent in headers. A
    request whose response was lost must not be repeated blindly: ask for the details of the
    version first.

    Args:
        project_id (str): Id of the project (a UUID).
        version_name (str): Name of the new version. Sent in a header, so printable ASCII
            only.
        environment_name (str): Name of the environment to publish to. Sent in a header, so
            printable ASCII only.
        commit_hash (str | Unset): Git commit that the files are from.
        branch (str | Unset): Git branch that the files are from.
        body (ArtifactFiles): Files by their paths in the project, with forward slashes, such
            as `ingest/daily.orch.yaml`. Each is text and sent as text/plain.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, guides, artifact script, CI script.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
        version_name=version_name,
        environment_name=environment_name,
        commit_hash=commit_hash,
        branch=branch,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
