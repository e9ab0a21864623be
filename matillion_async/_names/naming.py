"""Lets callers name a project wherever the API asks for its id."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from matillion_api.api import Resources
from matillion_api.errors import InvalidArgument
from matillion_api.types import Operation

from matillion_async._calls.session import Session
from matillion_async._errors import DeadlineExceededError, NotFoundError, ResourceNameError
from matillion_async._limits.queue import Priority
from matillion_async._listings.paging import PagedListing
from matillion_async._names.matching import is_id
from matillion_async._names.project_names import ProjectNames

if TYPE_CHECKING:
    from matillion_api.models.project import Project

T = TypeVar("T")
ItemT = TypeVar("ItemT")
PageT = TypeVar("PageT")


def project_names(session: Session) -> ProjectNames:
    """The names of the projects that ``session`` sees; somebody waits for a look-up, so it goes first."""
    reader = session.with_options(deadline=None, priority=Priority.INTERACTIVE)

    async def read() -> list[Project]:
        return list(await Resources(reader).projects.list().all())

    return ProjectNames(read)


class NamingSession:
    """Carries out operations whose projects may be given by name.

    Args:
        session: what carries them out by id.
        names: the names of the projects, shared by all sessions of a client.
    """

    def __init__(self, session: Session, names: ProjectNames) -> None:
        self._session = session
        self._names = names

    def call(self, operation: Operation[T], /, **arguments: Any) -> Coroutine[Any, Any, T]:
        """Carry out an operation and return its parsed response.

        Raises:
            ResourceNameError: no project has the name that was given, or several have.
            MatillionError: see the tree in ``matillion_async._errors``.
        """
        names = {
            parameter: given
            for parameter in operation.projects
            if isinstance(given := arguments[parameter], str) and given and not is_id(given)
        }
        if not names or not _can_be_sent(operation, arguments):
            return self._session.call(operation, **arguments)
        return self._call_by_name(operation, arguments, names)

    def listing(
        self, operation: Operation[PageT], item: type[ItemT], /, **arguments: Any
    ) -> PagedListing[ItemT, PageT]:
        """A listing whose pages ``operation`` returns."""
        return PagedListing(self, operation, item, arguments, self.bounded)

    @property
    def by_id(self) -> Session:
        """The session that carries operations out by id."""
        return self._session

    def with_options(self, **changed: Any) -> NamingSession:
        """A session with other options."""
        return NamingSession(self._session.with_options(**changed), self._names)

    def per_call(self) -> NamingSession:
        """The session whose deadline is for each call alone, for work that takes longer than calls do."""
        return NamingSession(self._session.per_call(), self._names)

    def bounded(self) -> NamingSession:
        """The session for several calls that begin now, and have one deadline together."""
        return NamingSession(self._session.bounded(), self._names)

    def deadline(self) -> float | None:
        """The moment at which what begins now is out of time."""
        return self._session.deadline()

    async def find_project(self, text: str) -> Project:
        """The one project with this exact name, or this id; see :meth:`ProjectNames.find`."""
        return await self._names.find(text, self._session.deadline())

    async def with_ids(
        self, names: dict[str, str], call: Callable[[Session, dict[str, str]], Awaitable[T]]
    ) -> T:
        """Make a call with the ids of projects that are given by name; the deadline is for the look-up and the call.

        Args:
            names: names or ids by whatever ``call`` knows them by.
            call: sends what it sends with the session and the ids that it is given.

        Raises:
            ResourceNameError: no project has the name that was given, or several have.
        """
        deadline = self._session.deadline()
        ids = await self._ids(names, deadline)
        try:
            return await call(self._until(deadline), ids)
        except NotFoundError:
            # Another project may have the name by now; a 404 did nothing, so it can be sent there.
            self._names.forget()
            present = await self._ids(names, deadline)
            if present == ids:
                raise
        return await call(self._until(deadline), present)

    async def _call_by_name(
        self, operation: Operation[T], arguments: dict[str, Any], names: dict[str, str]
    ) -> T:
        try:
            return await self.with_ids(
                names, lambda session, ids: session.call(operation, **(arguments | ids))
            )
        except (ResourceNameError, DeadlineExceededError) as error:
            error.operation = operation.id  # none yet where it comes from the look-up
            raise

    async def _ids(self, names: dict[str, str], deadline: float | None) -> dict[str, str]:
        return {key: (await self._names.find(name, deadline)).id for key, name in names.items()}

    def _until(self, deadline: float | None) -> Session:
        """The session with a moment as its deadline, which has not come yet."""
        if deadline is not None and asyncio.get_running_loop().time() >= deadline:
            raise DeadlineExceededError("the deadline passed while a project was looked up")
        return self._session.until(deadline)


def _can_be_sent(operation: Operation[Any], arguments: dict[str, Any]) -> bool:
    """Whether the session would not refuse the arguments: then nothing needs to be looked up for them."""
    try:
        operation.get_kwargs(**arguments)
    except InvalidArgument:
        return False
    return True
