"""What each failure of aiohttp says of a request."""

from __future__ import annotations

import aiohttp
from aiohttp.http_exceptions import HttpProcessingError

from matillion_async._transport.errors import (
    ConnectError,
    LocalProtocolError,
    ReadError,
    RemoteProtocolError,
    TransportError,
)

# Besides its own errors aiohttp lets through those of its parser, and ValueError for what it cannot encode or decode.
AIOHTTP_ERRORS = (aiohttp.ClientError, HttpProcessingError, OSError, ValueError)


def after_connecting(exc: Exception, *, is_sent: bool) -> TransportError:
    """What an error means that came after there was a connection.

    Args:
        exc: the error.
        is_sent: whether anything of the request was written.
    """
    if not is_sent:
        if isinstance(exc, ValueError):
            return LocalProtocolError(text_of(exc))
        return ConnectError("the connection ended before the request was written")
    if isinstance(exc, aiohttp.ServerDisconnectedError):
        return RemoteProtocolError("the server closed the connection without a response")
    if isinstance(
        exc, aiohttp.ClientPayloadError | aiohttp.ClientResponseError | HttpProcessingError
    ):
        return RemoteProtocolError(f"not a complete HTTP response: {text_of(exc)}")
    return ReadError(text_of(exc))


def text_of(exc: Exception) -> str:
    """The first line of an error's message."""
    if isinstance(exc, aiohttp.ServerDisconnectedError):
        return "Server disconnected"  # its message may be an object: what there was of a response
    text = str(getattr(exc, "message", "") or exc) or type(exc).__name__
    # aiohttp names its default of TLS, also where there is none.
    return text.splitlines()[0].rstrip(":").replace(" ssl:default", "")
