"""Requests, responses, and the Protocol of what carries them: independent of any HTTP library."""

from __future__ import annotations

from collections.abc import AsyncIterable, Awaitable, Callable, Mapping
from email.message import Message
from typing import Protocol, runtime_checkable

from matillion_async._errors import ConfigurationError

IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
"""Methods of which a second request has the effect of one (RFC 9110, section 9.2.2)."""


class Request:
    """A request, for one transport to send once.

    Its headers hold the access token while it is sent, so its repr shows none of them.

    Args:
        method: in capitals.
        url: absolute and quoted.
        headers: their names, in any case, and values. Host and what frames the body are the transport's to add.
        body: what is sent, whole or in pieces.
        connect_timeout: seconds in which a connection has to be made; None for no limit.
        timeout: seconds after which the client gives up, and cancels the exchange; None for no limit. A transport needs no
            timer for it.

    Attributes:
        path_template: the path without the values in it, such as ``/v1/projects/{projectId}/environments``, where the
            operation is known; None otherwise.
        is_sent: whether the server may have seen any of it. Where it has not, a failure is known to have had no effect.
        on_connected: called, if it is there, by the built-in transport when it has a connection and nothing was written yet; what
            it raises ends the attempt unsent.
        on_sending: called, if it is there, when the request is about to be seen by the server.
        on_response: if set, awaited by the built-in transport with the status, as soon as a response is complete.
    """

    __slots__ = (
        "body",
        "connect_timeout",
        "headers",
        "is_sent",
        "method",
        "on_connected",
        "on_response",
        "on_sending",
        "path_template",
        "timeout",
        "url",
    )

    def __init__(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes | AsyncIterable[bytes] = b"",
        *,
        connect_timeout: float | None = None,
        timeout: float | None = None,
    ) -> None:
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.connect_timeout = connect_timeout
        self.timeout = timeout
        self.path_template: str | None = None
        self.is_sent = False
        self.on_connected: Callable[[], None] | None = None
        self.on_sending: Callable[[], None] | None = None
        self.on_response: Callable[[int], Awaitable[None]] | None = None

    def sending(self) -> None:
        """Say that the server may see the request from now on; see :class:`Transport`."""
        self.is_sent = True
        if self.on_sending is not None:
            self.on_sending()

    def __repr__(self) -> str:
        return f"<Request {self.method} {self.url}>"


class Response:
    """A complete response.

    Args:
        status_code: of any kind but 1xx.
        headers: their names, in any case, and values.
        content: the body, without any Content-Encoding.
        reason: the phrase after the status.

    Attributes:
        request: the request it belongs to; the client sets it.

    Raises:
        TypeError: the status is not a number, the headers are not a mapping of strings to strings, the content is not bytes, or
            the reason is not a string.
    """

    __slots__ = ("content", "headers", "reason", "request", "status_code")

    def __init__(
        self,
        status_code: int,
        headers: Mapping[str, str] | None = None,
        content: bytes = b"",
        *,
        reason: str = "",
    ) -> None:
        if not isinstance(status_code, int):
            raise TypeError(f"status_code must be a number, not {type(status_code).__name__}")
        if headers is not None and not isinstance(headers, Mapping):
            raise TypeError(f"headers must be a mapping, not {type(headers).__name__}")
        if not isinstance(content, bytes):
            raise TypeError(f"content must be bytes, not {type(content).__name__}")
        if not isinstance(reason, str):
            raise TypeError(f"reason must be a string, not {type(reason).__name__}")
        self.status_code = status_code
        self.headers: Mapping[str, str] = {} if headers is None else headers
        for name, value in self.headers.items():
            if not (isinstance(name, str) and isinstance(value, str)):
                kinds = f"{type(name).__name__} to {type(value).__name__}"
                raise TypeError(f"headers must map strings to strings, not {kinds}")
        self.content = content
        self.reason = reason
        self.request: Request | None = None

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status_code <= 299

    def header(self, name: str) -> str | None:
        """The value of a header, by its name in any case; None if it is not there. Several are joined (RFC 9110, section 5.3)."""
        wanted = name.lower()
        values = [value for key, value in self.headers.items() if key.lower() == wanted]
        return ", ".join(values) if values else None

    @property
    def charset(self) -> str | None:
        """The encoding of the body, as its Content-Type says."""
        kind = Message()
        kind["Content-Type"] = self.header("Content-Type") or ""
        return kind.get_content_charset()

    @property
    def text(self) -> str:
        """The body as text."""
        try:
            return self.content.decode(self.charset or "utf-8", "replace")
        except (LookupError, ValueError):  # no such encoding, or one that replaces nothing
            return self.content.decode("utf-8", "replace")

    def __repr__(self) -> str:
        return f"<Response {self.status_code}>"


def checked(response: object) -> Response:
    """What a transport returned.

    Raises:
        ConfigurationError: it is not a response; the message names its type only.
    """
    if isinstance(response, Response):
        return response
    name = f"{type(response).__module__}.{type(response).__qualname__}".removeprefix("builtins.")
    raise ConfigurationError(f"the transport returned a {name}, not a matillion_async.Response")


@runtime_checkable
class Transport(Protocol):
    """What carries requests for a client; one of your own may be anything that has these two methods.

    It sends each request once, reads the response whole, and follows no redirect. Whatever it raises fails the attempt: a
    request that must not be sent twice is then not sent again, since it may have been processed. A transport that knows better has
    an attribute ``tells_when_it_sends = True`` and calls ``request.sending()`` before the server can see anything of a
    request; a request of which it did not say so is sent again. One that bounds its connections tells their number in
    an attribute ``max_connections``: as many calls are under way at most, and others wait by priority.
    """

    async def send(self, request: Request) -> Response:
        """Send a request once, and return its response. It is cancelled when the client's time limit has passed."""
        ...

    async def aclose(self) -> None:
        """Close all connections. It may be called twice."""
        ...
