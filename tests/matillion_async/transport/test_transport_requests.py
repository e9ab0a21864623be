"""What the transport sends, on real loopback sockets."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from matillion_async._calls.request import RequestBuilder, authorize
from matillion_async._transport.transport import AiohttpTransport
from tests.matillion_async.raw_server import Peer, answer_all, header, raw_server
from tests.matillion_async.transport.common import (
    METHODS,
    make_request,
)


async def test_the_request_is_written_as_it_is(transport: AiohttpTransport) -> None:
    """Method, target and headers arrive as the request has them, in its order and case, and no header more."""
    headers = [
        ("X-First", "1"),
        ("accept", "a/b"),
        ("x-twice", "a"),
        ("X-Twice", "b"),
        ("X-Ünicode".replace("Ü", "U"), "é".encode()),
    ]
    async with raw_server(answer_all) as server:
        await transport.handle_async_request(make_request(server.address, headers=headers))

    assert [
        b"GET /v1/projects?size=25 HTTP/1.1\r\n"
        + f"Host: {server.address}\r\n".encode()
        + b"X-First: 1\r\naccept: a/b\r\nx-twice: a\r\nX-Twice: b\r\nX-Unicode: \xc3\xa9\r\n\r\n"
    ] == server.requests


@pytest.mark.parametrize("method", METHODS)
async def test_no_method_gets_headers_of_its_own(transport: AiohttpTransport, method: str) -> None:
    """Without a body there is no Content-Type, and no Content-Length but the one httpx gave."""
    async with raw_server(answer_without_body) as server:
        request = make_request(server.address, method)
        await transport.handle_async_request(request)

    lines = [f"{key}: {value}" for key, value in request.headers.multi_items()]
    sent = server.requests[0].decode().split("\r\n")
    assert [f"{method} /v1/projects?size=25 HTTP/1.1", *lines, "", ""] == [
        sent[0],
        *(
            line.replace("Host", "host").replace("Content-Length", "content-length")
            for line in sent[1:]
        ),
    ]


async def answer_without_body(peer: Peer) -> None:
    """Answer 204 to everything, which is right for HEAD too."""
    while await peer.request():
        await peer.send(b"HTTP/1.1 204 No Content\r\n\r\n")


async def test_shared_headers_arrive_as_the_request_has_them(transport: AiohttpTransport) -> None:
    """Also when the token is renewed, and when somebody, such as a tracing transport, changes those of one request."""
    async with raw_server(answer_all) as server:
        builder = RequestBuilder(f"http://{server.address}", {"Accept": "application/json"})
        for token, trace in (("a", ""), ("a", ""), ("a", "t"), ("a", ""), ("b", ""), ("a", "")):
            request = builder.build({"method": "get", "url": "/v1/projects"})
            authorize(request, token)
            if trace:
                request.headers["Trace"] = trace
            await transport.handle_async_request(request)
        own = builder.build({"method": "get", "url": "/v1/a", "headers": {"Account-Id": "1"}})
        authorize(own, "a")
        await transport.handle_async_request(own)
    names = ("Authorization", "Trace", "Account-Id")
    assert [
        ("Bearer a", None, None),
        ("Bearer a", None, None),
        ("Bearer a", "t", None),
        ("Bearer a", None, None),
        ("Bearer b", None, None),
        ("Bearer a", None, None),
        ("Bearer a", None, "1"),
    ] == [tuple(header(request, name) for name in names) for request in server.requests]


async def test_headers_change_from_request_to_request(transport: AiohttpTransport) -> None:
    """Each request arrives with its own headers, also between others on the same connection."""
    async with raw_server(answer_all) as server:
        url = f"http://{server.address}/"
        for token in ("one", "one", "two", "one"):
            await transport.handle_async_request(
                httpx.Request("GET", url, headers={"Authorization": token})
            )
        await transport.handle_async_request(  # a POST gets another connection a moment later
            httpx.Request("PUT", url, headers={"Authorization": "one"}, content=b"body")
        )
        same = httpx.Request("GET", url, headers={"Authorization": "one"})
        await transport.handle_async_request(same)
        body = httpx.ByteStream(b"body")
        await transport.handle_async_request(
            httpx.Request("PUT", url, headers=same.headers, stream=body)
        )
        await transport.handle_async_request(same)

    assert ["one", "one", "two", *["one"] * 5] == [
        header(request, "authorization") for request in server.requests
    ]
    assert [None] * 4 + ["4", None, "4", None] == [
        header(request, "content-length") for request in server.requests
    ]
    assert 1 == server.accepted


async def test_the_path_is_not_quoted_again(transport: AiohttpTransport) -> None:
    """What httpx has percent-encoded stays as it is."""
    async with raw_server(answer_all) as server:
        url = httpx.URL(f"http://{server.address}/a%2Fb%20c/é?q=%26&r=+ x")
        await transport.handle_async_request(httpx.Request("GET", url))

    assert server.requests[0].startswith(b"GET " + url.raw_path + b" HTTP/1.1\r\n")


@pytest.mark.parametrize("size", [1, 65_536, 65_537, 3_000_000])
async def test_a_body_of_bytes_arrives_whole(transport: AiohttpTransport, size: int) -> None:
    """Bytes of any size are sent with their length and without a warning."""
    content = random.Random(1).randbytes(size)
    async with raw_server(answer_all) as server:
        await transport.handle_async_request(make_request(server.address, "POST", content=content))

    assert content == server.requests[0].split(b"\r\n\r\n", 1)[1]
    assert str(size) == header(server.requests[0], "content-length")
    assert header(server.requests[0], "transfer-encoding") is None


async def test_a_body_of_unknown_length_is_sent_in_chunks(transport: AiohttpTransport) -> None:
    """An async iterator goes out as it comes."""

    async def parts() -> AsyncIterator[bytes]:
        yield b"one"
        yield b"three"

    async with raw_server(answer_all) as server:
        await transport.handle_async_request(make_request(server.address, "POST", content=parts()))

    head, body = server.requests[0].split(b"\r\n\r\n", 1)
    assert body == b"3\r\none\r\n5\r\nthree\r\n0\r\n\r\n"
    assert header(head, "transfer-encoding") == "chunked"


async def test_a_stream_without_any_headers_is_still_http(transport: AiohttpTransport) -> None:
    """A request that was built around a stream gets the Host and the framing it needs."""

    class Stream(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield b"data"

    async with raw_server(answer_all) as server:
        await transport.handle_async_request(make_request(server.address, "PUT", stream=Stream()))

    head, body = server.requests[0].split(b"\r\n\r\n", 1)
    assert body == b"4\r\ndata\r\n0\r\n\r\n"
    assert server.address == header(head, "host")


async def test_a_body_has_one_length_only(transport: AiohttpTransport) -> None:
    """Content-Length and Transfer-Encoding together, which servers read differently, are never sent."""
    async with raw_server(answer_all) as server:
        headers = {"Transfer-Encoding": "chunked", "Content-Length": "4"}
        await transport.handle_async_request(
            make_request(server.address, "POST", content=b"data", headers=headers)
        )

    assert header(server.requests[0], "transfer-encoding") is None
    assert server.requests[0].endswith(b"\r\n\r\ndata")


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
        await peer.answer(str(len(received)).encode())

    with path.open("rb") as file:
        async with raw_server(look) as server:
            request = make_request(server.address, "POST", files={"file": file}, data={"name": "x"})
            response = await transport.handle_async_request(request)

    assert request.headers["content-length"] == response.text
    assert (header(server.requests[0], "content-type") or "").startswith(
        "multipart/form-data; bound"
    )
    assert position < size / 2


async def test_no_cookie_and_no_redirect_is_followed(transport: AiohttpTransport) -> None:
    """A redirect is an answer like others, and a cookie is not kept."""

    async def redirect(peer: Peer) -> None:
        while await peer.request():
            await peer.answer(b"", "Location: /elsewhere", "Set-Cookie: a=b", status="302 Found")

    async with raw_server(redirect) as server:
        await transport.handle_async_request(make_request(server.address))
        response = await transport.handle_async_request(make_request(server.address))

    assert (response.status_code, response.headers["location"]) == (302, "/elsewhere")
    assert len(server.requests) == 2
    assert all(header(request, "cookie") is None for request in server.requests)
