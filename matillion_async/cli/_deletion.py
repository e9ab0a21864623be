"""Deletions of what belongs to a project: confirmed, carried out, reported."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import click

from matillion_async._names.matching import is_id
from matillion_async.cli._connection import CliClient, connect
from matillion_async.cli._prompts import confirm_deletion, require_confirmation
from matillion_async.cli._streams import say

yes_option = click.option(
    "--yes",
    "is_confirmed",
    is_flag=True,
    help="Delete without asking, which is needed where there is no terminal.",
)


def delete_of_project(
    project: str,
    what: str,
    delete: Callable[[CliClient, str], Coroutine[Any, Any, None]],
    *,
    is_confirmed: bool,
) -> None:
    """Delete something of a project.

    Args:
        project: id or exact name; an id is looked up only to ask.
        what: what is deleted, such as ``environment 'Old test'``.
        delete: deletes it, of the project with the id that it is given.
        is_confirmed: whether not to ask.
    """
    require_confirmation(is_confirmed)
    with connect() as connection:
        if is_confirmed and is_id(project):
            project_id, shown = project, f"{what} of project {project}"
        else:
            found = connection.run(connection.client.projects.find(project))
            project_id, shown = found.id, f"{what} of project {found.name!r} ({found.id})"
        if not is_confirmed:
            confirm_deletion(shown)
        connection.run(delete(connection, project_id))
    say(f"Deleted {shown}.")
