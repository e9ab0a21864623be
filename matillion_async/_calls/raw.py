"""Calls of any path: their arguments, checked, and their responses as they came."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from matillion_api.server import VERSION
from matillion_api.types import UNSET, Model

from matillion_async._calls.request import as_json
from matillion_async._details import Timing
from matillion_async._errors import (
    ConfigurationError,
    InvalidRequestError,
    ResponseDecodingError,
)
from matillion_async._settings import checked_headers
from matillion_async._transport.values import IDEMPOTENT

Value = str | int | float | bool
Params = Mapping[str, Value | Sequence[Value] | None] | Sequence[tuple[str, Value]]

_METHODS = IDEMPOTENT | {"POST", "PATCH"}
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_DOTS = frozenset({".", ".."})
# Some servers unquote a path before they split it, and ignore what follows a semicolon.
_SEPARATORS = re.compile(r"[/\\;]")
_LEFT_AS_THEY_ARE = "/%!$&'()*+,;=:@"  # of a path (RFC 3986, section 3.3); a percent sign begins what is quoted already


@dataclass(frozen=True, slots=True)
class RawResponse:
    """A successful response, as it came; made by :meth:`MatillionClient.request`.

    Attributes:
        operation: method and path, as in errors and logs.
        status_code: its HTTP status.
        headers: by their names in lower case; one that came several times is one list, with commas.
        content: its body.
        request_id: the server's id of the request, if it gave one.
        timing: where the seconds of the call went.
    """

    operation: str
    status_code: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)
    request_id: str | None
    timing: Timing

    @property
    def text(self) -> str:
        """The body as UTF-8 text; bytes that are not UTF-8 are replaced."""
        return self.content.decode("utf-8", errors="replace")

    def json(self) -> Any:
        """The body, read as JSON; None if there is none.

        Raises:
            ResponseDecodingError: it is not JSON.
        """
        if not self.content:
            return None
        try:
            return json.loads(self.content)
        except ValueError:
            reason = "the response is not JSON"
        except RecursionError:
            reason = "the response is nested too deeply"
        error = ResponseDecodingError(
            f"{reason}; it has status {self.status_code} and {len(self.content)} bytes",
            status_code=self.status_code,
            body=self.text[:2000],
            request_id=self.request_id,
        )
        error.operation = self.operation
        raise error


def arguments_of(
    method: str,
    path: str,
    params: Params | None,
    body: Any,
    content: bytes | str | None,
    headers: Mapping[str, str] | None,
) -> dict[str, Any]:
    """What the request is built from.

    Raises:
        InvalidRequestError: an argument cannot be sent, or would lead elsewhere than to the API.
    """
    if not isinstance(method, str) or method.upper() not in _METHODS:
        raise InvalidRequestError(
            f"method must be one of {', '.join(sorted(_METHODS))}, not {method!r}"
        )
    method = method.upper()
    path, pairs = checked_path(path)
    query: dict[str, list[Value]] = {}
    for name, value in [*pairs, *_pairs(params)]:
        query.setdefault(name, []).append(value)
    try:
        own = checked_headers(headers or {})
    except ConfigurationError as error:
        raise InvalidRequestError(str(error)) from None
    arguments: dict[str, Any] = {"method": method, "url": path, "params": query, "headers": own}
    if content is not None:
        if body is not UNSET:
            raise InvalidRequestError("give json or content, not both")
        arguments["content"] = _as_bytes(content)
    elif body is not UNSET:
        arguments["content"] = as_json(body, _of_model)
        if not any(name.lower() == "content-type" for name in own):
            own["Content-Type"] = "application/json"
    return arguments


def checked_path(path: str) -> tuple[str, list[tuple[str, str]]]:
    """A path, quoted, and the parameters of the query that it may have.

    Raises:
        InvalidRequestError: it is not one of the API.
    """
    if not isinstance(path, str):
        raise InvalidRequestError(f"path must be a string, not {type(path).__name__}")
    bare, _, query = path.partition("?")
    segments = [unquote(segment) for segment in bare.split("/")[1:]]
    if not bare.startswith(f"{VERSION}/") or bare.startswith("//"):
        problem = f"must begin with {VERSION}/, without a host"
    elif "#" in path or "\\" in bare or not bare.isprintable():
        problem = "must not have '#', a backslash or control characters"
    elif "" in segments or any(_DOTS & {*_SEPARATORS.split(each)} for each in segments):
        problem = "must not have '.', '..' or nothing between two slashes"
    else:
        quoted = quote(_LONE_PERCENT.sub("%25", bare), safe=_LEFT_AS_THEY_ARE)
        return quoted, parse_qsl(query, keep_blank_values=True)
    raise InvalidRequestError(f"the path {bare!r} {problem}")


def _pairs(params: Params | None) -> Iterable[tuple[str, Value]]:
    """Pairs of name and value; a parameter that is None is left out, and one with several values is there several times."""
    if params is None:
        return
    for name, value in _named(params):
        if value is None:
            continue
        is_one = isinstance(value, str | bytes | int | float)
        several: Any = value if isinstance(value, Sequence) and not is_one else [value]
        for each in several:
            if isinstance(each, str | int | float):
                yield name, each
            else:
                raise InvalidRequestError(
                    f"params: {name} must be a string or a number, or several, not {type(each).__name__}"
                )


def _named(params: Params) -> Iterable[tuple[str, Value | Sequence[Value] | None]]:
    pairs = params.items() if isinstance(params, Mapping) else params
    if not isinstance(pairs, str | bytes) and isinstance(pairs, Iterable):
        listed = [*pairs]
        if all(
            isinstance(pair, tuple | list) and len(pair) == 2 and isinstance(pair[0], str)
            for pair in listed
        ):
            return listed
    raise InvalidRequestError("params must be values by their names, or pairs of both")


def _as_bytes(content: bytes | str) -> bytes:
    if isinstance(content, bytes):
        return content
    if not isinstance(content, str):
        raise InvalidRequestError(
            f"content must be bytes or a string, not {type(content).__name__}"
        )
    try:
        return content.encode()
    except UnicodeEncodeError as error:
        reason = str(error)
    raise InvalidRequestError(f"content: {reason}")


def _of_model(value: object) -> dict[str, Any]:
    if isinstance(value, Model):
        return value.to_dict()
    raise TypeError(f"{type(value).__name__} is not JSON")
