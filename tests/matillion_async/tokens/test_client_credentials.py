"""The exchange with the token endpoint: what is sent, what counts as a token, and what is logged of it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matillion_async._tokens.client_credentials import ClientCredentials
from matillion_async._tokens.token_source import Token
from matillion_async._transport.adapters import as_transport
from tests.matillion_async.tokens.token_exchange import (
    AUDIENCE,
    SECRET,
    TOKEN,
    TOKEN_URL,
    assert_hidden,
    credentials,
    responding_with,
)

pytestmark = pytest.mark.virtual_time


class Recorder(httpx.AsyncBaseTransport):
    """Keeps the requests, and says whether it was closed."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.closed = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(200, json={"access_token": f"token-{len(self.requests)}"})

    async def aclose(self) -> None:
        self.closed = True


async def test_every_fetch_posts_the_whole_form() -> None:
    """Each request, renewals included, carries grant, id, secret and audience, in the body only."""
    recorder = Recorder()
    source = credentials(recorder)

    tokens = [await source.fetch() for _ in range(3)]

    assert ["token-1", "token-2", "token-3"] == [token.value for token in tokens]
    expected = [
        ("audience", AUDIENCE),
        ("client_id", "the-client"),
        ("client_secret", SECRET),
        ("grant_type", "client_credentials"),
    ]
    for request in recorder.requests:
        assert ("POST", TOKEN_URL) == (request.method, str(request.url))
        assert "application/x-www-form-urlencoded" == request.headers["Content-Type"]
        assert "application/json" == request.headers["Accept"]
        assert request.headers["User-Agent"].startswith("matillion-async/")
        assert "Authorization" not in request.headers
        assert expected == sorted(parse_qsl(request.content.decode("ascii")))
    assert not recorder.closed


@given(client_secret=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_secret_survives_the_form(client_secret: str) -> None:
    """Whatever characters a secret is made of, the server reads the same ones."""
    recorder = Recorder()
    source = ClientCredentials(
        client_id="the-client",
        client_secret=client_secret,
        token_url=TOKEN_URL,
        audience=AUDIENCE,
        transport=as_transport(recorder),
        timeout=1.0,
    )

    asyncio.run(source.fetch())

    form = dict(parse_qsl(recorder.requests[0].content.decode("ascii"), strict_parsing=True))
    assert client_secret == form["client_secret"]


async def test_the_time_limit_is_told_to_the_transport() -> None:
    """httpx transports take their time limits from the request."""
    recorder = Recorder()

    source = credentials(recorder, timeout=7.0)
    for connect in (4.5, 7.0):  # before a first token a connection has less
        await source.fetch()
        expected = {"connect": connect, "read": 7.0, "write": 7.0, "pool": None}
        assert expected == recorder.requests[-1].extensions["timeout"]


@pytest.mark.parametrize(
    ("expires_in", "expected"),
    [
        (1800, 1800.0),
        (0.5, 0.5),
        ("1800", 1800.0),
        ("12.5", 12.5),
        (None, None),
        (0, None),
        (-60, None),
        ("-60", None),
        ("soon", None),
        ("", None),
        ("NaN", None),
        ("Infinity", None),
        (True, None),
        ([60], None),
        (10**400, None),
    ],
)
async def test_the_life_of_a_token_is_a_positive_number_or_unknown(
    expires_in: object, expected: float | None
) -> None:
    """expires_in may be a number or a number in a string; anything else means that it is not known."""
    response = {"access_token": TOKEN, "token_type": "Bearer", "expires_in": expires_in}

    assert Token(TOKEN, expires_in=expected) == await responding_with(200, json=response).fetch()


@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity", "1e999"])
async def test_a_life_that_json_does_not_know_is_unknown(literal: str) -> None:
    """Numbers that Python's JSON reader lets through but no clock can use are ignored."""
    body = f'{{"access_token": "{TOKEN}", "expires_in": {literal}}}'

    assert Token(TOKEN) == await responding_with(200, text=body).fetch()


@pytest.mark.parametrize("extra", [{}, {"token_type": "bearer"}, {"token_type": "BEARER"}])
async def test_the_token_type_is_bearer_in_any_case_or_absent(extra: dict[str, str]) -> None:
    """The token type is compared without regard to case, and may be missing."""
    assert Token(TOKEN) == await responding_with(201, json={"access_token": TOKEN, **extra}).fetch()


@contextlib.asynccontextmanager
async def token_server(response: dict[str, Any]) -> AsyncIterator[str]:
    """A token endpoint on a loopback port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        body = json.dumps(response).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n")
        writer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/token"
    finally:
        server.close()
        await server.wait_closed()


def test_no_log_shows_the_secret_or_the_token(caplog: pytest.LogCaptureFixture) -> None:
    """With every logger at DEBUG a fetch over a real connection logs neither secret nor token."""
    caplog.set_level(logging.DEBUG)

    async def fetch() -> Token:
        response = {"access_token": TOKEN, "token_type": "Bearer", "expires_in": 1800}
        async with token_server(response) as url, httpx.AsyncHTTPTransport() as transport:
            return await credentials(transport, token_url=url).fetch()

    token = asyncio.run(fetch(), debug=True)

    assert TOKEN == token.value
    assert any(record.name.startswith("httpcore") for record in caplog.records)
    assert_hidden([f"{record.getMessage()} {record.__dict__!r}" for record in caplog.records])


FETCH = f"""
import asyncio, sys
from matillion_async import Response
from matillion_async._tokens.client_credentials import ClientCredentials
from matillion_async._transport.adapters import as_transport

class Printer:
    async def send(self, request):
        print(request.method, request.url, request.body.decode(), sorted(request.headers.items()))
        return Response(200, {{}}, b'{{"access_token": "token"}}')

source = ClientCredentials(client_id="the-client", client_secret={SECRET!r}, token_url={TOKEN_URL!r},
                           audience={AUDIENCE!r}, transport=Printer(), timeout=5.0)
assert asyncio.run(source.fetch()).value == "token"
assert "httpx2" not in sys.modules
"""


def test_httpx2_makes_no_difference(tmp_path: Path) -> None:
    """With httpx2 installed it is not imported, and the same request is sent as without it."""
    (tmp_path / "httpx2.py").write_text("raise RuntimeError('httpx2 was imported')")
    hide = "import sys; sys.modules['httpx2'] = None\n"
    undo = "del sys.modules['httpx2']\n"
    show = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
    # Authlib finds no httpx2 while this entry of sys.modules is None.
    without = hide + FETCH.replace('assert "httpx2"', undo + 'assert "httpx2"')

    outputs = [
        subprocess.run(
            [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
        ).stdout
        for code in (without, show + FETCH)
    ]

    assert "grant_type=client_credentials" in outputs[0]
    assert outputs[0] == outputs[1]
