"""An upload of a version that is sent once: what became of it is looked up where its response does not say."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import attrs
from matillion_api.errors import InvalidArgument
from matillion_api.models.artifact_files import ArtifactFiles
from matillion_api.models.uploaded_artifact import UploadedArtifact
from matillion_api.types import UNSET, Operation, Unset, check_headers

from matillion_async._arguments import check, count_fault, strings
from matillion_async._backoff import LOOKS
from matillion_async._calls.call import NOT_REPEATED
from matillion_async._errors import (
    APIConnectionError,
    InvalidRequestError,
    MatillionError,
    PagingError,
    ResponseDecodingError,
    ServerError,
    is_of_the_caller,
)
from matillion_async._publishing.artifact_files import SourceFile, collect_files
from matillion_async._publishing.multipart import MultipartFiles

VersionT = TypeVar("VersionT")
ResultT = TypeVar("ResultT")

_LOOKS = LOOKS[:3]
"""A version is there within seconds or not at all."""


@dataclass(frozen=True, slots=True)
class IgnoredResource:
    """A file that was sent and is not part of the version."""

    name: str
    """Its path in the project."""
    reason: str
    """Why, in the words of the API."""


def checked_files(
    operation: str,
    headers: Mapping[str, str | Unset],
    folder: str | os.PathLike[str],
    exclude: str | Iterable[str],
    max_file_size: int,
    allow_secrets: str | Iterable[str],
) -> tuple[SourceFile, ...]:
    """The files of a folder that can be sent, with these strings in headers.

    Raises:
        InvalidRequestError: a string cannot be sent in a header, or the folder cannot be published.
    """
    check(InvalidRequestError, f"{operation}: ", max_file_size=count_fault(max_file_size))
    if not isinstance(folder, str | os.PathLike):
        text = f"folder must be a path, not {type(folder).__name__}"
        raise InvalidRequestError(text, operation=operation)
    try:
        exclude = strings(InvalidRequestError, "exclude", exclude, or_one=True)
        allow_secrets = strings(InvalidRequestError, "allow_secrets", allow_secrets, or_one=True)
        check_headers({name: text for name, text in headers.items() if not isinstance(text, Unset)})
        return tuple(collect_files(Path(folder), exclude, max_file_size, allow_secrets))
    except (InvalidArgument, InvalidRequestError) as error:
        raise InvalidRequestError(str(error), operation=operation) from None


def streamed(operation: Operation[ResultT]) -> Operation[ResultT]:
    """A generated upload, with a body of type :class:`MultipartFiles`, which is read while it is sent."""

    def get_kwargs(*, body: MultipartFiles, **arguments: Any) -> dict[str, Any]:
        kwargs = operation.get_kwargs(body=ArtifactFiles(), **arguments)
        del kwargs["files"]
        kwargs["headers"] |= body.headers
        return kwargs | {"content": body}

    return attrs.evolve(operation, get_kwargs=get_kwargs)


async def send_once(
    send: Callable[[], Awaitable[UploadedArtifact | None]],
    find: Callable[[], Awaitable[VersionT | None]],
    dates: Callable[[VersionT], object],
    what: str,
    deadline: float | None = None,
) -> tuple[IgnoredResource, ...] | None:
    """Upload a version: what the API left out of it, or None where the version was found after no usable response.

    Args:
        send: uploads it; a response without a body is a good one.
        find: the version as it is there now, if it is.
        dates: what differs once a version is replaced.
        what: the version, in words.
        deadline: of all calls together, a moment on the event loop's clock; no look is waited for beyond it.

    Raises:
        MatillionError: the API refused it, or gave no usable response; then the message says whether it is there.
    """
    before: VersionT | MatillionError | None
    try:
        before = await find()
    except (PagingError, ResponseDecodingError, ServerError) as failure:
        if is_of_the_caller(failure):
            raise
        before = failure  # it would only have told a new version from an old one
    try:
        return _ignored(await send())
    except (APIConnectionError, ResponseDecodingError, ServerError) as error:
        is_unsent = isinstance(error, APIConnectionError) and not error.may_have_been_processed
        if is_unsent or is_of_the_caller(error):
            raise
        await _verify(find, dates, what, before, error, deadline)
        return None


async def _verify(
    find: Callable[[], Awaitable[VersionT | None]],
    dates: Callable[[VersionT], object],
    what: str,
    before: VersionT | MatillionError | None,
    error: MatillionError,
    deadline: float | None,
) -> None:
    """Return if the version came since ``before``; otherwise raise ``error``.

    Where ``before`` is an error, a version that is there may be this one or another.
    """
    outcome = f"there was a {what} before, and it is unknown whether this one replaced it"
    now = asyncio.get_running_loop().time
    try:
        for pause in _LOOKS:
            if pause and deadline is not None and now() + pause >= deadline:
                break
            await asyncio.sleep(pause)
            found = await find()
            if found is None:
                continue
            if isinstance(before, MatillionError):
                outcome = (
                    f"there is a {what}, and it is unknown whether it is this one: before, {before}"
                )
                break
            if before is None or dates(found) != dates(before):
                return
        if found is None:
            outcome = f"there is no {what}"
            if getattr(error, "status_code", None) == 500:
                error.may_have_been_processed = False
                outcome = f"{outcome}: nothing was published"
            else:
                outcome = f"{outcome} so far: look again before you publish it again"
    except MatillionError as failure:
        if is_of_the_caller(failure):
            raise
        outcome = f"whether there is a {what} is unknown: {failure}"
    error.advice = [text for text in error.advice if text != NOT_REPEATED]  # it was looked for
    error.advice.append(outcome)
    raise error


def _ignored(response: UploadedArtifact | None) -> tuple[IgnoredResource, ...]:
    resources = UNSET if response is None else response.ignored_resources
    if isinstance(resources, Unset):
        return ()
    return tuple(
        IgnoredResource(str(item.name or ""), str(item.reason or "")) for item in resources
    )
