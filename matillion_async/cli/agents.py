"""``matillion agents``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click
from matillion_api.models.agent_deployment import AgentDeployment
from matillion_api.models.agent_track import AgentTrack
from matillion_api.models.agent_type import AgentType
from matillion_api.models.cloud_provider import CloudProvider

from matillion_async.cli._agent_allow_list import allow_list
from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._completion import known_values
from matillion_async.cli._connection import connect
from matillion_async.cli._deletion import delete_named, yes_option
from matillion_async.cli._lists import add_account_list
from matillion_async.cli._lookup import agent_id
from matillion_async.cli._options import given
from matillion_async.cli._output import (
    json_fields_option,
    json_option,
    write_fields,
    write_object,
)
from matillion_async.cli._streams import put, say

COLUMNS = (
    "agentId",
    "name",
    "agentStatus",
    "agentType",
    "cloudProvider",
    "deployment",
    "connected",
)


@click.group(name="agents", cls=CommandGroup)
def command() -> None:
    """List, create, change and delete agents, and tell them what to do."""


command.add_command(allow_list)


def _settings_options(function: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option(
            "--restricted/--unrestricted",
            "restricted_access",
            default=None,
            help="Whether only projects and environments on the allow list may use the agent.",
        ),
        click.option(
            "--auto-updates/--no-auto-updates",
            "enable_auto_updates",
            default=None,
            help="Whether the agent updates itself.",
        ),
        click.option(
            "--track",
            "track_name",
            metavar="TRACK",
            shell_complete=known_values(AgentTrack),
            help=f"Versions that the agent follows: {', '.join(AgentTrack)}.",
        ),
        click.option("--description", help="What the agent is for, at most 500 characters."),
    ):
        function = option(function)
    return function


add_account_list(
    command,
    "agents",
    COLUMNS,
    lambda client: client.agents.list(),
    "List the agents of the account.",
    "--csv > agents.csv",
)


@command.command(name="show")
@click.argument("agent")
@json_fields_option
def show_agent(agent: str, as_json: bool) -> None:
    """Show AGENT (id or exact name).

    \b
    Example: matillion agents show agent-eu
    """
    with connect() as connection:
        key = connection.run(agent_id(connection, agent))
        found = connection.run(connection.client.agents.get(key))
    write_fields(found.to_dict(), as_json=as_json)


@command.command(name="create")
@click.argument("name")
@click.option(
    "--type",
    "agent_type",
    metavar="TYPE",
    default=AgentType.DATA_PRODUCTIVITY_CLOUD.value,
    show_default=True,
    shell_complete=known_values(AgentType),
    help=f"What the agent runs: {', '.join(AgentType)}.",
)
@click.option(
    "--cloud",
    "cloud_provider",
    required=True,
    metavar="CLOUD",
    shell_complete=known_values(CloudProvider),
    help=f"The cloud that the agent runs in: {', '.join(CloudProvider)}.",
)
@click.option(
    "--deployment",
    required=True,
    metavar="SERVICE",
    shell_complete=known_values(AgentDeployment),
    help=f"The service that the agent runs on: {', '.join(AgentDeployment)}.",
)
@_settings_options
@json_option
def create_agent(
    name: str, agent_type: str, cloud_provider: str, deployment: str, as_json: bool, **settings: Any
) -> None:
    """Create an agent with the name NAME, of at most 30 characters, and print its id.

    What is not given is left to the API.

    \b
    Example: matillion agents create agent-eu --cloud aws --deployment fargate --track stable
    """
    with connect() as connection:
        created = connection.run(
            connection.client.agents.create(
                name=name,
                agent_type=agent_type,
                cloud_provider=cloud_provider,
                deployment=deployment,
                **given(settings),
            )
        )
    if as_json:
        write_object(created.to_dict())
    else:
        put(created.agent_id)


@command.command(name="update")
@click.argument("agent")
@click.option("--name", help="Another name, at most 30 characters.")
@_settings_options
def update_agent(agent: str, **settings: Any) -> None:
    """Update AGENT (id or exact name).

    \b
    Example: matillion agents update agent-eu --name agent-eu-1 --no-auto-updates
    """
    changes = given(settings)
    if not changes:
        raise click.UsageError("Give what to change", click.get_current_context())
    with connect() as connection:
        key = connection.run(agent_id(connection, agent))
        connection.run(connection.client.agents.update(key, **changes))
    say(f"Changed agent {agent!r}.")


@command.command(name="delete")
@click.argument("agent")
@yes_option
def delete_agent(agent: str, is_confirmed: bool) -> None:
    """Delete AGENT (id or exact name). It must not run.

    \b
    Example: matillion agents delete agent-eu --yes
    """
    delete_named(
        "agent",
        agent,
        lambda client: client.agents.find(agent),
        lambda connection, key: connection.client.agents.delete(key),
        is_confirmed=is_confirmed,
    )


def _add_order(name: str, does: str) -> None:
    """Add a command that tells an agent what to do."""

    @command.command(name=name, help=f"{does}\n\n\b\nExample: matillion agents {name} agent-eu")
    @click.argument("agent")
    def tell(agent: str) -> None:
        with connect() as connection:
            key = connection.run(agent_id(connection, agent))
            connection.run(connection.client.agents.command(key, command=name.upper()))
        say(f"Sent {name.upper()} to agent {agent!r}; its status follows.")


_add_order("pause", "Pause AGENT (id or exact name).")
_add_order("resume", "Let AGENT (id or exact name) go on after a pause.")
_add_order("restart", "Restart AGENT (id or exact name).")


@command.command(name="credentials")
@click.argument("agent")
@click.option("--show-secret", is_flag=True, help="Print the client secret as well.")
@json_fields_option
def show_credentials(agent: str, show_secret: bool, as_json: bool) -> None:
    """Show what AGENT (id or exact name) signs in with.

    The client secret is printed only with --show-secret; take care where the output goes.

    \b
    Example: matillion agents credentials agent-eu
    Example: matillion agents credentials agent-eu --show-secret --json > credentials.json
    """
    with connect() as connection:
        key = connection.run(agent_id(connection, agent))
        credentials = connection.run(connection.client.agents.credentials(key))
    fields = {"clientId": credentials.client_id}
    if show_secret:
        fields["clientSecret"] = credentials.client_secret
    write_fields(fields, as_json=as_json)
    if not show_secret:
        say("The client secret is hidden; --show-secret prints it.")
