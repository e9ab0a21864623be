"""Metrics of the real SDK."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from matillion_async import PipelineRunFailed, RateLimitedError
from matillion_async.otel import OpenTelemetryObserver
from matillion_async.sandbox import Pipeline, Sandbox
from tests.matillion_async.scripted import Script, project_page, scripted_client
from tests.otel.telemetry import Telemetry, attributes

pytestmark = pytest.mark.virtual_time

OK = httpx.Response(200, json=project_page("a"))
BUSY = httpx.Response(503)
REFUSED = httpx.Response(429, headers={"Retry-After": "2"})

SERVER = {"server.address": "api.example.com", "server.port": 443}
GET = {"http.request.method": "GET", "url.template": "/v1/projects", **SERVER}


def client(telemetry: Telemetry, *steps: Any, **options: Any) -> Any:
    return scripted_client(Script(*steps), observers=[telemetry.observer()], **options)


async def test_requests_and_calls(telemetry: Telemetry) -> None:
    """How long each took, by what the conventions tell requests apart, and calls by their operation."""
    async with client(telemetry, BUSY, OK, httpx.Response(404)) as one:
        await one.projects.list()
        with pytest.raises(Exception, match="404"):
            await one.request("GET", "/v1/x")
    requests = telemetry.points("http.client.request.duration")
    assert [
        GET | {"http.response.status_code": 503, "error.type": "503"},
        GET | {"http.response.status_code": 200},
        {
            "http.request.method": "GET",
            "http.response.status_code": 404,
            "error.type": "404",
            **SERVER,
        },
    ] == [attributes(point) for point in requests]
    assert [1, 1, 1] == [point.count for point in requests]
    boundaries = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)
    assert boundaries == tuple(requests[0].explicit_bounds)
    calls = telemetry.points("matillion.client.call.duration")
    assert [
        {"matillion.operation": "projects.list"},
        {"matillion.operation": "request", "error.type": "404"},
    ] == [attributes(point) for point in calls]


async def test_what_is_in_flight(telemetry: Telemetry) -> None:
    """While requests are under way, and when all have ended, cancelled ones as well."""
    seen: list[int] = []

    def respond(_request: httpx.Request) -> httpx.Response:
        (point,) = telemetry.points("http.client.active_requests")
        seen.append(point.value)
        return OK

    async with client(telemetry, respond) as one:
        await asyncio.gather(*(one.projects.list() for _ in range(3)))
    assert 1 <= max(seen) <= 3
    (point,) = telemetry.points("http.client.active_requests")
    assert 0 == point.value
    assert {"http.request.method": "GET", **SERVER} == attributes(point)


async def test_refusals_and_waits_for_permits(telemetry: Telemetry) -> None:
    """Each 429 is counted, and the pause after it is a part of what calls wait for the limiter."""
    async with client(telemetry, OK, REFUSED, OK) as one:
        await one.projects.list()
        await one.projects.list()
    (refused,) = telemetry.points("matillion.client.refused")
    assert (1, {"matillion.operation": "projects.list"}) == (refused.value, attributes(refused))
    (wait,) = telemetry.points("matillion.client.limiter.wait")
    assert 2 == wait.count
    assert 2.0 <= wait.sum < 4
    assert {} == attributes(wait)


async def test_renewals(telemetry: Telemetry) -> None:
    """Those that gave a token, and those that did not."""
    sandbox = Sandbox(projects=1)
    async with sandbox.client(observers=[telemetry.observer()]) as one:
        await one.projects.list()
    async with sandbox.client(observers=[telemetry.observer()], client_secret="wrong") as one:
        with pytest.raises(Exception, match="401"):
            await one.projects.list()
    told = [
        (point.value, attributes(point))
        for point in telemetry.points("matillion.client.token.renewals")
    ]
    assert [
        (1, {}),
        (1, {"error.type": "401"}),
    ] == told


async def test_runs_that_are_waited_for(telemetry: Telemetry) -> None:
    """How many now, and how long each was waited for, by how it ended."""
    sandbox = Sandbox(
        projects=1,
        pipelines=[Pipeline("good", seconds=20), Pipeline("bad", seconds=5, outcome="FAILED")],
    )
    async with sandbox.client(observers=[telemetry.observer()]) as one:
        project = (await one.projects.list())[0].id
        environment = (await one.environments.list(project))[0].name
        runs = [
            await one.pipeline_executions.run(
                project, pipeline_name=name, environment_name=environment
            )
            for name in ("good", "bad")
        ]
        waits = [asyncio.ensure_future(run.wait()) for run in runs]
        await asyncio.sleep(2)
        (active,) = telemetry.points("matillion.client.active_waits")
        assert 2 == active.value
        outcomes = await asyncio.gather(*waits, return_exceptions=True)
    assert isinstance(outcomes[1], PipelineRunFailed)
    (active,) = telemetry.points("matillion.client.active_waits")
    assert 0 == active.value
    kind = {"matillion.wait.kind": "pipeline_execution"}
    points = telemetry.points("matillion.client.wait.duration")
    assert [
        kind
        | {"matillion.wait.status": "FAILED", "error.type": "matillion_async.PipelineRunFailed"},
        kind | {"matillion.wait.status": "SUCCESS"},
    ] == [attributes(point) for point in points]


async def test_metrics_alone(telemetry: Telemetry) -> None:
    """Without spans."""
    observer = telemetry.observer(traces=False)
    async with scripted_client(Script(OK), observers=[observer]) as one:
        await one.projects.list()
    assert [] == telemetry.spans
    assert telemetry.points("matillion.client.call.duration")


async def test_spans_alone(telemetry: Telemetry) -> None:
    """Without metrics."""
    observer = telemetry.observer(metrics=False)
    async with scripted_client(Script(OK), observers=[observer]) as one:
        await one.projects.list()
    assert telemetry.spans
    assert [] == telemetry.points("matillion.client.call.duration")


async def test_without_a_provider_nothing_is_recorded() -> None:
    """And calls go on, refused ones and failed ones too."""
    script = Script(REFUSED)
    async with scripted_client(script, observers=[OpenTelemetryObserver()], retry=None) as one:
        with pytest.raises(RateLimitedError):
            await one.projects.list()
