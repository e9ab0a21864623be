"""Names of projects in place of their ids: looked up in the listing, and kept for a while."""

from __future__ import annotations

import asyncio
import copy
import math
from collections.abc import Callable, Coroutine
from contextvars import Context
from typing import TYPE_CHECKING, Any

from matillion_async._errors import DeadlineExceededError, MatillionError
from matillion_async._names.matching import Kind, Named

if TYPE_CHECKING:
    from matillion_api.models.project import Project

PROJECT: Kind[Project] = Kind(
    "project",
    lambda project: project.name,
    lambda project: project.id,
    none_at_all="these credentials see no project at all",
)
LIFE = 300.0
"""Seconds for which the listing is kept. A name that is not in it, or whose id is gone, is looked up afresh."""


class ProjectNames:
    """The projects of the account by name, shared by all calls of a client.

    Many calls that need the listing at once share one walk of it.

    Args:
        read: fetches the whole listing of projects.
    """

    def __init__(self, read: Callable[[], Coroutine[Any, Any, list[Project]]]) -> None:
        self._read = read
        self._projects = Named(PROJECT, [])
        self._expires = -math.inf
        self._reading: asyncio.Task[list[Project] | MatillionError] | None = None

    async def find(self, text: str, deadline: float | None = None) -> Project:
        """The one project with this exact name, or this id.

        Args:
            text: a name; an id is looked for when no project has it as its name.
            deadline: the moment, in the time of the event loop, until which to wait for the listing; None for no limit.

        Raises:
            ResourceNameError: there is none, or several; the message lists what is near.
            InvalidRequestError: it is not a string.
            MatillionError: the listing could not be fetched.
        """
        PROJECT.check(text)
        is_kept = asyncio.get_running_loop().time() < self._expires
        if is_kept and self._projects.matches(text):
            return self._projects.only(text)
        try:
            async with asyncio.timeout_at(deadline):
                joined = self._reading is not None
                await self._refresh()
                if joined and not self._projects.matches(text):
                    # The walk it joined may have begun before the project was made.
                    await self._refresh()
        except TimeoutError:
            raise DeadlineExceededError(
                f"the deadline passed while the project {text!r} was looked up"
            ) from None
        return self._projects.only(text)

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
        self._projects = Named(PROJECT, projects)
        self._expires = asyncio.get_running_loop().time() + LIFE
        return projects
