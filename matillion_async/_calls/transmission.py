"""One attempt of a call: its request, sent once with the permit that the call has, and what became of it."""

from __future__ import annotations

import asyncio
from functools import partial

from matillion_async._calls.call import Call
from matillion_async._calls.connection import Connection
from matillion_async._calls.first_contact import check_url
from matillion_async._calls.request import sent_token
from matillion_async._calls.retry import NEVER_SENT
from matillion_async._calls.time_limit import TimeLimit
from matillion_async._errors import (
    APIConnectionError,
    APITimeoutError,
    ClientStateError,
    ConfigurationError,
    DeadlineExceededError,
    InvalidRequestError,
    MatillionError,
    ResponseDecodingError,
    of_the_caller,
)
from matillion_async._observing.observers import Pair
from matillion_async._text import in_seconds, masked, one_line
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
_MAX_TEXT = 500


class Transmission:
    """Sends requests over a connection, each once, and tells the limiter when they are sent and get a response.

    Args:
        connection: the transport, token cache and limiter, which others may share.
        timeout: seconds for one attempt.
    """

    def __init__(self, connection: Connection, timeout: float) -> None:
        self._connection = connection
        self._timeout = timeout
        self._tells_when_it_sends = getattr(connection.transport, "tells_when_it_sends", False)
        self._connect_timeout = min(_CONNECT_TIMEOUT, timeout)
        self._first_connect_timeout = min(FIRST_CONNECT_TIMEOUT, timeout)

    async def observed(self, request: Request, call: Call, told: Pair) -> Response:
        """As :meth:`send`; its beginning and end are told."""
        with of_the_caller:
            state = told.began(call, request)
        try:
            response = await self.send(request, call)
        except BaseException as error:
            with of_the_caller:
                told.ended(call, request, state, error)
            raise
        with of_the_caller:
            told.ended(call, request, state, response)
        return response

    async def send(self, request: Request, call: Call) -> Response:
        """Send one request and read its complete response.

        Raises:
            APIConnectionError: outside of the handlers, so that no context leads to the transport's frames.
            ResponseDecodingError: the transport cannot read the response, however often it comes.
        """
        connection, timeout = self._connection, self._timeout
        earlier = call.may_have_been_processed  # what this attempt does not undo
        call.may_have_been_processed = True  # until it is known; a cancelled call leaves it so
        call.may_arrive = True
        worked = connection.tokens.worked
        request.connect_timeout = self._connect_timeout if worked else self._first_connect_timeout
        request.timeout = timeout
        request.is_sent = not self._tells_when_it_sends
        started = call.timing.sent_at = call.now()
        if self._tells_when_it_sends:
            if connection.limiter.permits_expire:
                request.on_connected = partial(self._check_permit, call)
            request.on_sending = partial(self._sending, call)
            request.on_response = partial(self._release_early, call)
        elif call.permit is not None:
            connection.limiter.sending(call.permit, self._connect_timeout)
        moment = started + timeout
        if call.deadline is not None and call.deadline < moment:
            moment = call.deadline
        limit = TimeLimit(call.loop, moment)
        failure: MatillionError
        try:
            with limit:
                received = await connection.transport.send(request)
            request.is_sent = True
            response = checked(received)
        except UnreadableResponse as error:
            said = masked(str(error), sent_token(request))  # it quotes a header of the response
            failure = ResponseDecodingError(said, status_code=error.status_code, body="")
        except InvalidRequestError:  # of the body, which ended before the length that was announced
            call.may_have_been_processed = earlier
            raise
        except (APIConnectionError, ClientStateError, ConfigurationError):
            raise  # said by the transport built in, of itself; others may raise the first as well
        except Exception as error:  # noqa: BLE001 - of any kind, as transports may be anybody's
            if not self._tells_when_it_sends and is_kind(error, *NEVER_SENT):
                request.is_sent = False
            if not limit.has_passed:
                failure = self._connection_error(error, request)
            elif moment == call.deadline:
                failure = DeadlineExceededError("the deadline passed before the response arrived")
            elif request.is_sent:
                failure = APITimeoutError(f"no complete response within {in_seconds(timeout)}")
            else:
                failure = APITimeoutError(
                    f"no connection was made within {in_seconds(timeout)}; the request was not sent"
                )
        else:
            response.request = request
            connection.clock.learn(response.headers, call.timing.sent_at, call.now())
            # All but a refusal: a redirect may point to what was made.
            call.may_have_been_processed = earlier or not 400 <= response.status_code <= 499
            return response
        finally:
            if not request.is_sent:
                call.may_have_been_processed = earlier
                call.may_arrive = False
            call.timing.requests.append(call.now() - started)
        raise failure

    def responded(self, call: Call, status: int) -> bool:
        """Give the permit back after a response that is not a 429, unless it was given back before.

        Returns:
            True if another call got its permit by that.
        """
        permit = call.permit
        if permit is None:
            return False
        call.permit = None
        if 200 <= status <= 299:
            self._connection.tokens.worked = True
            if call.renewals:
                self._connection.tokens.renewal_helped()
        return self._connection.limiter.responded(
            permit, call.timing.sent_at, accepted=status < 500
        )

    async def _release_early(self, call: Call, status: int) -> None:
        """Let the next request go as soon as a success is there, before the objects of this call are dropped.

        Calls then make and drop their objects in turn. If many that get their response together all dropped theirs first,
        and as many others then made theirs, such heaps of new objects would set off Python's garbage collector, which
        walks over all calls that wait: with 1,000 in flight it took a fifth of the time, and so a tenth.
        """
        if 200 <= status <= 299 and self.responded(call, status):
            await asyncio.sleep(0)

    def _check_permit(self, call: Call) -> None:
        """Do not send what its permit is too old for by now, since connecting took long or this process stood still."""
        if call.permit is not None and not self._connection.limiter.is_valid(call.permit):
            raise ConnectionAbortedError(
                "another process may have the place of this request by now"
            )

    def _sending(self, call: Call) -> None:
        """Learn from the transport that the request is being written now."""
        call.timing.sent_at = call.now()
        if call.permit is not None:
            self._connection.limiter.sending(call.permit)

    def _connection_error(self, error: Exception, request: Request) -> APIConnectionError:
        """What a transport raised, and what is known of the request."""
        is_late = isinstance(error, TimeoutError) or is_kind(error, *TIMED_OUT)
        trouble = trouble_of(error, self._connection.origin.address)
        said = masked(str(error if trouble is None else trouble), sent_token(request))
        text = one_line(said, _MAX_TEXT)
        consequence = (
            f"the request {'may have been processed' if request.is_sent else 'was not sent'}"
        )
        if trouble is not None and trouble.may_be_the_url and not self._connection.tokens.worked:
            consequence = f"{consequence}; {check_url(self._connection.base_url)}"
        kind = APITimeoutError if is_late else APIConnectionError
        failure = kind(f"{type(error).__name__}{f': {text}' if text else ''}; {consequence}")
        if trouble is not None:
            failure.startup_grace = trouble.startup_grace
        elif is_mistake(error):
            failure.startup_grace = 0.0
        return failure
