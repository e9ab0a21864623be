"""Reports each attempt to the user's hook and to the log."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from matillion_async._calls.call import Call
from matillion_async._calls.responses import request_id
from matillion_async._calls.retry import Attempt
from matillion_async._errors import APIConnectionError, MatillionError, StatusError
from matillion_async._transport.values import Response

logger = logging.getLogger("matillion_async")


def report(
    hook: Callable[[Attempt], None] | None,
    call: Call,
    ended: Response | MatillionError,
    retry_in: float | None,
    reason: str,
) -> None:
    """Report how an attempt ended.

    Args:
        hook: the user's, called with the attempt.
        call: what it is a part of.
        ended: its response, or its failure.
        retry_in: seconds until the next attempt; None if there is none.
        reason: why the call goes on or ends.
    """
    is_logged = logger.isEnabledFor(logging.DEBUG)
    is_retry = retry_in is not None and logger.isEnabledFor(logging.INFO)
    if hook is None and not is_logged and not is_retry:
        return
    status = getattr(ended, "status_code", None)
    outcome = str(status or type(ended).__name__)
    if isinstance(ended, MatillionError):
        named = getattr(ended, "request_id", None)
    else:
        named = request_id(ended)
    seconds = call.timing.requests[-1]
    if is_logged:
        where = (
            call.request if call.request == call.operation else f"{call.operation}: {call.request}"
        )
        suffix = f", request id {named}" if named else ""
        logger.debug(
            "%s: %s in %.3f s, attempt %d%s", *(where, outcome, seconds, call.attempts, suffix)
        )
    # A 429 is a pause of all calls, which the limiter logs; a 401 is a renewal, which the token cache logs.
    if is_retry and status not in (401, 429):
        said = _said(ended)
        logger.info(
            "%s: attempt %d failed (%s%s); the next one in %.1f s",
            *(call.operation, call.attempts, outcome, said, retry_in),
        )
    if hook is not None:
        timing = replace(call.timing, requests=list(call.timing.requests), sent_at=call.sent_at)
        hook(
            Attempt(
                operation=call.operation,
                number=call.attempts,
                seconds=seconds,
                outcome=outcome,
                retry_in=retry_in,
                reason=reason,
                status_code=status,
                request_id=named,
                timing=timing,
            )
        )


def _said(ended: object) -> str:
    """Details of a failure for the log; not what a server says, which may repeat the query or the body of a request."""
    if isinstance(ended, APIConnectionError):
        return f": {ended.message}"
    if isinstance(ended, StatusError) and ended.request_id:
        return f", request id {ended.request_id}"
    return ""
