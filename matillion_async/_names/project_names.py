"""Names of projects in place of their ids: looked up in the listing, and kept for a while."""

from __future__ import annotations

import asyncio
import copy
import math
import uuid
from collections.abc import Callable, Coroutine, Sequence
from contextvars import Context
from typing import TYPE_CHECKING, Any

from matillion_async._errors import (
    DeadlineExceededError,
    InvalidRequestError,
    MatillionError,
    ProjectNameError,
)
from matillion_async._names.suggestions import first_few, near, nearest

if TYPE_CHECKING:
    from matillion_api.models.project import Project

LIFE = 300.0
"""Seconds for which the listing is kept. A name that is not in it, or whose id is gone, is looked up afresh."""


def is_project_id(text: str) -> bool:
    """Whether a text has the form of a project's id, a UUID in lower case, so that it is not looked up as a name."""
    try:
        return isinstance(text, str) and str(uuid.UUID(text)) == text
    except ValueError:
        return False


class ProjectNames:
    """The projects of the account by name, shared by all calls of a client.

    Many calls that need the listing at once share one walk of it.

    Args:
        read: fetches the whole listing of projects.
    """

    def __init__(self, read: Callable[[], Coroutine[Any, Any, list[Project]]]) -> None:
        self._read = read
        self._by_id: dict[str, Project] = {}
        self._by_name: dict[str, list[Project]] = {}
        self._expires = -math.inf
        self._reading: asyncio.Task[list[Project] | MatillionError] | None = None

    async def find(self, text: str, deadline: float | None = None) -> Project:
        """The one project with this exact name, or this id.

        Args:
            text: a name; an id is looked for when no project has it as its name.
            deadline: the moment, in the time of the event loop, until which to wait for the listing; None for no limit.

        Raises:
            ProjectNameError: there is none, or several; the message lists what is near.
            InvalidRequestError: it is no text.
            MatillionError: the listing could not be fetched.
        """
        if not isinstance(text, str):
            raise InvalidRequestError(
                f"project must be a string, an id or an exact name, not {type(text).__name__}"
            )
        if asyncio.get_running_loop().time() < self._expires and self._matches(text):
            return self._only(text)
        try:
            async with asyncio.timeout_at(deadline):
                joined = self._reading is not None
                await self._refresh()
                if joined and not self._matches(text):
                    # The walk it joined may have begun before the project was made.
                    await self._refresh()
        except TimeoutError:
            raise DeadlineExceededError(
                f"the deadline passed while the project {text!r} was looked up"
            ) from None
        return self._only(text)

    def forget(self) -> None:
        """Look every name up afresh."""
        self._expires = -math.inf

    async def _refresh(self) -> None:
        if self._reading is None:
            # A task of its own, in a context of its own: it belongs to no caller and to no bulk.
            self._reading = asyncio.create_task(self._outcome(), context=Context())
        reading = self._reading
        await asyncio.wait([reading])
        outcome = reading.result()
        if isinstance(outcome, MatillionError):
            raise copy.copy(outcome)  # the traceback of one for all would grow with each caller

    async def _outcome(self) -> list[Project] | MatillionError:
        try:
            projects = await self._read()
        except MatillionError as error:
            return error
        finally:
            self._reading = None
        self._by_id = {project.id: project for project in projects}
        self._by_name = {}
        for project in projects:
            self._by_name.setdefault(project.name, []).append(project)
        self._expires = asyncio.get_running_loop().time() + LIFE
        return projects

    def _matches(self, text: str) -> Sequence[Project]:
        known_id = self._by_id.get(text, self._by_id.get(text.lower()))
        return self._by_name.get(text) or ([] if known_id is None else [known_id])

    def _only(self, text: str) -> Project:
        matches = self._matches(text)
        if len(matches) == 1:
            return matches[0]
        if matches:
            ids = [project.id for project in matches]
            message = f"{len(matches)} projects are named {text!r}; give an id: {first_few(ids)}"
        else:
            names = {project.id: project.name for project in self._by_id.values()}
            matches = [self._by_id[key] for key in nearest(text, names)]
            advice = near(text, names) if names else "these credentials see no project at all"
            message = f"no project has the id or the exact name {text!r}; {advice}"
        candidates = tuple((project.id, project.name) for project in matches)
        raise ProjectNameError(message, name=text, candidates=candidates)
