"""What the sandbox remembers: the things of one account, in the order of their creation."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from matillion_async.sandbox._problems import not_found

ItemT = TypeVar("ItemT")

_NAMESPACE = uuid.UUID("3f1f7c52-8a1c-4b5e-9d53-0f6f3a1f2b10")


class Table(Generic[ItemT]):
    """Things by key, in the order of their creation; a page at its end costs no more than one at its start."""

    def __init__(self) -> None:
        self._items: dict[str, ItemT] = {}
        self._ordered: list[ItemT] | None = None

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, key: str) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[ItemT]:
        return iter(list(self._items.values()))

    def get(self, key: str) -> ItemT | None:
        """The thing with that key, or None."""
        return self._items.get(key)

    def found(self, key: str, what: str) -> ItemT:
        """The thing with that key.

        Raises:
            ProblemError: 404, there is none; ``what`` says what it would be.
        """
        item = self.get(key)
        if item is None:
            raise not_found(what)
        return item

    def add(self, key: str, item: ItemT) -> None:
        """Append a thing, or replace the one with that key."""
        self._items[key] = item
        self._ordered = None

    def remove(self, key: str) -> None:
        """Take out the thing with that key, if there is one."""
        self._ordered = None
        self._items.pop(key, None)

    def take(self, key: str, what: str) -> None:
        """Take out the thing with that key; errors are those of :meth:`found`."""
        self.found(key, what)
        self.remove(key)

    def slice(self, start: int, stop: int) -> list[ItemT]:
        """The things from position ``start`` up to, not including, ``stop``."""
        if self._ordered is None:
            self._ordered = list(self._items.values())
        return self._ordered[start:stop]


class Tables:
    """Tables by the type of what they hold; one that was not used yet is empty."""

    def __init__(self) -> None:
        self._tables: dict[type[Any], Table[Any]] = {}

    def of(self, kind: type[ItemT]) -> Table[ItemT]:
        """The table of things of that type."""
        return self._tables.setdefault(kind, Table())


@dataclass(slots=True)
class Project:
    """A project with what belongs to it, and goes with it."""

    id: str
    name: str
    description: str | None
    warehouse: str
    agent_deployment_type: str
    tables: Tables = field(default_factory=Tables)

    def environment(self, name: str) -> Environment:
        """The environment of that name.

        Raises:
            ProblemError: 404, there is none.
        """
        return self.tables.of(Environment).found(name, "environment")


@dataclass(slots=True)
class Environment:
    """An environment of a project, with what belongs to it, and goes with it; its name is its key."""

    name: str
    default_agent_id: str
    display_name: str | None = None
    description: str | None = None
    tables: Tables = field(default_factory=Tables)


class State:
    """The account behind a sandbox.

    Args:
        seed: the same seed and the same requests give the same ids.
    """

    def __init__(self, seed: int = 0) -> None:
        self._namespace = uuid.uuid5(_NAMESPACE, str(seed)) if seed else _NAMESPACE
        self._ids = 0
        self.projects: Table[Project] = Table()
        self.has_flat_executions = False
        """Whether the details of an execution are an object of their own, and not under ``result``."""
        self.tables = Tables()
        """What belongs to the account and not to a project."""

    def new_id(self, kind: str) -> str:
        """A UUID that was not given out before, for a thing of that kind."""
        self._ids += 1
        return str(uuid.uuid5(self._namespace, f"{kind} {self._ids}"))

    def add_project(
        self,
        name: str,
        *,
        description: str | None = None,
        warehouse: str = "SNOWFLAKE",
        agent_deployment_type: str = "HYBRID",
    ) -> Project:
        """Create a project; names need not be unique."""
        project = Project(
            self.new_id("project"), name, description, warehouse, agent_deployment_type
        )
        self.projects.add(project.id, project)
        return project

    def project(self, project_id: str) -> Project:
        """The project with that id.

        Raises:
            ProblemError: 404, there is none.
        """
        return self.projects.found(project_id, "project")
