"""The path of one call: slot, token, send; judge the answer; repeat what may be repeated."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import httpx
from matillion_api.errors import InvalidArgument
from matillion_api.types import Operation

from matillion_async._auth import TokenCache
from matillion_async._call import Call, bulk_scope
from matillion_async._errors import (
    APIConnectionError,
    APITimeoutError,
    ClientStateError,
    ConfigurationError,
    DeadlineExceededError,
    InvalidRequestError,
    MatillionError,
    RateLimitedError,
    ResponseDecodingError,
)
from matillion_async._limiter import Limiter, Priority
from matillion_async._paging import PagedListing
from matillion_async._polling import Polling
from matillion_async._responses import decode, error_from_response
from matillion_async._retry import (
    NEVER_SENT,
    RETRIED_STATUSES,
    Attempt,
    RetryPolicy,
)

T = TypeVar("T")
ItemT = TypeVar("ItemT")
PageT = TypeVar("PageT")

_CONNECT_TIMEOUT = 10.0


class Connection:
    """What all sessions of a client share: its transport, token, limiter, and the event loop they live on."""

    def __init__(
        self,
        *,
        base_url: str,
        headers: dict[str, str],
        transport: httpx.AsyncBaseTransport,
        tokens: TokenCache,
        limiter: Limiter,
    ) -> None:
        self.base_url = base_url
        self.origin = _origin(httpx.URL(base_url))
        self.headers = httpx.Headers(headers)
        self.transport = transport
        self.tokens = tokens
        self.limiter = limiter
        self.polling = Polling()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    def enter_loop(self) -> asyncio.AbstractEventLoop:
        """The running event loop; the first one that is seen is the client's for good."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            if self._loop is not None:
                raise ClientStateError(
                    "this client belongs to another event loop: make one client per event loop"
                )
            self._loop = loop
        if self._closed:
            raise ClientStateError("this client is closed: make a new one")
        return loop

    async def aclose(self) -> None:
        """Close what the client opened; calls that still wait fail."""
        if self._closed:
            return
        if self._loop is not None and self._loop is not asyncio.get_running_loop():
            raise ClientStateError("close a client on the event loop it was used on")
        self._closed = True
        self.limiter.close()
        await self.tokens.aclose()
        await self.transport.aclose()


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What may differ from call to call."""

    timeout: float
    """Seconds for one attempt."""
    deadline: float | None
    """Seconds for a whole call, waiting included; None for no limit."""
    retry: RetryPolicy
    priority: Priority
    """Whose turn it is when several calls wait for a slot."""
    on_attempt: Callable[[Attempt], None] | None

    def __post_init__(self) -> None:
        for name in ("timeout", "deadline"):
            seconds = getattr(self, name)
            if seconds is not None and not seconds > 0:
                raise ConfigurationError(f"{name} must be more than 0 seconds, not {seconds!r}")


class Session:
    """Carries out operations over a connection that it may share with others."""

    def __init__(
        self,
        connection: Connection,
        options: Options,
        uniform: Callable[[float, float], float] = random.uniform,
    ) -> None:
        self.connection = connection
        self.options = options
        self._uniform = uniform
        self._timeouts = {
            "connect": min(_CONNECT_TIMEOUT, options.timeout),
            "read": options.timeout,
            "write": options.timeout,
            "pool": options.timeout,
        }

    def with_options(self, **changed: Any) -> Session:
        """A session over the same connection, with other options."""
        return Session(self.connection, replace(self.options, **changed), self._uniform)

    async def call(self, operation: Operation[T], /, **arguments: Any) -> T:
        """Carry out an operation and return its parsed answer.

        Raises:
            MatillionError: see the tree in ``matillion_async._errors``.
        """
        try:
            kwargs = operation.get_kwargs(**arguments)
        except InvalidArgument as error:
            refused = InvalidRequestError(str(error))
            refused.operation = operation.id
            raise refused from None
        connection = self.connection
        request = httpx.Request(
            kwargs["method"],
            connection.base_url + kwargs["url"],
            params=kwargs.get("params") or None,
            headers=[*connection.headers.raw, *kwargs.get("headers", {}).items()],
            content=kwargs.get("content"),
            json=kwargs.get("json"),
            files=kwargs.get("files"),
        )
        call = Call(operation.id, operation.idempotent)
        try:
            return decode(operation, await self._send(request, call))
        except MatillionError as error:
            if isinstance(error, ResponseDecodingError):  # it was, as the status says
                call.may_have_been_processed = True
            call.describe(error)
            raise

    def listing(
        self, operation: Operation[PageT], item: type[ItemT], /, **arguments: Any
    ) -> PagedListing[ItemT, PageT]:
        """A listing whose pages ``operation`` returns."""
        return PagedListing(self, operation, item, arguments)

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Send a request that was made elsewhere, as the plain generated functions do."""
        operation = request.extensions.get("operation")
        if isinstance(operation, Operation):
            call = Call(operation.id, operation.idempotent)
        else:
            safe = request.method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE")
            call = Call(f"{request.method} {request.url.path}", safe)
        if _origin(request.url) != self.connection.origin:
            refused = InvalidRequestError(
                f"refused to send the token to {request.url.host}: it is for "
                f"{self.connection.base_url} only"
            )
            call.describe(refused)
            raise refused
        for name, value in self.connection.headers.items():
            request.headers.setdefault(name, value)
        try:
            return await self._send(request, call)
        except MatillionError as error:
            call.describe(error)
            raise

    async def _send(self, request: httpx.Request, call: Call) -> httpx.Response:
        """Attempts until there is a successful answer, or an error that is not to be repeated."""
        connection = self.connection
        loop = connection.enter_loop()
        call.start(loop, self.options.deadline)
        scope = bulk_scope.get()
        if scope is not None:
            scope.add(call)
        priority = self.options.priority if scope is None else scope.priority
        while True:
            await self._wait_for_slot(call, priority)
            await self._authorize(request, call)
            try:
                response = await self._transmit(request, call)
            except APIConnectionError as failure:
                await self._pause_or_raise(call, failure)
                continue
            if response.is_success:
                connection.limiter.succeeded(call.sent_at)
                self._report(call, str(response.status_code), None, "succeeded")
                return response
            if response.status_code == 401 and not call.renewed:
                call.renewed = True
                connection.tokens.invalidate(_bearer(request))
                self._report(call, "401", 0.0, "the token was refused: once more with a new one")
                continue
            error = error_from_response(response)
            if isinstance(error, RateLimitedError):
                self._refused(call, error)
                continue
            await self._pause_or_raise(call, error)

    async def _wait_for_slot(self, call: Call, priority: Priority) -> None:
        limiter = self.connection.limiter
        if limiter.try_acquire():
            return
        waited = await limiter.acquire(
            priority=priority, deadline=call.deadline, requeued=call.refused
        )
        call.timing.queue += waited.queue
        call.timing.gate += waited.gate

    async def _authorize(self, request: httpx.Request, call: Call) -> None:
        tokens = self.connection.tokens
        token = tokens.current()
        if token is None:
            started = call.now()
            try:
                async with asyncio.timeout_at(call.deadline):
                    token = await tokens.get()
            except TimeoutError:
                raise DeadlineExceededError(
                    "the deadline passed while waiting for a token"
                ) from None
            finally:
                call.timing.token += call.now() - started
        request.headers["Authorization"] = f"Bearer {token}"

    async def _transmit(self, request: httpx.Request, call: Call) -> httpx.Response:
        """Send one request and read its answer whole.

        Raises:
            APIConnectionError: outside of the handlers, so that no context leads to the transport's frames.
        """
        call.attempts += 1
        call.may_have_been_processed = True  # until it is known; a cancelled call leaves it so
        request.extensions["timeout"] = self._timeouts
        started = call.sent_at = call.now()
        limit = started + self.options.timeout
        if call.deadline is not None and call.deadline < limit:
            limit = call.deadline
        failure: APIConnectionError
        try:
            async with asyncio.timeout_at(limit):
                response = await self.connection.transport.handle_async_request(request)
                try:
                    await response.aread()
                finally:
                    await response.aclose()
        except NEVER_SENT as error:
            call.may_have_been_processed = False
            failure = _connection_error(error, "the request was not sent")
        except (httpx.TransportError, httpx.DecodingError) as error:
            failure = _connection_error(error, "the request may have been processed")
        except TimeoutError:
            if limit == call.deadline:
                failure = DeadlineExceededError("the deadline passed while the answer was awaited")
            else:
                failure = APITimeoutError(
                    f"no whole answer within {self.options.timeout:g} seconds"
                )
        else:
            response.request = request
            call.may_have_been_processed = response.status_code >= 500
            return response
        finally:
            call.timing.attempts.append(call.now() - started)
        raise failure

    def _refused(self, call: Call, error: RateLimitedError) -> None:
        """After a 429: everybody pauses, and this call waits for its next slot, or fails."""
        pause = error.retry_after
        longest = self.options.retry.max_retry_after
        self.connection.limiter.refused(
            pause if pause is None else min(pause, longest), call.sent_at
        )
        call.refused = True
        if call.attempts >= self.options.retry.max_attempts:
            self._report(call, "429", None, "no attempts left")
            raise error
        if pause is not None and pause > longest:
            self._report(call, "429", None, f"Retry-After is over {longest:g} seconds")
            raise error
        self._report(call, "429", pause or 0.0, "the rate limit is used up")

    async def _pause_or_raise(self, call: Call, error: MatillionError) -> None:
        """Wait before the next attempt, or raise ``error`` when there must not be one."""
        outcome = str(getattr(error, "status_code", None) or type(error).__name__)
        reason = self._final_reason(call, error)
        if reason is None:
            pause = self.options.retry.backoff(call.attempts, self._uniform)
            if call.deadline is not None and call.now() + pause >= call.deadline:
                reason = "the deadline comes first"
            else:
                self._report(call, outcome, pause, str(error.message))
                call.timing.backoff += pause
                await asyncio.sleep(pause)
                return
        self._report(call, outcome, None, reason)
        raise error

    def _final_reason(self, call: Call, error: MatillionError) -> str | None:
        """Why ``error`` ends the call; None if another attempt is allowed."""
        status = getattr(error, "status_code", None)
        if status is not None and status not in RETRIED_STATUSES:
            return "the answer is final"
        if isinstance(error, DeadlineExceededError):
            return "the deadline has passed"
        if call.may_have_been_processed and not call.idempotent:
            return "it may have been processed and is not idempotent"
        if call.attempts >= self.options.retry.max_attempts:
            return "no attempts left"
        return None

    def _report(self, call: Call, outcome: str, retry_in: float | None, reason: str) -> None:
        if self.options.on_attempt is not None:
            seconds = call.timing.attempts[-1]
            self.options.on_attempt(
                Attempt(call.operation, call.attempts, seconds, outcome, retry_in, reason)
            )


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    default = {"http": 80, "https": 443}.get(url.scheme)
    return url.scheme, url.host, url.port or default


def _bearer(request: httpx.Request) -> str:
    return request.headers["Authorization"].removeprefix("Bearer ")


def _connection_error(
    error: httpx.HTTPError | httpx.StreamError, consequence: str
) -> APIConnectionError:
    kind = APITimeoutError if isinstance(error, httpx.TimeoutException) else APIConnectionError
    detail = f": {error}" if str(error) else ""
    return kind(f"{type(error).__name__}{detail}; {consequence}")
