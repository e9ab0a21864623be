"""One exchange over aiohttp: a request out, its answer in, and what each failure says of it."""

from __future__ import annotations

import errno
import math
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import aiohttp
import httpx
from aiohttp.http_exceptions import HttpProcessingError
from multidict import CIMultiDict
from yarl import URL

from matillion_async._calls.request import ANSWERED, SENDING, PlainRequest, address
from matillion_async._transport.network import Proxies
from matillion_async._transport.slots import Slot
from matillion_async._transport.unconnected import trouble_before
from matillion_async._transport.upload import Upload
from matillion_async._trouble import Trouble

if TYPE_CHECKING:
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace

# Besides its own errors aiohttp lets through those of its parser, and ValueError for what it cannot decode.
_AIOHTTP_ERRORS = (aiohttp.ClientError, HttpProcessingError, OSError, ValueError)

# aiohttp adds a Content-Type to these methods, after everything else.
_DEFAULTED = frozenset({"PATCH", "POST", "PUT"})
_NO_DEFAULT = ("Content-Type",)


async def upload(
    session: aiohttp.ClientSession,
    request: httpx.Request,
    headers: CIMultiDict[str],
    body: Upload,
    proxy: URL | None,
    limits: Mapping[str, float | None],
    slot: Slot,
) -> tuple[aiohttp.ClientResponse, bytes]:
    """Send a request with a body in pieces, and read its answer."""
    try:
        async with body.timer():
            return await exchange(session, request, headers, body, proxy, limits, slot)
    except TimeoutError:
        raise ExchangeError(
            httpx.WriteTimeout, "the server did not take the request in time"
        ) from None
    except ExchangeError:
        if body.error is not None:
            raise body.error from None
        raise


