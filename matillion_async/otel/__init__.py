"""OpenTelemetry: spans and metrics of what clients do.

It needs the extra ``otel``: ``pip install 'matillion-async[otel]'``. Nothing else of this package imports it.
"""

try:
    from matillion_async.otel._instrumentor import MatillionInstrumentor
    from matillion_async.otel._observer import OpenTelemetryObserver
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] != "opentelemetry":
        raise
    raise ImportError(
        f"matillion_async.otel needs {error.name}, which is not installed: "
        "pip install 'matillion-async[otel]'"
    ) from error

__all__ = ["MatillionInstrumentor", "OpenTelemetryObserver"]
