"""Deletions: confirmed, carried out, reported."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import click
from matillion_api.models.agent import Agent
from matillion_api.models.project import Project

from matillion_async._client import MatillionClient
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


def delete_named(
    what: str,
    given: str,
    find: Callable[[MatillionClient], Coroutine[Any, Any, Agent | Project]],
    delete: Callable[[CliClient, str], Coroutine[Any, Any, None]],
    *,
    is_confirmed: bool,
    along: str = "",
) -> None:
    """Delete what has an id and a name, or something of it.

    Args:
        what: what is deleted, such as ``agent``, or ``environment 'Old test' of project``.
        given: the id or exact name of that; an id is looked up only to ask.
        find: finds it.
        delete: deletes it, by the id that it is given.
        is_confirmed: whether not to ask.
        along: what goes with it, for the question.
    """
    require_confirmation(is_confirmed)
    with connect() as connection:
        key, shown = given, f"{what} {given}"
        if not is_confirmed or not is_id(given):
            found = connection.run(find(connection.client))
            key = found.agent_id if isinstance(found, Agent) else found.id
            shown = f"{what} {found.name!r} ({key})"
        if not is_confirmed:
            confirm_deletion(shown + along)
        connection.run(delete(connection, key))
    say(f"Deleted {shown}.")


def delete_of_project(
    project: str,
    what: str,
    delete: Callable[[CliClient, str], Coroutine[Any, Any, None]],
    *,
    is_confirmed: bool,
) -> None:
    """Delete something of a project, such as ``environment 'Old test'``; see :func:`delete_named`."""
    delete_named(
        f"{what} of project",
        project,
        lambda client: client.projects.find(project),
        delete,
        is_confirmed=is_confirmed,
    )
