"""The observer that makes spans and metrics."""

from __future__ import annotations

from opentelemetry import metrics as metrics_api
from opentelemetry import trace as trace_api

from matillion_async._arguments import check, flag_fault
from matillion_async._errors import ConfigurationError
from matillion_async._observing.observer import Observer
from matillion_async._observing.observers import Composite
from matillion_async._version import __version__
from matillion_async.otel._metrics import Metrics
from matillion_async.otel._spans import Spans

_NAME = "matillion_async"


class OpenTelemetryObserver(Composite):
    """Makes spans and metrics of all that a client does.

    >>> async with MatillionClient(observers=[OpenTelemetryObserver()]) as client:
    ...     await client.projects.list()

    No span and no metric has a token, a secret, a header, a body, the values of a query, or what a server says.

    Args:
        tracer_provider: makes the tracer; the global one unless given.
        meter_provider: makes the meter; the global one unless given.
        traces: whether there are spans.
        metrics: whether there are metrics.
        propagate: whether requests have a ``traceparent``, which tells the server of the trace.

    Raises:
        ConfigurationError: ``propagate`` without ``traces``, or an argument that is not a boolean.
    """

    def __init__(
        self,
        *,
        tracer_provider: trace_api.TracerProvider | None = None,
        meter_provider: metrics_api.MeterProvider | None = None,
        traces: bool = True,
        metrics: bool = True,
        propagate: bool = False,
    ) -> None:
        check(
            ConfigurationError,
            traces=flag_fault(traces),
            metrics=flag_fault(metrics),
            propagate=flag_fault(propagate),
        )
        if propagate and not traces:
            raise ConfigurationError("propagate needs traces: there is no span to tell of")
        parts: list[Observer] = []
        if traces:
            tracer = trace_api.get_tracer(_NAME, __version__, tracer_provider)
            parts.append(Spans(tracer, propagate=propagate))
        if metrics:
            meter = metrics_api.get_meter(_NAME, __version__, meter_provider)
            parts.append(Metrics(meter))  # ends first, so that its exemplars are of the span
        super().__init__(parts)
