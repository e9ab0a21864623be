"""Schedules of a project. They keep what they are told; they start nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from matillion_async.sandbox._clock import text
from matillion_async.sandbox._operations import Call, of_project, page_of
from matillion_async.sandbox._problems import Response, invalid_body
from matillion_async.sandbox._state import State

_OF_THE_PIPELINE = (
    "pipelineName",
    "environmentName",
    "versionName",
    "scalarVariables",
    "gridVariables",
)
_DEFAULTS = {"cronTimezone": "UTC", "scheduleEnabled": True}


@dataclass(slots=True)
class Schedule:
    """A schedule: what it starts and when, in the fields of the API."""

    id: str
    pipeline: Mapping[str, Any]
    settings: Mapping[str, Any]


def list_schedules(state: State, call: Call) -> Response:
    """All schedules of a project, in the order of their creation."""
    return page_of(of_project(state, call, Schedule), call, _row)


def get_schedule(state: State, call: Call) -> Response:
    """One schedule."""
    return Response(200, _row(_schedule(state, call)))


def create_schedule(state: State, call: Call) -> Response:
    """The environment must exist; the pipeline may be published later. Names need not be unique."""
    project = state.project(call.values["projectId"])
    pipeline = call.body["pipeline"]
    project.environment(pipeline["environmentName"])
    settings = _settings(call.body["schedule"], "schedule.")
    schedule = Schedule(state.new_id("schedule"), pipeline, settings)
    of_project(state, call, Schedule).add(schedule.id, schedule)
    return Response(201, {"scheduleId": schedule.id})


def update_schedule(state: State, call: Call) -> Response:
    """What is left out gets its default again, as the API does it."""
    schedule = _schedule(state, call)
    schedule.settings = _settings(call.body)
    return Response(200, _row(schedule))


def delete_schedule(state: State, call: Call) -> Response:
    """By id."""
    of_project(state, call, Schedule).take(call.values["scheduleId"], "schedule")
    return Response(204)


def _schedule(state: State, call: Call) -> Schedule:
    return of_project(state, call, Schedule).found(call.values["scheduleId"], "schedule")


def _settings(given: Mapping[str, Any], where: str = "") -> dict[str, Any]:
    settings: dict[str, Any] = {**_DEFAULTS, **given}
    if "effectiveFrom" in settings:
        try:
            since = datetime.fromisoformat(settings["effectiveFrom"].upper()).astimezone(UTC)
        except OverflowError:
            problem = f"{where}effectiveFrom: must be from year 1 to 9999 in UTC"
            raise invalid_body(problem) from None
        settings["effectiveFrom"] = text(since)
    return settings


def _row(schedule: Schedule) -> dict[str, Any]:
    """The documented fields: whether concurrent executions are allowed is not one of them."""
    pipeline = {
        name: schedule.pipeline[name] for name in _OF_THE_PIPELINE if name in schedule.pipeline
    }
    settings = {
        name: value
        for name, value in schedule.settings.items()
        if name != "allowConcurrentExecutions"
    }
    return {"scheduleId": schedule.id, **settings, **pipeline}
