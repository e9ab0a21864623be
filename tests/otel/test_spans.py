"""Spans by the stable conventions for HTTP clients, of the real SDK."""

from __future__ import annotations

import asyncio
import contextvars
from typing import Any

import httpx
import pytest
from opentelemetry import trace
from opentelemetry.instrumentation.utils import (
    suppress_http_instrumentation,
    suppress_instrumentation,
)
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF
from opentelemetry.trace import SpanKind, StatusCode, TraceFlags

from matillion_async import (
    ConfigurationError,
    MatillionClient,
    NotFoundError,
    PipelineRunFailed,
    Request,
    Response,
    Token,
)
from matillion_async.otel import OpenTelemetryObserver
from matillion_async.sandbox import Pipeline, Sandbox
from tests.matillion_async.scripted import BASE_URL, Script, project_page, scripted_client
from tests.otel.telemetry import Telemetry, attributes, is_child

pytestmark = pytest.mark.virtual_time

OK = httpx.Response(200, json=project_page("a"), headers={"X-Request-Id": "r-ok"})
BUSY = httpx.Response(503, json={"detail": "PRIVATE"})
PROJECT = "a0000000-0000-4000-8000-0000000000aa"
TEMPLATE = "/v1/projects/{projectId}/environments"


def client(telemetry: Telemetry, *steps: Any, **options: Any) -> MatillionClient:
    options.setdefault("observers", [telemetry.observer()])
    return scripted_client(Script(*steps), **options)


async def test_a_call_and_its_attempts(telemetry: Telemetry) -> None:
    """The call is an internal span, each request in it a client span with the attributes of the conventions."""
    async with client(telemetry, BUSY, OK) as one:
        await one.environments.list(PROJECT, page=4, size=25)
    (call,) = telemetry.named("environments.list")
    first, second = telemetry.named(f"GET {TEMPLATE}")
    assert SpanKind.INTERNAL == call.kind
    assert call.parent is None
    assert (StatusCode.UNSET, None) == (call.status.status_code, call.status.description)
    told = attributes(call)
    assert ("environments.list", 2) == (told["matillion.operation"], told["matillion.attempts"])
    assert told["matillion.retry.wait"] > 0
    for span in (first, second):
        assert SpanKind.CLIENT == span.kind
        assert is_child(span, call)
    known = {
        "http.request.method": "GET",
        "server.address": "api.example.com",
        "server.port": 443,
        "url.full": f"{BASE_URL}/v1/projects/{PROJECT}/environments?page=REDACTED&size=REDACTED",
        "url.template": TEMPLATE,
    }
    size = {"http.response.body.size": len(BUSY.content)}
    failed = {"http.response.status_code": 503, "error.type": "503"}
    assert known | size | failed == attributes(first)
    assert (StatusCode.ERROR, None) == (first.status.status_code, first.status.description)
    assert known | {
        "http.response.status_code": 200,
        "http.request.resend_count": 1,
        "http.response.body.size": len(OK.content),
        "matillion.request_id": "r-ok",
    } == attributes(second)
    assert StatusCode.UNSET == second.status.status_code


async def test_a_call_of_any_path_is_named_by_no_value(telemetry: Telemetry) -> None:
    """Names of spans are few: a path is not in them."""
    async with client(telemetry, httpx.Response(204)) as one:
        await one.request("DELETE", "/v1/x/y", params={"a": "PRIVATE"})
    call, _renewal, attempt = telemetry.spans
    assert ("request", "DELETE") == (call.name, attempt.name)
    assert "url.template" not in attributes(attempt)
    assert f"{BASE_URL}/v1/x/y?a=REDACTED" == attributes(attempt)["url.full"]


@pytest.mark.parametrize(
    ("step", "of_attempt", "of_call", "status"),
    [
        (httpx.Response(404), "404", "404", 404),
        (httpx.Response(302), None, "matillion_async.StatusError", 302),
        (httpx.Response(200, text="no"), None, "matillion_async.ResponseDecodingError", 200),
        (
            httpx.ReadTimeout("late"),
            "matillion_async.APITimeoutError",
            "matillion_async.APITimeoutError",
            None,
        ),
    ],
)
async def test_what_went_wrong_is_its_kind(
    telemetry: Telemetry, step: Any, of_attempt: str | None, of_call: str, status: int | None
) -> None:
    """A status from 400 on is itself the kind; a redirect is no error of its request, but of the call."""
    async with client(telemetry, step, retry=None) as one:
        with pytest.raises(Exception, match=r"."):
            await one.projects.list()
    (call,), (attempt,) = telemetry.named("projects.list"), telemetry.named("GET /v1/projects")
    assert of_call == attributes(call)["error.type"]
    assert StatusCode.ERROR == call.status.status_code
    assert of_attempt == attributes(attempt).get("error.type")
    assert (of_attempt is not None) == (attempt.status.status_code is StatusCode.ERROR)
    assert status == attributes(attempt).get("http.response.status_code")
    assert not [event for span in telemetry.spans for event in span.events]


