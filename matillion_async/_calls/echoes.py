"""Takes the token out of responses that repeat the request, as some servers and gateways do in an error."""

from __future__ import annotations

from matillion_async._calls.request import sent_token
from matillion_async._text import masked
from matillion_async._transport.values import Response


def without_token(response: Response) -> Response:
    """A response with asterisks for the token that its request was sent with; the same object if it does not have that."""
    token = "" if response.request is None else sent_token(response.request)
    if not token:
        return response
    # Latin-1 keeps every byte what it is, and a token is ASCII.
    content = masked(response.content.decode("latin-1"), token).encode("latin-1")
    reason = masked(response.reason, token)
    headers = {name: masked(value, token) for name, value in response.headers.items()}
    if (content, reason, [*headers.values()]) == (
        response.content,
        response.reason,
        [*response.headers.values()],
    ):
        return response
    clean = Response(response.status_code, headers, content, reason=reason)
    clean.request = response.request
    return clean