async def exchange(
    session: aiohttp.ClientSession,
    request: httpx.Request,
    headers: CIMultiDict[str],
    body: bytes | Upload | None,
    proxy: URL | None,
    limits: Mapping[str, float | None],
    slot: Slot,
) -> tuple[aiohttp.ClientResponse, bytes]:
    """Send a request once, read its answer, and give the slot back, before anything of the exchange is dropped."""

    async def send_once(
        outgoing: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        # The request's own headers and no others, in their own order.
        outgoing.headers.clear()
        outgoing.headers.extend(headers)
        sending = request.extensions.pop(SENDING, None)
        if sending is not None:
            sending()
        try:
            answer = await _answer(outgoing, handler, body)
        except _AIOHTTP_ERRORS as exc:
            # After some errors of its own aiohttp sends an idempotent request again; not after this one.
            raise _after_connecting(exc) from None
        slot.give_back()
        answered = request.extensions.pop(ANSWERED, None)
        if answered is not None:
            await answered(answer.status)
        return answer

    try:
        answer = await session.request(
            request.method,
            URL(address(request), encoded=True),
            data=body,
            headers=_length(headers) if isinstance(body, Upload) else None,
            skip_auto_headers=_NO_DEFAULT if request.method in _DEFAULTED else None,
            allow_redirects=False,
            proxy=proxy,
            timeout=_client_timeout(limits.get("connect"), limits.get("read"), limits.get("total")),
            middlewares=(send_once,),
        )
    except (aiohttp.ClientError, ValueError) as exc:
        # Raised neither by the connector nor in send_once, so before there was a connection.
        raise ExchangeError(httpx.LocalProtocolError, _text(exc)) from None
    return answer, await answer.read()


async def _answer(
    outgoing: aiohttp.ClientRequest,
    handler: aiohttp.ClientHandlerType,
    body: bytes | Upload | None,
) -> aiohttp.ClientResponse:
    """Send a request, and read the whole answer, which has its body ready then."""
    try:
        answer = await handler(outgoing)
    finally:
        if isinstance(body, Upload):
            body.stop_timer()
    await answer.read()
    return answer


class ExchangeError(Exception):
    """A failure that becomes an httpx error; unknown to aiohttp, which lets it pass."""

    def __init__(
        self, kind: type[httpx.TransportError], message: str, trouble: Trouble | None = None
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.trouble = trouble
        """Why there is no connection, if it is known what to do about it."""


class Connector(aiohttp.TCPConnector):
    """Tells what happens before there is a connection: no byte of the request can have been written."""

    def __init__(self, *, proxies: Proxies, **options: Any) -> None:
        super().__init__(**options)
        self._proxies = proxies

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - the method is aiohttp's
    ) -> Connection:
        try:
            return await super().connect(req, traces, timeout)
        except TimeoutError:
            raise ExchangeError(
                httpx.ConnectTimeout, f"no connection to {req.host}:{req.port} in time"
            ) from None
        except _AIOHTTP_ERRORS as exc:
            trouble = trouble_before(exc, req, _text(exc), self._proxies.source)
            text = _text(exc) if trouble is None else str(trouble)
            is_refused = isinstance(exc, aiohttp.ClientHttpProxyError)
            kind = httpx.ProxyError if is_refused else httpx.ConnectError
            raise ExchangeError(kind, text, trouble) from None


def _after_connecting(exc: Exception) -> ExchangeError:
    """What an error means that came after there was a connection."""
    if isinstance(exc, TimeoutError):
        return ExchangeError(httpx.ReadTimeout, "the server did not answer in time")
    if isinstance(exc, aiohttp.ServerDisconnectedError):
        return ExchangeError(
            httpx.RemoteProtocolError, "the server closed the connection without an answer"
        )
    if isinstance(
        exc, aiohttp.ClientPayloadError | aiohttp.ClientResponseError | HttpProcessingError
    ):
        return ExchangeError(httpx.RemoteProtocolError, f"not a whole HTTP answer: {_text(exc)}")
    if isinstance(exc, aiohttp.ClientConnectionResetError) or (
        isinstance(exc, OSError) and exc.errno == errno.EPIPE
    ):
        return ExchangeError(httpx.WriteError, _text(exc))
    return ExchangeError(httpx.ReadError, _text(exc))


def _text(exc: Exception) -> str:
    text = str(getattr(exc, "message", "") or exc) or type(exc).__name__
    # aiohttp names its default of TLS, also where there is none.
    return text.splitlines()[0].rstrip(":").replace(" ssl:default", "")


class HeaderText:
    """Turns the headers of requests into text; keeps those of the last one, because most requests have the same."""

    def __init__(self) -> None:
        self._raw: list[tuple[bytes, bytes]] = []
        self._shared: httpx.Headers | None = None
        self._text: CIMultiDict[str] = CIMultiDict()

    def of(self, request: httpx.Request, body: bytes | Upload | None) -> CIMultiDict[str]:
        """The request's headers for aiohttp, which writes them as UTF-8, and says how long a body is. Not to be changed."""
        shared = request.shared_headers if isinstance(request, PlainRequest) else None
        if shared is not None and shared is self._shared:
            return self._text
        raw = (request.headers if shared is None else shared).raw
        if body is None and raw == self._raw:
            return self._text
        headers = _decoded(raw)
        if "Host" not in headers:
            headers["Host"] = request.url.netloc.decode("ascii")
        elif body is None:
            self._raw, self._shared, self._text = raw, shared, headers
        if isinstance(body, bytes) and "Content-Length" not in headers:
            headers["Content-Length"] = str(len(body))
        if "Content-Length" in headers:
            headers.popall("Transfer-Encoding", None)
        elif body is not None:
            headers["Transfer-Encoding"] = "chunked"
        return headers


def _decoded(raw: list[tuple[bytes, bytes]]) -> CIMultiDict[str]:
    parts = [part for header in raw for part in header]
    try:
        text = b"\n".join([*parts, b""]).decode()
    except UnicodeDecodeError:
        raise ExchangeError(httpx.LocalProtocolError, "a header is not UTF-8 text") from None
    *lines, _ = text.split("\n")
    if len(lines) != len(parts) or "\r" in text or "\0" in text:
        raise ExchangeError(httpx.LocalProtocolError, "a header contains a line break or a NUL")
    return CIMultiDict(zip(lines[::2], lines[1::2], strict=True))


def _length(headers: CIMultiDict[str]) -> dict[str, str] | None:
    """By this header aiohttp decides whether it sends a body in chunks."""
    length = headers.get("Content-Length")
    return None if length is None else {"Content-Length": length}


@lru_cache(maxsize=64)
def _client_timeout(
    connect: float | None, read: float | None, total: float | None
) -> aiohttp.ClientTimeout:
    if read is not None and total is not None and total <= read:
        read = None
    # aiohttp takes 0 for no limit, and rounds up what is above its threshold.
    return aiohttp.ClientTimeout(
        connect=None if connect is None else max(connect, 1e-6),
        sock_read=None if read is None else max(read, 1e-6),
        ceil_threshold=math.inf,
    )
