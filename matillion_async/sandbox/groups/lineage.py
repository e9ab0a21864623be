"""Lineage events: a history of runs of a few pipelines in each project."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from matillion_async.sandbox._clock import moment, text
from matillion_async.sandbox._events import date_range, history, page_between
from matillion_async.sandbox._operations import Call
from matillion_async.sandbox._problems import ProblemError, Response
from matillion_async.sandbox._state import State

LONGEST = timedelta(days=31)
_NAMESPACE = uuid.UUID("7a2e9c40-3b6d-4f15-8d07-1e5c9b3f6a84")
_PIPELINES = ("ingest/orders.orch.yaml", "daily.orch.yaml", "reports/sales.tran.yaml")
_SCHEMA = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"


@dataclass(frozen=True, slots=True)
class LineageEvent:
    """The end of a run."""

    number: int
    when: datetime


@dataclass(slots=True)
class LineageLog:
    """All events of the account, oldest first.

    Attributes:
        history: how many there are from before the first request for them.
    """

    history: int = 0
    events: list[LineageEvent] | None = field(default=None)

    def begun(self, now: datetime) -> list[LineageEvent]:
        """The events; written when they are first asked for."""
        if self.events is None:
            moments = history(now, self.history)
            self.events = [LineageEvent(number, when) for number, when in enumerate(moments)]
        return self.events


def list_lineage_events(state: State, call: Call) -> Response:
    """Oldest first; from the start, included, to the end, not included; at most 31 days."""
    start, end = date_range(call, "generatedFrom", "generatedBefore")
    if end - start > LONGEST:
        raise ProblemError(
            400,
            "The request parameters are not valid.",
            [f"generatedBefore: must be at most {LONGEST.days} days after generatedFrom"],
        )
    log = state.tables.of(LineageLog).get("") or LineageLog()
    events = log.begun(moment(call.now))
    projects = [project.id for project in state.projects] or [_uuid("no project")]

    def row(event: LineageEvent) -> dict[str, Any]:
        project_id = projects[event.number % len(projects)]
        return {"id": _uuid(f"event {event.number}"), "event": _run_event(event, project_id)}

    return page_between(events, start, end, call, row, with_end=False)


def _run_event(event: LineageEvent, project_id: str) -> dict[str, Any]:
    pipeline = _PIPELINES[event.number % len(_PIPELINES)]
    table = pipeline.rpartition("/")[2].partition(".")[0].upper()
    return {
        "eventType": "COMPLETE",
        "eventTime": text(event.when),
        "producer": "https://www.matillion.com",
        "schemaURL": _SCHEMA,
        "job": {
            "namespace": f"matillion://{_uuid('account')}.{project_id}",
            "name": pipeline,
            "facets": {},
        },
        "run": {"runId": _uuid(f"run {event.number}"), "facets": {}},
        "inputs": [_dataset(f"RAW.PUBLIC.{table}")],
        "outputs": [_dataset(f"MART.PUBLIC.{table}")],
    }


def _dataset(name: str) -> dict[str, Any]:
    return {"namespace": "snowflake://sandbox", "name": name, "facets": {}}


def _uuid(name: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, name))
