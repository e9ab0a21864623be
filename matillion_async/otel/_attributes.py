"""Names and values by the semantic conventions of OpenTelemetry: those for HTTP clients, which are stable, and our own.

The names are written out, since the package that has them is a beta.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from matillion_async._observing.observer import ObservedCall
from matillion_async._transport.values import Request, Response

Attributes: TypeAlias = dict[str, str | int | float]

METHOD: Final = "http.request.method"
RESEND_COUNT: Final = "http.request.resend_count"
REQUEST_SIZE: Final = "http.request.body.size"
STATUS_CODE: Final = "http.response.status_code"
RESPONSE_SIZE: Final = "http.response.body.size"
SERVER_ADDRESS: Final = "server.address"
SERVER_PORT: Final = "server.port"
URL_FULL: Final = "url.full"
URL_TEMPLATE: Final = "url.template"
ERROR_TYPE: Final = "error.type"

OPERATION: Final = "matillion.operation"
ATTEMPTS: Final = "matillion.attempts"
REQUEST_ID: Final = "matillion.request_id"
LIMITER_WAIT: Final = "matillion.limiter.wait"
TOKEN_WAIT: Final = "matillion.token.wait"
RETRY_WAIT: Final = "matillion.retry.wait"
WAIT_KIND: Final = "matillion.wait.kind"
WAIT_ID: Final = "matillion.wait.id"
WAIT_STATUS: Final = "matillion.wait.status"
PROJECT_ID: Final = "matillion.project.id"
PIPELINE: Final = "matillion.pipeline.name"

ANY_PATH: Final = "request"
"""The operation of calls of any path: their own has the values of the path, of which there is no end."""


def operation_of(call: ObservedCall) -> str:
    """Such as ``projects.list``: one of few."""
    return ANY_PATH if call.path_template is None else call.operation


def to_server(call: ObservedCall) -> Attributes:
    """Those that all that is known of a request has."""
    address, port = call.server
    found: Attributes = {METHOD: call.method, SERVER_ADDRESS: address}
    if port is not None:
        found[SERVER_PORT] = port
    return found


def error_type(outcome: Response | BaseException | None) -> str | None:
    """The status of a refusal, or the class of an error by the name that users know it by; None for a success."""
    if outcome is None:
        return None
    status = getattr(outcome, "status_code", None)
    if isinstance(outcome, Response):
        return str(status) if outcome.status_code >= 400 else None
    if isinstance(status, int) and status >= 400:
        return str(status)
    kind = type(outcome)
    module = kind.__module__.partition("._")[0]
    return kind.__qualname__ if module == "builtins" else f"{module}.{kind.__qualname__}"


def redacted(url: str) -> str:
    """A URL without a user's name and password, and without the values of its query, which may be names or searches."""
    head, mark, query = url.partition("#")[0].partition("?")
    scheme, slashes, rest = head.partition("://")
    authority, slash, path = rest.partition("/")
    if "@" in authority:
        authority = f"REDACTED:REDACTED@{authority.rpartition('@')[2]}"
    if query:
        query = "&".join([f"{pair.partition('=')[0]}=REDACTED" for pair in query.split("&")])
    return f"{scheme}{slashes}{authority}{slash}{path}{mark}{query}"


def size_sent(request: Request) -> int | None:
    """Bytes of the body; None where they are not known before."""
    body = request.body
    if isinstance(body, bytes):
        return len(body)
    return _length(request)


def size_received(response: Response) -> int | None:
    """Bytes of the body as they came; None where only those of the unpacked one are known."""
    announced = _length(response)
    if announced is not None:
        return announced
    return None if response.header("Content-Encoding") else len(response.content)


def _length(message: Request | Response) -> int | None:
    if isinstance(message, Response):
        text = message.header("Content-Length")
    else:
        found = {name.lower(): value for name, value in message.headers.items()}
        text = found.get("content-length")
    return int(text) if text is not None and text.isdecimal() else None
