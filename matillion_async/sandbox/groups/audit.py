"""Audit events: what happened before the sandbox began, and what happens in it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from matillion_async.sandbox._clock import moment, text
from matillion_async.sandbox._events import date_range, history, page_between, to_millisecond
from matillion_async.sandbox._operations import Call
from matillion_async.sandbox._problems import Response
from matillion_async.sandbox._spec import SpecOperation
from matillion_async.sandbox._state import Project, State

_NAMESPACE = uuid.UUID("0d4c6b1e-58f2-4a97-9e3b-7c1a5f8d2b60")
_ACTORS = ("ada@example.com", "grace@example.com")
_API_ACTOR = "api-credentials@example.com"


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """Something that happened in the account."""

    number: int
    when: datetime
    type: str
    name: str
    source: str
    actor: str
    project_id: str | None = None
    subject_id: str | None = None
    subject_name: str | None = None
    subject_type: str | None = None


@dataclass(slots=True)
class AuditLog:
    """All events of the account, oldest first.

    Attributes:
        history: how many events before those in ``events`` are not written yet: it takes longer than most calls.
        began: the moment of the first event that was recorded or asked for; the history is before it.
    """

    history: int = 0
    events: list[AuditEvent] = field(default_factory=list)
    began: datetime | None = None

    def begin(self, now: datetime) -> datetime:
        """Something happens, or is asked for; gives the moment up to which all is history."""
        self.began = self.began or now
        return self.began

    def next_number(self) -> int:
        """The number of the event that comes next."""
        return self.history + len(self.events)

    def whole(self, now: datetime) -> list[AuditEvent]:
        """The events, with the history: people log in, by turns."""
        actors = [(actor, _uuid(actor)) for actor in _ACTORS]
        past = []
        for number, when in enumerate(history(self.begin(now), self.history)):
            actor, subject_id = actors[number % len(actors)]
            past.append(
                AuditEvent(
                    number,
                    when,
                    "LOGIN",
                    "Log in",
                    "hub",
                    actor,
                    subject_id=subject_id,
                    subject_name=actor,
                    subject_type="USER",
                )
            )
        self.events[:0] = past
        self.history = 0
        return self.events


def list_audit_events(state: State, call: Call) -> Response:
    """Oldest first, an event at either end included (neither is documented)."""
    start, end = date_range(call, "from", "to")
    events = _log(state, call.now).whole(moment(call.now))
    return page_between(events, start, end, call, _row, with_end=True)


def record_login(state: State, now: float) -> None:
    """Note that a token was issued."""
    log = _log(state, now)
    log.events.append(
        AuditEvent(
            log.next_number(), to_millisecond(moment(now)), "LOGIN", "Log in", "api", _API_ACTOR
        )
    )


def record(state: State, operation: SpecOperation, call: Call, response: Response) -> None:
    """Note that an operation changed something: what kind of thing, its id and its name, but no other value."""
    log = _log(state, call.now)
    body = call.body if isinstance(call.body, dict) else {}
    made = response.body if isinstance(response.body, dict) else {}
    name = body.get("name", call.values.get("environmentName"))
    project_id = call.values.get("projectId") or made.get("projectId")
    project = state.projects.get(project_id) if isinstance(project_id, str) else None
    log.events.append(
        AuditEvent(
            log.next_number(),
            to_millisecond(moment(call.now)),
            operation.id.upper(),
            operation.id.replace("_", " ").capitalize(),
            operation.name.partition(".")[0],
            _API_ACTOR,
            project_id=project.id if isinstance(project, Project) else None,
            subject_id=_subject_id(operation, call, made),
            subject_name=name if isinstance(name, str) else None,
            subject_type=operation.id.partition("_")[2].upper(),
        )
    )


def _subject_id(operation: SpecOperation, call: Call, made: Mapping[str, Any]) -> str | None:
    """The id of what the response shows, or else the last one in the path."""
    first, *others = operation.id.partition("_")[2].split("_")
    for name in ("id", first + "".join(map(str.capitalize, others)) + "Id"):
        if name in made:
            return str(made[name])
    ids = [value for name, value in call.values.items() if name.endswith("Id")]
    return str(ids[-1]) if ids else None


def _log(state: State, now: float) -> AuditLog:
    logs = state.tables.of(AuditLog)
    log = logs.get("")
    if log is None:
        log = AuditLog()
        logs.add("", log)
    log.begin(moment(now))
    return log


def _row(event: AuditEvent) -> dict[str, Any]:
    return {
        "eventId": _uuid(f"event {event.number}"),
        "eventTimestamp": text(event.when),
        "eventType": event.type,
        "eventName": event.name,
        "eventDescription": f"{event.name}: {event.subject_name or event.actor}",
        "eventSource": event.source,
        "eventProjectId": event.project_id,
        "eventSubjectId": event.subject_id,
        "eventSubjectName": event.subject_name,
        "eventSubjectType": event.subject_type,
        "actorId": _uuid(event.actor),
        "actorEmail": event.actor,
        "additionalInfo": {},
    }


def _uuid(name: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, name))
