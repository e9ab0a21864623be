"""``matillion artifacts``."""

from __future__ import annotations

import shlex
from functools import partial
from typing import TYPE_CHECKING, Any

import click
from matillion_api.types import UNSET

from matillion_async._errors import InvalidRequestError
from matillion_async._publishing.artifact_files import MAX_FILE_SIZE
from matillion_async.cli._commands import CommandGroup
from matillion_async.cli._connection import CliClient, connect
from matillion_async.cli._listing import show
from matillion_async.cli._lookup import in_environment, project_id
from matillion_async.cli._output import (
    Format,
    format_options,
    json_fields_option,
    json_option,
    write_fields,
    write_object,
)
from matillion_async.cli._signals import signals
from matillion_async.cli._streams import put, say
from matillion_async.cli._types import GIVEN, HEADER_TEXT

if TYPE_CHECKING:
    from matillion_async._groups.artifacts import PublishedArtifact

COLUMNS = (
    "versionName", "enabled", "branch", "commitHash", "createdAt", "deployedAt", "provider",
)  # fmt: skip

_environment = click.option(
    "--environment", required=True, metavar="NAME", help="Environment that it is published to."
)


@click.group(name="artifacts", cls=CommandGroup)
def command() -> None:
    """Publish versions of a project, promote, show and list them."""


