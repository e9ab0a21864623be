"""Pipelines that are published to environments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matillion_async.sandbox._clock import iso
from matillion_async.sandbox._operations import Call, Handlers, page_of
from matillion_async.sandbox._problems import Answer, not_found
from matillion_async.sandbox._state import Environment, Project, State, Table

SUFFIXES = ("", ".orch.yaml", ".tran.yaml")


@dataclass(slots=True)
class PublishedPipeline:
    """A pipeline in one environment of a project."""

    name: str
    environment: Environment
    published_at: float | None
    """On the sandbox's clock; None for what was there at the start."""


def environment_of(project: Project, name: str) -> Environment:
    """The environment of that name.

    Raises:
        ProblemError: 404, there is none.
    """
    environment = project.tables.of(Environment).get(name)
    if environment is None:
        raise not_found("environment")
    return environment


def publish(
    project: Project, environment: Environment, name: str, published_at: float | None
) -> None:
    """Publish a pipeline, or publish it again."""
    pipeline = PublishedPipeline(name, environment, published_at)
    project.tables.of(PublishedPipeline).add(_key(environment, name), pipeline)


def published(project: Project, environment: Environment, name: str) -> PublishedPipeline:
    """The published pipeline of that name, which may lack its suffix.

    Raises:
        ProblemError: 404, there is none.
    """
    table = project.tables.of(PublishedPipeline)
    for suffix in SUFFIXES:
        pipeline = table.get(_key(environment, name + suffix))
        if pipeline is not None and pipeline.environment is environment:
            return pipeline
    raise not_found("pipeline")


def list_published_pipelines(state: State, call: Call) -> Answer:
    """The pipelines of one environment, in the order in which they were first published."""
    project = state.project(call.values["projectId"])
    environment = environment_of(project, call.values["environmentName"])
    found: Table[PublishedPipeline] = Table()
    for pipeline in project.tables.of(PublishedPipeline):
        if pipeline.environment is environment:  # not one of the same name that was deleted
            found.add(pipeline.name, pipeline)
    return page_of(found, call, _row)


def _key(environment: Environment, name: str) -> str:
    return f"{environment.name}\n{name}"


def _row(pipeline: PublishedPipeline) -> dict[str, Any]:
    fields: dict[str, Any] = {"name": pipeline.name}
    if pipeline.published_at is not None:
        fields["publishedTime"] = iso(pipeline.published_at)
    return fields


HANDLERS: Handlers = {"list_published_pipelines": list_published_pipelines}
