"""``matillion artifacts``."""

from __future__ import annotations

from typing import Any

import click
from matillion_api.types import UNSET

from matillion_async._details import one_line
from matillion_async._publishing.artifact_files import MAX_FILE_SIZE
from matillion_async.artifacts import PublishedArtifact, plan_artifact
from matillion_async.cli._commands import Group
from matillion_async.cli._connection import connect
from matillion_async.cli._listing import show
from matillion_async.cli._lookup import project_id
from matillion_async.cli._output import (
    Format,
    format_options,
    json_fields_option,
    json_option,
    write_fields,
    write_object,
)
from matillion_async.cli._types import GIVEN

COLUMNS = (
    *("versionName", "enabled", "branch", "commitHash", "createdAt", "deployedAt", "provider"),
)

_environment = click.option(
    "--environment", required=True, metavar="NAME", help="Environment that it is published to."
)


@click.group(name="artifacts", cls=Group)
def command() -> None:
    """Publish versions of a project, promote, show and list them."""


@command.command(name="publish")
@click.argument("project")
@click.argument("folder", type=GIVEN)
@click.option(
    "--version", "version_name", required=True, metavar="NAME", help="Name of the new version."
)
@click.option("--environment", required=True, metavar="NAME", help="Environment to publish to.")
@click.option("--branch", metavar="NAME", help="Git branch that the files are from.")
@click.option("--commit", metavar="HASH", help="Git commit that the files are from.")
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
    dry_run: bool,
    as_json: bool,
) -> None:
    """Publish the text files below FOLDER as a version of PROJECT, given by its id or its exact name.

    Their paths in FOLDER become those in the project. What a .gitignore in FOLDER leaves out is not published, and
    .git never is. If the API gives no good answer, the version is looked for, and nothing is sent twice.

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
    }
    if dry_run:
        published = plan_artifact(folder, **options)
    else:
        with connect() as connection:
            found = connection.run(project_id(connection, project))
            published = connection.run(
                connection.client.artifacts.publish(found, folder, **options)
            )
    if as_json:
        write_object(_fields(published))
    elif dry_run:
        for file in published.files:
            click.echo(file.name)
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

    PROJECT is given by its id or its exact name.

    \b
    Example: matillion artifacts promote Sales 1.4.0 --from Test --to Production
    """
    with connect() as connection:
        found = connection.run(project_id(connection, project))
        promoted = connection.run(
            connection.client.artifacts.promote(
                found,
                source_environment_name=source,
                target_environment_name=target,
                version_name=version,
            )
        )
    if as_json:
        asked = {"environmentName": target, "versionName": version}
        write_object(asked if promoted is None else promoted.to_dict())
    click.echo(f"Promoted version {version!r} from {source!r} to {target!r}.", err=True)


@command.command(name="show")
@click.argument("project")
@click.argument("version", required=False)
@_environment
@json_fields_option
def show_artifact(project: str, version: str | None, environment: str, as_json: bool) -> None:
    """Show VERSION of PROJECT, or the latest, with the names of its files.

    PROJECT is given by its id or its exact name.

    \b
    Example: matillion artifacts show Sales 1.4.0 --environment Production
    """
    with connect() as connection:
        found = connection.run(project_id(connection, project))
        shown = connection.run(
            connection.client.artifacts.details(
                found,
                environment_name=environment,
                version_name=UNSET if version is None else version,
            )
        )
    fields = shown.to_dict()
    details = fields.pop("details", {})
    write_fields({**details, **fields}, as_json=as_json)


@command.command(name="list")
@click.argument("project")
@_environment
@click.option("--all", "with_disabled", is_flag=True, help="List those that are disabled as well.")
@format_options
def list_artifacts(project: str, environment: str, with_disabled: bool, output: Format) -> None:
    """List the versions of PROJECT, given by its id or its exact name, that are published to an environment.

    \b
    Example: matillion artifacts list Sales --environment Production --json
    """
    with connect() as connection:
        found = connection.run(project_id(connection, project))
        listing = connection.client.artifacts.list(
            found, environment_name=environment, enabled_only=not with_disabled
        )
        count = connection.run(show(connection, listing, "artifacts", COLUMNS, output))
    if not count and output is Format.TABLE:
        click.echo("No artifacts.", err=True)


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
        click.echo(one_line(f"warning: the API ignored {item.name}: {item.reason}"), err=True)
    if published.is_verified:
        click.echo(
            "warning: the API gave no good answer, but the version is there; what it ignored is unknown",
            err=True,
        )
    size = sum(file.size for file in published.files)
    done = "Would publish" if published.is_dry_run else "Published"
    what = f"version {published.version_name!r} to {published.environment_name!r}"
    click.echo(f"{done} {what}: {len(published.files)} file(s), {size} bytes.", err=True)
