"""The server's id of a request."""

from __future__ import annotations

from matillion_async._text import one_line
from matillion_async._transport.values import Response

_HEADERS = ("x-request-id", "x-correlation-id", "request-id", "cf-ray")
_LONGEST = 200


def request_id(response: Response) -> str | None:
    """The server's id of the request; which header carries it is not documented, so the usual ones are read."""
    for name in _HEADERS:
        value = one_line(response.header(name) or "", _LONGEST)
        if value:
            return value
    return None
