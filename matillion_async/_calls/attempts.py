"""The loop of attempts of one call: slot, token, send; judge the answer; repeat what may be repeated."""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import Callable
from functools import partial

from matillion_async._calls.call import Call, bulk_scope
from matillion_async._calls.connection import Connection, Options
from matillion_async._calls.echoes import without_token
from matillion_async._calls.first_contact import add_first_advice, check_url
from matillion_async._calls.reports import report
from matillion_async._calls.request import authorize, sent_token
from matillion_async._calls.responses import error_from_response
from matillion_async._calls.retry import NEVER_SENT
from matillion_async._calls.time_limit import TimeLimit
from matillion_async._errors import (
    APIConnectionError,
    APITimeoutError,
    DeadlineExceededError,
    InvalidRequestError,
    MatillionError,
    RateLimitedError,
    ResponseDecodingError,
    StatusError,
    UnauthorizedError,
)
from matillion_async._limits.limiter import NothingAcceptedError
from matillion_async._limits.queue import Priority
from matillion_async._text import in_seconds, masked, one_line
from matillion_async._tokens.token_cache import Secret
from matillion_async._transport.errors import UnreadableResponse
from matillion_async._transport.values import Request, Response, checked
from matillion_async._trouble import (
    FIRST_CONNECT_TIMEOUT,
    TIMED_OUT,
    is_kind,
    is_mistake,
    trouble_of,
)

_CONNECT_TIMEOUT = 10.0
_MOST_RENEWALS = 5
_LONGEST_TEXT = 500


