"""Spans: one for each call, in it one for each attempt, and those of waits and renewals."""

from __future__ import annotations

from contextvars import Token
from typing import NamedTuple

from opentelemetry import context, trace
from opentelemetry.context import Context
from opentelemetry.trace import Link, Span, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from matillion_async._calls.request_id import request_id
from matillion_async._errors import APIConnectionError
from matillion_async._observing.observer import ObservedCall, ObservedWait, Observer
from matillion_async._transport.values import Request, Response
from matillion_async.otel import _attributes as names

# Where they will be public is not decided: the instrumentations take them from here as well. Without them there would be a
# second span for a request, and no error.
_SUPPRESS = getattr(context, "_SUPPRESS_INSTRUMENTATION_KEY", "suppress_instrumentation")
_SUPPRESS_HTTP = getattr(
    context, "_SUPPRESS_HTTP_INSTRUMENTATION_KEY", "suppress_http_instrumentation"
)

_TRACEPARENT = TraceContextTextMapPropagator()


class _Open(NamedTuple):
    """A span that is the current one."""

    span: Span
    token: Token[Context]


class Spans(Observer):
    """Makes spans.

    A call is INTERNAL, and each of its attempts a CLIENT span, as the conventions want a span for each request. The
    instrumentation of what sends it is told to be silent: it would make a second one.

    A renewal is the root of a trace of its own, with a link to the call that met it: other calls wait for it as well, it goes on
    when that call is cancelled, and none waits for one that is ahead of time.

    Args:
        tracer: what makes them.
        propagate: whether requests tell the server of the trace.
    """

    def __init__(self, tracer: trace.Tracer, *, propagate: bool) -> None:
        self._tracer = tracer
        self._propagate = propagate

    def call_began(self, call: ObservedCall) -> _Open | None:
        operation = names.operation_of(call)
        return self._open(operation, SpanKind.INTERNAL, {names.OPERATION: operation})

    def call_ended(
        self, call: ObservedCall, state: _Open | None, outcome: BaseException | None
    ) -> None:
        if state is None:
            return
        span, timing = state.span, call.timing
        if span.is_recording():
            span.set_attribute(names.ATTEMPTS, call.attempts)
            waits = {
                names.LIMITER_WAIT: timing.queue + timing.pause,
                names.TOKEN_WAIT: timing.token,
                names.RETRY_WAIT: timing.backoff,
            }
            span.set_attributes({name: seconds for name, seconds in waits.items() if seconds})
        _close(state, outcome)

    def attempt_began(self, call: ObservedCall, request: Request) -> _Open | None:
        present = context.get_current()
        if present.get(_SUPPRESS_HTTP) or not _is_traced(present):
            return None
        template = call.path_template
        attributes = names.to_server(call)
        attributes[names.URL_FULL] = names.redacted(request.url)
        if template is not None:
            attributes[names.URL_TEMPLATE] = template
        if call.attempts > 1:
            attributes[names.RESEND_COUNT] = call.attempts - 1
        name = call.method if template is None else f"{call.method} {template}"
        opened = self._open(name, SpanKind.CLIENT, attributes, silent=True)
        if opened is not None and self._propagate:
            added: dict[str, str] = {}
            _TRACEPARENT.inject(added)
            request.headers = {**request.headers, **added}
        return opened

    def attempt_ended(
        self,
        call: ObservedCall,
        request: Request,
        state: _Open | None,
        outcome: Response | BaseException,
    ) -> None:
        if state is None:
            return
        span = state.span
        if span.is_recording():
            sent = names.size_sent(request)
            if sent:
                span.set_attribute(names.REQUEST_SIZE, sent)
            if isinstance(outcome, Response):
                span.set_attribute(names.STATUS_CODE, outcome.status_code)
                received, named = names.size_received(outcome), request_id(outcome)
                if received is not None:
                    span.set_attribute(names.RESPONSE_SIZE, received)
                if named:
                    span.set_attribute(names.REQUEST_ID, named)
        _close(state, outcome)

    def wait_began(self, wait: ObservedWait) -> _Open | None:
        attributes: names.Attributes = {names.WAIT_KIND: wait.kind, names.WAIT_ID: wait.id}
        if wait.project_id is not None:
            attributes[names.PROJECT_ID] = wait.project_id
        if wait.name is not None:
            attributes[names.PIPELINE] = wait.name
        return self._open(f"wait for {wait.kind}", SpanKind.INTERNAL, attributes)

    def wait_ended(
        self, wait: ObservedWait, state: _Open | None, outcome: BaseException | None
    ) -> None:
        if state is not None:
            if wait.status:
                state.span.set_attribute(names.WAIT_STATUS, wait.status)
            _close(state, outcome)

    def renewal_began(self) -> _Open | None:
        caller = trace.get_current_span().get_span_context()
        links = [Link(caller)] if caller.is_valid else []
        return self._open("token renewal", SpanKind.INTERNAL, {}, root=True, links=links)

    def renewal_ended(self, state: _Open | None, outcome: BaseException | None) -> None:
        if state is not None:
            _close(state, outcome)

    def _open(
        self,
        name: str,
        kind: SpanKind,
        attributes: names.Attributes,
        *,
        root: bool = False,
        silent: bool = False,
        links: list[Link] | None = None,
    ) -> _Open | None:
        """Begin a span, and make it the current one; None if there is nobody who wants any."""
        present = context.get_current()
        if present.get(_SUPPRESS):
            return None
        if root:
            present = trace.set_span_in_context(trace.INVALID_SPAN, present)
        span = self._tracer.start_span(
            name, context=present, kind=kind, attributes=attributes, links=links
        )
        if not span.get_span_context().is_valid:
            return None
        inside = trace.set_span_in_context(span, present)
        if silent:
            inside = context.set_value(_SUPPRESS_HTTP, True, inside)
        return _Open(span, context.attach(inside))


def _is_traced(present: Context) -> bool:
    """Whether the call has a span: it has none only where nobody wants any, and then this saves what attributes cost."""
    return trace.get_current_span(present).get_span_context().is_valid


def _close(opened: _Open, outcome: Response | BaseException | None) -> None:
    """End a span: with an error only its kind is told, since its text may have what a server says of a request."""
    span = opened.span
    kind = names.error_type(outcome)
    if kind is not None:
        span.set_attribute(names.ERROR_TYPE, kind)
        said = outcome.message if isinstance(outcome, APIConnectionError) else None
        span.set_status(Status(StatusCode.ERROR, said))
    span.end()
    if not isinstance(outcome, GeneratorExit):  # a coroutine that is dropped ends in any context
        context.detach(opened.token)
