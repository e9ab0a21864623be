"""``matillion environments``."""

from __future__ import annotations

from typing import Any

import click

from matillion_async import MatillionClient
from matillion_async.cli._context import Settings
from matillion_async.cli._names import project_id
from matillion_async.cli._output import collect, format_options, show
from matillion_async.cli._projects import confirm

COLUMNS = ("name", "defaultAgentId", "defaultAgentName")


@click.group()
def environments() -> None:
    """Environments of a project."""


@environments.command("list", epilog='Example: matillion environments list "My project" --json')
@click.argument("project", required=False)
@click.option(
    "--all-projects", is_flag=True, help="Of all projects, with the project's id in each row."
)
@format_options
@click.pass_obj
def list_environments(
    settings: Settings, project: str | None, all_projects: bool, form: str | None
) -> None:
    """List the environments of PROJECT, an id or an exact name."""
    if (project is None) is not all_projects:
        raise click.UsageError("give a PROJECT, or --all-projects")

    async def of_one(client: MatillionClient) -> list[dict[str, Any]]:
        found = client.environments.list(await project_id(client, project or ""))
        return await collect(aiter(found), "environments")

    if project is not None:
        show(settings.run(of_one), COLUMNS, form)
    else:
        show(settings.run(_of_all), ("projectId", *COLUMNS), form)


async def _of_all(client: MatillionClient) -> list[dict[str, Any]]:
    ids = [project.id async for project in client.projects.list()]
    rows: list[dict[str, Any]] = []
    async for outcome in client.bulk(client.environments.list, ids, ordered=True):
        rows += [{"projectId": outcome.item, **found.to_dict()} for found in outcome.unwrap()]
    return rows


@environments.command("delete", epilog='Example: matillion environments delete Sales "Test EU"')
@click.argument("project")
@click.argument("environment")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def delete_environment(settings: Settings, project: str, environment: str, yes: bool) -> None:
    """Delete ENVIRONMENT, a name, of PROJECT, an id or an exact name."""
    confirm(f"Delete environment {environment!r} of project {project!r}?", yes)

    async def delete(client: MatillionClient) -> None:
        await client.environments.delete(await project_id(client, project), environment)

    settings.run(delete)
    click.echo(f"deleted {environment}", err=True)