async def test_what_is_cancelled_has_ended(telemetry: Telemetry) -> None:
    """Both spans, with the cancellation as their kind of error; and the task is in no span afterwards."""

    class Hanging:
        async def send(self, request: Request) -> Response:
            await asyncio.sleep(1000)
            raise AssertionError

        async def aclose(self) -> None:
            pass

    async with client(telemetry, OK, transport=Hanging(), timeout=2000) as one:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                await one.projects.list()
        assert not trace.get_current_span().get_span_context().is_valid
    for name in ("projects.list", "GET /v1/projects"):
        (span,) = telemetry.named(name)
        assert "asyncio.exceptions.CancelledError" == attributes(span)["error.type"]


async def test_a_renewal_is_a_trace_of_its_own(telemetry: Telemetry) -> None:
    """All calls wait for one: it has a link to the one that met it, and its request is in it."""
    sandbox = Sandbox(projects=1)
    async with sandbox.client(observers=[telemetry.observer()]) as one:
        with telemetry.tracer.start_as_current_span("job"):
            await asyncio.gather(*(one.projects.list() for _ in range(3)))
    (renewal,) = telemetry.named("token renewal")
    calls = telemetry.named("projects.list")
    assert 3 == len(calls)
    assert renewal.parent is None
    assert [link.context.span_id for link in renewal.links] == [
        calls[0].get_span_context().span_id  # type: ignore[union-attr]
    ]
    (request,) = [span for span in telemetry.spans if is_child(span, renewal)]
    assert "POST /oauth/dpc/token" == request.name
    assert SpanKind.CLIENT == request.kind


async def test_a_call_tells_what_it_waited_for(telemetry: Telemetry) -> None:
    """For a token, for permits, and between attempts: in seconds, each where it waited at all."""

    class Slow:
        async def fetch(self) -> Token:
            await asyncio.sleep(2)
            return Token("token", expires_in=1800)

    async with client(telemetry, BUSY, OK, token_source=Slow(), rate_limits="1/min") as one:
        await one.projects.list()
        await one.projects.list()
    first, second = (attributes(span) for span in telemetry.named("projects.list"))
    assert 2.0 == pytest.approx(first["matillion.token.wait"])
    assert 50 < first["matillion.limiter.wait"] < 61
    assert first["matillion.retry.wait"] > 0
    assert 50 < second["matillion.limiter.wait"] < 61
    assert not {"matillion.token.wait", "matillion.retry.wait"} & set(second)


async def test_calls_of_tasks_and_bulks_are_children_of_what_started_them(
    telemetry: Telemetry,
) -> None:
    """None becomes the parent of another one, however they overlap."""
    async with client(telemetry, OK) as one:
        with telemetry.tracer.start_as_current_span("job") as job:
            await asyncio.gather(*(one.projects.list() for _ in range(5)))
            outcomes = [each async for each in one.bulk(one.environments.list, [PROJECT] * 20)]
            assert job is trace.get_current_span()
    assert 20 == len(outcomes)
    (parent,) = telemetry.named("job")
    calls = [*telemetry.named("projects.list"), *telemetry.named("environments.list")]
    assert 5 + 20 == len(calls)
    assert all(is_child(call, parent) for call in calls)
    attempts = [span for span in telemetry.spans if span.kind is SpanKind.CLIENT]
    of_calls = {call.get_span_context().span_id for call in calls}  # type: ignore[union-attr]
    assert 25 == len(attempts)
    assert of_calls == {span.parent.span_id for span in attempts if span.parent is not None}


async def test_a_walk_of_a_listing_leaves_no_span_behind(telemetry: Telemetry) -> None:
    """Pages are fetched ahead, in tasks; whoever walks is in no span of theirs."""
    sandbox = Sandbox(projects=30)
    async with sandbox.client(observers=[telemetry.observer()]) as one:
        async for _project in one.projects.list(size=10):
            assert not trace.get_current_span().get_span_context().is_valid
    assert 3 <= len(telemetry.named("projects.list"))
    assert all(span.parent is None for span in telemetry.named("projects.list"))


