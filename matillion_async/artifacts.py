"""Publish the files of a folder as a version of a project."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import attrs
from matillion_api.api import artifacts as generated
from matillion_api.api.artifacts import upload_artifact
from matillion_api.errors import InvalidArgument
from matillion_api.models.artifact import Artifact
from matillion_api.models.artifact_files import ArtifactFiles
from matillion_api.models.uploaded_artifact import UploadedArtifact
from matillion_api.types import UNSET, Unset, check_headers

from matillion_async._calls.call import NOT_REPEATED
from matillion_async._errors import (
    APIConnectionError,
    InvalidRequestError,
    MatillionError,
    NotFoundError,
    ResponseDecodingError,
    ServerError,
)
from matillion_async._publishing.artifact_files import MAX_FILE_SIZE, SourceFile, collect_files
from matillion_async._publishing.multipart import MultipartFiles

__all__ = ["Artifacts", "IgnoredResource", "PublishedArtifact", "SourceFile", "plan_artifact"]

_LOOKS = (0.0, 2.0, 5.0)
"""Seconds to wait before each look for a version whose upload got no good answer."""


@dataclass(frozen=True, slots=True)
class IgnoredResource:
    """A file that was sent and is not part of the version."""

    name: str
    """Its path in the project."""
    reason: str
    """Why, in the words of the API."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedArtifact:
    """A version that was published, or would be."""

    version_name: str
    environment_name: str
    files: tuple[SourceFile, ...]
    """What was sent."""
    ignored_resources: tuple[IgnoredResource, ...] = ()
    """What the API left out of the version; not known when ``is_verified``."""
    is_verified: bool = False
    """Whether the API gave no good answer, and the version was found in the environment afterwards."""
    is_dry_run: bool = False
    """Whether nothing was sent."""


def plan_artifact(
    folder: str | os.PathLike[str],
    *,
    version_name: str,
    environment_name: str,
    branch: str | Unset = UNSET,
    commit_hash: str | Unset = UNSET,
    exclude: str | Iterable[str] = (),
    max_file_size: int = MAX_FILE_SIZE,
) -> PublishedArtifact:
    """What :meth:`Artifacts.publish` would send, with the same arguments; it reads and checks the files.

    Raises:
        InvalidRequestError: a text cannot be sent in a header, or the folder cannot be published.
    """
    texts = {
        "version_name": version_name,
        "environment_name": environment_name,
        "branch": branch,
        "commit_hash": commit_hash,
    }
    try:
        check_headers({name: text for name, text in texts.items() if not isinstance(text, Unset)})
        files = collect_files(Path(folder), exclude, max_file_size)
    except (InvalidArgument, InvalidRequestError) as error:
        refused = InvalidRequestError(str(error))
        refused.operation = "artifacts.publish"
        raise refused from None
    return PublishedArtifact(
        version_name=version_name,
        environment_name=environment_name,
        files=tuple(files),
        is_dry_run=True,
    )


class Artifacts(generated.Artifacts):
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
        dry_run: bool = False,
    ) -> PublishedArtifact:
        """Publish the files below a folder as a version.

        Files are read from disk while they are sent. The upload is never sent twice once it may have been
        processed: after a 5xx or a lost answer the version is looked for in the environment instead.

        What a ``.gitignore`` in the folder leaves out is not published, and neither are ``.git`` and the
        ``.gitignore`` files themselves. All other files must be text.

        Args:
            project: id or exact name of the project.
            folder: its paths are those in the project.
            version_name: name of the new version. Like the other texts it is sent in a header: printable ASCII.
            environment_name: the environment to publish to.
            branch: Git branch that the files are from.
            commit_hash: Git commit that the files are from.
            exclude: further patterns as in a ``.gitignore``; they win over the files, so that ``!build/`` takes in
                what these leave out.
            max_file_size: bytes of a file at most, 10 MiB unless given.
            dry_run: read and check the files, and send nothing.

        Raises:
            InvalidRequestError: a name cannot be sent, or the folder cannot be published; nothing was sent.
            MatillionError: the API refused it, or gave no good answer; then the message says whether the version
                is in the environment, and ``may_have_been_processed`` whether that may still change.
        """
        plan = await asyncio.to_thread(
            plan_artifact,
            folder,
            version_name=version_name,
            environment_name=environment_name,
            branch=branch,
            commit_hash=commit_hash,
            exclude=exclude,
            max_file_size=max_file_size,
        )
        if dry_run:
            return plan
        planned = replace(plan, is_dry_run=False)
        before = await self._find(project, planned)
        try:
            answer = await self._session.call(
                _STREAMED_UPLOAD,
                project_id=project,
                body=MultipartFiles(planned.files),
                version_name=version_name,
                environment_name=environment_name,
                branch=branch,
                commit_hash=commit_hash,
            )
        except (APIConnectionError, ResponseDecodingError, ServerError) as error:
            if isinstance(error, APIConnectionError) and not error.may_have_been_processed:
                raise
            await self._verify(project, planned, before, error)
            return replace(planned, is_verified=True)
        return replace(planned, ignored_resources=_ignored(answer))

    async def _verify(
        self,
        project: str,
        planned: PublishedArtifact,
        before: Artifact | None,
        error: MatillionError,
    ) -> None:
        """Return if the version came to the environment since ``before``; otherwise raise ``error``."""
        what = f"version {planned.version_name!r} in environment {planned.environment_name!r}"
        outcome = f"there was a {what} before, and it is unknown whether this one replaced it"
        try:
            for pause in _LOOKS:
                await asyncio.sleep(pause)
                found = await self._find(project, planned)
                if found is not None and (before is None or _dates(found) != _dates(before)):
                    return
            if found is None:
                outcome = f"there is no {what}"
                if getattr(error, "status_code", None) == 500:
                    error.may_have_been_processed = False
                    outcome = f"{outcome}: nothing was published"
                else:
                    outcome = f"{outcome} so far: look again before you publish it again"
        except MatillionError as failure:
            outcome = f"whether there is a {what} is unknown: {failure}"
        error.args = (f"{error.message.removesuffix(NOT_REPEATED)}; {outcome}",)
        raise error

    async def _find(self, project: str, planned: PublishedArtifact) -> Artifact | None:
        """The version as it is in the environment, or None."""
        try:
            found = await self.details(
                project,
                environment_name=planned.environment_name,
                version_name=planned.version_name,
            )
        except NotFoundError:
            return None
        return Artifact() if isinstance(found.details, Unset) else found.details


def _streamed_upload(*, body: MultipartFiles, **arguments: Any) -> dict[str, Any]:
    """The arguments of the generated operation, with a body that is read while it is sent."""
    kwargs = upload_artifact.OPERATION.get_kwargs(body=ArtifactFiles(), **arguments)
    del kwargs["files"]
    kwargs["headers"] |= body.headers
    return kwargs | {"content": body}


_STREAMED_UPLOAD = attrs.evolve(upload_artifact.OPERATION, get_kwargs=_streamed_upload)


def _dates(artifact: Artifact) -> tuple[Any, Any]:
    return artifact.created_at, artifact.deployed_at


def _ignored(answer: UploadedArtifact | None) -> tuple[IgnoredResource, ...]:
    resources = UNSET if answer is None else answer.ignored_resources
    if isinstance(resources, Unset):
        return ()
    return tuple(
        IgnoredResource(str(item.name or ""), str(item.reason or "")) for item in resources
    )
