"""What a benchmark found, as Markdown: tables, and goals with what was measured beside them."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

DEPENDENCIES = ("httpx", "httpcore", "aiohttp", "attrs", "authlib")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a head; the first column holds names, the others numbers."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    def __str__(self) -> str:
        for row in self.rows:
            if len(row) != len(self.head):
                raise ValueError(f"{len(row)} cells under a head of {len(self.head)}: {row}")
        rule = ["---", *["---:"] * (len(self.head) - 1)]
        return "\n".join(f"| {' | '.join(row)} |" for row in (self.head, rule, *self.rows))


@dataclass(frozen=True, slots=True)
class Goal:
    """A number that must not exceed another one."""

    what: str
    measured: float
    limit: float
    unit: str = "x"
    """What follows the number, after a space."""
    digits: int = 2

    @property
    def is_met(self) -> bool:
        """Whether the number as it is shown is within the limit."""
        return round(self.measured, self.digits) <= self.limit

    def row(self) -> tuple[str, str, str, str]:
        """The cells of its row in a table of goals."""
        unit = f" {self.unit}" if self.unit else ""
        return (
            self.what,
            f"{self.limit:g}{unit}",
            f"{self.measured:.{self.digits}f}{unit}",
            "met" if self.is_met else "**missed**",
        )


@dataclass(slots=True)
class Report:
    """What a benchmark found.

    Attributes:
        peers: distributions it compared with, besides the dependencies, to state their versions.
    """

    tables: list[Table] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    peers: Sequence[str] = ()

    def __str__(self) -> str:
        parts = [str(table) for table in self.tables]
        if self.goals:
            head = ("Goal", "at most", "measured", "")
            parts.append(str(Table(head, [goal.row() for goal in self.goals])))
        return "\n\n".join([*parts, machine(self.peers)])


def machine(peers: Sequence[str] = ()) -> str:
    """On what was measured: processor, cores, Python, versions of the packages."""
    names = [*DEPENDENCIES, *peers]
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)
    return (
        f"*{_cores()} cores of {_processor()}, {platform.system()}, "
        f"{platform.python_implementation()} {platform.python_version()}; {versions}.*"
    )


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):  # what this process may use
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    if described.exists():
        for line in described.read_text().splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()
