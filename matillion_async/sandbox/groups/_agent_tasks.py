"""A task of an AI agent as it changes with time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from matillion_async.sandbox._agent_work import AgentWork
from matillion_async.sandbox._clock import iso

STOPPING_SECONDS = 1.0
"""How long it takes to stop."""


@dataclass(slots=True, kw_only=True)
class Turn:
    """What an agent does with one message; everything follows from its moments, and from the time."""

    number: int
    message: str
    begins: float
    work: AgentWork
    asked: dict[str, str] = field(default_factory=dict)
    """The tools that it waits for halfway, by the ids of the decisions."""
    decided: dict[str, float] = field(default_factory=dict)
    """When which of them was decided."""
    stopped_at: float | None = None
    """When it was asked to stop."""

    @property
    def asks_at(self) -> float:
        """Halfway, where it waits if there is something to wait for."""
        return self.begins + self.work.seconds / 2

    @property
    def resumes_at(self) -> float:
        """When it has all decisions."""
        if not self.asked.keys() <= self.decided.keys():
            return math.inf
        return max([self.asks_at, *self.decided.values()])

    @property
    def ends_at(self) -> float:
        """When the agent is no longer at work."""
        if self.stopped_at is not None:
            return self.stopped_at + STOPPING_SECONDS
        return self.resumes_at + self.work.seconds / 2

    def status(self, now: float) -> str:
        """Where it is."""
        if now >= self.ends_at:
            return "ERRORED" if self.work.fails and self.stopped_at is None else "STOPPED"
        return "RUNNING" if self.stopped_at is None else "STOPPING"

    def pending(self, now: float) -> dict[str, str]:
        """What it waits for, by the ids of the decisions."""
        if self.stopped_at is not None or now < self.asks_at:
            return {}
        return {key: tool for key, tool in self.asked.items() if key not in self.decided}

    def said(self, now: float) -> Iterator[tuple[float, str]]:
        """What was said by now, and when."""
        yield self.begins, self.message
        latest = now if self.stopped_at is None else min(now, self.stopped_at)
        for number, text in enumerate(self.work.says, start=1):
            worked = self.work.seconds * number / len(self.work.says)
            when = self.begins + worked
            if when > self.asks_at:
                when += self.resumes_at - self.asks_at
            if when > latest:
                return
            yield when, text


@dataclass(slots=True, kw_only=True)
class AgentTask:
    """A task of an AI agent; it belongs to the account."""

    id: str
    branch_id: str
    config: dict[str, Any]
    created_at: float
    granted: list[str] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)

    def begin(self, message: str, work: AgentWork, now: float) -> None:
        """Let the agent work on a message; it asks for the tools that are not granted."""
        number = len(self.turns) + 1
        asked = {
            f"call-{number}-{index}": tool
            for index, tool in enumerate(work.asks_for, start=1)
            if tool not in self.granted
        }
        self.turns.append(Turn(number=number, message=message, begins=now, work=work, asked=asked))

    def grant(self, tools: Iterable[str], now: float) -> None:
        """Replace the permissions; a decision on a tool that is among them is made by that."""
        self.granted = list(tools)
        turn = self.turns[-1]
        for key, tool in turn.asked.items():
            if tool in self.granted:
                turn.decided.setdefault(key, now)

    def status(self, now: float) -> str:
        """Where its agent is."""
        return self.turns[-1].status(now)

    def pending(self, now: float) -> list[dict[str, Any]]:
        """What its agent asks."""
        return [
            {
                "toolId": key,
                "toolName": tool,
                "toolInput": {},
                "type": "PERMISSION",
                "permissionMessage": {"title": f"Use {tool}", "body": f"May I use {tool}?"},
            }
            for key, tool in self.turns[-1].pending(now).items()
        ]

    def messages(self, now: float) -> list[dict[str, Any]]:
        """What was said, oldest first."""
        return [
            {"data": text, "groupId": f"turn-{turn.number}", "timestamp": iso(when)}
            for turn in self.turns
            for when, text in turn.said(now)
        ]

    def row(self, now: float) -> dict[str, Any]:
        """What a listing says of it."""
        row = {
            "taskId": self.id,
            "status": self.status(now),
            "agentName": self.config.get("name"),
            "mode": self.config.get("mode"),
            "description": self.turns[0].message,
            "modifiedAt": self._modified_at(now),
            "branchId": self.branch_id,
            "projectId": self.config.get("projectId"),
        }
        return {name: value for name, value in row.items() if value is not None}

    def details(self, now: float) -> dict[str, Any]:
        """All that the API says of it."""
        return {
            "taskId": self.id,
            "status": self.status(now),
            "description": self.turns[0].message,
            "createdAt": iso(self.created_at),
            "modifiedAt": self._modified_at(now),
            "agentConfig": self.config,
            "grantedPermissions": self.permissions(),
            "pendingDecisions": self.pending(now),
        }

    def permissions(self) -> list[dict[str, Any]]:
        """The tools that need no decision."""
        return [{"toolName": tool} for tool in self.granted]

    def _modified_at(self, now: float) -> str:
        turn = self.turns[-1]
        moments = [when for when, _ in turn.said(now)]
        return iso(max([*moments, turn.stopped_at or turn.begins]))
