"""``matillion api``: any call."""

from __future__ import annotations

import json
import sys
from http import HTTPStatus
from pathlib import Path

import click

from matillion_async._calls.raw import RawResponse, checked_path
from matillion_async._errors import InvalidRequestError
from matillion_async.cli._commands import Command
from matillion_async.cli._connection import connect
from matillion_async.cli._failures import UsageFailure
from matillion_async.cli._streams import binary_stdout, is_terminal, say

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_PHRASES = {status.value: status.phrase for status in HTTPStatus}
_WITHOUT_BODY = ("GET", "HEAD", "OPTIONS")


@click.command(name="api", cls=Command)
@click.argument("method", type=click.Choice(_METHODS, case_sensitive=False), metavar="METHOD")
@click.argument("path")
@click.option(
    "--query",
    "-q",
    "queries",
    multiple=True,
    metavar="NAME=VALUE",
    help="Query parameter; may be repeated.",
)
@click.option(
    "--data",
    metavar="JSON",
    help="The JSON body: itself, @FILE, or - for stdin. Other users can read arguments, so give secrets in a file.",
)
def command(method: str, path: str, queries: tuple[str, ...], data: str | None) -> None:
    """Call what has no command of its own: METHOD and a PATH that begins with /v1/.

    The body of the response is written as it came, indented on a terminal. Token, limits and errors are as for any
    command. A GET is repeated when it fails; anything else is sent once.

    \b
    Example: matillion api GET /v1/projects -q page=1
    Example: matillion api GET /v1/consumption -q consumedFrom=2026-03-01 -q consumedBefore=2026-03-02
    Example: matillion api PATCH /v1/agents/3b0f0d4e --data '{"name": "agent-eu"}'
    """
    method = method.upper()
    if data is not None and method in _WITHOUT_BODY:
        raise click.UsageError(f"{method} takes no --data", click.get_current_context())
    path, query = _checked(path)
    query += [_pair(text) for text in queries]
    content = None if data is None else _content(data)
    with connect() as connection:
        headers = {} if content is None else {"Content-Type": "application/json"}
        call = connection.client.request(
            method,
            path,
            params=query,
            content=content,
            headers=headers,
            idempotent=method in _WITHOUT_BODY,  # nothing is known of the others
        )
        _show(connection.run(call))


def _checked(path: str) -> tuple[str, list[tuple[str, str]]]:
    """The path and its query; refused if the request could leave the API."""
    try:
        return checked_path(path)
    except InvalidRequestError as error:
        raise click.UsageError(error.message, click.get_current_context()) from None


def _pair(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not name or not separator:
        raise click.UsageError(f"--query {text!r} is not NAME=VALUE", click.get_current_context())
    return name, value


def _content(data: str) -> bytes:
    try:
        if data == "-":
            content = sys.stdin.buffer.read() if sys.stdin is not None else b""
        elif data.startswith("@"):
            content = Path(data[1:]).read_bytes()
        else:
            content = data.encode()
    except OSError as error:
        raise UsageFailure(f"--data {data}: {error.strerror}") from None
    try:
        json.loads(content.decode())
    except UnicodeDecodeError:
        raise UsageFailure("--data is not JSON: it is not UTF-8") from None
    except ValueError as error:
        raise UsageFailure(f"--data is not JSON: {error}") from None
    return content


def _show(response: RawResponse) -> None:
    if not response.content:
        words = [str(response.status_code), _PHRASES.get(response.status_code, "")]
        say(f"{' '.join(filter(None, words))}, without a body.")
        return
    stream = binary_stdout()
    stream.write(_indented(response.content) if is_terminal(sys.stdout) else response.content)
    stream.flush()


def _indented(content: bytes) -> bytes:
    """JSON for people; what is not JSON stays as it is."""
    try:
        text = json.dumps(json.loads(content), indent=2, ensure_ascii=False)
    except ValueError:
        return content + b"\n"
    return text.encode("utf-8", errors="backslashreplace") + b"\n"
