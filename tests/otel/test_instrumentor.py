"""The instrumentor: by hand, and by ``opentelemetry-instrument`` without a line of code."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import httpx
import pytest

from matillion_async import ConfigurationError
from matillion_async.otel import MatillionInstrumentor
from matillion_async.sandbox import Sandbox, Served, serve
from tests.matillion_async.scripted import Script, project_page, scripted_client
from tests.otel.telemetry import Telemetry

OK = httpx.Response(200, json=project_page("a"))

SERVICE = """
import asyncio

from matillion_async import MatillionClient


async def main() -> None:
    async with MatillionClient() as client:
        print(len(await client.projects.list()))


asyncio.run(main())
"""


@pytest.fixture
def instrumentor() -> Iterator[MatillionInstrumentor]:
    made = MatillionInstrumentor()
    yield made
    made.uninstrument()


async def test_all_clients_from_now_on(
    telemetry: Telemetry, instrumentor: MatillionInstrumentor
) -> None:
    """Those that there are, too, until it ends."""
    async with scripted_client(Script(OK)) as one:
        assert not instrumentor.is_instrumented_by_opentelemetry
        instrumentor.instrument(
            tracer_provider=telemetry.tracer_provider,
            meter_provider=telemetry.meter_provider,
            skip_dep_check=True,
        )
        assert MatillionInstrumentor().is_instrumented_by_opentelemetry
        await one.projects.list()
        MatillionInstrumentor().uninstrument()
        await one.projects.list()
    assert 1 == len(telemetry.named("projects.list"))
    assert 1 == sum(p.count for p in telemetry.points("matillion.client.call.duration"))


async def test_twice_is_once(
    telemetry: Telemetry, instrumentor: MatillionInstrumentor, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said, and changes nothing; and a client with an observer of its own has no second one."""
    instrumentor.instrument(tracer_provider=telemetry.tracer_provider)
    with caplog.at_level(logging.WARNING):
        MatillionInstrumentor().instrument(tracer_provider=telemetry.tracer_provider)
    assert "observed already" in caplog.text
    async with scripted_client(Script(OK), observers=[telemetry.observer()]) as one:
        await one.projects.list()
    assert 1 == len(telemetry.named("projects.list"))


@pytest.mark.parametrize(
    ("value", "argument", "told"),
    [
        ("true", None, True),
        ("1", None, True),
        ("", None, False),
        ("false", None, False),
        ("true", False, False),
        ("", True, True),
    ],
)
async def test_the_environment_may_ask_for_the_traceparent(
    telemetry: Telemetry,
    instrumentor: MatillionInstrumentor,
    monkeypatch: pytest.MonkeyPatch,
    value: str,
    argument: bool | None,
    told: bool,
) -> None:
    """Where nobody writes a line of code; an argument goes before it."""
    monkeypatch.setenv("MATILLION_OTEL_PROPAGATE", value)
    instrumentor.instrument(tracer_provider=telemetry.tracer_provider, propagate=argument)
    script = Script(OK)
    async with scripted_client(script) as one:
        await one.projects.list()
    assert told == ("traceparent" in script.requests[0].headers)


