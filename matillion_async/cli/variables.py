"""``matillion variables``."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any

import click
from matillion_api.models.project_variable import ProjectVariable
from matillion_api.models.project_variable_behaviour import ProjectVariableBehaviour
from matillion_api.models.project_variable_type import ProjectVariableType
from matillion_api.types import UNSET

from matillion_async._errors import ResourceNameError
from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._completion import known_values
from matillion_async.cli._connection import CliClient, connect
from matillion_async.cli._deletion import delete_of_project, yes_option
from matillion_async.cli._failures import UsageFailure
from matillion_async.cli._listing import show
from matillion_async.cli._lists import add_list
from matillion_async.cli._output import Format, format_options
from matillion_async.cli._streams import say
from matillion_async.cli._types import GIVEN, TEXT_FILE

COLUMNS = ("name", "type", "behaviour", "value", "description", "supportsDoubleResolution", "id")
OVERRIDE_COLUMNS = ("environmentName", "value")
_TYPE = ProjectVariableType.TEXT
_BEHAVIOUR = ProjectVariableBehaviour.SHARED

type_option = click.option(
    "--type",
    "type_",
    type=GIVEN,
    metavar="TYPE",
    shell_complete=known_values(ProjectVariableType),
    help=f"Kind of value: {', '.join(ProjectVariableType)}. A new variable is {_TYPE} unless given.",
)
behaviour_option = click.option(
    "--behaviour",
    type=GIVEN,
    metavar="NAME",
    shell_complete=known_values(ProjectVariableBehaviour),
    help=f"How runs see it: {', '.join(ProjectVariableBehaviour)}. A new variable is {_BEHAVIOUR} unless given.",
)
description_option = click.option("--description", help="What the variable is for.")


def value_argument(function: Callable[..., None]) -> Callable[..., None]:
    """Add VALUE and ``--value-file`` to a command, which gets ``value``."""

    @click.argument("value", required=False)
    @click.option(
        "--value-file",
        "text",
        type=TEXT_FILE,
        metavar="FILE",
        help="In place of VALUE: the text in FILE, without the end of its last line; - is stdin. Other users can read "
        "arguments, but not this.",
    )
    @functools.wraps(function)
    def command(*args: Any, value: str | None, text: str | None, **options: Any) -> None:
        if (value is None) == (text is None):
            raise click.UsageError("Give VALUE or --value-file", click.get_current_context())
        function(*args, value=text if value is None else value, **options)

    return command


@click.group(name="variables", cls=CommandGroup)
def command() -> None:
    """List, set, create and delete project variables, and their values per environment."""


add_list(command, "variables", COLUMNS, lambda client: client.project_variables.list)


@command.command(name="set")
@click.argument("project")
@click.argument("name")
@value_argument
@type_option
@behaviour_option
@description_option
def set_variable(project: str, name: str, value: str, **given: str | None) -> None:
    """Give the variable NAME of PROJECT the value VALUE, and create it if there is none.

    PROJECT: id or exact name. What is not given of a variable that exists stays as it is. A
    value that begins with a dash stands after "--".

    \b
    Example: matillion variables set Sales load_date 2026-03-01
    Example: matillion variables set Sales threshold --type NUMBER -- -5
    """
    with connect() as connection:
        variables = connection.client.project_variables
        known = connection.run(_known(connection, project, name))
        fields = _fields(value, given, known)
        if known is None:
            connection.run(variables.create(project, name=name, **fields))
        else:
            connection.run(variables.update(project, name, **fields))
    say(f"{'Changed' if known else 'Created'} variable {name!r}.")


@command.command(name="create")
@click.argument("project")
@click.argument("name")
@value_argument
@type_option
@behaviour_option
@description_option
def create_variable(project: str, name: str, value: str, **given: str | None) -> None:
    """Create the variable NAME of PROJECT with the value VALUE. It must not exist.

    PROJECT: id or exact name. A value that begins with a dash stands after "--".

    \b
    Example: matillion variables create Sales batch_size 500 --type NUMBER --behaviour COPIED
    """
    with connect() as connection:
        fields = _fields(value, given, None)
        connection.run(connection.client.project_variables.create(project, name=name, **fields))
    say(f"Created variable {name!r}.")


@command.command(name="delete")
@click.argument("project")
@click.argument("name")
@yes_option
def delete_variable(project: str, name: str, is_confirmed: bool) -> None:
    """Delete the variable NAME of PROJECT (id or exact name) and its overrides.

    \b
    Example: matillion variables delete Sales load_date --yes
    """
    delete_of_project(
        project,
        f"variable {name!r}",
        lambda connection, key: connection.client.project_variables.delete(key, name),
        is_confirmed=is_confirmed,
    )


@command.group(name="overrides", cls=CommandGroup)
def overrides() -> None:
    """Values that a variable has in one environment."""


@overrides.command(name="list")
@click.argument("project")
@click.argument("name")
@click.option("--environment", metavar="NAME", help="In this environment only.")
@format_options
def list_overrides(project: str, name: str, environment: str | None, output: Format) -> None:
    """List the environments in which the variable NAME of PROJECT has another value.

    PROJECT: id or exact name.

    \b
    Example: matillion variables overrides list Sales load_date
    """
    with connect() as connection:
        listing = connection.client.project_variables.list_overrides(
            project, name, environment_name=UNSET if environment is None else environment
        )
        connection.run(show(connection, listing, "overrides", OVERRIDE_COLUMNS, output))


@overrides.command(name="set")
@click.argument("project")
@click.argument("name")
@click.argument("environment")
@value_argument
def set_override(project: str, name: str, environment: str, value: str) -> None:
    """Give the variable NAME of PROJECT the value VALUE in ENVIRONMENT only.

    PROJECT: id or exact name. A value that begins with a dash stands after "--".

    \b
    Example: matillion variables overrides set Sales load_date "Production EU" 2026-03-02
    """
    with connect() as connection:
        variables = connection.client.project_variables
        variable = connection.run(variables.find(project, name))
        connection.run(
            variables.set_override(
                project,
                name,
                environment_name=environment,
                value=_value(value, variable.type_ or _TYPE),
            )
        )
    say(f"Set variable {name!r} in environment {environment!r}.")


async def _known(connection: CliClient, project: str, name: str) -> ProjectVariable | None:
    try:
        return await connection.client.project_variables.find(project, name)
    except ResourceNameError as missing:
        if missing.resource == "project":
            raise
        return None


def _fields(
    text: str, given: dict[str, str | None], known: ProjectVariable | None
) -> dict[str, Any]:
    """What is sent of a variable: as given, or as it is, or as new ones are."""
    type_ = given["type_"] or (known and known.type_) or _TYPE
    fields: dict[str, Any] = {
        "type_": type_,
        "behaviour": given["behaviour"] or (known and known.behaviour) or _BEHAVIOUR,
        "value": _value(text, type_),
    }
    if given["description"] is not None:
        fields["description"] = given["description"]
    return fields


def _value(text: str, type_: str) -> str | float:
    """The value of a variable of that type.

    Raises:
        UsageFailure: it is to be a number and is not.
    """
    if type_.upper() != ProjectVariableType.NUMBER:
        return text
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UsageFailure(f"{text!r} is not a number, and the variable is of type NUMBER")
    return int(text) if text.lstrip("+-").isdigit() else number
