"""The loop of attempts of one call: permit, token, send; judge the response; repeat what may be repeated."""

from __future__ import annotations

import asyncio
import math

from matillion_async._calls.call import Call, bulk_scope
from matillion_async._calls.connection import Connection, Options
from matillion_async._calls.echoes import without_token
from matillion_async._calls.first_contact import add_first_advice
from matillion_async._calls.request import authorize
from matillion_async._calls.responses import error_from_response
from matillion_async._calls.transmission import Transmission
from matillion_async._errors import (
    APIConnectionError,
    DeadlineExceededError,
    MatillionError,
    RateLimitedError,
    ResponseDecodingError,
    StatusError,
    UnauthorizedError,
    is_of_the_caller,
    of_the_caller,
)
from matillion_async._limits.failed_waits import NothingAcceptedError
from matillion_async._limits.queue import Priority
from matillion_async._tokens.token_source import Secret
from matillion_async._transport.values import Request, Response

_MOST_RENEWALS = 5


class Attempts:
    """Sends requests over a connection until there is a successful response, or an error that is final.

    Args:
        connection: the transport, token cache and limiter, which others may share.
        options: time limits, retries, priority and hook.
    """

    def __init__(self, connection: Connection, options: Options) -> None:
        self._connection = connection
        self._options = options
        self._transmission = Transmission(connection, options.timeout)

    async def send(self, request: Request, call: Call, deadline: float | None) -> Response:
        """Make attempts until there is a successful response, or an error that is not to be repeated.

        Args:
            request: what is sent.
            call: what it is a part of.
            deadline: the moment after which nothing is waited for, on the event loop's clock; None for no limit.
        """
        connection = self._connection
        call.start(connection.enter_loop(), deadline)
        scope = bulk_scope.get()
        if scope is not None:
            scope.add(call)
        priority = self._options.priority  # one that was asked for goes before that of a bulk
        if priority is None:
            priority = Priority.NORMAL if scope is None else scope.priority
        limiter, transmission = connection.limiter, self._transmission
        told = call.observers.attempts
        refusal: RateLimitedError | None = None
        while True:
            call.may_arrive = False
            try:
                call.permit = limiter.try_acquire() or await limiter.acquire(
                    priority=priority,
                    deadline=call.deadline,
                    after_429=refusal is not None,
                    timing=call.timing,
                )
            except NothingAcceptedError:
                call.permit = None
            if call.permit is None:
                assert refusal is not None  # only what was refused is given up
                _judged(call, refusal, None, "nothing has been accepted for minutes")
                raise refusal
            try:
                token = Secret(connection.tokens.current() or await self._token(call))
                authorize(request, token.reveal())
                if call.deadline is not None and call.now() >= call.deadline:
                    raise DeadlineExceededError("the deadline passed before the request was sent")
                if not limiter.is_valid(call.permit):
                    continue  # another process may have its place by now
                call.attempts += 1
                try:
                    response = await (
                        transmission.send(request, call)
                        if told is None
                        else transmission.observed(request, call, told)
                    )
                except (APIConnectionError, ResponseDecodingError) as failure:
                    if is_of_the_caller(failure):
                        raise
                    error: MatillionError = failure
                else:
                    if response.is_success:
                        transmission.responded(call, response.status_code)
                        _judged(call, response, None, "succeeded")
                        return response
                    response = without_token(response)
                    error = error_from_response(response)
                    if isinstance(error, RateLimitedError):
                        self._refused(call, error)
                        refusal = error
                    else:
                        transmission.responded(call, response.status_code)
            finally:
                permit = call.permit
                if permit is not None:
                    call.permit = None
                    limiter.dropped(permit, may_arrive=call.may_arrive)
            if await self._is_replaced(token.reveal(), call, error):
                _judged(call, error, 0.0, "the token was refused: once more with a new one")
            else:
                await self._pause_or_raise(call, error)

    async def _token(self, call: Call) -> str:
        """A token, waited for."""
        started = call.now()
        tokens = self._connection.tokens
        try:
            async with asyncio.timeout_at(call.deadline):
                return await tokens.get()
        except TimeoutError:
            why = f": {tokens.last_failure}" if tokens.last_failure else ""
            raise DeadlineExceededError(
                f"the deadline passed while waiting for a token{why}"
            ) from None
        finally:
            call.timing.token += call.now() - started

    async def _is_replaced(self, token: str, call: Call, error: MatillionError) -> bool:
        """Whether a token was refused and there will be another."""
        tokens = self._connection.tokens
        most = _MOST_RENEWALS if tokens.worked else 1
        if not isinstance(error, UnauthorizedError) or call.renewals >= most:
            return False
        started = call.now()
        replacing = tokens.replaced(token)
        del token  # a traceback of the wait has no use for it
        try:
            async with asyncio.timeout_at(call.deadline):
                is_replaced = await replacing
        except TimeoutError:
            _judged(call, error, None, "the deadline comes before the next token")
            raise DeadlineExceededError(
                "the deadline passed before the access token, which was refused, could be replaced"
            ) from None
        finally:
            call.timing.token += call.now() - started
        call.renewals += is_replaced
        return is_replaced

    def _refused(self, call: Call, error: RateLimitedError) -> None:
        """After a 429 pause all calls, as long as the limiter says."""
        permit = call.permit
        assert permit is not None
        call.permit = None
        is_first = self._connection.limiter.refused(permit, error.retry_after)
        if not is_first and self._options.retry.max_attempts > 1:
            call.uncounted_attempts += 1

    async def _pause_or_raise(self, call: Call, error: MatillionError) -> None:
        """Wait before the next attempt, or raise ``error`` if there must not be one; after a 429 the limiter makes it wait."""
        reason = self._final_reason(call, error)
        if reason is None and isinstance(error, RateLimitedError):
            _judged(call, error, error.retry_after or 0.0, "the rate limit is used up")
            return
        if reason is None:
            pause = self._options.retry.backoff(call.counted_attempts)
            pause = min(pause, self._startup_grace_left(call, error))
            began = call.now()
            if call.deadline is None or began + pause < call.deadline:
                _judged(call, error, pause, error.message)
                try:
                    await asyncio.sleep(pause)
                finally:
                    call.timing.backoff += call.now() - began
                return
            reason = "the deadline comes first"
        _judged(call, error, None, reason)
        if not self._connection.tokens.worked:
            add_first_advice(error, self._connection.base_url)
        raise error

    def _final_reason(self, call: Call, error: MatillionError) -> str | None:
        """Why ``error`` ends the call; None if another attempt is allowed."""
        policy = self._options.retry
        asked = (error.retry_after or 0.0) if isinstance(error, RateLimitedError) else None
        if not error.is_temporary:
            return "the response is final"
        if isinstance(error, DeadlineExceededError):
            return "the deadline has passed"
        if self._startup_grace_left(call, error) <= 0:
            return "it does not pass by itself"
        was_processed = call.may_have_been_processed or isinstance(error, StatusError)
        if was_processed and asked is None and not call.idempotent:
            return "it may have been processed and is not idempotent"
        if call.counted_attempts >= policy.max_attempts:
            return "no attempts left"
        if asked is not None and asked > policy.max_retry_after:
            return f"Retry-After is over {policy.max_retry_after:g} seconds"
        return None

    def _startup_grace_left(self, call: Call, error: MatillionError) -> float:
        """Seconds for which a call of a client without any success still tries again; without end for all others."""
        if not isinstance(error, APIConnectionError) or self._connection.tokens.worked:
            return math.inf
        return error.startup_grace - call.timing.backoff - sum(call.timing.requests)


def _judged(
    call: Call, ended: Response | MatillionError, retry_in: float | None, reason: str
) -> None:
    """Tell what follows after an attempt."""
    with of_the_caller:
        for told in call.observers.judged:
            told(call, ended, retry_in, reason)
