# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``artifacts``."""

from collections.abc import Mapping
from typing import Any

from ...models.artifact import Artifact
from ...models.artifact_details import ArtifactDetails
from ...models.artifact_files import ArtifactFiles
from ...models.artifact_page import ArtifactPage
from ...models.promote_artifact_request import PromoteArtifactRequest
from ...models.promoted_artifact import PromotedArtifact
from ...models.uploaded_artifact import UploadedArtifact
from ...types import UNSET, Listing, Session, Unset, as_model
from . import (
    get_artifact_details as _get_artifact_details,
)
from . import (
    list_artifacts as _list_artifacts,
)
from . import (
    promote_artifact as _promote_artifact,
)
from . import (
    upload_artifact as _upload_artifact,
)


class Artifacts:
    """Published versions of a project, uploaded and promoted from environment to environment."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(
        self,
        project: str,
        *,
        environment_name: str,
        enabled_only: bool | Unset = UNSET,
        page: int | Unset = UNSET,
        size: int | Unset = UNSET,
    ) -> Listing[Artifact, ArtifactPage]:
        """List artifacts.

        Lists the versions that are published to an environment, one page at a time.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            project (str): Id or exact name of the project.
            environment_name (str): Name of the environment that the version is published to.
            enabled_only (bool | Unset): Whether disabled versions are left out.
            page (int | Unset): Number of the page to return. The first page is 0.
            size (int | Unset): Number of items per page, from 1 to 100.

        Source: ChatBotKit. Idempotent.
        """

        return self._session.listing(
            _list_artifacts.OPERATION,
            Artifact,
            project_id=project,
            environment_name=environment_name,
            enabled_only=enabled_only,
            page=page,
            size=size,
        )

    async def upload(
        self,
        project: str,
        *,
        body: ArtifactFiles | Mapping[str, Any],
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
            project (str): Id or exact name of the project.
            body (ArtifactFiles): Files by their paths in the project, with forward slashes,
                such as `ingest/daily.orch.yaml`. Each is text and sent as text/plain.
            version_name (str): Name of the new version. Sent in a header, so printable ASCII
                only.
            environment_name (str): Name of the environment to publish to. Sent in a header,
                so printable ASCII only.
            commit_hash (str | Unset): Git commit that the files are from.
            branch (str | Unset): Git branch that the files are from.

        Source: API reference, guides, artifact script, CI script. Not idempotent: never sent again when its outcome is unknown.
        """

        return await self._session.call(
            _upload_artifact.OPERATION,
            project_id=project,
            body=as_model(ArtifactFiles, body),
            version_name=version_name,
            environment_name=environment_name,
            commit_hash=commit_hash,
            branch=branch,
        )

    async def details(
        self,
        project: str,
        *,
        environment_name: str,
        version_name: str | Unset = UNSET,
    ) -> ArtifactDetails:
        """Get the details of an artifact.

        Describes a version that is published to an environment, with the names of its files.

        Args:
            project (str): Id or exact name of the project.
            environment_name (str): Name of the environment that the version is published to.
            version_name (str | Unset): Name of the version.

        Source: DataHub. Idempotent.
        """

        return await self._session.call(
            _get_artifact_details.OPERATION,
            project_id=project,
            environment_name=environment_name,
            version_name=version_name,
        )

    async def promote(
        self,
        project: str,
        *,
        source_environment_name: str,
        target_environment_name: str,
        version_name: str,
    ) -> PromotedArtifact | None:
        """Promote an artifact.

        Publishes a version of one environment to another one, as it is. If the response was lost,
        ask for the details of the version in the target environment before promoting it again.

        Args:
            project (str): Id or exact name of the project.
            source_environment_name (str): Name of the environment that the version is
                published to.
            target_environment_name (str): Name of the environment to publish it to.
            version_name (str): Name of the version.

        Source: API reference, guides, artifact script. Not idempotent: never sent again when its outcome is unknown.
        """

        return await self._session.call(
            _promote_artifact.OPERATION,
            project_id=project,
            body=PromoteArtifactRequest(
                source_environment_name=source_environment_name,
                target_environment_name=target_environment_name,
                version_name=version_name,
            ),
        )
