"""One request and its response: recorded, limited, hit by faults, checked, carried out, sent."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from matillion_async.sandbox._clock import http_date
from matillion_async.sandbox._delivery import Receive, Scope, Send, deliver, read_body
from matillion_async.sandbox._faults import TOKEN_OPERATION, Fault, FaultPlan
from matillion_async.sandbox._limits import ServerLimit
from matillion_async.sandbox._operations import Call
from matillion_async.sandbox._problems import ProblemError, Response
from matillion_async.sandbox._spec import Match, Spec, SpecOperation
from matillion_async.sandbox._state import State
from matillion_async.sandbox._stats import RecordedRequest, Stats
from matillion_async.sandbox._tokens import TokenIssuer
from matillion_async.sandbox._validation import Validator
from matillion_async.sandbox.groups import HANDLERS
from matillion_async.sandbox.groups.audit import record, record_login

_RECORDED = 10_000


@dataclass(slots=True, kw_only=True)
class Backend:
    """What all requests to a sandbox share."""

    spec: Spec
    state: State
    validator: Validator
    issuer: TokenIssuer
    limit: ServerLimit
    faults: FaultPlan
    now: Callable[[], float]
    stats: Stats = field(default_factory=Stats)
    requests: deque[RecordedRequest] = field(default_factory=lambda: deque(maxlen=_RECORDED))


class Handling:
    """One request and its response.

    Args:
        backend: what it shares with all others.
        scope: the ASGI scope of the request.
    """

    def __init__(self, backend: Backend, scope: Scope) -> None:
        self._backend = backend
        self._scope = scope
        self._method: str = scope["method"]
        self._query: bytes = scope.get("query_string", b"")
        raw_path: bytes = scope.get("raw_path") or scope["path"].encode()
        self._path = raw_path.decode("latin-1").removeprefix(scope.get("root_path", ""))
        self._match = _match(backend.spec, self._path)
        methods = self._match.methods if self._match else {}
        self._operation: SpecOperation | None = methods.get(self._method)
        self._is_token = any(operation.id == TOKEN_OPERATION for operation in methods.values())
        self._instance = backend.spec.without_prefix(self._path)
        self._headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope["headers"]
        }

    async def run(self, receive: Receive, send: Send) -> None:
        """Respond to the request; what it does is over before the response begins."""
        stats = self._backend.stats
        record = self._record()
        wait = 0.0 if self._is_token else self._backend.limit.hit(record.at)
        content = await read_body(receive)
        fault = None
        if wait:
            stats.refused += 1
            headers = {"Retry-After": str(math.ceil(wait))}
            response = Response(429, "Too many requests", headers, "text/plain")
        else:
            fault = await self._fault(record)
            response = self._response(content, fault)
        if fault is None or fault.reset != "before":
            record.status = response.status
            stats.statuses[response.status] += 1
        response = replace(
            response, headers={"Date": http_date(self._backend.now()), **response.headers}
        )
        await deliver(response, fault, self._scope, receive, send)

    def _record(self) -> RecordedRequest:
        stats = self._backend.stats
        name = self._operation.name if self._operation else None
        if self._is_token:
            stats.token_requests += 1
        else:
            stats.arrived += 1
        if name is not None:
            stats.operations[name] += 1
        query = self._query.decode("latin-1")
        record = RecordedRequest(self._backend.now(), self._method, self._path, query, name)
        self._backend.requests.append(record)
        return record

    async def _fault(self, record: RecordedRequest) -> Fault | None:
        """Let the faults that hit the request do what they do before it; the one that decides its response."""
        backend = self._backend
        faults = backend.faults.hits(self._operation, self._method, self._instance)
        if not faults:
            return None
        record.fault = "; ".join(map(str, faults))
        backend.stats.faults += 1
        delay = sum(fault.delay for fault in faults)
        if delay:
            await asyncio.sleep(delay)
        for fault in faults:
            if fault.revoke_token:
                backend.issuer.revoke_all()
            if fault.token_outage is not None:
                backend.issuer.outage_until = backend.now() + fault.token_outage
        return next((fault for fault in faults if fault.has_outcome), None)

    def _response(self, content: bytes, fault: Fault | None) -> Response:
        if fault is None or fault.status is None:
            return self._processed(content)
        if fault.processed:
            self._processed(content)
        return fault.response(self._instance)

    def _processed(self, content: bytes) -> Response:
        """Carry out the request."""
        try:
            return self._checked(content)
        except ProblemError as error:
            return error.response(self._instance)

    def _checked(self, content: bytes) -> Response:
        backend, operation = self._backend, self._operation
        if self._match is None:
            raise ProblemError(404, "There is no such path.")
        if operation is None:
            allowed = ", ".join(sorted(self._match.methods))
            raise ProblemError(405, f"The methods here are {allowed}.", headers={"Allow": allowed})
        now = backend.now()
        content_type = self._headers.get("content-type", "")
        if operation.id == TOKEN_OPERATION:
            response = backend.issuer.response(content_type, content, now)
            if response.status == 200:
                backend.stats.tokens_issued += 1
                record_login(backend.state, now)
            return response
        if operation.secured:
            backend.issuer.authenticate(self._headers.get("authorization"), now)
        values = backend.validator.parameters(
            operation, self._match.values, self._query, self._headers
        )
        body = None
        if operation.bodies:
            body = backend.validator.body(operation, content_type, content)
        handler = HANDLERS.get(operation.id)
        if handler is None:
            raise ProblemError(501, f"The sandbox does not know how to do {operation.name}.")
        call = Call(values, body, now)
        response = handler(backend.state, call)
        if operation.method != "GET":
            record(backend.state, operation, call, response)
        return response


def _match(spec: Spec, path: str) -> Match | None:
    try:
        segments = [unquote(segment, errors="strict") for segment in path.split("/")[1:]]
    except UnicodeDecodeError:
        return None
    return spec.match(segments)
