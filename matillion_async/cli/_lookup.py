"""Things by their id or their exact name."""

from __future__ import annotations

import difflib
import uuid
from collections.abc import Callable, Sequence
from contextlib import aclosing
from typing import Protocol, TypeVar

from matillion_api.models.agent import Agent
from matillion_api.models.project import Project
from matillion_api.types import Listing, Unset

from matillion_async._errors import NotFoundError
from matillion_async.cli._connection import Connection
from matillion_async.cli._failures import Failure
from matillion_async.cli._listing import Page, show, walk
from matillion_async.cli._output import Format

_SHOWN = 5


class Named(Protocol):
    """What can be looked up."""

    @property
    def name(self) -> str | Unset: ...


NamedT = TypeVar("NamedT", bound=Named)
ItemT = TypeVar("ItemT")


def is_id(text: str) -> bool:
    """Whether a text has the form of an id, so that it need not be looked up."""
    try:
        return str(uuid.UUID(text)) == text.lower()
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
    items: dict[str, NamedT] = {}
    async with aclosing(walk(connection, listing, f"{what}s")) as pages:
        async for page in pages:
            for item in page:
                if id_of(item).lower() == text.lower():
                    return item
                items[id_of(item)] = item
    matches = {key: item for key, item in items.items() if item.name == text}
    if len(matches) == 1:
        return next(iter(matches.values()))
    names = {key: item.name or "" for key, item in items.items()}
    if matches:
        raise Failure(f"{len(matches)} {what}s are named {text!r}; give an id: {_ids([*matches])}")
    advice = _advice(text, names, what, command)
    raise Failure(f"no {what} has the id or the exact name {text!r}; {advice}")


async def find_project(connection: Connection, text: str) -> Project:
    """The one project with this id or exact name.

    Raises:
        Failure: there is none, or several; the message lists what is near.
    """
    return await find(
        connection,
        connection.client.projects.list(),
        text,
        what="project",
        id_of=lambda project: project.id,
        command="matillion projects list",
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
    return text if is_id(text) else (await find_project(connection, text)).id


async def agent_id(connection: Connection, text: str) -> str:
    """The id of the agent with this id, which is not looked up, or exact name."""
    return text if is_id(text) else (await find_agent(connection, text)).agent_id


def near(text: str, names: Sequence[str]) -> str:
    """Names that resemble or contain a text that is none of them, in words."""
    if not names:
        return "there are none at all"
    found = ", ".join(map(repr, _near(text, {name: name for name in names})))
    return f"near: {found}" if found else f"none of {len(names)} is near"


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
    found = await find_project(connection, project)
    return await show(connection, listing_of(found.id), label, columns, output)


def _advice(text: str, names: dict[str, str], what: str, command: str) -> str:
    if not names:
        return f"these credentials see no {what} at all"
    near = _near(text, names)
    if not near:
        return f"none of {len(names)} is near; see '{command}'"
    return "near: " + ", ".join(
        f"{names[key]!r}" + (f" ({key})" if key != names[key] else "") for key in near
    )


def _near(text: str, names: dict[str, str]) -> list[str]:
    """Ids of what has a name or an id that resembles or contains the text, the nearest first."""
    wanted = text.casefold()
    ids: dict[str, list[str]] = {}
    for key, name in names.items():
        for form in (name.casefold(), key.casefold()):
            ids.setdefault(form, []).append(key)
    close = difflib.get_close_matches(wanted, ids, n=_SHOWN)
    close += [form for form in ids if wanted and wanted in form]
    return list(dict.fromkeys(key for form in close for key in ids[form]))[:_SHOWN]


def _ids(ids: Sequence[str]) -> str:
    shown = ", ".join(ids[:_SHOWN])
    more = len(ids) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
