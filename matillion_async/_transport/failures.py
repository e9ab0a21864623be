"""What each failure of aiohttp says of a request: httpx's errors in place of its own."""

from __future__ import annotations

import errno

import aiohttp
import httpx
from aiohttp.http_exceptions import HttpProcessingError

from matillion_async._calls.request import UnreadableAnswer
from matillion_async._trouble import Trouble

# Besides its own errors aiohttp lets through those of its parser, and ValueError for what it cannot decode.
AIOHTTP_ERRORS = (aiohttp.ClientError, HttpProcessingError, OSError, ValueError)


class ExchangeError(Exception):
    """A failure that becomes an httpx error; unknown to aiohttp, which lets it pass.

    Attributes:
        status_code: that of an answer which is there but cannot be read.
        trouble: why there is no connection, if it is known what to do about it.
    """

    def __init__(
        self, kind: type[httpx.RequestError], message: str, trouble: Trouble | None = None
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.status_code = 0
        self.trouble = trouble

    def as_httpx(self, request: httpx.Request) -> httpx.RequestError:
        """The error for the caller, which knows the request but none of the frames that this one has seen."""
        error = self.kind(str(self), request=request)
        vars(error)["trouble"] = self.trouble
        if isinstance(error, UnreadableAnswer):
            error.status_code = self.status_code
        return error


def after_connecting(exc: Exception, *, is_whole: bool) -> ExchangeError:
    """What an error means that came after there was a connection.

    Args:
        exc: the error.
        is_whole: whether the request is written in one go.
    """
    if isinstance(exc, TimeoutError):
        return ExchangeError(httpx.ReadTimeout, "the server did not answer in time")
    if is_whole and _is_unwritten(exc):
        return ExchangeError(
            httpx.ConnectError, "the connection ended before the request was written"
        )
    if isinstance(exc, aiohttp.ServerDisconnectedError):
        return ExchangeError(
            httpx.RemoteProtocolError, "the server closed the connection without an answer"
        )
    if isinstance(
        exc, aiohttp.ClientPayloadError | aiohttp.ClientResponseError | HttpProcessingError
    ):
        return ExchangeError(httpx.RemoteProtocolError, f"not a whole HTTP answer: {text_of(exc)}")
    if isinstance(exc, aiohttp.ClientConnectionResetError) or (
        isinstance(exc, OSError) and exc.errno == errno.EPIPE
    ):
        return ExchangeError(httpx.WriteError, text_of(exc))
    return ExchangeError(httpx.ReadError, text_of(exc))


def _is_unwritten(exc: Exception) -> bool:
    """Whether aiohttp found the connection closed when it was about to write to it."""
    found = exc if isinstance(exc, aiohttp.ClientConnectionResetError) else exc.__cause__
    return (
        isinstance(found, aiohttp.ClientConnectionResetError)
        and str(found) == "Cannot write to closing transport"
    )


def text_of(exc: Exception) -> str:
    """The first line of an error's message."""
    text = str(getattr(exc, "message", "") or exc) or type(exc).__name__
    # aiohttp names its default of TLS, also where there is none.
    return text.splitlines()[0].rstrip(":").replace(" ssl:default", "")
