"""Servers and gateways that repeat the request in their responses: the access token is in no error."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from matillion_async import (
    MatillionClient,
    MatillionError,
    ResponseDecodingError,
    StatusError,
    Token,
)
from tests.matillion_async.raw_server import Peer, header, raw_server

TOKEN = "tok/en+0123456789=="


class Source:
    """Gives one token."""

    async def fetch(self) -> Token:
        return Token(TOKEN, expires_in=1800.0)


def as_text(head: bytes) -> tuple[str, bytes, str]:
    return "403 Forbidden", head, "text/plain"


def as_detail(head: bytes) -> tuple[str, bytes, str]:
    said = header(head, "authorization")
    body = {"title": f"no {said}", "detail": said, "instance": said, "violations": [said]}
    return "400 Bad Request", json.dumps(body).encode(), "application/problem+json"


def as_escaped_json(head: bytes) -> tuple[str, bytes, str]:
    body = json.dumps({"detail": header(head, "authorization")}).replace("/", "\\/")
    return "400 Bad Request", body.encode(), "application/json"


def as_reason(head: bytes) -> tuple[str, bytes, str]:
    return f"400 Refused {header(head, 'authorization')}", b"", "text/plain"


def as_url(head: bytes) -> tuple[str, bytes, str]:
    return "400 Bad Request", quote(header(head, "authorization") or "").encode(), "text/plain"


def at_the_cut(head: bytes) -> tuple[str, bytes, str]:
    said = header(head, "authorization") or ""
    return "400 Bad Request", b"x" * 1990 + said.encode(), "text/plain"


def as_another_shape(head: bytes) -> tuple[str, bytes, str]:
    return "200 OK", json.dumps({"results": header(head, "authorization")}).encode(), "text/plain"


def as_a_bad_row(head: bytes) -> tuple[str, bytes, str]:
    page = {"page": 0, "size": 25, "total": 1, "results": [header(head, "authorization")]}
    return "200 OK", json.dumps(page).encode(), "application/json"


def as_large_text(head: bytes) -> tuple[str, bytes, str]:
    said = header(head, "authorization") or ""
    return "200 OK", said.encode() + b" " * 1_000_000, "text/plain"


ECHOES = (
    as_text, as_detail, as_escaped_json, as_reason, as_url,
    at_the_cut, as_another_shape, as_a_bad_row, as_large_text,
)  # fmt: skip


def told(error: MatillionError) -> str:
    """All that an error says, and what it keeps."""
    rows = [row.data for row in getattr(error, "rows", ())]
    return f"{error} {error!r} {error.args} {vars(error)} {rows}"


@pytest.mark.parametrize("echo", ECHOES)
@pytest.mark.parametrize("is_plain", [False, True], ids=["built-in", "httpx"])
async def test_an_echo_of_the_token_is_in_no_error(echo: Any, is_plain: bool) -> None:
    """Neither message nor body nor problem has it, in whatever spelling and through whatever transport."""

    async def behaviour(peer: Peer) -> None:
        while head := await peer.request():
            status, body, kind = echo(head)
            said = header(head, "authorization")
            await peer.respond(
                body, f"Content-Type: {kind}", f"X-Request-Id: {said}", status=status
            )

    async with raw_server(behaviour) as server:
        client = MatillionClient(
            base_url=f"http://{server.address}",
            token_source=Source(),
            transport=httpx.AsyncHTTPTransport() if is_plain else None,
            retry=None,
        )
        async with client:
            with pytest.raises(MatillionError) as caught:
                await client.projects.list(page=0, size=25)
    text = told(caught.value)
    assert "tok" not in text.replace("token", "")
    assert "***" in text


async def test_a_broken_response_that_repeats_the_token() -> None:
    """An httpx transport quotes the line it cannot read; that has no token either."""

    async def behaviour(peer: Peer) -> None:
        while head := await peer.request():
            said = header(head, "authorization") or ""
            await peer.send(f"{said}\r\n\r\n".encode())
            return

    async with raw_server(behaviour) as server:
        transport = httpx.AsyncHTTPTransport()
        url = f"http://{server.address}"
        async with MatillionClient(
            base_url=url, token_source=Source(), transport=transport, retry=None
        ) as client:
            with pytest.raises(MatillionError, match=r"\*\*\*") as caught:
                await client.projects.list(page=0, size=25)
    assert TOKEN not in told(caught.value)


async def test_what_is_no_echo_is_told_as_it_is() -> None:
    """Nothing else of a response is changed."""

    async def behaviour(peer: Peer) -> None:
        while await peer.request():
            await peer.respond(b"Bearer \xff of news", status="400 Bad Request")

    async with raw_server(behaviour) as server:
        url = f"http://{server.address}"
        async with MatillionClient(base_url=url, token_source=Source()) as client:
            with pytest.raises(StatusError) as caught:
                await client.projects.list(page=0, size=25)
    assert "Bearer \ufffd of news" == caught.value.body


async def test_an_echo_of_the_token_as_an_encoding_is_in_no_error() -> None:
    """Of the headers of a success the Content-Encoding is quoted, if it cannot be undone."""

    async def behaviour(peer: Peer) -> None:
        while head := await peer.request():
            await peer.respond(b"{}", f"Content-Encoding: {header(head, 'authorization')}")

    async with raw_server(behaviour) as server:
        base_url = f"http://{server.address}"
        async with MatillionClient(base_url=base_url, token_source=Source()) as client:
            with pytest.raises(
                ResponseDecodingError, match=r"Content-Encoding 'Bearer \*\*\*'"
            ) as caught:
                await client.projects.list()
    assert TOKEN not in told(caught.value)
