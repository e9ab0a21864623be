"""Which executions a client knows, and which of its starts may have made one that it does not know. No I/O."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from matillion_async._runs.statuses import as_text

if TYPE_CHECKING:
    from matillion_api.models.pipeline_execution import PipelineExecution

LATE = 300.0
"""Seconds after which a start that came to nothing is no longer expected to be carried out by some gateway."""
_KNOWN = 10_000
"""How many executions are kept in mind, the newest: those before have begun long before a start that is sent now."""
_SUFFIXES = ("", ".orch.yaml", ".tran.yaml")


@dataclass(eq=False, slots=True)
class Start:
    """A start of a pipeline whose execution is not known."""

    project_id: str | None
    """None if it was given by name."""
    pipeline_name: str
    environment_name: str
    sent_at: float
    """In the time of the event loop; a little too early as long as it is under way."""
    expires_at: float | None = field(default=None)
    """None as long as it is under way."""
    tag: str | None = None
    """The execution tag that it was given."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the pipeline that its execution may have: a start may leave out the suffix."""
        return tuple(f"{self.pipeline_name}{suffix}" for suffix in _SUFFIXES)

    def looks_like(self, execution: PipelineExecution) -> bool:
        """Whether an execution may be its own, but for the time; listings show no tag."""
        return (
            execution.pipeline_execution_id != ""
            and execution.pipeline_name in self.names
            and execution.environment_name == self.environment_name
            and (not execution.project_id or execution.project_id == self.project_id)
            and as_text(execution.trigger) in ("", "API", "UNKNOWN")
        )

    def is_like(self, other: Start) -> bool:
        """Whether an execution of the one may look like one of the other."""
        return (
            self.environment_name == other.environment_name
            and not {*self.names}.isdisjoint(other.names)
            and (None in (self.project_id, other.project_id) or self.project_id == other.project_id)
        )


class Starts:
    """The starts and executions of all who share a connection; ids may be in capitals."""

    def __init__(self) -> None:
        self._open: list[Start] = []
        self._known: dict[str, None] = {}
        self._tags: dict[str, str | None] = {}
        self._held: dict[str, str | None] = {}

    def begin(self, start: Start) -> None:
        """Note a start that is about to be sent."""
        self._open = [each for each in self._open if not _is_over(each, start.sent_at)]
        self._open.append(start)

    def made(self, start: Start, execution_id: str) -> None:
        """Note which execution a start has made."""
        self.made_nothing(start)
        self._tags[execution_id.lower()] = start.tag
        self.know(execution_id)

    def attached(self, start: Start, execution_id: str) -> None:
        """Note which execution refused a start its tag: perhaps that of another start of this client, which was lost."""
        is_news = not self.knows(execution_id)
        self.made(start, execution_id)
        if is_news:
            self._held[execution_id.lower()] = start.tag

    def made_nothing(self, start: Start) -> None:
        """Note that a start has made, and will make, no execution."""
        if start in self._open:
            self._open.remove(start)

    def lose(self, start: Start, sent_at: float, now: float) -> None:
        """Note that nobody knows what became of a start."""
        start.sent_at, start.expires_at = sent_at, now + LATE

    def know(self, execution_id: str) -> None:
        """Note an execution that is known not to belong to another start."""
        key = execution_id.lower()
        self._known.pop(key, None)
        self._known[key] = None
        if len(self._known) > _KNOWN:
            oldest = next(iter(self._known))
            del self._known[oldest]
            self._tags.pop(oldest, None)
            self._held.pop(oldest, None)

    def knows(self, execution_id: str) -> bool:
        """Whether an execution is known."""
        return execution_id.lower() in self._known

    def may_be_of(self, start: Start, execution_id: str) -> bool:
        """Whether an execution may be that of a start whose response was lost: it is not known, or only to hold the tag."""
        is_held = start.tag is not None and self._held.get(execution_id.lower()) == start.tag
        return is_held or not self.knows(execution_id)

    def has_started(self, execution_id: str) -> bool:
        """Whether an execution was started by one of them."""
        return execution_id.lower() in self._tags

    def tag_of(self, execution_id: str) -> str | None:
        """The tag with which one of them has started an execution; None if there is none, or if it was another who started it."""
        return self._tags.get(execution_id.lower())

    def rivals(self, start: Start, now: float) -> list[Start]:
        """Other starts that may have made an execution that looks like that of ``start``."""
        return [
            each
            for each in self._open
            if each is not start and not _is_over(each, now) and each.is_like(start)
        ]


def _is_over(start: Start, now: float) -> bool:
    return start.expires_at is not None and start.expires_at < now
