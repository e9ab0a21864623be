"""What it costs to be observed: CPU time that a call takes more than one that nobody is told of.

Each call is ``GET /v1/projects`` over a transport that responds at once, within the process, so that a microsecond shows. All take turns
in short batches of one process; the difference is to the calls that nobody observes in the same round, and what is shown its median.
"Providers" are those of the SDK, whose spans and metrics go nowhere.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import statistics
import time
from collections.abc import Mapping, Sequence

from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExporter, SpanExportResult

from benchmarks._report import Goal, Report, Table
from matillion_async import MatillionClient, Observer, Request, Response, Token
from matillion_async.otel import OpenTelemetryObserver

NOBODY, NOTHING = "nobody", "an observer that overrides nothing"
METRICS, BOTH = "metrics, no provider", "spans and metrics, no provider"
SDK_METRICS, SDK_BOTH = "metrics, with a provider", "spans and metrics, with providers"

BATCH = 100
MOST = 2.0
"""Microseconds that metrics alone may cost where there is no provider."""


class Immediate:
    """A transport that responds at once."""

    def __init__(self) -> None:
        self._body = b'{"page":0,"size":25,"total":0,"results":[]}'
        self._headers = {"Content-Type": "application/json", "Content-Length": "44"}

    async def send(self, request: Request) -> Response:
        return Response(200, self._headers, self._body)

    async def aclose(self) -> None:
        pass


class Source:
    """A token source with one token."""

    async def fetch(self) -> Token:
        return Token("t" * 800)


class Silent(Observer):
    """Is told of nothing."""


class Nowhere(SpanExporter):
    """Where spans go."""

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return SpanExportResult.SUCCESS


def observers() -> dict[str, list[Observer]]:
    """Whom each client tells."""
    tracers = TracerProvider()
    tracers.add_span_processor(SimpleSpanProcessor(Nowhere()))
    meters = MeterProvider([InMemoryMetricReader()])
    return {
        NOBODY: [],
        NOTHING: [Silent()],
        METRICS: [OpenTelemetryObserver(traces=False)],
        BOTH: [OpenTelemetryObserver()],
        SDK_METRICS: [OpenTelemetryObserver(meter_provider=meters, traces=False)],
        SDK_BOTH: [OpenTelemetryObserver(meter_provider=meters, tracer_provider=tracers)],
    }


async def batch(client: MatillionClient) -> float:
    """Microseconds of CPU per call."""
    begun = time.process_time_ns()
    for _ in range(BATCH):
        await client.projects.list(size=25)
    return (time.process_time_ns() - begun) / BATCH / 1000


async def measured(rounds: int) -> Mapping[str, list[float]]:
    """Microseconds of CPU per call in each round."""
    clients = {
        name: MatillionClient(
            base_url="https://127.0.0.1:9/dpc",
            token_source=Source(),
            rate_limits="none",
            transport=Immediate(),
            observers=told,
        )
        for name, told in observers().items()
    }
    found: dict[str, list[float]] = {name: [] for name in clients}
    names = [*clients]
    gc.disable()  # it would come upon one of them by chance
    try:
        for turn in range(rounds + len(names)):
            gc.collect()
            await batch(clients[NOBODY])  # what the collector left cold is nobody's cost
            shift = turn % len(names)
            for name in (*names[shift:], *names[:shift]):
                spent = await batch(clients[name])
                if turn >= len(names):  # the first ones import, and make attributes
                    found[name].append(spent)
    finally:
        gc.enable()
        for client in clients.values():
            await client.aclose()
    return found


def run(options: argparse.Namespace) -> Report:
    """One row for each observer."""
    found = asyncio.run(measured(60 if options.quick else 400))
    base = found[NOBODY]
    more = {
        name: statistics.median(own - none for own, none in zip(costs, base, strict=True))
        for name, costs in found.items()
    }
    rows = [(NOBODY, f"{statistics.median(base):.1f}", "-")]
    rows += [
        (name, f"{statistics.median(found[name]):.1f}", f"{more[name]:+.1f}")
        for name in found
        if name != NOBODY
    ]
    return Report(
        tables=[Table(("told of a call", "µs of CPU per call", "more than nobody"), rows)],
        goals=[Goal(METRICS, more[METRICS], MOST, "µs", 1)],
        peers=("opentelemetry-api", "opentelemetry-sdk"),
    )
