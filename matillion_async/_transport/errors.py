"""What transports raise if there is no complete response. The classes have the names that they have in httpx."""

from __future__ import annotations

from matillion_async._trouble import Trouble


class TransportError(Exception):
    """There is no complete response.

    Attributes:
        trouble: why there is no connection, if it is known what to do about it.
        status_code: that of a response that arrived but cannot be read; else 0.
    """

    def __init__(self, message: str, trouble: Trouble | None = None) -> None:
        super().__init__(message)
        self.trouble = trouble
        self.status_code = 0


class ConnectError(TransportError):
    """There was no connection, or it ended before the request was written."""


class ConnectTimeout(TransportError):  # noqa: N818 - httpx's name, as are the others
    """There was no connection in time."""


class ProxyError(TransportError):
    """The proxy gave no connection."""


class UnsupportedProtocol(TransportError):  # noqa: N818 - as httpx has it
    """The URL is neither http nor https."""


class LocalProtocolError(TransportError):
    """The request cannot be written as HTTP."""


class ReadError(TransportError):
    """The connection broke before the response was there whole."""


class RemoteProtocolError(TransportError):
    """The server sent no complete response."""


class DecodingError(TransportError):
    """The body is not what its Content-Encoding says."""


class UnreadableResponse(DecodingError):  # noqa: N818 - like its base
    """The response is too large or has an unknown Content-Encoding; it would be the same if requested again."""
