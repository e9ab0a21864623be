"""The request of an operation."""

from __future__ import annotations

import json
from collections.abc import AsyncIterable, Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from matillion_async._errors import InvalidRequestError
from matillion_async._transport.values import Request


def authorize(request: Request, token: str) -> None:
    """Set the Authorization header (RFC 6750, section 2.1)."""
    request.headers = {**request.headers, "Authorization": f"Bearer {token}"}


def withdraw(request: Request) -> None:
    """Remove the Authorization header from a request that ended: some loggers show the variables of a traceback."""
    request.headers = {
        name: value for name, value in request.headers.items() if name != "Authorization"
    }


def sent_token(request: Request) -> str:
    """The access token that a request was sent with, or an empty string."""
    return request.headers.get("Authorization", "").removeprefix("Bearer ")


class RequestBuilder:
    """Makes requests below a base URL.

    Args:
        base_url: absolute; a path is appended to it.
        headers: sent with every request.
    """

    def __init__(self, base_url: str, headers: dict[str, str]) -> None:
        self._base_url = base_url
        self._headers = headers

    def build(self, arguments: dict[str, Any]) -> Request:
        """The request for the arguments that an operation's ``get_kwargs`` gives: those of ``httpx.AsyncClient.request``.

        Raises:
            InvalidRequestError: a value is not JSON, or not text that can be sent.
        """
        url = self._base_url + arguments["url"]
        params = arguments.get("params")
        if params:
            url = f"{url}?{_query(params)}"
        headers: Mapping[str, str] = self._headers  # shared by all that have no others
        body: bytes | AsyncIterable[bytes] = b""
        if "json" in arguments:
            body = as_json(arguments["json"])
            headers = merged(headers, {"Content-Type": "application/json"})
        elif "content" in arguments:
            body = arguments["content"]
        elif "files" in arguments:
            form, body = _form(arguments["files"])
            headers = merged(headers, form)
        own = arguments.get("headers")
        if own:
            headers = merged(headers, own)
        return Request(arguments["method"].upper(), url, headers, body)


def merged(headers: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """Headers, replaced and extended by ``own``; names are compared in any case."""
    names = {name.lower() for name in own}
    return {
        **{name: value for name, value in headers.items() if name.lower() not in names},
        **own,
    }


def as_json(document: object, default: Callable[[Any], Any] | None = None) -> bytes:
    """A body of JSON.

    Args:
        document: what it holds.
        default: converts what JSON has no form for.

    Raises:
        InvalidRequestError: it cannot be written as JSON.
    """
    try:
        text = json.dumps(
            document, default=default, ensure_ascii=False, separators=(",", ":"), allow_nan=False
        )
        return text.encode()
    except RecursionError:
        reason = "it is nested too deeply"
    except (TypeError, ValueError) as error:  # of text that is not Unicode as well
        reason = str(error)
    raise InvalidRequestError(f"json: {reason}")


def _form(files: Any) -> tuple[dict[str, str], AsyncIterable[bytes]]:
    """The headers and the body of a form with files of the types that httpx takes."""
    import httpx  # for the few operations that send one

    request = httpx.Request("POST", "http://localhost", files=files)
    assert isinstance(request.stream, httpx.AsyncByteStream)
    kept = ("Content-Type", "Content-Length")
    headers = {name: request.headers[name] for name in kept if name in request.headers}
    return headers, request.stream


def _query(params: Mapping[str, Any]) -> str:
    # A page of a listing has numbers only, under names that need no quoting: this costs a third.
    if all(type(v) is int and name.isidentifier() and name.isascii() for name, v in params.items()):
        return "&".join([f"{name}={value}" for name, value in params.items()])
    pairs = [
        (name, _text(each))
        for name, value in params.items()
        for each in (value if isinstance(value, list | tuple) else (value,))
    ]
    try:
        return urlencode(pairs)
    except UnicodeEncodeError as error:
        reason = str(error)
    raise InvalidRequestError(f"params: {reason}")


def _text(value: Any) -> str:
    """A value as a parameter of a URL."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
