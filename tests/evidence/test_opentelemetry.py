"""What OpenTelemetry's packages do, on which matillion_async.otel stands."""

from __future__ import annotations

import pytest

pytest.importorskip("opentelemetry.instrumentation", reason="only development needs it")

from opentelemetry import context
from opentelemetry.instrumentation import utils
from opentelemetry.instrumentation.instrumentor import (  # type: ignore[attr-defined]  # it has no types
    BaseInstrumentor,
)
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF
from opentelemetry.trace import get_tracer

from matillion_async.otel import MatillionInstrumentor


def test_instrumentations_are_silenced_by_keys_that_are_not_public() -> None:
    """Their package takes them from the API's, under these names."""
    for name in ("_SUPPRESS_INSTRUMENTATION_KEY", "_SUPPRESS_HTTP_INSTRUMENTATION_KEY"):
        assert getattr(context, name) == getattr(utils, name)
    with utils.suppress_http_instrumentation():
        assert context.get_value(context._SUPPRESS_HTTP_INSTRUMENTATION_KEY)
    with utils.suppress_instrumentation():
        assert context.get_value(context._SUPPRESS_INSTRUMENTATION_KEY)


def test_a_span_has_an_id_unless_there_is_no_provider() -> None:
    """One that is not sampled has one as well, by which what is in it is not sampled either."""
    silent = TracerProvider(sampler=ALWAYS_OFF).get_tracer("test")
    assert silent.start_span("a").get_span_context().is_valid
    assert not get_tracer("test").start_span("a").get_span_context().is_valid


def test_an_instrumentor_has_these_methods() -> None:
    """Of those of the base class, which is in a package of its own, none is lacking in ours."""
    public = {name for name in vars(BaseInstrumentor) if not name.startswith("_")}
    assert public <= {*dir(MatillionInstrumentor)}
