"""A project by its id or by its exact name."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from matillion_api.models import Project

from matillion_async import InvalidRequestError, MatillionClient


async def project_id(client: MatillionClient, given: str) -> str:
    """The id of the project with this id or exact name.

    Raises:
        InvalidRequestError: there is none, or several have the name; the message lists what is near.
    """
    projects = await client.projects.list().all()
    if any(project.id == given for project in projects):
        return given
    named = [project for project in projects if project.name == given]
    if len(named) == 1:
        return named[0].id
    if named:
        ids = ", ".join(project.id for project in named)
        raise InvalidRequestError(
            f"{len(named)} projects are named {given!r}; give one of their ids: {ids}"
        )
    raise InvalidRequestError(
        f"no project has the id or the name {given!r}{_near(given, projects)}"
    )


def _near(given: str, projects: Sequence[Project]) -> str:
    if not projects:
        return "; these credentials see no project at all"
    by_name = {project.name.casefold(): project.name for project in projects}
    near = difflib.get_close_matches(given.casefold(), by_name, n=5, cutoff=0.4)
    if not near:
        return f" among {len(projects)} projects"
    return "; near are: " + ", ".join(repr(by_name[name]) for name in near)
