# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``shared_pipeline_artifacts``."""

from collections.abc import Mapping
from typing import Any

from ...models.artifact_files import ArtifactFiles
from ...models.shared_pipeline_artifact import SharedPipelineArtifact
from ...models.shared_pipeline_artifact_details import SharedPipelineArtifactDetails
from ...models.shared_pipeline_artifact_page import SharedPipelineArtifactPage
from ...models.uploaded_artifact import UploadedArtifact
from ...types import UNSET, Listing, Session, Unset, as_model
from . import (
    get_shared_pipeline_artifact_details as _get_shared_pipeline_artifact_details,
)
from . import (
    list_shared_pipeline_artifacts as _list_shared_pipeline_artifacts,
)
from . import (
    upload_shared_pipeline_artifact as _upload_shared_pipeline_artifact,
)


class SharedPipelineArtifacts:
    """Published versions of shared pipelines."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(
        self,
        *,
        page: int | Unset = UNSET,
        size: int | Unset = UNSET,
    ) -> Listing[SharedPipelineArtifactDetails, SharedPipelineArtifactPage]:
        """List shared pipeline artifacts.

        Lists the published versions of shared pipelines, one page at a time.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            page (int | Unset): Number of the page to return. The first page is 0.
            size (int | Unset): Number of items per page, from 1 to 100.

        Source: guides. Idempotent.
        """

        return self._session.listing(
            _list_shared_pipeline_artifacts.OPERATION,
            SharedPipelineArtifactDetails,
            page=page,
            size=size,
        )

    async def upload(
        self,
        *,
        body: ArtifactFiles | Mapping[str, Any],
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
            body (ArtifactFiles): Files by their paths in the project, with forward slashes,
                such as `ingest/daily.orch.yaml`. Each is text and sent as text/plain.
            version_name (str): Name of the new version. Sent in a header, so printable ASCII
                only.
            shared_pipeline_id_prefix (str | Unset): What the ids of the shared pipelines
                begin with.
            commit_hash (str | Unset): Git commit that the files are from.
            branch (str | Unset): Git branch that the files are from.

        Source: guides. Not idempotent: never sent again when its outcome is unknown.
        """

        return await self._session.call(
            _upload_shared_pipeline_artifact.OPERATION,
            body=as_model(ArtifactFiles, body),
            version_name=version_name,
            shared_pipeline_id_prefix=shared_pipeline_id_prefix,
            commit_hash=commit_hash,
            branch=branch,
        )

    async def details(
        self,
        *,
        shared_pipeline_id_prefix: str,
        version_name: str | Unset = UNSET,
    ) -> SharedPipelineArtifact:
        """Get the details of a shared pipeline artifact.

        Describes a published version of shared pipelines: where it came from, and which pipelines
        are in it.

        Args:
            shared_pipeline_id_prefix (str): What the ids of the shared pipelines begin with.
            version_name (str | Unset): Name of the version.

        Source: API reference. Idempotent.
        """

        return await self._session.call(
            _get_shared_pipeline_artifact_details.OPERATION,
            shared_pipeline_id_prefix=shared_pipeline_id_prefix,
            version_name=version_name,
        )
