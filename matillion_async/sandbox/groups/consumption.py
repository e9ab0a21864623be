"""Consumption: figures that follow from the day and the projects, so that asking again gives the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from matillion_async.sandbox._clock import moment, text
from matillion_async.sandbox._events import date_range
from matillion_async.sandbox._operations import Call
from matillion_async.sandbox._problems import ProblemError, Response
from matillion_async.sandbox._state import Environment, Project, State

KEPT = timedelta(days=730)
"""How far the figures reach back."""
_USERS = ("ada", "grace")
_INSTALLATION = "5d2f9c1e-7a43-4b58-9c0e-3f6a1d2b4c57"
_PIPELINES = {"orchestration": "daily.orch.yaml", "transformation": "reports/sales.tran.yaml"}


def get_consumption(state: State, call: Call) -> Response:
    """One entry for each day of the last two years that is asked for; before and after it nothing was used."""
    first, before = (
        date.fromisoformat(call.values[name]) for name in ("consumedFrom", "consumedBefore")
    )
    if first >= before:
        raise ProblemError(
            400,
            "The request parameters are not valid.",
            ["consumedBefore: must be after consumedFrom"],
        )
    today = moment(call.now).date()
    first, before = max(first, today - KEPT), min(before, today + timedelta(days=1))
    days = (first + timedelta(days=index) for index in range((before - first).days))
    return Response(200, {"results": [_day(state, day) for day in days]})


def get_etl_users(state: State, call: Call) -> Response:
    """The same users at any time, for ten credits a day in all."""
    start, end = date_range(call, "consumedFrom", "consumedBefore")
    credits = round((end - start) / timedelta(days=1) * 10, 4)
    return Response(
        200,
        {
            "chargedUsers": [{"username": name} for name in _USERS],
            "consumedFrom": call.values["consumedFrom"],
            "consumedBefore": call.values["consumedBefore"],
            "credits": credits,
        },
    )


def _day(state: State, day: date) -> dict[str, Any]:
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    items = [
        {
            "consumptionType": kind,
            "dimensions": dimensions,
            "credits": _credits(day, kind, *dimensions.values()),
        }
        for kind, dimensions in _causes(state)
    ]
    return {
        "consumedFrom": text(start),
        "consumedBefore": text(start + timedelta(days=1)),
        "consumption": items,
    }


def _causes(state: State) -> Iterator[tuple[str, dict[str, str]]]:
    yield "etl-compute", {"installationId": _INSTALLATION}
    for user in _USERS:
        yield "dpc-users", {"userEmail": f"{user}@example.com"}
    for project in state.projects:
        yield from _causes_in(project)


def _causes_in(project: Project) -> Iterator[tuple[str, dict[str, str]]]:
    for environment in project.tables.of(Environment):
        for kind, pipeline in _PIPELINES.items():
            yield (
                kind,
                {
                    "pipelineName": pipeline,
                    "projectId": project.id,
                    "environment": environment.name,
                },
            )


def _credits(day: date, *cause: str) -> float:
    """From 0 to 10, and always the same for the same day and cause."""
    digest = hashlib.sha256("\n".join([day.isoformat(), *cause]).encode(errors="replace")).digest()
    return int.from_bytes(digest[:2], "big") % 1000 / 100
