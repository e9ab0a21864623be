"""Publish the files of a folder as a version of a project."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from matillion_api.api import artifacts as generated
from matillion_api.api import shared_pipeline_artifacts as generated_shared
from matillion_api.api.artifacts import upload_artifact
from matillion_api.api.shared_pipeline_artifacts import upload_shared_pipeline_artifact
from matillion_api.models.artifact import Artifact
from matillion_api.models.shared_pipeline_artifact_details import SharedPipelineArtifactDetails
from matillion_api.types import UNSET, Unset

from matillion_async._arguments import check, flag_fault
from matillion_async._errors import InvalidRequestError, NotFoundError
from matillion_async._groups.by_hand import ByHand
from matillion_async._publishing.artifact_files import MAX_FILE_SIZE, SourceFile
from matillion_async._publishing.multipart import MultipartFiles
from matillion_async._publishing.uploads import (
    IgnoredResource,
    checked_files,
    send_once,
    streamed,
)

__all__ = [
    "Artifacts",
    "IgnoredResource",
    "PublishedArtifact",
    "PublishedSharedPipelines",
    "SharedPipelineArtifacts",
    "SourceFile",
    "plan_artifact",
]

_UPLOAD = streamed(upload_artifact.OPERATION)
_SHARED_UPLOAD = streamed(upload_shared_pipeline_artifact.OPERATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Published:
    version_name: str
    files: tuple[SourceFile, ...]
    """What was sent."""
    ignored_resources: tuple[IgnoredResource, ...] = ()
    """What the API left out of the version; not known when ``is_verified``."""
    is_verified: bool = False
    """Whether the API gave no usable response, and the version was found afterwards."""
    is_dry_run: bool = False
    """Whether nothing was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSharedPipelines(_Published):
    """A version of shared pipelines that was published, or would be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedArtifact(_Published):
    """A version that was published, or would be."""

    environment_name: str


def plan_artifact(
    folder: str | os.PathLike[str],
    *,
    version_name: str,
    environment_name: str,
    branch: str | Unset = UNSET,
    commit_hash: str | Unset = UNSET,
    exclude: str | Iterable[str] = (),
    max_file_size: int = MAX_FILE_SIZE,
    allow_secrets: str | Iterable[str] = (),
) -> PublishedArtifact:
    """What :meth:`Artifacts.publish` would send, with the same arguments; it reads and checks the files.

    Raises:
        InvalidRequestError: a string cannot be sent in a header, or the folder cannot be published.
    """
    headers = {
        "version_name": version_name,
        "environment_name": environment_name,
        "branch": branch,
        "commit_hash": commit_hash,
    }
    files = checked_files(
        "artifacts.publish", headers, folder, exclude, max_file_size, allow_secrets
    )
    return PublishedArtifact(
        version_name=version_name,
        environment_name=environment_name,
        files=files,
        is_dry_run=True,
    )


class Artifacts(ByHand, generated.Artifacts):
    """Published versions of a project, uploaded and promoted from environment to environment."""

    async def publish(
        self,
        project: str,
        folder: str | os.PathLike[str],
        *,
        version_name: str,
        environment_name: str,
        branch: str | Unset = UNSET,
        commit_hash: str | Unset = UNSET,
        exclude: str | Iterable[str] = (),
        max_file_size: int = MAX_FILE_SIZE,
        allow_secrets: str | Iterable[str] = (),
        dry_run: bool = False,
    ) -> PublishedArtifact:
        """Publish the files below a folder as a version.

        Files are read from disk while they are sent. The upload is never sent twice once it may have been
        processed: after a 5xx or a lost response the version is looked for in the environment instead.

        What a ``.gitignore`` in the folder leaves out is not published, and neither are ``.git`` and the
        ``.gitignore`` files themselves. All other files must be text, and none may look like a secret, such as ``.env``,
        ``id_rsa`` or whatever holds a private key. No link out of the folder is followed, and a file that is replaced or
        changed between its check and its sending ends the call.

        Args:
            project: id or exact name of the project.
            folder: its paths are those in the project.
            version_name: name of the new version. Like the other strings it is sent in a header: printable ASCII.
            environment_name: the environment to publish to.
            branch: Git branch that the files are from.
            commit_hash: Git commit that the files are from.
            exclude: further patterns as in a ``.gitignore``; they win over the files, so that ``!build/`` takes in
                what these leave out.
            max_file_size: bytes of a file at most, 10 MiB unless given.
            allow_secrets: names of files, such as ``tests/key.pem``, that are published although they look like secrets.
            dry_run: read and check the files, and send nothing.

        Raises:
            InvalidRequestError: a name cannot be sent, or the folder cannot be published; nothing was sent.
            MatillionError: the API refused it, or gave no usable response; then the message says whether the version
                is in the environment, and ``may_have_been_processed`` whether that may still change.
        """
        check(InvalidRequestError, "artifacts.publish: ", dry_run=flag_fault(dry_run))
        texts: dict[str, Any] = {
            "version_name": version_name,
            "environment_name": environment_name,
            "branch": branch,
            "commit_hash": commit_hash,
        }
        plan = await asyncio.to_thread(
            plan_artifact,
            folder,
            exclude=exclude,
            max_file_size=max_file_size,
            allow_secrets=allow_secrets,
            **texts,
        )
        if dry_run:
            return plan
        session = self._naming_session.bounded()
        within = Artifacts(session)
        body = MultipartFiles(plan.files)
        ignored = await send_once(
            lambda: session.call(_UPLOAD, project_id=project, body=body, **texts),
            lambda: within._find(project, version_name, environment_name),
            lambda artifact: (artifact.created_at, artifact.deployed_at),
            f"version {version_name!r} in environment {environment_name!r}",
            session.deadline(),
        )
        return replace(
            plan, is_dry_run=False, is_verified=ignored is None, ignored_resources=ignored or ()
        )

    async def _find(
        self, project: str, version_name: str, environment_name: str
    ) -> Artifact | None:
        """The version as it is in the environment, or None."""
        try:
            found = await self.details(
                project, environment_name=environment_name, version_name=version_name
            )
        except NotFoundError:
            return None
        return Artifact() if isinstance(found.details, Unset) else found.details


class SharedPipelineArtifacts(ByHand, generated_shared.SharedPipelineArtifacts):
    """Published versions of shared pipelines."""

    async def publish(
        self,
        folder: str | os.PathLike[str],
        *,
        version_name: str,
        shared_pipeline_id_prefix: str | Unset = UNSET,
        branch: str | Unset = UNSET,
        commit_hash: str | Unset = UNSET,
        exclude: str | Iterable[str] = (),
        max_file_size: int = MAX_FILE_SIZE,
        allow_secrets: str | Iterable[str] = (),
        dry_run: bool = False,
    ) -> PublishedSharedPipelines:
        """Publish the files below a folder as a version of shared pipelines; the credentials need the role Admin.

        Files are chosen, checked and sent as by :meth:`Artifacts.publish`, and nothing is ever sent twice: when there is no
        good response, the version is looked for, by its details if the prefix is given, and otherwise in the listing.

        Args:
            folder: its paths are those that the pipelines come from.
            version_name: name of the new version. Like the other strings it is sent in a header: printable ASCII.
            shared_pipeline_id_prefix: what the ids of the shared pipelines begin with.
            branch: Git branch that the files are from.
            commit_hash: Git commit that the files are from.
            exclude: further patterns as in a ``.gitignore``; they win over the files.
            max_file_size: bytes of a file at most, 10 MiB unless given.
            allow_secrets: names of files that are published although they look like secrets.
            dry_run: read and check the files, and send nothing.

        Raises:
            InvalidRequestError: a name cannot be sent, or the folder cannot be published; nothing was sent.
            MatillionError: the API refused it, or gave no usable response; then the message says whether there is such
                a version, and ``may_have_been_processed`` whether that may still change.
        """
        check(
            InvalidRequestError, "shared_pipeline_artifacts.publish: ", dry_run=flag_fault(dry_run)
        )
        texts: dict[str, str | Unset] = {
            "version_name": version_name,
            "shared_pipeline_id_prefix": shared_pipeline_id_prefix,
            "branch": branch,
            "commit_hash": commit_hash,
        }
        files = await asyncio.to_thread(
            checked_files,
            *("shared_pipeline_artifacts.publish", texts, folder),
            *(exclude, max_file_size, allow_secrets),
        )
        plan = PublishedSharedPipelines(version_name=version_name, files=files, is_dry_run=dry_run)
        if dry_run:
            return plan
        session = self._naming_session.bounded()
        within = SharedPipelineArtifacts(session)
        ignored = await send_once(
            lambda: session.call(_SHARED_UPLOAD, body=MultipartFiles(files), **texts),
            lambda: within._find(version_name, shared_pipeline_id_prefix),
            lambda version: version.created_at,
            f"version {version_name!r} of shared pipelines",
            session.deadline(),
        )
        return replace(plan, is_verified=ignored is None, ignored_resources=ignored or ())

    async def _find(
        self, version_name: str, prefix: str | Unset
    ) -> SharedPipelineArtifactDetails | None:
        """The version as it is, or None."""
        if isinstance(prefix, Unset):
            found = [item async for item in self.list() if item.version_name == version_name]
            return found[0] if found else None
        try:
            details = await self.details(
                shared_pipeline_id_prefix=prefix, version_name=version_name
            )
        except NotFoundError:
            return None
        version = details.artifact_details
        return SharedPipelineArtifactDetails() if isinstance(version, Unset) else version
