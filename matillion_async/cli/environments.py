"""``matillion environments``."""

from __future__ import annotations

import click
from matillion_api.models.environment import Environment
from matillion_api.models.project import Project

from matillion_async._errors import AuthenticationError, MatillionError
from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._connection import CliClient, connect
from matillion_async.cli._deletion import delete_of_project, yes_option
from matillion_async.cli._failures import Failure
from matillion_async.cli._listing import collect, row, say_none, wants_progress
from matillion_async.cli._lookup import show_of_project
from matillion_async.cli._output import Format, format_options, row_writer
from matillion_async.cli._progress import progress
from matillion_async.cli._streams import say

COLUMNS = ("name", "defaultAgentId", "defaultAgentName")
PROJECT_COLUMNS = ("projectId", "projectName")


@click.group(name="environments", cls=CommandGroup)
def command() -> None:
    """List and delete environments."""


@command.command(name="list")
@click.argument("project", required=False)
@click.option(
    "--all-projects", is_flag=True, help="List those of all projects, with the project in each row."
)
@format_options
def list_environments(project: str | None, all_projects: bool, output: Format) -> None:
    """List the environments of PROJECT (id or exact name).

    \b
    Example: matillion environments list Sales
    Example: matillion environments list --all-projects --csv > environments.csv
    """
    if all_projects == (project is not None):
        raise click.UsageError("Give a project or --all-projects", click.get_current_context())
    with connect() as connection:
        if project is None:
            connection.run(_show_all(connection, output))
        else:
            listing_of = connection.client.environments.list
            work = show_of_project(connection, project, listing_of, "environments", COLUMNS, output)
            connection.run(work)


@command.command(name="delete")
@click.argument("project")
@click.argument("name")
@yes_option
def delete_environment(project: str, name: str, is_confirmed: bool) -> None:
    """Delete the environment NAME of PROJECT (id or exact name).

    \b
    Example: matillion environments delete Sales "Old test" --yes
    """
    delete_of_project(
        project,
        f"environment {name!r}",
        lambda connection, key: connection.client.environments.delete(key, name),
        is_confirmed=is_confirmed,
    )


async def _show_all(connection: CliClient, output: Format) -> None:
    """Environments of one project after the other, fetched many at a time; a failure loses no other."""
    client = connection.client
    projects: list[Project] = await collect(connection, client.projects.list(), "projects")
    columns = (*PROJECT_COLUMNS, *COLUMNS)
    bar = progress("projects", is_wanted=wants_progress(connection, output))
    failed = 0
    with row_writer(output, columns) as writer, bar as shown:
        outcomes = client.bulk(
            lambda project: client.environments.list(project.id),
            projects,
            ordered=True,
            on_progress=lambda state: shown.update(state.done, state.total),
        )
        async for outcome in outcomes:
            if outcome.error is not None:
                _report_failure(outcome.item, outcome.error)
                failed += 1
                continue
            found = outcome.unwrap()
            writer.write([_with_project(outcome.item, item, columns) for item in found])
    if failed:
        raise Failure(f"the environments of {failed} of {len(projects)} projects are missing")
    say_none(writer.count, "environments", output)


def _with_project(
    project: Project, environment: Environment, columns: tuple[str, ...]
) -> dict[str, object]:
    return {"projectId": project.id, "projectName": project.name, **row(environment, columns)}


def _report_failure(project: Project, error: Exception) -> None:
    if not isinstance(error, MatillionError) or isinstance(error, AuthenticationError):
        raise error  # a mistake of this program, or one that all other projects would meet
    say(f"matillion: project {project.name!r} ({project.id}): {error}")
