"""What there is in a sandbox at the start."""

from __future__ import annotations

from collections.abc import Iterable

from matillion_async._errors import ConfigurationError
from matillion_async.sandbox._state import Environment, State
from matillion_async.sandbox.groups.agents import add_running_agent


def seed_projects(
    state: State, projects: int | Iterable[str], environments_per_project: int
) -> None:
    """Create projects, by number or by name, and environments in each, which have an agent of their own.

    Raises:
        ConfigurationError: a number is negative.
    """
    for name, number in (
        ("projects", projects),
        ("environments_per_project", environments_per_project),
    ):
        if isinstance(number, int) and number < 0:
            raise ConfigurationError(f"{name} must be 0 or more, not {number}")
    if isinstance(projects, str):
        raise ConfigurationError("projects must be a number or several names, not one string")
    if isinstance(projects, int):
        projects = (f"Project {number}" for number in range(1, projects + 1))
    for name in projects:
        project = state.add_project(name, description=f"{name}, made by the sandbox")
        for number in range(1, environments_per_project + 1):
            environment = Environment(f"Environment {number}", add_running_agent(state))
            project.tables.of(Environment).add(environment.name, environment)
