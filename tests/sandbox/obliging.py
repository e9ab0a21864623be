"""A sandbox in which whatever a request names exists, so that random requests get further than to a 404."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from matillion_async.sandbox._agent_work import AgentWork
from matillion_async.sandbox._pipelines import EXAMPLE_PIPELINES, Pipeline
from matillion_async.sandbox._state import Environment, Project, State, Table, Tables
from matillion_async.sandbox.groups._agent_tasks import AgentTask
from matillion_async.sandbox.groups._executions import Execution
from matillion_async.sandbox.groups.artifacts import ArtifactVersion
from matillion_async.sandbox.groups.connections import Connection, ConnectionOverride
from matillion_async.sandbox.groups.pipelines import PublishedPipeline
from matillion_async.sandbox.groups.project_variables import Variable
from matillion_async.sandbox.groups.schedules import Schedule
from matillion_async.sandbox.groups.streaming_pipelines import StreamingPipeline
from tests.sandbox.conformance import ConformingSandbox

ItemT = TypeVar("ItemT")
_VERSIONS = ("1.4.0", "release-42")
_EXAMPLE_TASK = "9c5b3e1a-7f2d-4b86-8a4c-1e0d6f9b3c72"
"""Those that examples in the spec name."""


class ObligingTable(Table[ItemT]):
    """A table with everything that is asked for by its key, unless it was there and was taken out."""

    def __init__(self, make: Callable[[str], ItemT]) -> None:
        super().__init__()
        self._make = make
        self._removed: set[str] = set()

    def get(self, key: str) -> ItemT | None:
        if key not in self and key not in self._removed:
            self.add(key, self._make(key))
        return super().get(key)

    def remove(self, key: str) -> None:
        self._removed.add(key)
        super().remove(key)


class ObligingTables(Tables):
    """Tables, some of them obliging."""

    def __init__(
        self, makers: Mapping[type[Any], Callable[[str], Any]], others: Tables | None = None
    ) -> None:
        super().__init__()
        self._tables = {} if others is None else dict(others._tables)
        self._tables |= {kind: ObligingTable(make) for kind, make in makers.items()}


class ObligingSandbox(ConformingSandbox):
    """A sandbox in which every project exists, every environment in it, and what else is known by a name or an id."""

    def __init__(self, **options: Any) -> None:
        # The schema of a response cannot say that it may be under a name as well.
        super().__init__(flat_executions=True, **options)
        state = self._backend.state
        seeded = list(state.projects)
        state.projects = ObligingTable(_project)
        for project in seeded:
            state.projects.add(project.id, project)
        _publish_examples(state)
        state.tables = ObligingTables({AgentTask: _task}, state.tables)


def _publish_examples(state: State) -> None:
    known = state.tables.of(Pipeline)
    for pipeline in EXAMPLE_PIPELINES:
        known.add(pipeline.name, pipeline)


def _project(project_id: str) -> Project:
    project = Project(project_id, f"Project {project_id}", None, "SNOWFLAKE", "HYBRID")

    def environment(name: str) -> Environment:
        made = Environment(name, "agent")
        made.tables = ObligingTables({ConnectionOverride: _override})
        for pipeline in EXAMPLE_PIPELINES:
            project.tables.of(PublishedPipeline).add(
                f"{name}\n{pipeline.name}", PublishedPipeline(pipeline.name, made, None)
            )
        for version in _VERSIONS:
            project.tables.of(ArtifactVersion).add(
                repr((name, version)), ArtifactVersion(version, made, ("a.orch.yaml",), 0.0, 0.0)
            )
        return made

    def execution(key: str) -> Execution:
        return Execution(
            id=key,
            number=1,
            project_id=project_id,
            environment_name="Production EU",
            pipeline_name="daily.orch.yaml",
            pipeline=EXAMPLE_PIPELINES[0],
            requested_at=0.0,
        )

    def streaming_pipeline(key: str) -> StreamingPipeline:
        return StreamingPipeline(key, project_id, {"name": "orders", "agentId": "agent"})

    project.tables = ObligingTables(
        {
            Environment: environment,
            Execution: execution,
            Connection: _connection,
            Schedule: _schedule,
            StreamingPipeline: streaming_pipeline,
            Variable: _variable,
        }
    )
    return project


def _task(key: str) -> AgentTask:
    """One that asks what the examples in the spec show, if it is theirs; any other has stopped."""
    work = AgentWork(seconds=0, asks_for=("run_pipeline",) if key == _EXAMPLE_TASK else ())
    task = AgentTask(id=key, branch_id="branch", config={}, created_at=0.0)
    task.begin("Add a pipeline", work, 0.0)
    turn = task.turns[0]
    turn.asked = dict.fromkeys(["call-7"] if turn.asked else [], "run_pipeline")
    return task


def _connection(name: str) -> Connection:
    row = {"id": name, "name": name, "platformConnectionType": "DWH", "authProvider": "NONE"}
    return Connection(name, row)


def _override(name: str) -> ConnectionOverride:
    return ConnectionOverride(_connection(name), {"authType": "GENERIC_SECRET"})


def _schedule(key: str) -> Schedule:
    pipeline = {"pipelineName": "daily.orch.yaml", "environmentName": "Production EU"}
    return Schedule(key, pipeline, {"name": "Nightly", "cronExpression": "0 0 2 ? * *"})


def _variable(name: str) -> Variable:
    return Variable(name, {"name": name, "type": "TEXT", "behaviour": "SHARED", "value": "x"})