class Attempts:
    """Sends requests over a connection until there is a successful answer, or an error that is final.

    Args:
        connection: the transport, token and limiter, which others may share.
        options: time limits, retries, priority and hook.
        uniform: draws the pause before an attempt.
    """

    def __init__(
        self,
        connection: Connection,
        options: Options,
        uniform: Callable[[float, float], float] = random.uniform,
    ) -> None:
        self._connection = connection
        self._options = options
        self._uniform = uniform
        self._tells_when_it_sends = getattr(connection.transport, "tells_when_it_sends", False)
        self._connect_timeout = min(_CONNECT_TIMEOUT, options.timeout)
        self._first_connect_timeout = min(FIRST_CONNECT_TIMEOUT, options.timeout)

    async def send(self, request: Request, call: Call, deadline: float | None) -> Response:
        """Attempts until there is a successful answer, or an error that is not to be repeated.

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
        limiter = connection.limiter
        refusal: RateLimitedError | None = None
        while True:
            call.may_arrive = False
            try:
                call.permit = limiter.try_acquire() or await limiter.acquire(
                    priority=priority,
                    deadline=call.deadline,
                    after_429=call.refused,
                    timing=call.timing,
                )
            except NothingAcceptedError:
                call.permit = None
            if call.permit is None:
                assert refusal is not None  # only what was refused is given up
                self._report(call, refusal, None, "nothing has been accepted for minutes")
                raise refusal
            try:
                token = Secret(connection.tokens.current() or await self._token(call))
                authorize(request, token.reveal())
                if call.deadline is not None and call.now() >= call.deadline:
                    raise DeadlineExceededError("the deadline passed before the request was sent")
                try:
                    response = await self._transmit(request, call)
                except APIConnectionError as failure:
                    error: MatillionError = failure
                else:
                    if response.is_success:
                        self._answered(call, response.status_code)
                        self._report(call, response, None, "succeeded")
                        return response
                    response = without_token(response)
                    error = error_from_response(response)
                    if isinstance(error, RateLimitedError):
                        self._refused(call, error)
                    else:
                        self._answered(call, response.status_code)
            finally:
                permit = call.permit
                if permit is not None:
                    call.permit = None
                    limiter.dropped(permit, may_arrive=call.may_arrive)
            if isinstance(error, RateLimitedError):
                self._raise_if_final(call, error)
                refusal = error
            elif await self._is_replaced(token.reveal(), call, error):
                self._report(call, error, 0.0, "the token was refused: once more with a new one")
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
        answer = tokens.replaced(token, call.deadline)
        del token  # a traceback of the wait has no use for it
        is_replaced = await answer
        call.timing.token += call.now() - started
        call.renewals += is_replaced
        return is_replaced

    async def _transmit(self, request: Request, call: Call) -> Response:
        """Send one request and read its response whole.

        Raises:
            APIConnectionError: outside of the handlers, so that no context leads to the transport's frames.
            ResponseDecodingError: the response is one that a transport does not hand out, however often it comes.
        """
        connection, timeout = self._connection, self._options.timeout
        call.attempts += 1
        earlier = call.may_have_been_processed  # what this attempt does not undo
        call.may_have_been_processed = True  # until it is known; a cancelled call leaves it so
        call.may_arrive = True
        worked = connection.tokens.worked
        request.connect_timeout = self._connect_timeout if worked else self._first_connect_timeout
        request.timeout = timeout
        request.is_sent = not self._tells_when_it_sends
        started = call.sent_at = call.now()
        if self._tells_when_it_sends:
            request.on_sending = partial(self._sending, call)
            request.on_response = partial(self._pass_on, call)
        elif call.permit is not None:
            connection.limiter.sending(call.permit, self._connect_timeout)
        moment = started + timeout
        if call.deadline is not None and call.deadline < moment:
            moment = call.deadline
        limit = TimeLimit(call.loop, moment)
        failure: MatillionError
        try:
            with limit:
                answer = await connection.transport.send(request)
            request.is_sent = True
            response = checked(answer)
        except UnreadableResponse as error:
            failure = ResponseDecodingError(str(error), status_code=error.status_code, body="")
        except InvalidRequestError:  # of the body, which ended before the length that was announced
            call.may_have_been_processed = earlier
            raise
        except MatillionError:  # of the transport built in, which says what is wrong with it
            raise
        except Exception as error:  # noqa: BLE001 - of any kind, as transports may be anybody's
            if not self._tells_when_it_sends and is_kind(error, *NEVER_SENT):
                request.is_sent = False
            if not limit.has_passed:
                failure = self._connection_error(error, request)
            elif moment == call.deadline:
                failure = DeadlineExceededError("the deadline passed while the answer was awaited")
            elif request.is_sent:
                failure = APITimeoutError(f"no whole answer within {in_seconds(timeout)}")
            else:
                failure = APITimeoutError(
                    f"no connection was made within {in_seconds(timeout)}; the request was not sent"
                )
        else:
            response.request = request
            connection.answered(response, call.sent_at, call.now())
            # All but a refusal: a redirect may point to what was made.
            call.may_have_been_processed = earlier or not 400 <= response.status_code <= 499
            return response
        finally:
            if not request.is_sent:
                call.may_have_been_processed = earlier
                call.may_arrive = False
            call.timing.requests.append(call.now() - started)
        if isinstance(failure, ResponseDecodingError):
            self._report(call, failure, None, "the answer cannot be read")
        raise failure

    async def _pass_on(self, call: Call, status: int) -> None:
        """Let the next request go as soon as a good response is there, before what this call is made of is dropped.

        Calls then make and drop their objects in turn. Otherwise many that are answered together would drop all of
        theirs at first, and as many others make all of theirs, and such heaps of new objects set off Python's garbage
        collector, which walks over all calls that wait: with 1,000 in flight it took a fifth of the time, and so a tenth.
        """
        if 200 <= status <= 299 and self._answered(call, status):
            await asyncio.sleep(0)

    def _sending(self, call: Call) -> None:
        """Learn from the transport that the request is being written now."""
        call.sent_at = call.now()
        if call.permit is not None:
            self._connection.limiter.sending(call.permit)

    def _answered(self, call: Call, status: int) -> bool:
        """Give the permit back after a response, if it was not given back before; returns True if that let another request go."""
        permit = call.permit
        if permit is None:
            return False
        call.permit = None
        if 200 <= status <= 299:
            self._connection.tokens.worked = True
            if call.renewals:
                self._connection.tokens.renewal_helped()
        return self._connection.limiter.responded(permit, call.sent_at, accepted=status < 500)

    def _refused(self, call: Call, error: RateLimitedError) -> None:
        """After a 429: everybody pauses, as long as the limiter says, and this call waits for its next slot."""
        permit = call.permit
        assert permit is not None
        call.permit = None
        is_first = self._connection.limiter.refused(permit, error.retry_after)
        call.refused = True
        if not is_first and self._options.retry.max_attempts > 1:
            call.spared += 1  # it was in flight when the gate shut, as all its neighbours

    def _raise_if_final(self, call: Call, error: RateLimitedError) -> None:
        """Raise a 429 that must not be followed by another attempt."""
        policy = self._options.retry
        pause = error.retry_after
        if call.attempts - call.spared >= policy.max_attempts:
            reason = "no attempts left"
        elif pause is not None and pause > policy.max_retry_after:
            reason = f"Retry-After is over {policy.max_retry_after:g} seconds"
        else:
            self._report(call, error, pause or 0.0, "the rate limit is used up")
            return
        self._report(call, error, None, reason)
        raise error

    async def _pause_or_raise(self, call: Call, error: MatillionError) -> None:
        """Wait before the next attempt, or raise ``error`` when there must not be one."""
        reason = self._final_reason(call, error)
        if reason is None:
            pause = self._options.retry.backoff(call.attempts - call.spared, self._uniform)
            pause = min(pause, self._first_patience_left(call, error))
            began = call.now()
            if call.deadline is None or began + pause < call.deadline:
                self._report(call, error, pause, error.message)
                try:
                    await asyncio.sleep(pause)
                finally:
                    call.timing.backoff += call.now() - began
                return
            reason = "the deadline comes first"
        self._report(call, error, None, reason)
        if not self._connection.tokens.worked:
            add_first_advice(error, self._connection.base_url)
        raise error

    def _final_reason(self, call: Call, error: MatillionError) -> str | None:
        """Why ``error`` ends the call; None if another attempt is allowed."""
        if not error.is_temporary:
            return "the answer is final"
        if isinstance(error, DeadlineExceededError):
            return "the deadline has passed"
        if self._first_patience_left(call, error) <= 0:
            return "it does not pass by itself"
        if not call.idempotent and (call.may_have_been_processed or isinstance(error, StatusError)):
            return "it may have been processed and is not idempotent"
        if call.attempts - call.spared >= self._options.retry.max_attempts:
            return "no attempts left"
        return None

    def _first_patience_left(self, call: Call, error: MatillionError) -> float:
        """Seconds for which a call of a client without any success still tries again; without end for all others."""
        if not isinstance(error, APIConnectionError) or self._connection.tokens.worked:
            return math.inf
        return error.first_patience - call.timing.backoff - sum(call.timing.requests)

    def _report(
        self,
        call: Call,
        ended: Response | MatillionError,
        retry_in: float | None,
        reason: str,
    ) -> None:
        report(self._options.on_attempt, call, ended, retry_in, reason)

    def _connection_error(self, error: Exception, request: Request) -> APIConnectionError:
        """What a transport raised, and what is known of the request."""
        is_late = isinstance(error, TimeoutError) or is_kind(error, *TIMED_OUT)
        _, host, port = self._connection.origin
        trouble = trouble_of(error, f"{host}:{port}")
        said = masked(str(error if trouble is None else trouble), sent_token(request))
        text = one_line(said, _LONGEST_TEXT)
        consequence = (
            f"the request {'may have been processed' if request.is_sent else 'was not sent'}"
        )
        if trouble is not None and trouble.may_be_the_url and not self._connection.tokens.worked:
            consequence = f"{consequence}; {check_url(self._connection.base_url)}"
        kind = APITimeoutError if is_late else APIConnectionError
        failure = kind(f"{type(error).__name__}{f': {text}' if text else ''}; {consequence}")
        if trouble is not None:
            failure.first_patience = trouble.first_patience
        elif is_mistake(error):
            failure.first_patience = 0.0
        return failure