@command.command(name="publish")
@click.argument("project")
@click.argument("folder", type=GIVEN)
@click.option(
    "--version",
    "version_name",
    type=HEADER_TEXT,
    required=True,
    metavar="NAME",
    help="Name of the new version.",
)
@click.option(
    "--environment",
    type=HEADER_TEXT,
    required=True,
    metavar="NAME",
    help="Environment to publish to.",
)
@click.option(
    "--branch", type=HEADER_TEXT, metavar="NAME", help="Git branch that the files are from."
)
@click.option(
    "--commit", type=HEADER_TEXT, metavar="HASH", help="Git commit that the files are from."
)
@click.option(
    "--exclude",
    metavar="PATTERN",
    multiple=True,
    help="Leave out files, as in a .gitignore; '!PATTERN' takes in what a .gitignore leaves out. May be repeated.",
)
@click.option(
    "--max-file-size",
    type=click.IntRange(min=0),
    default=MAX_FILE_SIZE,
    metavar="BYTES",
    help="Refuse larger files; 10 MiB unless given.",
)
@click.option(
    "--allow-secret",
    "allow_secrets",
    metavar="NAME",
    multiple=True,
    help="Publish this file, given by its path in FOLDER, although it looks like a secret. May be repeated.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="List what would be sent, and send nothing. Needs no credentials.",
)
@json_option
def publish_artifact(
    project: str,
    folder: str,
    version_name: str,
    environment: str,
    branch: str | None,
    commit: str | None,
    exclude: tuple[str, ...],
    max_file_size: int,
    allow_secrets: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Publish the text files below FOLDER as a version of PROJECT (id or exact name).

    Their paths in FOLDER become those in the project. What a .gitignore in FOLDER leaves out is not published, and
    .git never is. What looks like a secret, such as .env or a private key, is refused. If the API gives no usable response, the version is looked for, and nothing is sent twice.

    \b
    Example: matillion artifacts publish Sales . --version "$TAG" --environment Test --commit "$SHA" --branch main
    """
    options: dict[str, Any] = {
        "version_name": version_name,
        "environment_name": environment,
        "branch": UNSET if branch is None else branch,
        "commit_hash": UNSET if commit is None else commit,
        "exclude": exclude,
        "max_file_size": max_file_size,
        "allow_secrets": allow_secrets,
    }
    try:
        if dry_run:
            from matillion_async._groups.artifacts import plan_artifact

            published = plan_artifact(folder, **options)
        else:
            with connect() as connection:
                published = _publish(connection, project, folder, options)
    except InvalidRequestError as error:
        raise _with_option(error) from None
    if as_json:
        write_object(_fields(published))
    elif dry_run:
        for file in published.files:
            put(file.name)
    _report(published)


@command.command(name="promote")
@click.argument("project")
@click.argument("version")
@click.option(
    "--from", "source", required=True, metavar="NAME", help="Environment that has the version."
)
@click.option(
    "--to", "target", required=True, metavar="NAME", help="Environment that gets it as well."
)
@json_option
def promote_artifact(project: str, version: str, source: str, target: str, as_json: bool) -> None:
    """Publish VERSION of PROJECT, as it is in one environment, to another one.

    PROJECT: id or exact name.

    \b
    Example: matillion artifacts promote Sales 1.4.0 --from Test --to Production
    """
    with connect() as connection:
        work = partial(
            connection.client.artifacts.promote,
            project,
            source_environment_name=source,
            target_environment_name=target,
            version_name=version,
        )
        promoted = connection.run(in_environment(connection, project, [source, target], work))
    if as_json:
        asked = {"environmentName": target, "versionName": version}
        write_object(asked if promoted is None else promoted.to_dict())
    say(f"Promoted version {version!r} from {source!r} to {target!r}.")


@command.command(name="show")
@click.argument("project")
@click.argument("version", required=False)
@_environment
@json_fields_option
def show_artifact(project: str, version: str | None, environment: str, as_json: bool) -> None:
    """Show VERSION of PROJECT, or the latest, with the names of its files.

    PROJECT: id or exact name.

    \b
    Example: matillion artifacts show Sales 1.4.0 --environment Production
    """
    with connect() as connection:
        work = partial(
            connection.client.artifacts.details,
            project,
            environment_name=environment,
            version_name=UNSET if version is None else version,
        )
        shown = connection.run(in_environment(connection, project, [environment], work))
    fields = shown.to_dict()
    details = fields.pop("details", {})
    write_fields({**details, **fields}, as_json=as_json)


@command.command(name="list")
@click.argument("project")
@_environment
@click.option("--all", "with_disabled", is_flag=True, help="List those that are disabled as well.")
@format_options
def list_artifacts(project: str, environment: str, with_disabled: bool, output: Format) -> None:
    """List the versions of PROJECT (id or exact name) that are published to an environment.

    \b
    Example: matillion artifacts list Sales --environment Production --json
    """
    with connect() as connection:
        listing = connection.client.artifacts.list(
            project, environment_name=environment, enabled_only=not with_disabled
        )
        work = partial(show, connection, listing, "artifacts", COLUMNS, output)
        connection.run(in_environment(connection, project, [environment], work))


def _publish(
    connection: CliClient, project: str, folder: str, options: dict[str, Any]
) -> PublishedArtifact:
    """Publish a folder; an interruption says whether the version may be there, and how to look."""
    try:
        with signals.held():
            project = connection.run(project_id(connection, project))
            send = partial(connection.client.artifacts.publish, project, folder, **options)
            environments = [options["environment_name"]]
            return connection.run(in_environment(connection, project, environments, send))
    except KeyboardInterrupt:
        if connection.wire.change is None:
            say("Nothing was published.")
        else:
            connection.wire.change = None  # this says it better
            version, environment = options["version_name"], options["environment_name"]
            look = ["matillion", "artifacts", "show", project, version]
            say(
                f"Version {version!r} may have been published to {environment!r}, and nothing is sent twice; see: "
                f"{shlex.join([*look, '--environment', environment])}"
            )
        raise


def _with_option(error: InvalidRequestError) -> InvalidRequestError:
    """The error as it is read here, where the argument of Python that may help is an option."""
    text = error.explanation
    for phrase in ("(allow_secrets)", "is in allow_secrets,"):
        text = text.replace(phrase, phrase.replace("allow_secrets", "--allow-secret"))
    return InvalidRequestError(text, operation=error.operation)


def _fields(published: PublishedArtifact) -> dict[str, Any]:
    return {
        "versionName": published.version_name,
        "environmentName": published.environment_name,
        "files": [{"name": file.name, "size": file.size} for file in published.files],
        "ignoredResources": [
            {"name": item.name, "reason": item.reason} for item in published.ignored_resources
        ],
        "isVerified": published.is_verified,
        "isDryRun": published.is_dry_run,
    }


def _report(published: PublishedArtifact) -> None:
    """What was done, and what to look at, on stderr."""
    for item in published.ignored_resources:
        say(f"warning: the API ignored {item.name}: {item.reason}")
    if published.is_verified:
        say(
            "warning: the API gave no usable response, but the version is there; what it ignored is unknown"
        )
    size = sum(file.size for file in published.files)
    done = "Would publish" if published.is_dry_run else "Published"
    what = f"version {published.version_name!r} to {published.environment_name!r}"
    say(f"{done} {what}: {len(published.files)} file(s), {size} bytes.")
