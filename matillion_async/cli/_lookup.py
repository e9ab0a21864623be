"""A project by its id or its exact name."""

from __future__ import annotations

import difflib
import uuid
from collections.abc import Sequence
from contextlib import aclosing

from matillion_api.models.project import Project

from matillion_async.cli._connection import Connection
from matillion_async.cli._failures import Failure
from matillion_async.cli._listing import walk

_SHOWN = 5


def is_id(text: str) -> bool:
    """Whether a text has the form of an id, so that it need not be looked up."""
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


async def find_project(connection: Connection, text: str) -> Project:
    """The one project with this id or exact name.

    Raises:
        Failure: there is none, or several; the message lists what is near.
    """
    projects: list[Project] = []
    async with aclosing(walk(connection, connection.client.projects.list(), "projects")) as pages:
        async for items in pages:
            for project in items:
                if project.id.lower() == text.lower():
                    return project
                projects.append(project)
    matches = [project for project in projects if project.name == text]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise Failure(f"{len(matches)} projects are named {text!r}; give an id: {_ids(matches)}")
    raise Failure(f"no project has the id or the exact name {text!r}; {_advice(text, projects)}")


async def project_id(connection: Connection, text: str) -> str:
    """The id of the project with this id, which is not looked up, or exact name."""
    return text if is_id(text) else (await find_project(connection, text)).id


def _advice(text: str, projects: Sequence[Project]) -> str:
    if not projects:
        return "these credentials see no project at all"
    near = _near(text, projects)
    if not near:
        return f"none of {len(projects)} is near; see 'matillion projects list'"
    return "near: " + ", ".join(f"{project.name!r} ({project.id})" for project in near)


def _near(text: str, projects: Sequence[Project]) -> list[Project]:
    """Projects whose name or id resembles or contains the text, the nearest first."""
    wanted = text.casefold()
    keys: dict[str, list[Project]] = {}
    for project in projects:
        for key in (project.name.casefold(), project.id.casefold()):
            keys.setdefault(key, []).append(project)
    close = difflib.get_close_matches(wanted, keys, n=_SHOWN)
    close += [key for key in keys if wanted and wanted in key]
    near = {project.id: project for key in close for project in keys[key]}
    return list(near.values())[:_SHOWN]


def _ids(projects: Sequence[Project]) -> str:
    shown = ", ".join(project.id for project in projects[:_SHOWN])
    more = len(projects) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
