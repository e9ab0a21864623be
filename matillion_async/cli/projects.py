"""``matillion projects``."""

from __future__ import annotations

from typing import Any

import click
from matillion_api.models.agent_deployment_type import AgentDeploymentType
from matillion_api.models.warehouse import Warehouse
from matillion_api.types import UNSET

from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._completion import known_values
from matillion_async.cli._connection import connect
from matillion_async.cli._deletion import delete_named, yes_option
from matillion_async.cli._lists import add_account_list
from matillion_async.cli._output import json_option, write_object
from matillion_async.cli._streams import put

COLUMNS = ("id", "name", "description")


@click.group(name="projects", cls=CommandGroup)
def command() -> None:
    """List, create and delete projects."""


add_account_list(
    command,
    "projects",
    COLUMNS,
    lambda client: client.projects.list(),
    "List the projects that the credentials may see.",
    "--csv > projects.csv",
    none="No projects. Credentials without a role in a project see none.",
)


@command.command(name="create")
@click.argument("name")
@click.option(
    "--warehouse",
    required=True,
    metavar="NAME",
    shell_complete=known_values(Warehouse),
    help=f"Cloud data warehouse: {', '.join(Warehouse)}.",
)
@click.option(
    "--agent-deployment-type",
    required=True,
    metavar="TYPE",
    shell_complete=known_values(AgentDeploymentType),
    help=f"Who hosts the agents: {', '.join(AgentDeploymentType)}.",
)
@click.option("--description", help="What the project is for.")
@json_option
def create_project(
    name: str, warehouse: str, agent_deployment_type: str, description: str | None, as_json: bool
) -> None:
    """Create a project with the name NAME, and print its id.

    \b
    Example: matillion projects create Sales --warehouse SNOWFLAKE --agent-deployment-type FULL_SAAS
    """
    with connect() as connection:
        created: Any = connection.run(
            connection.client.projects.create(
                name=name,
                warehouse=warehouse,
                agent_deployment_type=agent_deployment_type,
                description=UNSET if description is None else description,
            )
        )
    if as_json:
        write_object(created.to_dict())
    else:
        put(created.project_id)


@command.command(name="delete")
@click.argument("project")
@yes_option
def delete_project(project: str, is_confirmed: bool) -> None:
    """Delete PROJECT (id or exact name) and what is in it.

    \b
    Example: matillion projects delete Sales --yes
    """
    delete_named(
        "project",
        project,
        lambda client: client.projects.find(project),
        lambda connection, key: connection.client.projects.delete(key),
        is_confirmed=is_confirmed,
        along=" and what is in it",
    )