def test_the_environment_asks_for_nothing_where_there_are_no_spans(
    instrumentor: MatillionInstrumentor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Metrics alone are no mistake then."""
    monkeypatch.setenv("MATILLION_OTEL_PROPAGATE", "true")
    instrumentor.instrument(traces=False)
    assert instrumentor.is_instrumented_by_opentelemetry


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"propogate": True}, "instrument has no option 'propogate': did you mean 'propagate'?"),
        ({"trace": False}, "instrument has no option 'trace': did you mean 'traces'?"),
        ({"traces": "no"}, "traces must be True or False, not 'no'"),
        ({"propagate": "no"}, "propagate must be True, False or None, not 'no'"),
    ],
)
def test_an_option_that_cannot_be_meant_is_refused(
    instrumentor: MatillionInstrumentor, options: dict[str, Any], told: str
) -> None:
    """Also a misspelt one, which would otherwise be one of those that are for others."""
    with pytest.raises(ConfigurationError, match=re.escape(told)):
        instrumentor.instrument(**options)
    assert not instrumentor.is_instrumented_by_opentelemetry


def test_an_option_that_is_like_none_is_told(
    instrumentor: MatillionInstrumentor, caplog: pytest.LogCaptureFixture
) -> None:
    """What all instrumentors are given may be one that is not known yet, and ends nothing."""
    instrumentor.instrument(skip_dep_check=True, raise_exception_on_conflict=True)
    assert not caplog.records
    instrumentor.uninstrument()
    instrumentor.instrument(colour="red")
    assert instrumentor.is_instrumented_by_opentelemetry
    (record,) = caplog.records
    assert "OpenTelemetry: instrument has no option 'colour': it is not used" == record.message


@pytest.mark.parametrize("value", ["yep", "2", "on off"])
def test_a_variable_that_says_neither_is_refused(
    instrumentor: MatillionInstrumentor, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    """It would count as false; an argument goes before it."""
    monkeypatch.setenv("MATILLION_OTEL_PROPAGATE", value)
    told = f"MATILLION_OTEL_PROPAGATE must be true or false, not '{value}'"
    with pytest.raises(ConfigurationError, match=told):
        instrumentor.instrument()
    instrumentor.instrument(propagate=False)
    assert instrumentor.is_instrumented_by_opentelemetry


def test_it_is_found_by_its_entry_point() -> None:
    """Under the name by which it can be switched off."""
    (found,) = entry_points(group="opentelemetry_instrumentor", name="matillion")
    assert MatillionInstrumentor is found.load()
    assert () == MatillionInstrumentor().instrumentation_dependencies()


def test_it_brings_in_no_library() -> None:
    """It is imported by whatever runs under the command, whether or not that makes a client."""
    script = "import matillion_async.otel, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    loaded = set(done.stdout.split())
    assert "opentelemetry.trace" in loaded
    assert set() == loaded & {"aiohttp", "httpx", "attrs", "authlib", "matillion_api"}


async def test_a_service_needs_no_line_of_code(tmp_path: Path) -> None:
    """The real command, with the exporters of the SDK that print."""
    service = tmp_path / "service.py"
    service.write_text(SERVICE, encoding="utf-8")
    sandbox = Sandbox(projects=1)
    async with serve(sandbox) as served:
        printed = await asyncio.to_thread(_instrumented, service, served)
    count, _, rest = printed.partition("\n")
    assert "1" == count
    told = list(_documents(rest))
    spans = {each["name"]: each for each in told if "context" in each}
    assert {"projects.list", "GET /v1/projects", "token renewal", "POST /oauth/dpc/token"} == set(
        spans
    )
    call, attempt = spans["projects.list"], spans["GET /v1/projects"]
    assert call["context"]["span_id"] == attempt["parent_id"]
    metrics = {
        metric["name"]
        for each in told
        for resource in each.get("resource_metrics", ())
        for scope in resource["scope_metrics"]
        for metric in scope["metrics"]
    }
    assert {"http.client.request.duration", "matillion.client.call.duration"} <= metrics
    assert served.environment["MATILLION_CLIENT_SECRET"] not in printed


def _instrumented(service: Path, served: Served) -> str:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("OTEL_")},
        "OTEL_TRACES_EXPORTER": "console",
        "OTEL_METRICS_EXPORTER": "console",
        "OTEL_LOGS_EXPORTER": "none",
        **served.environment,
    }
    instrument = Path(sys.executable).with_name("opentelemetry-instrument")
    command = [str(instrument), sys.executable, str(service)]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert 0 == done.returncode, done.stderr
    return done.stdout


def _documents(text: str) -> Iterator[dict[str, Any]]:
    """JSON documents that follow each other."""
    decoder = json.JSONDecoder()
    text = text.strip()
    while text:
        document, end = decoder.raw_decode(text)
        yield document
        text = text[end:].strip()
