"""docs/troubleshooting.md: each message there is one that is raised, or written, for the reason that it is under."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import re
import socket
import ssl
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import httpx
import pytest
import trustme

from matillion_async import MatillionClient, MatillionError, Request, Response, Token
from matillion_async._transport.transport import AiohttpTransport
from matillion_async.cli._connection import credentials
from matillion_async.cli._options import GlobalOptions
from matillion_async.cli._waiting import Waiting
from matillion_async.sandbox import Sandbox, VirtualTimeLoop
from tests.matillion_async.raw_server import Behaviour, Peer, raw_server
from tests.matillion_async.transport.common import responding_with
from tests.repository.pages import ROOT

PAGE = ROOT / "docs" / "troubleshooting.md"
AUTHORITY = trustme.CA()
NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)

# What differs between the page and the servers of a test.
_HOSTS = re.compile(
    r"(id\.core\.matillion\.com|(eu1|us1|us9)\.api\.matillion\.com|proxy\.example\.com|127\.0\.0\.1|nowhere\.invalid|"
    r"api\.example\.com|localhost)(:\d+)?"
)
_NUMBERS = re.compile(r"\d+(\.\d+)? s\b")


def normal(message: str) -> str:
    """A message without names of servers and numbers of seconds."""
    text = _HOSTS.sub("HOST", message.replace("https://", "").replace("http://", ""))
    return _NUMBERS.sub("N s", text)


class Tokens:
    """A source whose tokens are there at once."""

    async def fetch(self) -> Token:
        return Token("a-token", expires_in=1800)


def for_token(url: str, **options: Any) -> MatillionClient:
    """A client whose token endpoint is at a URL."""
    return MatillionClient(
        client_id="an-id",
        client_secret="a-secret",
        region="eu1",
        token_url=f"{url}/token",
        **options,
    )


class Rerouted:
    """Leads to another server than the region's."""

    def __init__(self, url: str) -> None:
        self._to = url
        self._inner = AiohttpTransport()

    async def send(self, request: Request) -> Response:
        request.url = self._to + urlsplit(request.url).path
        return await self._inner.send(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


def for_region(url: str, **options: Any) -> MatillionClient:
    """A client of a region, where what is at a URL responds."""
    transport = Rerouted(url)
    return MatillionClient(region="us1", token_source=Tokens(), transport=transport, **options)


def for_api(url: str, **options: Any) -> MatillionClient:
    """A client whose API is at a URL."""
    return MatillionClient(base_url=url, token_source=Tokens(), **options)


async def told(
    client: MatillionClient, run: Callable[[MatillionClient], Awaitable[Any]] | None = None
) -> str:
    """The message of a first call that fails."""
    async with client:
        with pytest.raises(MatillionError) as caught:
            await (run or (lambda client: client.projects.list()))(client)
    return str(caught.value)


def certificate(name: str = "127.0.0.1", **validity: Any) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert(name, **validity).configure_cert(context)
    return context


def old_tls() -> ssl.SSLContext:
    context = certificate()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def saying(status: str, body: bytes = b"", *headers: str) -> Behaviour:
    """Respond to each request so."""

    async def behaviour(peer: Peer) -> None:
        while await peer.request():
            await peer.respond(body, *headers, status=status)

    return behaviour


async def speak_plainly(peer: Peer) -> None:
    await peer.reader.read(1)
    await peer.send(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


async def end_it(peer: Peer) -> None:
    await peer.head()


@contextlib.contextmanager
def free_port() -> Any:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    yield address


TEXT = "Content-Type: text/plain"
PROBLEM = "Content-Type: application/problem+json"
LOCKED = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
SHUT = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"


async def of_tls() -> AsyncIterator[str]:
    """What is raised by TLS when the authority is known."""
    for behaviour, context in (
        (saying("200 OK"), certificate(not_before=NOW + DAY, not_after=NOW + 2 * DAY)),
        (saying("200 OK"), certificate(not_before=NOW - 2 * DAY, not_after=NOW - DAY)),
        (speak_plainly, None),
        (saying("200 OK"), old_tls()),
    ):
        async with raw_server(behaviour, context) as server:
            yield await told(for_token(f"https://{server.address}", retry=None))


async def of_responses() -> AsyncIterator[str]:
    """What is raised by responses of a gateway, the token endpoint and the API."""
    for make, behaviour in (
        (for_token, saying("403 Forbidden", b"IP not allowed for any organization", TEXT)),
        (for_token, saying("401 Unauthorized")),
        (for_token, saying("302 Found")),
        (for_token, saying("404 Not Found", b"Not Found", TEXT)),
        (
            for_token,
            saying(
                "401 Unauthorized",
                b'{"error": "invalid_client", "error_description": "Invalid client credentials."}',
            ),
        ),
        (for_token, saying("503 Service Unavailable", b"Back soon", TEXT)),
        (for_region, saying("401 Unauthorized")),
        (for_region, saying("403 Forbidden", b'{"title": "Forbidden"}', PROBLEM)),
        (for_region, saying("404 Not Found", b'{"title": "Not Found"}', PROBLEM)),
        (for_region, saying("404 Not Found", b"404 page not found", TEXT)),
        (for_api, saying("200 OK", b"<!DOCTYPE html><p>Log in</p>", "Content-Type: text/html")),
    ):
        async with raw_server(behaviour) as server:
            yield await told(make(f"http://{server.address}", retry=None))
    yield await told(for_token("https://id.core.matillion.com", transport=Silent(), retry=None))
    async with raw_server(saying("503 Service Unavailable", b"Back soon", TEXT)) as server:
        yield await told(for_token(f"http://{server.address}", deadline=0.3))


class Silent(httpx.AsyncBaseTransport):
    """Takes as long as it is given."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("")


async def of_the_way(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    """What is raised when there is no way to a server."""
    yield await told(for_token("https://nowhere.invalid"))
    yield await told(for_region("https://nowhere.invalid"))
    with free_port() as address:
        yield await told(for_token(f"http://{address}", retry=None))
    for make in (for_token, for_api):
        async with raw_server(saying("200 OK"), certificate()) as server:
            yield await told(make(f"https://{server.address}"))
    for response in (LOCKED, SHUT):
        async with raw_server(responding_with(response)) as proxy:
            monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.address}")
            yield await told(for_token("https://api.example.com"))
    with free_port() as address:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{address}")
        yield await told(for_token("https://api.example.com"))
    async with raw_server(saying("200 OK"), certificate()) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"https://{proxy.address}")
        yield await told(for_token("https://api.example.com"))
    first = "matillion_async._tokens.client_credentials.FIRST_CONNECT_TIMEOUT"
    async with raw_server(Peer.wait_for_the_end) as proxy:
        monkeypatch.setattr(first, 0.2)
        monkeypatch.setenv("HTTPS_PROXY", f"http://{proxy.address}")
        yield await told(for_token("https://api.example.com", retry=None))


async def of_no_http() -> AsyncIterator[str]:
    """What is raised by servers that do not speak HTTP."""
    async with raw_server(end_it) as server:
        yield await told(for_token(f"http://{server.address}", retry=None))
    async with raw_server(responding_with(b"SSH-2.0-OpenSSH\r\n")) as server:
        yield await told(for_region(f"http://{server.address}", retry=None))


def of_settings() -> list[str]:
    """What is raised by settings."""
    messages = []
    for options in ({}, {"region": "mars", "client_id": "a", "client_secret": "b"}):
        with pytest.raises(MatillionError) as caught:
            MatillionClient(**options)  # type: ignore[arg-type]  # of whatever kind
        messages.append(str(caught.value))
    with click.Context(click.Command("x")), pytest.raises(click.UsageError) as usage:
        credentials(GlobalOptions())
    messages.append(f"matillion: {usage.value.format_message()}")
    client = MatillionClient(client_id="a", client_secret="b", region="eu1")

    async def enter() -> None:
        client._own_session.connection.enter_loop()

    asyncio.run(enter())
    with pytest.raises(MatillionError) as caught:
        asyncio.run(enter())
    messages.append(str(caught.value))
    asyncio.run(client.aclose())
    return messages


def of_waiting(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What the command line writes while it waits."""

    async def wait() -> None:
        waiting = Waiting(lambda: "no response yet from the token endpoint")
        sandbox = Sandbox(faults=["token:delay=5@1", "token:503x2"])
        async with sandbox.client(on_attempt=waiting.on_attempt) as client:
            with waiting.watch():
                await client.projects.list(size=1)

    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        runner.run(wait())
    return capsys.readouterr().err.splitlines()


def test_each_message_of_the_page_is_raised(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No message there is one of the past."""
    for name in (
        *("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "MATILLION_BASE_URL"),
        *("MATILLION_CLIENT_ID", "MATILLION_CLIENT_SECRET", "MATILLION_REGION"),
    ):
        monkeypatch.delenv(name, raising=False)

    async def raised() -> list[str]:
        messages = [message async for message in of_responses()]
        messages += [message async for message in of_no_http()]
        with monkeypatch.context() as patch:
            patch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
            AUTHORITY.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
            messages += [message async for message in of_tls()]
        with monkeypatch.context() as patch:
            messages += [message async for message in of_the_way(patch)]
        return messages

    known = [*asyncio.run(raised()), *of_settings(), *of_waiting(capsys)]
    page = PAGE.read_text(encoding="utf-8")
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    shown = [" ".join(text.split()) for language, text in blocks if not language]
    assert shown
    assert [] == [message for message in shown if normal(message) not in set(map(normal, known))]
