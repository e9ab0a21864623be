"""Things by their id or their exact name."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Coroutine, Sequence
from contextlib import aclosing
from typing import Any, Protocol, TypeVar

from matillion_api.models.agent import Agent
from matillion_api.types import Listing, Unset

from matillion_async._errors import MatillionError, NotFoundError
from matillion_async._names.suggestions import first_few, near
from matillion_async.cli._connection import Connection
from matillion_async.cli._failures import Failure
from matillion_async.cli._listing import Page, show, walk
from matillion_async.cli._output import Format


class Named(Protocol):
    """What can be looked up."""

    @property
    def name(self) -> str | Unset: ...


NamedT = TypeVar("NamedT", bound=Named)
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")


def is_id(text: str) -> bool:
    """Whether a text has the form of an id, in lower case as the API writes it, so that it need not be looked up."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


async def find(
    connection: Connection,
    listing: Listing[NamedT, Page],
    text: str,
    *,
    what: str,
    id_of: Callable[[NamedT], str],
    command: str,
) -> NamedT:
    """The one item of a listing with this id or exact name.

    Args:
        connection: what the listing is fetched over.
        listing: all items.
        text: the id or the name.
        what: what one item is called.
        id_of: the id of an item.
        command: what lists the items.

    Raises:
        Failure: there is none, or several; the message lists what is near.
    """
    has_any_case = is_id(text.lower())
    items: dict[str, NamedT] = {}
    async with aclosing(walk(connection, listing, f"{what}s")) as pages:
        async for page in pages:
            for item in page:
                if id_of(item) == text or (has_any_case and id_of(item).lower() == text.lower()):
                    return item
                items[id_of(item)] = item
    matches = {key: item for key, item in items.items() if item.name == text}
    if len(matches) == 1:
        return next(iter(matches.values()))
    names = {key: item.name or "" for key, item in items.items()}
    if matches:
        raise Failure(
            f"{len(matches)} {what}s are named {text!r}; give an id: {first_few([*matches])}"
        )
    raise Failure(
        f"no {what} has the id or the exact name {text!r}; {near(text, names)}; see '{command}'"
    )


async def find_agent(connection: Connection, text: str) -> Agent:
    """The one agent with this id or exact name.

    Raises:
        Failure: there is none, or several; the message lists what is near.
    """
    return await find(
        connection,
        connection.client.agents.list(),
        text,
        what="agent",
        id_of=lambda agent: agent.agent_id,
        command="matillion agents list",
    )


async def project_id(connection: Connection, text: str) -> str:
    """The id of the project with this id, which is not looked up, or exact name."""
    return text if is_id(text) else (await connection.client.projects.find(text)).id


async def agent_id(connection: Connection, text: str) -> str:
    """The id of the agent with this id, which is not looked up, or exact name."""
    return text if is_id(text) else (await find_agent(connection, text)).agent_id


async def schedule_id(connection: Connection, project: str, text: str) -> str:
    """The id of the schedule of a project with this id, which is not looked up, or exact name.

    Raises:
        Failure: no schedule has the name, or several have.
    """
    if is_id(text):
        return text
    found = await find(
        connection,
        connection.client.schedules.list(project),
        text,
        what="schedule",
        id_of=lambda schedule: schedule.schedule_id,
        command="matillion schedules list",
    )
    return found.schedule_id


async def missing_environment(
    connection: Connection, project: str, names: Sequence[str | None]
) -> str | None:
    """Which of these environments a project does not have, and what is near; None if it has all."""
    listing = connection.client.environments.list(project)
    environments = {item.name: item.name async for item in listing}
    for name in names:
        if name is not None and name not in environments:
            return f"there is no environment {name!r}; {near(name, environments)}"
    return None


async def in_environment(
    connection: Connection,
    project: str,
    names: Sequence[str | None],
    work: Callable[[], Coroutine[Any, Any, ResultT]],
) -> ResultT:
    """The result of work in environments of a project; a 404 of it says which of them there is not."""
    try:
        return await work()
    except NotFoundError as error:
        try:
            reason = await missing_environment(connection, project, names)
        except MatillionError:
            raise error from None  # such as an unknown project, which the error says
        if reason is None:
            raise
        raise Failure(f"{error}; {reason}") from None


async def show_of_project(
    connection: Connection,
    project: str,
    listing_of: Callable[[str], Listing[ItemT, Page]],
    label: str,
    columns: Sequence[str],
    output: Format,
) -> int:
    """Write a listing of a project, which is given by its id or its exact name, to stdout.

    Returns:
        The number of its items.
    """
    if is_id(project):
        try:
            return await show(connection, listing_of(project), label, columns, output)
        except NotFoundError:
            pass  # no project has this id; the look-up finds it as a name, or says what is near
    found = await connection.client.projects.find(project)
    return await show(connection, listing_of(found.id), label, columns, output)
