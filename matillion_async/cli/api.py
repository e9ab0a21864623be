"""``matillion api``: any call."""

from __future__ import annotations

import json
import sys
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote

import click

from matillion_async.cli._commands import Command
from matillion_async.cli._connection import Connection, connect
from matillion_async.cli._failures import UsageFailure
from matillion_async.cli._output import Format, row_writer
from matillion_async.cli._raw import Query, pages_of, send
from matillion_async.cli._streams import binary_stdout, is_terminal, say

if TYPE_CHECKING:
    import httpx

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
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
@click.option(
    "--paginate",
    is_flag=True,
    help="Fetch all pages of a listing, and write their items as one JSON array.",
)
def command(
    method: str, path: str, queries: tuple[str, ...], data: str | None, paginate: bool
) -> None:
    """Call what has no command of its own: METHOD and a PATH that begins with /v1/.

    The body of the answer is written as it came, indented on a terminal. Token, limits and errors are as for any
    command. A GET is repeated when it fails; anything else is sent once.

    \b
    Example: matillion api GET /v1/projects --paginate
    Example: matillion api GET /v1/consumption -q consumedFrom=2026-03-01 -q consumedBefore=2026-03-02
    Example: matillion api PATCH /v1/agents/3b0f0d4e --data '{"name": "agent-eu"}'
    """
    method = method.upper()
    if paginate and method != "GET":
        raise click.UsageError("--paginate goes with GET only", click.get_current_context())
    if data is not None and method in _WITHOUT_BODY:
        raise click.UsageError(f"{method} takes no --data", click.get_current_context())
    path, query = _checked(path)
    query += [_pair(text) for text in queries]
    content = None if data is None else _content(data)
    with connect() as connection:
        if paginate:
            connection.run(_show_all(connection, path, query))
        else:
            _show(connection.run(send(connection.client, method, path, query, content)))


def _checked(path: str) -> tuple[str, Query]:
    """The path and its query; refused if the request could leave the API."""
    path, _, query = path.partition("?")
    segments = [unquote(segment) for segment in path.split("/")[1:]]
    if not path.startswith("/v1/"):
        problem = "must begin with /v1/, without a host"
    elif any(segment in ("", ".", "..") for segment in segments):
        problem = "must not have '.', '..' or nothing between two slashes"
    elif "#" in path or "\\" in path or not path.isprintable():
        problem = "must not have '#', a backslash or control characters"
    else:
        return path, parse_qsl(query, keep_blank_values=True)
    raise click.UsageError(f"the path {path!r} {problem}", click.get_current_context())


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


def _show(response: httpx.Response) -> None:
    if not response.content:
        say(f"{response.status_code} {response.reason_phrase}, without a body.")
        return
    stream = binary_stdout()
    stream.write(_indented(response.content) if is_terminal(sys.stdout) else response.content)
    stream.flush()


def _indented(content: bytes) -> bytes:
    """JSON for people; what is no JSON stays as it is."""
    try:
        text = json.dumps(json.loads(content), indent=2, ensure_ascii=False)
    except ValueError:
        return content + b"\n"
    return text.encode("utf-8", errors="backslashreplace") + b"\n"


async def _show_all(connection: Connection, path: str, query: Query) -> None:
    with row_writer(Format.JSON, ()) as writer:
        async with aclosing(pages_of(connection.client, path, query)) as pages:
            async for items in pages:
                writer.write(items)
