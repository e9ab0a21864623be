"""The default transport, on real loopback sockets: what is sent, what comes back, and what each failure means."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import gzip
import random
import socket
import ssl
import traceback
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import aiohttp
import httpx
import pytest
import trustme

from matillion_async._calls.request import RequestBuilder, authorize
from matillion_async._errors import ClientStateError, ConfigurationError
from matillion_async._transport.answers import _Encoded
from matillion_async._transport.transport import AiohttpTransport
from tests.matillion_async.raw_server import Behaviour, Peer, answer_all, header, raw_server

LIMITS = {"connect": 5.0, "read": 5.0, "write": 5.0, "pool": 5.0}
SHORT = 0.05
"""Seconds for limits that are meant to pass."""

AIOHTTP = tuple(int(part) for part in aiohttp.__version__.split(".")[:2])
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
METHODS = ("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "POST", "PATCH")


def make_request(
    address: str,
    method: str = "GET",
    *,
    scheme: str = "http",
    limits: dict[str, float] | None = None,
    **options: object,
) -> httpx.Request:
    """A request to a raw server, with limits that only a hanging test reaches."""
    return httpx.Request(
        method,
        f"{scheme}://{address}/v1/projects?size=25",
        extensions={"timeout": LIMITS | (limits or {})},
        **options,  # type: ignore[arg-type] # whatever httpx.Request takes
    )


@pytest.fixture
async def transport(unhandled: list[dict[str, object]]) -> AsyncIterator[AiohttpTransport]:
    """A transport that ignores the environment; after the test nothing is busy and nothing went unnoticed."""
    async with AiohttpTransport(trust_env=False) as transport:
        yield transport
        assert transport.busy_connections == 0
    gc.collect()
    assert unhandled == []


@pytest.fixture
async def unhandled() -> AsyncIterator[list[dict[str, object]]]:
    """What reached the event loop's exception handler: errors of tasks that nobody awaited, and the like."""
    loop = asyncio.get_running_loop()
    contexts: list[dict[str, object]] = []

    def note(_: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        # aiohttp before 3.14 forgets a future when an upload is cut short; that is only noise in the log.
        if not (AIOHTTP < (3, 14) and "Connection lost" in str(context.get("exception"))):
            contexts.append(context)

    loop.set_exception_handler(note)
    yield contexts
    loop.set_exception_handler(None)


# What is sent


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
        await transport.handle_async_request(
            httpx.Request("POST", url, headers={"Authorization": "one"}, content=b"body")
        )
        same = httpx.Request("GET", url, headers={"Authorization": "one"})
        await transport.handle_async_request(same)
        body = httpx.ByteStream(b"body")
        await transport.handle_async_request(
            httpx.Request("POST", url, headers=same.headers, stream=body)
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


# What comes back


async def test_the_answer_is_complete(transport: AiohttpTransport) -> None:
    """Status, reason, headers in their order, body, version, request and the time it took."""

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        await peer.answer(b'{"a": 1}', "X-B: 1", "x-a: 2", "X-B: 3", status="520 Origin Is Strange")

    async with raw_server(behaviour) as server:
        request = make_request(server.address)
        response = await transport.handle_async_request(request)

    assert response.status_code == 520
    assert response.reason_phrase == "Origin Is Strange"
    assert response.http_version == "HTTP/1.1"
    assert (response.headers.raw) == [
        (b"Content-Length", b"8"),
        (b"X-B", b"1"),
        (b"x-a", b"2"),
        (b"X-B", b"3"),
    ]
    assert response.json() == {"a": 1}
    assert request is response.request
    assert response.is_closed
    assert timedelta() < response.elapsed < timedelta(seconds=5)
    assert list(response.iter_bytes(3)) == [b'{"a', b'": ', b"1}"]
    assert [part async for part in response.aiter_bytes()] == [b'{"a": 1}']


@pytest.mark.parametrize("framing", ["length", "chunked", "until the end"])
@pytest.mark.parametrize("encoding", ["identity", "gzip", None])
async def test_the_body_is_decoded_once(
    transport: AiohttpTransport, framing: str, encoding: str | None
) -> None:
    """Compressed or not, in one piece, in chunks or until the connection ends: the text is right, headers stay."""
    text = "Täglich geladen. " * 10_000
    body = gzip.compress(text.encode()) if encoding == "gzip" else text.encode()

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n"
        if encoding:
            head += f"Content-Encoding: {encoding}\r\n"
        if framing == "length":
            await peer.send(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        elif framing == "chunked":
            await peer.send(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
            for start in range(0, len(body), 9000):
                piece = body[start : start + 9000]
                await peer.send(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            await peer.send(b"0\r\n\r\n")
        else:
            await peer.send(f"{head}\r\n".encode() + body)

    async with raw_server(behaviour) as server:
        response = await transport.handle_async_request(make_request(server.address))

    assert text == response.text
    assert encoding == response.headers.get("content-encoding")


async def test_a_large_body_is_unpacked_in_pieces(transport: AiohttpTransport) -> None:
    """Other tasks have their turn in between."""
    text = "".join(chr(33 + number * number % 90) for number in range(2_000_000))
    packed = gzip.compress(random.Random(1).randbytes(200_000) + text.encode())

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        await peer.answer(packed, "Content-Encoding: gzip")

    turns = 0

    async def tick() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    pieces = _Encoded(packed)
    ticking = asyncio.create_task(tick())
    unpacked = await httpx.Response(
        200, headers={"Content-Encoding": "gzip"}, stream=pieces
    ).aread()
    counted = turns
    ticking.cancel()
    async with raw_server(behaviour) as server:
        response = await transport.handle_async_request(make_request(server.address))

    assert unpacked.endswith(text.encode())
    assert counted >= len(packed) // 16_384
    assert unpacked == response.content
    assert isinstance(response.stream, _Encoded)


async def test_rubbish_in_a_later_piece_is_a_decoding_error_too(
    transport: AiohttpTransport,
) -> None:
    """Whatever was unpacked before it."""
    packed = gzip.compress(random.Random(1).randbytes(200_000))[:50_000] + b"\xff" * 200_000

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        await peer.answer(packed, "Content-Encoding: gzip")

    async with raw_server(behaviour) as server:
        with pytest.raises(httpx.DecodingError):
            await transport.handle_async_request(make_request(server.address))


async def test_a_body_that_is_not_what_its_encoding_says_is_a_decoding_error(
    transport: AiohttpTransport,
) -> None:
    """Rubbish under ``Content-Encoding: gzip`` is reported by httpx, with the request."""

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        await peer.answer(b"rubbish", "Content-Encoding: gzip")

    async with raw_server(behaviour) as server:
        request = make_request(server.address)
        with pytest.raises(httpx.DecodingError) as caught:
            await transport.handle_async_request(request)

    assert request is caught.value.request


async def test_it_works_below_an_httpx_client(transport: AiohttpTransport) -> None:
    """As the transport of an httpx.AsyncClient it serves requests, streams, hooks and time limits."""
    seen: list[int] = []

    async def hook(response: httpx.Response) -> None:
        await response.aread()
        seen.append(response.status_code)

    async with (
        raw_server(answer_all) as server,
        httpx.AsyncClient(
            transport=transport,
            base_url=f"http://{server.address}",
            event_hooks={"response": [hook]},
        ) as client,
    ):
        response = await client.post("/a", json={"a": 1}, timeout=5)
        assert response.text == "ok"
        assert response.elapsed > timedelta()
        async with client.stream("GET", "/b") as streamed:
            assert b"".join([part async for part in streamed.aiter_bytes()]) == b"ok"
        assert seen == [200, 200]
    assert server.requests[0].endswith(b'\r\n\r\n{"a":1}')


async def test_connections_are_reused(transport: AiohttpTransport) -> None:
    """Calls one after the other share a connection, those at the same time do not."""
    async with raw_server(answer_all) as server:
        for _ in range(3):
            await transport.handle_async_request(make_request(server.address))
        assert server.accepted == 1
        requests = [make_request(server.address) for _ in range(5)]
        await asyncio.gather(*map(transport.handle_async_request, requests))

    assert server.accepted == 5


async def test_an_idle_connection_is_closed_after_its_time() -> None:
    """``keepalive_expiry`` seconds after the last answer the connection is closed, also without another call."""
    ended = asyncio.Event()

    async def behaviour(peer: Peer) -> None:
        await answer_all(peer)
        ended.set()

    async with (
        raw_server(behaviour) as server,
        AiohttpTransport(keepalive_expiry=SHORT) as transport,
    ):
        await transport.handle_async_request(make_request(server.address))
        async with asyncio.timeout(5):
            await ended.wait()


# Failures: never sent


async def failure(transport: AiohttpTransport, request: httpx.Request) -> httpx.TransportError:
    """The error of a call that must fail, after looking at what it drags along."""
    with pytest.raises(httpx.TransportError) as caught:
        await transport.handle_async_request(request)
    error = caught.value
    assert request is error.request
    assert error.__cause__ is None
    assert error.__context__ is None
    assert transport.busy_connections == 0
    return error


async def test_a_refused_connection_was_never_sent(transport: AiohttpTransport) -> None:
    """Nobody listens: ConnectError, which says where."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    error = await failure(transport, make_request(address, "POST"))

    assert httpx.ConnectError is type(error)
    assert address in str(error)


async def test_an_unknown_name_was_never_sent(
    transport: AiohttpTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host that cannot be resolved: ConnectError, which says which."""

    async def unknown(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", unknown)
    error = await failure(transport, make_request("nowhere.example:80", "POST"))

    assert httpx.ConnectError is type(error)
    assert "nowhere.example" in str(error)


async def test_a_handshake_that_takes_too_long_was_never_sent(transport: AiohttpTransport) -> None:
    """A server that accepts and says nothing while TLS is negotiated: ConnectTimeout."""
    async with raw_server(Peer.wait_for_the_end) as server:
        request = make_request(server.address, "POST", scheme="https", limits={"connect": SHORT})
        assert httpx.ConnectTimeout is type(await failure(transport, request))


async def test_a_server_without_tls_was_never_sent(transport: AiohttpTransport) -> None:
    """A server that answers TLS in plain text: ConnectError."""

    async def behaviour(peer: Peer) -> None:
        await peer.reader.read(1)
        await peer.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with raw_server(behaviour) as server:
        request = make_request(server.address, "POST", scheme="https")
        assert httpx.ConnectError is type(await failure(transport, request))


async def test_waiting_for_a_connection_was_never_sent() -> None:
    """When all connections stay busy for the time in ``pool``: PoolTimeout; then the place is free again."""
    go = asyncio.Event()

    async def behaviour(peer: Peer) -> None:
        while await peer.request():
            await go.wait()
            await peer.answer()

    async with raw_server(behaviour) as server, AiohttpTransport(max_connections=1) as transport:
        first = asyncio.create_task(transport.handle_async_request(make_request(server.address)))
        await until(lambda: len(server.requests) == 1)
        assert transport.busy_connections == 1
        with pytest.raises(httpx.PoolTimeout):
            await transport.handle_async_request(
                make_request(server.address, limits={"pool": SHORT})
            )
        go.set()
        assert (await first).status_code == 200
        assert (
            await transport.handle_async_request(make_request(server.address))
        ).status_code == 200
    assert len(server.requests) == 2


async def until(condition: Callable[[], bool]) -> None:
    """Let the event loop run until something has happened."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - of any kind, also one that nothing announces
            await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({"X-A": "1\r\nX-B: 2"}, "line break"),
        ({"X-A\n": "1"}, "line break"),
        ({"X-A": "1\0"}, "line break"),
        ({"X-A": b"\xff"}, "UTF-8"),
    ],
)
async def test_a_header_that_is_none_is_never_sent(
    transport: AiohttpTransport, headers: dict[str, str], said: str
) -> None:
    """A header with a line break could become two: LocalProtocolError before there is a connection."""
    async with raw_server(answer_all) as server:
        error = await failure(transport, make_request(server.address, headers=headers))

    assert httpx.LocalProtocolError is type(error)
    assert said in str(error)
    assert server.accepted == 0


async def test_a_method_that_is_none_is_never_sent(transport: AiohttpTransport) -> None:
    """A method with a line break: LocalProtocolError before there is a connection."""
    async with raw_server(answer_all) as server:
        error = await failure(transport, make_request(server.address, "GET /\r\n"))

    assert httpx.LocalProtocolError is type(error)
    assert server.accepted == 0


async def test_other_schemes_are_never_sent(transport: AiohttpTransport) -> None:
    """Only http and https are spoken."""
    error = await failure(transport, make_request("127.0.0.1:1", scheme="ftp"))

    assert httpx.UnsupportedProtocol is type(error)
    assert "ftp" in str(error)


# Failures: the server may have acted


async def close_at_once(peer: Peer) -> None:
    """Close the connection without reading."""


async def reset_at_once(peer: Peer) -> None:
    """Break the connection without reading."""
    peer.reset()


async def read_and_close(peer: Peer) -> None:
    """Read a whole request, then close."""
    await peer.request()


async def read_and_reset(peer: Peer) -> None:
    """Read a whole request, then break the connection."""
    await peer.request()
    peer.reset()


def answering(answer: bytes) -> Behaviour:
    """Read a whole request, send these bytes, close."""

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        await peer.send(answer)

    return behaviour


HEAD = b"HTTP/1.1 200 OK\r\n"
BROKEN_ANSWERS = {
    "no http": answering(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"),
    "not even text": answering(b"\x00\xff\xfe" * 20 + b"\r\n\r\n"),
    "bad status": answering(b"HTTP/1.1 abc OK\r\n\r\n"),
    "bad header": answering(HEAD + b"no colon\r\n\r\n"),
    "endless header": answering(HEAD + b"X: " + b"x" * 100_000 + b"\r\n\r\n"),
    "half a head": answering(HEAD + b"Content-Len"),
    "bad length": answering(HEAD + b"Content-Length: many\r\n\r\n"),
    "cut body": answering(HEAD + b"Content-Length: 100\r\n\r\nhalf"),
    "cut chunks": answering(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
    "cut in a chunk": answering(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhe"),
    "bad chunk": answering(HEAD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n0\r\n\r\n"),
    "two lengths": answering(HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc"),
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "behaviour", [close_at_once, reset_at_once, read_and_close, read_and_reset]
)
async def test_a_broken_connection_is_reported_once_and_as_possibly_processed(
    transport: AiohttpTransport, method: str, behaviour: Behaviour
) -> None:
    """The server ends the connection before an answer, whether it has read the request or not: one send, no method is
    sent again by itself, and the error is none of those that mean "never sent"."""
    async with raw_server(behaviour) as server:
        content = b"{}" if method in ("PUT", "POST", "PATCH") else None
        error = await failure(transport, make_request(server.address, method, content=content))

    assert isinstance(error, httpx.RemoteProtocolError | httpx.ReadError | httpx.WriteError)
    assert server.accepted == 1


async def test_a_server_that_reads_a_post_and_disconnects_may_have_processed_it(
    transport: AiohttpTransport,
) -> None:
    """It is a RemoteProtocolError, not a failure to connect."""
    async with raw_server(read_and_close) as server:
        error = await failure(transport, make_request(server.address, "POST", content=b"{}"))

    assert httpx.RemoteProtocolError is type(error)
    assert len(server.requests) == 1


@pytest.mark.parametrize("method", METHODS)
async def test_a_connection_that_breaks_when_reused_is_not_replaced_in_silence(
    transport: AiohttpTransport, method: str
) -> None:
    """The server closes a kept connection upon the second request: it may have been processed, so it is not sent
    again, and the third call gets a new connection."""

    async def answer_once(peer: Peer) -> None:
        await peer.request()
        await peer.send(b"HTTP/1.1 204 No Content\r\n\r\n")
        await peer.request()

    async with raw_server(answer_once) as server:
        await transport.handle_async_request(make_request(server.address, method))
        error = await failure(transport, make_request(server.address, method))
        assert httpx.RemoteProtocolError is type(error)
        assert (server.accepted, len(server.requests)) == (1, 2)
        response = await transport.handle_async_request(make_request(server.address, method))

    assert response.status_code == 204
    assert (server.accepted, len(server.requests)) == (2, 3)


async def test_a_connection_that_the_server_closed_while_idle_is_not_used(
    transport: AiohttpTransport,
) -> None:
    """Its end is seen before the next request, which goes out once, on a new connection."""

    async def answer_and_close(peer: Peer) -> None:
        await peer.request()
        await peer.answer()

    async with raw_server(answer_and_close) as server:
        for _ in range(3):
            await transport.handle_async_request(make_request(server.address, "POST"))
            await until(lambda: not server.peers)
            await asyncio.sleep(0)  # the client's end sees it in this turn of the event loop

    assert (server.accepted, len(server.requests)) == (3, 3)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", BROKEN_ANSWERS)
async def test_an_answer_that_is_not_whole_http_is_the_servers_fault(
    transport: AiohttpTransport, method: str, name: str
) -> None:
    """Malformed, contradictory or cut off: RemoteProtocolError, and the request was sent once."""
    async with raw_server(BROKEN_ANSWERS[name]) as server:
        error = await failure(transport, make_request(server.address, method))

    assert httpx.RemoteProtocolError is type(error)
    assert len(server.requests) == 1
    assert "\n" not in str(error)


async def test_a_reset_in_the_body_is_a_read_error(transport: AiohttpTransport) -> None:
    """The connection breaks in the middle of the answer."""

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        await peer.send(HEAD + b"Content-Length: 100\r\n\r\nhalf")
        await peer.reader.read(1)

    async with raw_server(behaviour) as server:
        task = asyncio.create_task(failure(transport, make_request(server.address)))
        await until(lambda: bool(server.requests))
        for peer in list(server.peers):
            linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
            peer.writer.get_extra_info("socket").setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, linger
            )
            peer.reset()
        error = await task

    assert isinstance(error, httpx.ReadError | httpx.RemoteProtocolError)


@pytest.mark.parametrize(
    "start",
    [b"", HEAD, HEAD + b"Content-Length: 9\r\n\r\n", HEAD + b"Content-Length: 9\r\n\r\nhalf"],
)
async def test_an_answer_that_stops_is_a_read_timeout(
    transport: AiohttpTransport, start: bytes
) -> None:
    """No byte for the time in ``read``, before the answer, in its head or in its body: ReadTimeout."""

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        await peer.send(start)
        await peer.wait_for_the_end()

    async with raw_server(behaviour) as server:
        request = make_request(server.address, "POST", content=b"{}", limits={"read": SHORT})
        assert httpx.ReadTimeout is type(await failure(transport, request))


async def test_limits_of_zero_are_limits(transport: AiohttpTransport) -> None:
    """0 seconds is not taken for "no limit"."""
    async with raw_server(Peer.wait_for_the_end) as server:
        request = make_request(server.address, limits={"read": 0})
        assert httpx.ReadTimeout is type(await failure(transport, request))


async def test_an_upload_that_the_server_does_not_take_is_a_write_timeout(
    transport: AiohttpTransport,
) -> None:
    """A server that stops reading: WriteTimeout after the time in ``write``, although ``read`` is long."""
    async with raw_server(Peer.wait_for_the_end) as server:
        request = make_request(
            server.address, "POST", content=bytes(64 * 2**20), limits={"write": SHORT}
        )
        assert httpx.WriteTimeout is type(await failure(transport, request))


async def test_the_time_to_make_a_body_is_not_limited(transport: AiohttpTransport) -> None:
    """Only the network's time counts for ``write``, not that of the source of the body."""

    async def slow() -> AsyncIterator[bytes]:
        for _ in range(2):
            for _ in range(20):
                await asyncio.sleep(0)
            yield b"part"

    async with raw_server(answer_all) as server:
        request = make_request(server.address, "POST", content=slow(), limits={"write": 0.0})
        assert (await transport.handle_async_request(request)).status_code == 200


async def test_a_connection_that_breaks_during_an_upload_may_have_been_processed(
    transport: AiohttpTransport,
) -> None:
    """The server goes away in the middle of the body: an error of reading or writing."""

    async def behaviour(peer: Peer) -> None:
        await peer.head()
        await peer.reader.readexactly(100_000)
        peer.reset()

    async with raw_server(behaviour) as server:
        request = make_request(server.address, "POST", content=bytes(64 * 2**20))
        error = await failure(transport, request)

    assert isinstance(error, httpx.WriteError | httpx.ReadError | httpx.RemoteProtocolError)


async def test_an_answer_before_the_end_of_the_upload_counts(transport: AiohttpTransport) -> None:
    """A server that refuses a body before it has read it is heard, and the connection is not used again."""

    async def behaviour(peer: Peer) -> None:
        await peer.head()
        await peer.answer(b"too large", status="413 Content Too Large")
        await peer.wait_for_the_end()

    async with raw_server(behaviour) as server:
        for _ in range(2):
            request = make_request(server.address, "POST", content=bytes(64 * 2**20))
            response = await transport.handle_async_request(request)
            assert (response.status_code, response.text) == (413, "too large")

    assert server.accepted == 2


@pytest.mark.parametrize("error", [OSError("disk"), TimeoutError("disk"), ValueError("disk")])
async def test_an_error_of_the_bodys_own_comes_back_as_it_is(
    transport: AiohttpTransport, error: Exception
) -> None:
    """What the source of a body raises is the caller's own, and is not dressed up as a network error."""

    async def broken() -> AsyncIterator[bytes]:
        yield b"part"
        raise error

    async with raw_server(answer_all) as server:
        with pytest.raises(type(error)) as caught:
            await transport.handle_async_request(
                make_request(server.address, "POST", content=broken())
            )

    assert error is caught.value
    assert server.requests == []


async def test_a_synchronous_stream_is_refused(transport: AiohttpTransport) -> None:
    """A generator of bytes would block the event loop: TypeError."""
    with pytest.raises(TypeError, match="asynchronous"):
        await transport.handle_async_request(
            make_request("127.0.0.1:1", "POST", content=(part for part in [b"a"]))
        )
    assert transport.busy_connections == 0


async def test_no_error_shows_a_header(transport: AiohttpTransport) -> None:
    """Neither an error's text nor its whole traceback, nor httpx's view of the request, has the token in it."""
    secret = "Bearer top-secret"
    async with raw_server(BROKEN_ANSWERS["bad header"]) as server:
        request = make_request(server.address, headers={"Authorization": secret})
        with pytest.raises(httpx.RemoteProtocolError) as caught:
            await transport.handle_async_request(request)

    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    ours = "".join(
        f"{frame.line}{frame.locals}"
        for frame in shown.stack
        if frame.filename.endswith("/_transport.py")
    )
    text = "".join(traceback.format_exception(caught.value))
    for place in (text, ours, repr(caught.value), repr(request), repr(request.headers)):
        assert "top-secret" not in place


# Cancellation and closing


def open_files() -> int:
    """How many file descriptors this process has."""
    return len(list(Path("/proc/self/fd").iterdir()))


TURNS = 150
"""Turns of the event loop before a cancellation, at most; in a storm some calls are answered before, most are not."""


async def storm(
    transport: AiohttpTransport, calls: int, make: Callable[[], httpx.Request], seed: int
) -> int:
    """Begin many calls, cancel each at a random moment; returns how many were answered all the same."""
    choice = random.Random(seed)

    async def call() -> bool:
        task = asyncio.create_task(transport.handle_async_request(make()))
        for _ in range(choice.randrange(TURNS)):
            await asyncio.sleep(0)
        task.cancel()
        (result,) = await asyncio.gather(task, return_exceptions=True)
        assert isinstance(result, httpx.Response | asyncio.CancelledError), result
        return isinstance(result, httpx.Response)

    answered = 0
    for _ in range(calls // 250):
        answered += sum(await asyncio.gather(*(call() for _ in range(250))))
    return answered


async def slow_answers(peer: Peer) -> None:
    """Answer each request some turns of the event loop later."""
    while await peer.request():
        for _ in range(10):
            await asyncio.sleep(0)
        await peer.answer()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts file descriptors in /proc")
@pytest.mark.parametrize("max_connections", [10, 100])
async def test_a_storm_of_cancelled_calls_leaks_nothing(
    max_connections: int, unhandled: list[dict[str, object]]
) -> None:
    """5,000 calls cancelled at random moments: nothing is busy, the next calls work, no file descriptor is left."""
    async with raw_server(slow_answers) as server:
        before = open_files()
        async with AiohttpTransport(max_connections=max_connections) as transport:
            answered = await storm(transport, 5000, lambda: make_request(server.address), seed=7)
            assert 0 < answered < 5000
            assert transport.busy_connections == 0
            requests = [make_request(server.address) for _ in range(max_connections * 2)]
            responses = await asyncio.gather(*map(transport.handle_async_request, requests))
            assert {200} == {response.status_code for response in responses}
        gc.collect()
        await until(lambda: before == open_files())
    assert unhandled == []


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts file descriptors in /proc")
async def test_a_storm_of_calls_cancelled_while_connecting_leaks_nothing(
    tls: Tls, unhandled: list[dict[str, object]]
) -> None:
    """The same with TLS and a server that closes each connection, so that most calls are cancelled in a handshake."""

    async def answer_and_close(peer: Peer) -> None:
        await peer.request()
        await peer.answer(b"ok", "Connection: close")

    async with raw_server(answer_and_close, tls.server()) as server:
        before = open_files()
        async with AiohttpTransport(verify=tls.client(), max_connections=20) as transport:
            answered = await storm(
                transport, 1000, lambda: make_request(server.address, scheme="https"), seed=8
            )
            assert 0 < answered < 1000
            assert transport.busy_connections == 0
            response = await transport.handle_async_request(
                make_request(server.address, scheme="https")
            )
            assert response.status_code == 200
        gc.collect()
        await until(lambda: before == open_files())
    assert unhandled == []


async def test_a_cancelled_upload_leaves_no_connection(transport: AiohttpTransport) -> None:
    """Cancelled in the middle of a body, the connection is closed and not used again."""
    started = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield bytes(10_000)
            started.set()

    async with raw_server(Peer.wait_for_the_end) as server:
        request = make_request(server.address, "POST", content=endless())
        task = asyncio.create_task(transport.handle_async_request(request))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert transport.busy_connections == 0
    async with raw_server(answer_all) as server:
        assert (
            await transport.handle_async_request(make_request(server.address))
        ).status_code == 200


async def test_calls_wait_for_a_connection_in_their_order() -> None:
    """With one connection, requests arrive in the order in which they were made."""
    async with raw_server(answer_all) as server, AiohttpTransport(max_connections=1) as transport:
        requests = [
            make_request(server.address, headers={"X-Number": str(number)}) for number in range(20)
        ]
        await asyncio.gather(*map(transport.handle_async_request, requests))

    assert [str(number) for number in range(20)] == [
        header(request, "x-number") for request in server.requests
    ]
    assert server.accepted == 1


async def test_closing_ends_everything(unhandled: list[dict[str, object]]) -> None:
    """Calls on the wire fail, calls that wait for a connection fail, later calls fail; closing again is harmless."""
    async with raw_server(Peer.wait_for_the_end) as server:
        transport = AiohttpTransport(max_connections=1)
        calls = [
            asyncio.create_task(transport.handle_async_request(make_request(server.address)))
            for _ in range(3)
        ]
        await until(lambda: server.accepted == 1)
        await transport.aclose()
        first, *waiting = await asyncio.gather(*calls, return_exceptions=True)
        await transport.aclose()

        assert isinstance(first, httpx.TransportError)
        assert not isinstance(first, NEVER_SENT)
        assert [ClientStateError, ClientStateError] == [type(result) for result in waiting]
        with pytest.raises(ClientStateError, match="closed"):
            await transport.handle_async_request(make_request(server.address))
        assert transport.busy_connections == 0
    gc.collect()
    assert unhandled == []


async def test_closing_an_unused_transport_needs_nothing() -> None:
    """A transport that never sent anything has nothing open."""
    await AiohttpTransport().aclose()


def test_a_transport_belongs_to_the_event_loop_of_its_first_call() -> None:
    """It may be made outside of any event loop; a second event loop gets a clear error."""
    transport = AiohttpTransport(trust_env=False)

    async def first() -> None:
        async with raw_server(answer_all) as server:
            await transport.handle_async_request(make_request(server.address))

    async def second() -> None:
        with pytest.raises(ClientStateError, match="event loop"):
            await transport.handle_async_request(make_request("127.0.0.1:1"))

    with asyncio.Runner() as runner:
        runner.run(first())
        with asyncio.Runner() as other:
            other.run(second())
        runner.run(transport.aclose())


# TLS


class Tls:
    """A certificate authority that nobody knows, and contexts for both ends."""

    def __init__(self, folder: Path) -> None:
        self.authority = trustme.CA()
        self.certificate_file = folder / "client.pem"
        self.key_file = folder / "client.key"
        self.authority_file = folder / "ca.pem"
        self.authority.cert_pem.write_to_path(str(self.authority_file))
        issued = self.authority.issue_cert("client@example.com", common_name="a client")
        issued.private_key_pem.write_to_path(str(self.key_file))
        for part in issued.cert_chain_pems:
            part.write_to_path(str(self.certificate_file), append=True)

    def server(self, *, ask_for_a_certificate: bool = False) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert("127.0.0.1").configure_cert(context)
        if ask_for_a_certificate:
            self.authority.configure_trust(context)
            context.verify_mode = ssl.CERT_REQUIRED
        return context

    def client(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.authority_file))


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    """Made once: keys take long."""
    return Tls(tmp_path_factory.mktemp("tls"))


async def test_a_custom_authority_is_trusted(tls: Tls) -> None:
    """With an SSL context that knows the authority, calls work, and closing leaves nothing open."""
    async with (
        raw_server(answer_all, tls.server()) as server,
        AiohttpTransport(verify=tls.client()) as transport,
    ):
        for _ in range(2):
            response = await transport.handle_async_request(
                make_request(server.address, scheme="https")
            )
            assert response.status_code == 200
        assert server.accepted == 1


async def test_ssl_cert_file_is_trusted(tls: Tls, monkeypatch: pytest.MonkeyPatch) -> None:
    """The authority may also come from SSL_CERT_FILE, unless the environment is not trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tls.authority_file))
    async with raw_server(answer_all, tls.server()) as server:
        request = make_request(server.address, scheme="https")
        async with AiohttpTransport() as transport:
            assert (await transport.handle_async_request(request)).status_code == 200
        async with AiohttpTransport(trust_env=False) as transport:
            assert httpx.ConnectError is type(await failure(transport, request))


async def test_an_unknown_authority_is_refused(tls: Tls) -> None:
    """By default a certificate of an unknown authority is a ConnectError that says so; nothing is sent."""
    async with (
        raw_server(answer_all, tls.server()) as server,
        AiohttpTransport(trust_env=False) as transport,
    ):
        error = await failure(transport, make_request(server.address, "POST", scheme="https"))

    assert httpx.ConnectError is type(error)
    assert "certificate verify failed" in str(error)
    assert server.requests == []


async def test_verification_can_be_switched_off(tls: Tls) -> None:
    """``verify=False`` accepts any server."""
    async with (
        raw_server(answer_all, tls.server()) as server,
        AiohttpTransport(verify=False) as transport,
    ):
        response = await transport.handle_async_request(
            make_request(server.address, scheme="https")
        )
        assert response.status_code == 200


async def test_a_client_certificate_is_shown(tls: Tls) -> None:
    """A server that asks for a certificate gets the one in ``cert``."""
    names: list[object] = []

    async def behaviour(peer: Peer) -> None:
        names.append(peer.writer.get_extra_info("peercert")["subject"])
        await answer_all(peer)

    cert = (str(tls.certificate_file), str(tls.key_file))
    async with (
        raw_server(behaviour, tls.server(ask_for_a_certificate=True)) as server,
        AiohttpTransport(verify=tls.client(), cert=cert) as transport,
    ):
        response = await transport.handle_async_request(
            make_request(server.address, scheme="https")
        )

    assert response.status_code == 200
    assert "a client" in str(names)


async def test_a_missing_client_certificate_is_no_success(tls: Tls) -> None:
    """A server that asks for a certificate and gets none ends the connection: an error, not a hang."""
    async with (
        raw_server(answer_all, tls.server(ask_for_a_certificate=True)) as server,
        AiohttpTransport(verify=tls.client()) as transport,
    ):
        await failure(transport, make_request(server.address, scheme="https"))

    assert server.requests == []


# Proxies


async def forward(peer: Peer) -> None:
    """A proxy: tunnels CONNECT, answers other requests itself."""
    request = await peer.request()
    assert request is not None
    if not request.startswith(b"CONNECT "):
        await peer.answer(b"from the proxy")
        return
    host, _, port = request.split()[1].decode().rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    await peer.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
    try:
        await asyncio.gather(pump(peer.reader, writer), pump(reader, peer.writer))
    finally:
        writer.close()


async def pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Pass bytes on until one end closes."""
    with contextlib.suppress(ConnectionError):
        while data := await source.read(65_536):
            target.write(data)
            await target.drain()
        target.close()


async def test_plain_requests_go_through_a_proxy() -> None:
    """An http request is sent to the proxy with its whole URL and the proxy's credentials."""
    async with (
        raw_server(forward) as proxy,
        AiohttpTransport(proxy=f"http://user:p%40ss@{proxy.address}") as transport,
    ):
        response = await transport.handle_async_request(make_request("api.example.com"))

    assert response.text == "from the proxy"
    request = proxy.requests[0]
    assert request.startswith(b"GET http://api.example.com/v1/projects?size=25 HTTP/1.1\r\n")
    assert header(request, "host") == "api.example.com"
    assert header(request, "proxy-authorization") == "Basic dXNlcjpwQHNz"


async def test_tls_goes_through_a_proxy(tls: Tls) -> None:
    """An https request goes through a tunnel: the proxy sees its own credentials, and nothing of the request."""
    async with (
        raw_server(answer_all, tls.server()) as server,
        raw_server(forward) as proxy,
        AiohttpTransport(
            verify=tls.client(), proxy=f"http://user:secret@{proxy.address}"
        ) as transport,
    ):
        headers = {"Authorization": "Bearer token"}
        for _ in range(2):
            response = await transport.handle_async_request(
                make_request(server.address, scheme="https", headers=headers)
            )
            assert response.status_code == 200

    assert len(server.requests) == 2
    assert header(server.requests[0], "authorization") == "Bearer token"
    assert header(server.requests[0], "proxy-authorization") is None
    (connect,) = proxy.requests
    assert connect.startswith(f"CONNECT {server.address} HTTP/1.1\r\n".encode())
    assert header(connect, "proxy-authorization") == "Basic dXNlcjpzZWNyZXQ="
    assert header(connect, "authorization") is None


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (
            b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
            httpx.ProxyError,
        ),
        (b"HTTP/1.1 502 Bad Gateway\r\n\r\n", httpx.ProxyError),
        (b"rubbish\r\n\r\n", httpx.ConnectError),
        (b"", httpx.ConnectError),
    ],
)
async def test_a_tunnel_that_was_not_made_carried_nothing(
    answer: bytes, expected: type[httpx.TransportError]
) -> None:
    """A proxy that refuses, breaks or talks rubbish: an error that means "never sent", without its password."""
    async with (
        raw_server(answering(answer)) as proxy,
        AiohttpTransport(proxy=f"http://user:hidden@{proxy.address}") as transport,
    ):
        error = await failure(
            transport, make_request("api.example.com:443", "POST", scheme="https")
        )

    assert expected is type(error)
    assert isinstance(error, NEVER_SENT)
    assert "hidden" not in str(error)


async def test_a_silent_proxy_is_a_connect_timeout() -> None:
    """No answer to CONNECT in the time to connect."""
    async with (
        raw_server(Peer.wait_for_the_end) as proxy,
        AiohttpTransport(proxy=f"http://{proxy.address}") as transport,
    ):
        request = make_request("api.example.com", scheme="https", limits={"connect": SHORT})
        assert httpx.ConnectTimeout is type(await failure(transport, request))


async def test_a_proxy_that_is_not_there_was_never_sent() -> None:
    """The proxy refuses the connection: ConnectError, without its password."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    async with AiohttpTransport(proxy=f"http://user:hidden@{address}") as transport:
        error = await failure(transport, make_request("api.example.com", "POST"))

    assert httpx.ConnectError is type(error)
    assert "hidden" not in str(error)


async def test_the_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """HTTP_PROXY is used, NO_PROXY is obeyed, and neither without trust_env."""
    async with raw_server(forward) as proxy, raw_server(answer_all) as server:
        monkeypatch.setenv("HTTP_PROXY", f"http://{proxy.address}")
        monkeypatch.setenv("http_proxy", f"http://{proxy.address}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        request = make_request(server.address)
        async with AiohttpTransport() as transport:
            assert (await transport.handle_async_request(request)).text == "from the proxy"
        async with AiohttpTransport(trust_env=False) as transport:
            assert (await transport.handle_async_request(request)).text == "ok"
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        async with AiohttpTransport() as transport:
            assert (await transport.handle_async_request(request)).text == "ok"


# Options


@pytest.mark.parametrize(
    ("options", "said"),
    [({"max_connections": 0}, "max_connections"), ({"keepalive_expiry": 0}, "keepalive_expiry")],
)
def test_bad_numbers_are_refused(options: dict[str, float], said: str) -> None:
    """An option out of range is one clear error."""
    with pytest.raises(ConfigurationError, match=said):
        AiohttpTransport(**options)  # type: ignore[arg-type] # the values are wrong on purpose
