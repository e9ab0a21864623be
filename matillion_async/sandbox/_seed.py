"""What there is in a sandbox at the start."""

from __future__ import annotations

from collections.abc import Iterable

from matillion_async._arguments import check, count_fault
from matillion_async._errors import ConfigurationError
from matillion_async.sandbox._pipelines import Pipeline
from matillion_async.sandbox._state import Environment, State
from matillion_async.sandbox.groups.agents import add_running_agent
from matillion_async.sandbox.groups.audit import AuditLog
from matillion_async.sandbox.groups.directory_integration import DirectoryGroup, DirectoryUser
from matillion_async.sandbox.groups.lineage import LineageLog
from matillion_async.sandbox.groups.pipelines import publish


def seed_projects(
    state: State, projects: int | Iterable[str], environments_per_project: int
) -> None:
    """Create projects, by number or by name, and environments in each, which have an agent of their own.

    Raises:
        ConfigurationError: a number is negative.
    """
    if isinstance(projects, str):
        raise ConfigurationError(
            "projects must be a number or a list of names, not a single string"
        )
    check(
        ConfigurationError,
        projects=None if isinstance(projects, Iterable) else count_fault(projects, 0),
        environments_per_project=count_fault(environments_per_project, 0),
    )
    if isinstance(projects, int):
        projects = (f"Project {number}" for number in range(1, projects + 1))
    for name in projects:
        if not isinstance(name, str) or not name:
            raise ConfigurationError(f"projects: {name!r} is not a name")
        project = state.add_project(name, description=f"{name}, made by the sandbox")
        for number in range(1, environments_per_project + 1):
            environment = Environment(f"Environment {number}", add_running_agent(state))
            project.tables.of(Environment).add(environment.name, environment)


def seed_history(state: State, audit_events: int, lineage_events: int) -> None:
    """Note how much happened before the sandbox began; when that was is known once it is asked.

    Raises:
        ConfigurationError: a number is negative.
    """
    check(
        ConfigurationError,
        audit_events=count_fault(audit_events, 0),
        lineage_events=count_fault(lineage_events, 0),
    )
    state.tables.of(AuditLog).add("", AuditLog(audit_events))
    state.tables.of(LineageLog).add("", LineageLog(lineage_events))


def seed_directory(state: State) -> None:
    """Two users, and a group that they are in."""
    users = state.tables.of(DirectoryUser)
    for given, family in (("Ada", "Lovelace"), ("Grace", "Hopper")):
        email = f"{given.lower()}@example.com"
        user = DirectoryUser(
            state.new_id("DirectoryUser"),
            {
                "userName": email,
                "displayName": f"{given} {family}",
                "name": {"givenName": given, "familyName": family},
                "active": True,
                "emails": [{"value": email, "type": "work", "primary": True}],
            },
        )
        users.add(user.id, user)
    members = [{"value": user.id} for user in users]
    group = DirectoryGroup(
        state.new_id("DirectoryGroup"), {"displayName": "Developers", "members": members}
    )
    state.tables.of(DirectoryGroup).add(group.id, group)


def seed_pipelines(state: State, pipelines: Iterable[Pipeline | str]) -> None:
    """Publish pipelines to every environment there is, and note what they do.

    Raises:
        ConfigurationError: there are two of one name.
    """
    if isinstance(pipelines, str) or not isinstance(pipelines, Iterable):
        kind = "a single string" if isinstance(pipelines, str) else type(pipelines).__name__
        raise ConfigurationError(f"pipelines must be a list of pipelines or names, not {kind}")
    known = state.tables.of(Pipeline)
    for given in pipelines:
        pipeline = Pipeline(given) if isinstance(given, str) else given
        if not isinstance(pipeline, Pipeline):
            raise ConfigurationError(f"pipelines: {given!r} is not a Pipeline or a name")
        if pipeline.name in known:
            raise ConfigurationError(f"pipelines: there are two named {pipeline.name!r}")
        known.add(pipeline.name, pipeline)
    for project in state.projects:
        for environment in project.tables.of(Environment):
            for pipeline in known:
                publish(project, environment, pipeline.name, None)
