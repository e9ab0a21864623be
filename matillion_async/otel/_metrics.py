"""Metrics: how long requests, calls and waits take, how many are under way, and what went wrong."""

from __future__ import annotations

import time

from opentelemetry.metrics import Meter

from matillion_async._observing.observer import ObservedCall, ObservedWait, Observer
from matillion_async._transport.values import Request, Response
from matillion_async.otel import _attributes as names

_REQUEST = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)
_CALL = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300)
_LIMITER = (0.01, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600)
_RUN = (1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400)


class Metrics(Observer):
    """Keeps metrics. Attributes are kept once they are made: there are few, and to make them costs more than to record.

    Args:
        meter: what makes the instruments.
    """

    def __init__(self, meter: Meter) -> None:
        self._requests: dict[tuple[object, ...], names.Attributes] = {}
        self._servers: dict[tuple[object, ...], names.Attributes] = {}
        self._operations: dict[tuple[str, str | None], names.Attributes] = {}
        self._request_duration = meter.create_histogram(
            "http.client.request.duration",
            "s",
            "Duration of HTTP client requests.",
            explicit_bucket_boundaries_advisory=_REQUEST,
        )
        self._active_requests = meter.create_up_down_counter(
            "http.client.active_requests", "{request}", "Number of active HTTP requests."
        )
        self._call_duration = meter.create_histogram(
            "matillion.client.call.duration",
            "s",
            "Duration of calls, all waits and attempts included.",
            explicit_bucket_boundaries_advisory=_CALL,
        )
        self._limiter_wait = meter.create_histogram(
            "matillion.client.limiter.wait",
            "s",
            "How long calls waited for permits of the rate limiter, pauses after a 429 included.",
            explicit_bucket_boundaries_advisory=_LIMITER,
        )
        self._refused = meter.create_counter(
            "matillion.client.refused", "{response}", "429 responses."
        )
        self._renewals = meter.create_counter(
            "matillion.client.token.renewals", "{renewal}", "Requests for a token."
        )
        self._active_waits = meter.create_up_down_counter(
            "matillion.client.active_waits", "{wait}", "Runs and agent tasks that are waited for."
        )
        self._wait_duration = meter.create_histogram(
            "matillion.client.wait.duration",
            "s",
            "How long runs and agent tasks were waited for.",
            explicit_bucket_boundaries_advisory=_RUN,
        )

    def call_began(self, call: ObservedCall) -> float:
        return time.perf_counter()

    def call_ended(self, call: ObservedCall, state: float, outcome: BaseException | None) -> None:
        operation = call.operation if call.path_template is not None else names.ANY_PATH
        key = (operation, None if outcome is None else names.error_type(outcome))
        attributes = self._operations.get(key)
        if attributes is None:
            attributes = self._operations[key] = _with_error({names.OPERATION: operation}, key[1])
        self._call_duration.record(time.perf_counter() - state, attributes)
        timing = call.timing
        self._limiter_wait.record(timing.queue + timing.pause)

    def attempt_began(self, call: ObservedCall, request: Request) -> names.Attributes:
        key = (call.method, call.server)
        attributes = self._servers.get(key)
        if attributes is None:
            attributes = self._servers[key] = names.to_server(call)
        self._active_requests.add(1, attributes)
        return attributes

    def attempt_ended(
        self,
        call: ObservedCall,
        request: Request,
        state: names.Attributes,
        outcome: Response | BaseException,
    ) -> None:
        self._active_requests.add(-1, state)
        ended = outcome.status_code if isinstance(outcome, Response) else type(outcome)
        key = (call.method, call.path_template, call.server, ended)
        attributes = self._requests.get(key)
        if attributes is None:
            attributes = self._requests[key] = _of_request(state, call, outcome)
        self._request_duration.record(call.timing.requests[-1], attributes)
        if ended == 429:
            self._refused.add(1, {names.OPERATION: names.operation_of(call)})

    def wait_began(self, wait: ObservedWait) -> float:
        self._active_waits.add(1, {names.WAIT_KIND: wait.kind})
        return time.perf_counter()

    def wait_ended(self, wait: ObservedWait, state: float, outcome: BaseException | None) -> None:
        attributes: names.Attributes = {names.WAIT_KIND: wait.kind}
        self._active_waits.add(-1, attributes)
        if wait.status:
            attributes = {**attributes, names.WAIT_STATUS: wait.status}
        ended = _with_error(attributes, names.error_type(outcome))
        self._wait_duration.record(time.perf_counter() - state, ended)

    def renewal_ended(self, state: None, outcome: BaseException | None) -> None:
        self._renewals.add(1, _with_error({}, names.error_type(outcome)))


def _of_request(
    server: names.Attributes, call: ObservedCall, outcome: Response | BaseException
) -> names.Attributes:
    found = dict(server)
    if call.path_template is not None:
        found[names.URL_TEMPLATE] = call.path_template
    if isinstance(outcome, Response):
        found[names.STATUS_CODE] = outcome.status_code
    return _with_error(found, names.error_type(outcome))


def _with_error(attributes: names.Attributes, kind: str | None) -> names.Attributes:
    return attributes if kind is None else {**attributes, names.ERROR_TYPE: kind}
