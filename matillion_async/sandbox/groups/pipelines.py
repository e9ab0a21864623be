"""Pipelines that are published to environments."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from matillion_async.sandbox._clock import iso
from matillion_async.sandbox._operations import Call, page_of
from matillion_async.sandbox._problems import ProblemError, Response, not_found
from matillion_async.sandbox._state import Environment, Project, State, Table
from matillion_async.sandbox.groups.artifacts import artifact_version, published_pipelines

SUFFIXES = ("", ".orch.yaml", ".tran.yaml")


@dataclass(slots=True)
class PublishedPipeline:
    """A pipeline in one environment of a project."""

    name: str
    environment: Environment
    published_at: float | None
    """On the sandbox's clock; None for what was there at the start."""


def publish(
    project: Project, environment: Environment, name: str, published_at: float | None
) -> None:
    """Publish a pipeline, or publish it again."""
    pipeline = PublishedPipeline(name, environment, published_at)
    project.tables.of(PublishedPipeline).add(_key(environment, name), pipeline)


def published(
    project: Project, environment: Environment, name: str, version_name: str | None
) -> str:
    """The whole name of a published pipeline, or of one in a version, whose name may be given without its suffix.

    Raises:
        ProblemError: 404, there is no such pipeline or version; 410, the version is disabled.
    """
    if version_name is None:
        found = _find(name, _published(project, environment))
        version = artifact_version(project, environment.name) if found is None else None
    else:
        found = None
        version = artifact_version(project, environment.name, version_name)
        if version is None:
            raise not_found("artifact version")
    if version is not None:
        found = _find(name, version.files)
        if found is not None and not version.enabled:
            raise ProblemError(410, "The artifact version is disabled.")
    if found is None:
        raise not_found("pipeline")
    return found


def list_published_pipelines(state: State, call: Call) -> Response:
    """The pipelines of one environment: what was there at the start, then what versions brought."""
    project = state.project(call.values["projectId"])
    environment = project.environment(call.values["environmentName"])
    found: Table[PublishedPipeline] = Table()
    for name, published_at in _published(project, environment).items():
        found.add(name, PublishedPipeline(name, environment, published_at))
    return page_of(found, call, _row)


def _published(project: Project, environment: Environment) -> dict[str, float | None]:
    """Names of pipelines, with the time they were published."""
    at_the_start: dict[str, float | None] = {
        pipeline.name: pipeline.published_at
        for pipeline in project.tables.of(PublishedPipeline)
        if pipeline.environment is environment  # not one of the same name that was deleted
    }
    return at_the_start | published_pipelines(project, environment.name)


def _find(name: str, names: Collection[str]) -> str | None:
    return next((name + suffix for suffix in SUFFIXES if name + suffix in names), None)


def _key(environment: Environment, name: str) -> str:
    return f"{environment.name}\n{name}"


def _row(pipeline: PublishedPipeline) -> dict[str, Any]:
    fields: dict[str, Any] = {"name": pipeline.name}
    if pipeline.published_at is not None:
        fields["publishedTime"] = iso(pipeline.published_at)
    return fields
