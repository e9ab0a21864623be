"""``matillion projects``."""

from __future__ import annotations

import sys

import click

from matillion_async import UNSET, MatillionClient
from matillion_async.cli._context import EXIT_USAGE, Settings
from matillion_async.cli._names import project_id
from matillion_async.cli._output import collect, format_options, show

COLUMNS = ("id", "name", "description")


@click.group()
def projects() -> None:
    """Projects of the account."""


@projects.command("list", epilog="Example: matillion projects list --csv > projects.csv")
@format_options
@click.pass_obj
def list_projects(settings: Settings, form: str | None) -> None:
    """List all projects that the credentials may see."""
    rows = settings.run(lambda client: collect(aiter(client.projects.list()), "projects"))
    show(rows, COLUMNS, form)


@projects.command("create", epilog="Example: matillion projects create Sales --warehouse SNOWFLAKE")
@click.argument("name")
@click.option("--warehouse", default="SNOWFLAKE", show_default=True, help="SNOWFLAKE or REDSHIFT.")
@click.option(
    "--agent-deployment-type",
    default="HYBRID",
    show_default=True,
    help="HYBRID for your own agents, FULL_SAAS for the vendor's.",
)
@click.option("--description", help="What the project is for.")
@click.pass_obj
def create_project(
    settings: Settings,
    name: str,
    warehouse: str,
    agent_deployment_type: str,
    description: str | None,
) -> None:
    """Create a project and print its id."""

    async def create(client: MatillionClient) -> str:
        created = await client.projects.create(
            name=name,
            warehouse=warehouse,
            agent_deployment_type=agent_deployment_type,
            description=UNSET if description is None else description,
        )
        return created.project_id

    click.echo(settings.run(create))


@projects.command("delete", epilog="Example: matillion projects delete Sales --yes")
@click.argument("project")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def delete_project(settings: Settings, project: str, yes: bool) -> None:
    """Delete PROJECT, an id or an exact name, and everything in it."""
    confirm(f"Delete project {project!r} and everything in it?", yes)

    async def delete(client: MatillionClient) -> None:
        await client.projects.delete(await project_id(client, project))

    settings.run(delete)
    click.echo(f"deleted {project}", err=True)


def confirm(question: str, yes: bool) -> None:
    """Go on only if the user agrees; without a terminal only ``--yes`` agrees."""
    if yes:
        return
    if not sys.stdin.isatty():
        click.echo(
            "matillion: refused to delete without a terminal to ask on; give --yes", err=True
        )
        sys.exit(EXIT_USAGE)
    click.confirm(question, abort=True, err=True)
