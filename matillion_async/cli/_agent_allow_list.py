"""``matillion agents allow-list``."""

from __future__ import annotations

from collections.abc import Sequence

import click
from matillion_api.types import UNSET

from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._connection import connect
from matillion_async.cli._lookup import agent_id, project_id
from matillion_async.cli._output import Format, format_options, row_writer
from matillion_async.cli._streams import say
from matillion_async.cli._types import GIVEN

COLUMNS = ("projectId", "environmentName")


@click.group(name="allow-list", cls=CommandGroup)
def allow_list() -> None:
    """Which projects and environments may use an agent with restricted access."""


@allow_list.command(name="show")
@click.argument("agent")
@format_options
def show_allow_list(agent: str, output: Format) -> None:
    """List what may use AGENT (id or exact name). A row without environment is a whole project.

    \b
    Example: matillion agents allow-list show agent-eu
    """
    with connect() as connection:
        key = connection.run(agent_id(connection, agent))
        found = connection.run(connection.client.agents.allow_list(key))
    rows: list[dict[str, str | None]] = []
    for project, entry in found.projects.extra.items():
        names: Sequence[str | None] = entry.environments or (None,)
        rows += [{"projectId": project, "environmentName": name} for name in names]
    with row_writer(output, COLUMNS) as writer:
        writer.write(rows)
    if not rows and output is Format.TABLE:
        say("Nothing is on the allow list.")


@allow_list.command(name="add")
@click.argument("agent")
@click.argument("project")
@click.option(
    "--environment",
    "environments",
    multiple=True,
    type=GIVEN,
    metavar="NAME",
    help="This environment of it only; may be repeated.",
)
def add(agent: str, project: str, environments: tuple[str, ...]) -> None:
    """Let PROJECT, or environments of it, use AGENT (ids or exact names).

    \b
    Example: matillion agents allow-list add agent-eu Sales --environment "Production EU"
    """
    with connect() as connection:
        key = connection.run(agent_id(connection, agent))
        allowed = connection.run(project_id(connection, project))
        entry = {"environments": list(environments)} if environments else {}
        connection.run(connection.client.agents.add_to_allow_list(key, projects={allowed: entry}))
    say(f"{_shown(project, environments)} may use agent {agent!r}.")


@allow_list.command(name="remove")
@click.argument("agent")
@click.argument("project")
@click.option("--environment", type=GIVEN, metavar="NAME", help="This environment of it only.")
def remove(agent: str, project: str, environment: str | None) -> None:
    """Let PROJECT, or an environment of it, no longer use AGENT (ids or exact names).

    \b
    Example: matillion agents allow-list remove agent-eu Sales --environment "Production EU"
    """
    with connect() as connection:
        key = connection.run(agent_id(connection, agent))
        connection.run(
            connection.client.agents.remove_from_allow_list(
                key,
                project=project,
                environment_name=UNSET if environment is None else environment,
            )
        )
    environments = () if environment is None else (environment,)
    say(f"{_shown(project, environments)} may no longer use agent {agent!r}.")


def _shown(project: str, environments: tuple[str, ...]) -> str:
    names = ", ".join(map(repr, environments))
    return f"Environment {names} of project {project!r}" if names else f"Project {project!r}"
