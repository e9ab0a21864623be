"""What the transport sends, on real loopback sockets."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from matillion_async import InvalidRequestError
from matillion_async._calls.request import RequestBuilder
from matillion_async._transport import errors
from matillion_async._transport.transport import AiohttpTransport
from matillion_async._transport.values import Request
from tests.matillion_async.raw_server import Peer, header, raw_server, respond_to_all
from tests.matillion_async.transport.common import (
    METHODS,
    failure,
    make_request,
    until,
)


async def test_the_request_is_written_as_it_is(transport: AiohttpTransport) -> None:
    """Method, target and headers arrive as the request has them, in its order and case, and no header more."""
    headers = {"X-First": "1", "accept": "a/b", "X-Second": "é"}
    async with raw_server(respond_to_all) as server:
        await transport.send(make_request(server.address, headers=headers))

    assert [
        b"GET /v1/projects?size=25 HTTP/1.1\r\n"
        + f"Host: {server.address}\r\n".encode()
        + b"X-First: 1\r\naccept: a/b\r\nX-Second: \xc3\xa9\r\n\r\n"
    ] == server.requests


@pytest.mark.parametrize("method", METHODS)
async def test_no_method_gets_headers_of_its_own(transport: AiohttpTransport, method: str) -> None:
    """Without a body there is no Content-Type, and a Content-Length only where one is expected."""
    async with raw_server(respond_without_body) as server:
        await transport.send(make_request(server.address, method))

    length = ["Content-Length: 0"] if method in ("PUT", "DELETE", "POST", "PATCH") else []
    lines = server.requests[0].decode().split("\r\n")
    assert [
        f"{method} /v1/projects?size=25 HTTP/1.1",
        f"Host: {server.address}",
        *length,
        "",
        "",
    ] == lines


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("size", [4, 70_000])
async def test_no_body_gets_a_type_of_its_own(
    transport: AiohttpTransport, method: str, size: int
) -> None:
    """Of any method, whether it is written in one go or in pieces; only its length is told."""
    async with raw_server(respond_without_body) as server:
        await transport.send(make_request(server.address, method, content=bytes(size)))

    (request,) = server.requests
    assert (
        f"Host: {server.address}\r\nContent-Length: {size}\r\n\r\n".encode()
        == (request[:-size].partition(b"\r\n")[2])
    )


async def respond_without_body(peer: Peer) -> None:
    """Respond with 204 to everything, which is right for HEAD too."""
    while await peer.request():
        await peer.send(b"HTTP/1.1 204 No Content\r\n\r\n")


async def test_headers_change_from_request_to_request(transport: AiohttpTransport) -> None:
    """Each request arrives with its own headers, also between others on the same connection."""
    async with raw_server(respond_to_all) as server:
        for token in ("one", "one", "two", "one"):
            request = make_request(server.address, headers={"Authorization": token})
            await transport.send(request)
        same = {"Authorization": "one"}
        await transport.send(make_request(server.address, "PUT", headers=same, content=b"body"))
        await transport.send(make_request(server.address, headers=same))

    assert ["one", "one", "two", "one", "one", "one"] == [
        header(request, "authorization") for request in server.requests
    ]
    assert [None] * 4 + ["4", None] == [
        header(request, "content-length") for request in server.requests
    ]
    assert 1 == server.accepted


@pytest.mark.parametrize("size", [4, 70_000])
async def test_a_header_of_the_request_wins(transport: AiohttpTransport, size: int) -> None:
    """Whatever the transport would set by itself, in whatever case its name is, it is sent once."""
    headers = {"host": "other.example", "content-length": str(size)}
    async with raw_server(respond_to_all) as server:
        request = make_request(server.address, "POST", headers=headers, content=bytes(size))
        await transport.send(request)

    lines = server.requests[0].lower().split(b"\r\n")
    assert 1 == sum(line.startswith(b"host:") for line in lines)
    assert 1 == sum(line.startswith(b"content-length:") for line in lines)
    assert "other.example" == header(server.requests[0], "host")


@pytest.mark.parametrize("name", ["X-A", "X-A\n"])
@pytest.mark.parametrize("value", ["a\r\nX-Injected: 1", "a\nb", "a\0b"])
async def test_a_header_that_is_not_text_is_not_sent(
    transport: AiohttpTransport, name: str, value: str
) -> None:
    """A line break would be a header more; nothing is written, and the value is not shown."""
    async with raw_server(respond_to_all) as server:
        request = make_request(server.address, "POST", headers={name: value}, content=b"{}")
        error = await failure(transport, request)

    assert errors.LocalProtocolError is type(error)
    assert value not in str(error)
    assert [] == server.requests


async def test_the_path_is_not_quoted_again(transport: AiohttpTransport) -> None:
    """What is percent-encoded stays as it is."""
    async with raw_server(respond_to_all) as server:
        path = "/a%2Fb%20c/%C3%A9?q=%26&r=+%20x"
        await transport.send(Request("GET", f"http://{server.address}{path}", {}))

    assert server.requests[0].startswith(f"GET {path} HTTP/1.1\r\n".encode())


@pytest.mark.parametrize("size", [1, 65_536, 65_537, 3_000_000])
async def test_a_body_of_bytes_arrives_whole(transport: AiohttpTransport, size: int) -> None:
    """Bytes of any size are sent with their length and without a warning."""
    content = random.Random(1).randbytes(size)
    async with raw_server(respond_to_all) as server:
        await transport.send(make_request(server.address, "POST", content=content))

    assert content == server.requests[0].split(b"\r\n\r\n", 1)[1]
    assert str(size) == header(server.requests[0], "content-length")
    assert header(server.requests[0], "transfer-encoding") is None


async def test_a_body_of_unknown_length_is_sent_in_chunks(transport: AiohttpTransport) -> None:
    """An async iterator goes out as it comes."""

    async def parts() -> AsyncIterator[bytes]:
        yield b"one"
        yield b"three"

    async with raw_server(respond_to_all) as server:
        await transport.send(make_request(server.address, "POST", content=parts()))

    head, body = server.requests[0].split(b"\r\n\r\n", 1)
    assert body == b"3\r\none\r\n5\r\nthree\r\n0\r\n\r\n"
    assert header(head, "transfer-encoding") == "chunked"


async def test_a_body_in_pieces_has_the_length_it_says(transport: AiohttpTransport) -> None:
    """With a Content-Length, in whatever case, it is not sent in chunks."""

    async def parts() -> AsyncIterator[bytes]:
        yield b"one"
        yield b"three"

    async with raw_server(respond_to_all) as server:
        headers = {"content-length": "8"}
        await transport.send(make_request(server.address, "POST", headers=headers, content=parts()))

    assert header(server.requests[0], "transfer-encoding") is None
    assert server.requests[0].endswith(b"\r\n\r\nonethree")


@pytest.mark.parametrize(
    ("given", "length", "kind", "told"),
    [
        ([b"abc", b"de"], "6", InvalidRequestError, "the body ended after 5 of the 6 bytes"),
        ([b"abc", b"de"], "4", errors.LocalProtocolError, "more than the 4 bytes"),
        ([b"abc"], "0", errors.LocalProtocolError, "more than the 0 bytes"),
        ([b"abc", "de"], "5", TypeError, "a piece of the body must be bytes, not str"),
        ([b"abc", None], None, TypeError, "a piece of the body must be bytes, not NoneType"),
    ],
)
async def test_a_body_that_is_not_what_was_announced_is_not_sent_whole(
    transport: AiohttpTransport,
    given: list[Any],
    length: str | None,
    kind: type[Exception],
    told: str,
) -> None:
    """Cut to its length it would be another body, and for the rest of it a server would wait for ever."""

    async def parts() -> AsyncIterator[bytes]:
        for part in given:
            yield part

    headers = {} if length is None else {"content-length": length}
    async with raw_server(respond_to_all) as server:
        request = make_request(server.address, "POST", headers=headers, content=parts())
        with pytest.raises(kind, match=told):
            await transport.send(request)
        await until(lambda: not server.peers)
    assert [] == server.requests


@pytest.mark.parametrize("length", ["-5", "five", "", "\u0665"])
async def test_a_length_that_is_none_is_refused(transport: AiohttpTransport, length: str) -> None:
    """Before anything is sent."""

    async def parts() -> AsyncIterator[bytes]:
        yield b"abc"

    headers = {"Content-Length": length}
    async with raw_server(respond_to_all) as server:
        request = make_request(server.address, "POST", headers=headers, content=parts())
        error = await failure(transport, request)
    assert errors.LocalProtocolError is type(error)
    assert 0 == server.accepted


async def test_a_file_is_uploaded_while_it_is_read(
    transport: AiohttpTransport, tmp_path: Path
) -> None:
    """A multipart upload from disk is streamed: while the server does not read, neither does the client."""
    path = tmp_path / "large.zip"
    size = 32 * 2**20
    path.write_bytes(bytes(size))
    position = size

    async def look(peer: Peer) -> None:
        nonlocal position
        head = await peer.head()
        position = file.tell()
        received = await peer.reader.readexactly(int(header(head, "content-length") or 0))
        peer.server.requests.append(head + received[:200])
        await peer.respond(str(len(received)).encode())

    with path.open("rb") as file:
        async with raw_server(look) as server:
            builder = RequestBuilder(f"http://{server.address}", {})
            request = builder.build({"method": "post", "url": "/v1", "files": [("file", file)]})
            response = await transport.send(request)

    assert request.headers["Content-Length"] == response.text
    assert (header(server.requests[0], "content-type") or "").startswith(
        "multipart/form-data; bound"
    )
    assert position < size / 2


async def test_no_cookie_and_no_redirect_is_followed(transport: AiohttpTransport) -> None:
    """A redirect is a response like others, and a cookie is not kept."""

    async def redirect(peer: Peer) -> None:
        while await peer.request():
            await peer.respond(b"", "Location: /elsewhere", "Set-Cookie: a=b", status="302 Found")

    async with raw_server(redirect) as server:
        await transport.send(make_request(server.address))
        response = await transport.send(make_request(server.address))

    assert (response.status_code, response.header("location")) == (302, "/elsewhere")
    assert len(server.requests) == 2
    assert all(header(request, "cookie") is None for request in server.requests)
