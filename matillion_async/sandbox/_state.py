"""What the sandbox remembers."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

_NAMESPACE = uuid.UUID("3f1f7c52-8a1c-4b5e-9d53-0f6f3a1f2b10")


@dataclass(slots=True)
class Project:
    """A project and what is in it."""

    id: str
    name: str
    description: str | None = None
    environments: dict[str, dict[str, Any]] = field(default_factory=dict)

    def shown(self) -> dict[str, Any]:
        """As the API lists it."""
        return {"id": self.id, "name": self.name, "description": self.description}


class State:
    """Projects by id, in the order of their creation; ids are the same in every run."""

    def __init__(self) -> None:
        self.projects: dict[str, Project] = {}
        self._ids = 0

    def new_id(self, kind: str) -> str:
        """The next id, a UUID."""
        self._ids += 1
        return str(uuid.uuid5(_NAMESPACE, f"{kind} {self._ids}"))

    def add_project(self, name: str, description: str | None = None) -> Project:
        """Create a project; several may have one name."""
        project = Project(self.new_id("project"), name, description)
        self.projects[project.id] = project
        return project

    def add_environment(self, project: Project, name: str) -> None:
        """Create an environment with an agent of its own."""
        project.environments[name] = {
            "name": name,
            "defaultAgentId": self.new_id("agent"),
            "defaultAgentName": f"agent-{len(project.environments) + 1}",
        }