async def test_a_wait_holds_the_calls_that_it_takes(telemetry: Telemetry) -> None:
    """One span for the wait for a run, with what is waited for and how it ended."""
    sandbox = Sandbox(projects=1, pipelines=[Pipeline("bad", seconds=5, outcome="FAILED")])
    async with sandbox.client(observers=[telemetry.observer()]) as one:
        project = (await one.projects.list())[0].id
        environment = (await one.environments.list(project))[0].name
        run = await one.pipeline_executions.run(
            project, pipeline_name="bad", environment_name=environment
        )
        with pytest.raises(PipelineRunFailed):
            await run.wait()
    (wait,) = telemetry.named("wait for pipeline_execution")
    assert {
        "matillion.wait.kind": "pipeline_execution",
        "matillion.wait.id": run.id,
        "matillion.project.id": project,
        "matillion.pipeline.name": "bad",
        "matillion.wait.status": "FAILED",
        "error.type": "matillion_async.PipelineRunFailed",
    } == attributes(wait)
    polls = telemetry.named("pipeline_executions.status")
    assert polls
    assert all(is_child(poll, wait) for poll in polls)


@pytest.mark.parametrize("asked", [True, False])
async def test_the_server_is_told_of_the_trace_if_that_is_asked_for(
    telemetry: Telemetry, asked: bool
) -> None:
    """By the traceparent of each attempt; otherwise by nothing."""
    script = Script(BUSY, OK)
    observer = telemetry.observer(propagate=asked)
    async with scripted_client(script, observers=[observer]) as one:
        await one.projects.list()
    sent = [request.headers.get("traceparent") for request in script.requests]
    spans = [span.get_span_context() for span in telemetry.named("GET /v1/projects")]
    expected = [
        f"00-{each.trace_id:032x}-{each.span_id:016x}-{each.trace_flags:02x}"
        for each in spans
        if each
    ]
    assert (expected if asked else [None, None]) == sent
    for request in script.requests:
        assert not {"baggage", "tracestate"} & set(request.headers)


async def test_a_trace_that_is_not_sampled_stays_whole() -> None:
    """What a call sends then is not sampled either, and the server is told so."""
    provider = TracerProvider(sampler=ALWAYS_OFF)
    script = Script(OK)
    observer = OpenTelemetryObserver(tracer_provider=provider, metrics=False, propagate=True)
    async with scripted_client(script, observers=[observer]) as one:
        await one.projects.list()
    flags = script.requests[0].headers["traceparent"].rpartition("-")[2]
    assert not int(flags, 16) & TraceFlags.SAMPLED


async def test_who_wants_silence_gets_it(telemetry: Telemetry) -> None:
    """As the exporters of the SDK do while they send; and of HTTP alone."""
    async with client(telemetry, OK) as one:
        with suppress_instrumentation():
            await one.projects.list()
        assert [] == telemetry.spans
        with suppress_http_instrumentation():
            await one.projects.list()
    assert ["projects.list"] == [span.name for span in telemetry.spans]


async def test_without_a_provider_nothing_is_made(telemetry: Telemetry) -> None:
    """And all works as before, also within a trace of somebody's."""
    async with client(telemetry, OK, observers=[OpenTelemetryObserver()]) as one:
        with telemetry.tracer.start_as_current_span("job"):
            await one.projects.list()
    assert ["job"] == [span.name for span in telemetry.spans]


async def test_an_error_that_is_caught_leaves_the_span_of_its_caller(telemetry: Telemetry) -> None:
    """The caller's span is the current one again, and what follows is in it."""
    async with client(telemetry, httpx.Response(404), OK) as one:
        with telemetry.tracer.start_as_current_span("job") as job:
            with pytest.raises(NotFoundError):
                await one.projects.list()
            assert job is trace.get_current_span()


async def test_a_call_that_is_dropped_ends_in_silence(
    telemetry: Telemetry, caplog: pytest.LogCaptureFixture
) -> None:
    """A coroutine that nobody awaits any more ends in whatever context, where its own cannot be left."""
    async with client(telemetry, OK) as one:
        waiting = one.projects.list().__await__()
        contextvars.copy_context().run(waiting.send, None)
        waiting.close()
    (call,) = telemetry.named("projects.list")
    assert "GeneratorExit" == attributes(call)["error.type"]
    assert [] == [record for record in caplog.records if record.levelname == "ERROR"]


def test_propagation_needs_spans() -> None:
    """There would be nothing to tell of."""
    with pytest.raises(ConfigurationError, match="propagate needs traces"):
        OpenTelemetryObserver(traces=False, propagate=True)
