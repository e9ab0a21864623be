"""Reports each attempt to the user's hook and to the log: two observers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from matillion_async._calls.request_id import request_id
from matillion_async._calls.retry import Attempt
from matillion_async._errors import APIConnectionError, StatusError
from matillion_async._observing.observer import ObservedCall, Observer
from matillion_async._transport.values import Response

logger = logging.getLogger("matillion_async")


class AttemptLog(Observer):
    """Writes attempts and retries to the log."""

    def attempt_judged(
        self,
        call: ObservedCall,
        ended: Response | Exception,
        retry_in: float | None,
        reason: str,
    ) -> None:
        if logger.isEnabledFor(logging.DEBUG):
            named = _request_id(ended)
            logger.debug(
                "%s: %s in %.3f s, attempt %d%s",
                _where(call),
                _outcome(ended),
                call.timing.requests[-1],
                call.attempts,
                f", request id {named}" if named else "",
            )
        # A 429 is a pause of all calls, which the limiter logs; a 401 is a renewal, which the token cache logs.
        if retry_in is not None and _status(ended) not in (401, 429):
            logger.info(
                "%s: attempt %d failed (%s%s); the next one in %.1f s",
                *(call.operation, call.attempts, _outcome(ended), _said(ended), retry_in),
            )


class AttemptHook(Observer):
    """Calls the user's ``on_attempt`` with each attempt.

    Args:
        hook: what it raises ends the call.
    """

    def __init__(self, hook: Callable[[Attempt], None]) -> None:
        self._hook = hook

    def attempt_judged(
        self,
        call: ObservedCall,
        ended: Response | Exception,
        retry_in: float | None,
        reason: str,
    ) -> None:
        timing = call.timing
        self._hook(
            Attempt(
                operation=call.operation,
                number=call.attempts,
                seconds=timing.requests[-1],
                outcome=_outcome(ended),
                retry_in=retry_in,
                reason=reason,
                status_code=_status(ended),
                request_id=_request_id(ended),
                timing=replace(timing, requests=list(timing.requests)),
            )
        )


def _where(call: ObservedCall) -> str:
    """Operation, method and path, without the values in it where the operation is known."""
    if call.path_template is None:
        return call.operation
    return f"{call.operation}: {call.method} {call.path_template}"


def _status(ended: object) -> int | None:
    status: int | None = getattr(ended, "status_code", None)
    return status


def _outcome(ended: object) -> str:
    return str(_status(ended) or type(ended).__name__)


def _request_id(ended: Response | Exception) -> str | None:
    if isinstance(ended, Response):
        return request_id(ended)
    named: str | None = getattr(ended, "request_id", None)
    return named


def _said(ended: object) -> str:
    """Details of a failure for the log; not what a server says, which may repeat the query or the body of a request."""
    if isinstance(ended, APIConnectionError):
        return f": {ended.message}"
    if isinstance(ended, StatusError) and ended.request_id:
        return f", request id {ended.request_id}"
    return ""
