"""The instrumentor that ``opentelemetry-instrument`` finds by its entry point."""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import ClassVar

from opentelemetry.metrics import MeterProvider
from opentelemetry.trace import TracerProvider

from matillion_async._arguments import check, flag_fault, misnamed
from matillion_async._errors import ConfigurationError
from matillion_async._observing.observers import install, uninstall
from matillion_async.otel._observer import OpenTelemetryObserver

logger = logging.getLogger("matillion_async")

PROPAGATE = "MATILLION_OTEL_PROPAGATE"
"""The environment variable that says what the argument says where nobody writes a line of code."""
_WORDS = {"": False, "true": True, "1": True, "false": False, "0": False}
_OF_OTHERS = {"skip_dep_check", "raise_exception_on_conflict"}
"""What ``opentelemetry-instrument`` gives to each instrumentor."""


class MatillionInstrumentor:
    """Has all clients of this process observed, those that there are as well.

    >>> MatillionInstrumentor().instrument()

    It has the methods of an ``opentelemetry.instrumentation.instrumentor.BaseInstrumentor``, without the package that has
    that. As there, all objects of it are one.
    """

    _observer: ClassVar[OpenTelemetryObserver | None] = None

    @property
    def is_instrumented_by_opentelemetry(self) -> bool:
        """Whether clients are observed."""
        return MatillionInstrumentor._observer is not None

    def instrumentation_dependencies(self) -> Collection[str]:
        """What has to be installed: it is a part of that."""
        return ()

    def instrument(
        self,
        *,
        tracer_provider: TracerProvider | None = None,
        meter_provider: MeterProvider | None = None,
        traces: bool = True,
        metrics: bool = True,
        propagate: bool | None = None,
        **others: object,
    ) -> None:
        """Begin; a client that has an observer of its own keeps to that.

        Args:
            tracer_provider: as of :class:`OpenTelemetryObserver`, as are ``meter_provider``, ``traces`` and ``metrics``.
            meter_provider: see there.
            traces: see there.
            metrics: see there.
            propagate: see there; ``MATILLION_OTEL_PROPAGATE=true`` unless given.
            **others: what other instrumentors take, such as ``skip_dep_check``; it is not used.

        Raises:
            ConfigurationError: an argument is not a boolean, or is nearly called as one of these;
                ``MATILLION_OTEL_PROPAGATE`` is neither true nor false; or as of :class:`OpenTelemetryObserver`.
        """
        check(ConfigurationError, propagate=flag_fault(propagate, or_none=True))
        known = MatillionInstrumentor.instrument.__kwdefaults__ or ()
        for name in others.keys() - _OF_OTHERS:
            if get_close_matches(name, known, n=1):
                raise ConfigurationError(misnamed("instrument", {name: None}, known))
            logger.warning("OpenTelemetry: instrument has no option %r: it is not used", name)
        if MatillionInstrumentor._observer is not None:
            logger.warning("OpenTelemetry: clients are observed already")
            return
        observer = OpenTelemetryObserver(
            tracer_provider=tracer_provider,
            meter_provider=meter_provider,
            traces=traces,
            metrics=metrics,
            propagate=_propagates(os.environ) and traces if propagate is None else propagate,
        )
        MatillionInstrumentor._observer = observer
        install(observer)

    def uninstrument(self, **others: object) -> None:
        """End; what is under way is observed to its end.

        Args:
            **others: what other instrumentors take; it is not used.
        """
        observer, MatillionInstrumentor._observer = MatillionInstrumentor._observer, None
        if observer is not None:
            uninstall(observer)


def _propagates(environment: Mapping[str, str]) -> bool:
    text = environment.get(PROPAGATE, "").strip().lower()
    if text not in _WORDS:
        raise ConfigurationError(f"{PROPAGATE} must be true or false, not {text!r}")
    return _WORDS[text]
