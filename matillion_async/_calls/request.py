"""The request of an operation, made at the cost of what it needs."""

from __future__ import annotations

from typing import Any

import httpx

from matillion_async._tokens.auth import Secret

UNSENT = "matillion_async.unsent"
"""Name of the extension that a request has until there is a connection for it, also after it was cancelled before."""

ANSWERED = "matillion_async.answered"
"""Name of the extension with what the built-in transport awaits, with the status, once an answer was read whole."""

SENDING = "matillion_async.sending"
"""Name of the extension with what the built-in transport calls as it writes a request, on a connection that is there."""


class UnreadableAnswer(httpx.DecodingError):
    """An answer arrived that is too large or encoded in an unknown way; asked for again it would be the same.

    Attributes:
        status_code: its status.
    """

    status_code = 0


_BODIES = frozenset({"content", "files", "json"})
_NO_BODY = httpx.ByteStream(b"")


class SharedHeaders:
    """Headers that many requests have, and the same with the token that they are sent with."""

    def __init__(self, headers: httpx.Headers) -> None:
        self.plain = headers
        self._authorization = Secret("")
        self._signed = headers

    def signed(self, authorization: str) -> httpx.Headers:
        """With that Authorization; the same object until it is another one."""
        if authorization != self._authorization.reveal():
            signed = httpx.Headers(self.plain)
            signed["Authorization"] = authorization
            self._authorization, self._signed = Secret(authorization), signed
        return self._signed


class PlainRequest(httpx.Request):
    """A request without a body, whose URL is parsed and whose headers are copied when somebody looks at them.

    httpx parses and quotes a URL in as much time as all the rest of a call's way to the connection takes. This URL
    is made of a checked base and quoted parts, and a transport needs it as text only: see :func:`address`. And as long
    as a call waits, it is one object.

    Args:
        method: in capitals.
        url: absolute and quoted.
        headers: what others may have as well.

    Attributes:
        shared_headers: what it is sent with; None once its headers were looked at, and may have been changed.
    """

    def __init__(self, method: str, url: str, headers: SharedHeaders) -> None:
        # Not httpx's own, which would parse the URL.
        self.method = method
        self.address = url
        self._url: httpx.URL | None = None
        self._shares = headers
        self.shared_headers: httpx.Headers | None = headers.plain
        self._headers: httpx.Headers | None = None
        self.extensions = {}
        self.stream = _NO_BODY

    @property
    def url(self) -> httpx.URL:
        if self._url is None:
            self._url = httpx.URL(self.address)
        return self._url

    @url.setter
    def url(self, url: httpx.URL) -> None:
        self._url = url
        self.address = str(url)

    @property
    def headers(self) -> httpx.Headers:
        if self._headers is None:
            self._headers = httpx.Headers(self.shared_headers)
            self.shared_headers = None
        return self._headers

    @headers.setter
    def headers(self, headers: httpx.Headers) -> None:
        self._headers = headers
        self.shared_headers = None

    def authorize(self, authorization: str) -> None:
        """Set the Authorization header."""
        if self._headers is None:
            self.shared_headers = self._shares.signed(authorization)
        else:
            self._headers["Authorization"] = authorization

    def withdraw(self) -> None:
        """Remove the Authorization header."""
        if self._headers is None:
            self.shared_headers = self._shares.plain
        else:
            self._headers.pop("Authorization", None)

    @property
    def content(self) -> bytes:
        return b""

    def read(self) -> bytes:
        return b""

    async def aread(self) -> bytes:
        return b""


def address(request: httpx.Request) -> str:
    """The URL of a request as text."""
    return request.address if isinstance(request, PlainRequest) else str(request.url)


def authorize(request: httpx.Request, token: str) -> None:
    """Send a token along (RFC 6750, section 2.1)."""
    if isinstance(request, PlainRequest):
        request.authorize(f"Bearer {token}")
    else:
        request.headers["Authorization"] = f"Bearer {token}"


def withdraw(request: httpx.Request) -> None:
    """Remove the token from a request that is over: an error's traceback shows what it was, and to some loggers all of it."""
    if isinstance(request, PlainRequest):
        request.withdraw()
    else:
        request.headers.pop("Authorization", None)


class RequestBuilder:
    """Makes requests below a base URL.

    Args:
        base_url: absolute; a path is appended to it.
        headers: sent with every request.
    """

    def __init__(self, base_url: str, headers: dict[str, str]) -> None:
        self._base_url = base_url
        self._headers = httpx.Headers(headers)
        with_host = httpx.Request("GET", base_url, headers=headers).headers
        self._plain_headers = SharedHeaders(with_host)

    def build(self, arguments: dict[str, Any]) -> httpx.Request:
        """The request for the arguments that an operation's ``get_kwargs`` gives."""
        method = arguments["method"].upper()
        url = self._base_url + arguments["url"]
        params = arguments.get("params")
        if params:
            url = f"{url}?{_query(params)}"
        own = arguments.get("headers")
        if method in ("GET", "DELETE") and not _BODIES & arguments.keys():
            headers = self._plain_headers
            if own:
                changed = httpx.Headers(headers.plain)
                changed.update(own)
                headers = SharedHeaders(changed)
            return PlainRequest(method, url, headers)
        all_headers = httpx.Headers(self._headers)
        if own:
            all_headers.update(own)
        body = {name: arguments[name] for name in _BODIES & arguments.keys()}
        return httpx.Request(method, url, headers=all_headers, **body)


def _query(params: dict[str, Any]) -> str:
    if all(
        type(value) is int for value in params.values()
    ):  # names are the API's own, and need no quoting
        return "&".join([f"{name}={value}" for name, value in params.items()])
    return str(httpx.QueryParams(params))
