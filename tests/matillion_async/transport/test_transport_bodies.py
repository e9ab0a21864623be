"""Bodies that are compressed, cut off, in an unknown encoding, or too large."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from matillion_async._errors import ConfigurationError
from matillion_async._transport import errors
from matillion_async._transport.transport import DEFAULT_MAX_RESPONSE_SIZE, AiohttpTransport
from matillion_async._transport.values import Request
from tests.matillion_async.raw_server import Behaviour, Peer, raw_server
from tests.matillion_async.transport.common import failure, make_request, responding_with

TEXT = b"Loads the orders of each region every night. " * 4000


def raw_deflate(data: bytes) -> bytes:
    """Deflate without zlib's head, as some servers send it."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def encoded(body: bytes, encoding: str, *, status: str = "200 OK") -> Behaviour:
    """Respond with a body in this encoding."""

    async def behaviour(peer: Peer) -> None:
        while await peer.request():
            await peer.respond(body, f"Content-Encoding: {encoding}", status=status)

    return behaviour


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("GZip", gzip.compress),
        ("gzip", lambda data: gzip.compress(data[:9000]) + gzip.compress(data[9000:])),
        ("gzip", lambda data: gzip.compress(data) + bytes(100)),
        ("deflate", zlib.compress),
        ("deflate", raw_deflate),
        ("identity", bytes),
        ("deflate, gzip", lambda data: gzip.compress(zlib.compress(data))),
        ("gzip,identity", gzip.compress),
        ("gzip,", gzip.compress),
        (
            "deflate\r\nContent-Encoding: gzip",
            lambda data: gzip.compress(zlib.compress(data)),
        ),
    ],
)
async def test_what_was_asked_for_is_unpacked(
    transport: AiohttpTransport, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    """gzip and deflate in all their forms, and one in the other, in one header or in two, which stay as they came."""
    async with raw_server(encoded(pack(TEXT), encoding)) as server:
        response = await transport.send(make_request(server.address))

    assert TEXT == response.content
    assert encoding.partition("\r\n")[0] == response.headers["content-encoding"]


@pytest.mark.parametrize("body", [bytes(65_537), b"9" * 50])
async def test_deflate_without_a_head_is_unpacked_to_its_end(
    transport: AiohttpTransport, body: bytes
) -> None:
    """One has an end for which there is no room in the first piece, the other begins nearly like a head."""
    async with raw_server(encoded(raw_deflate(body), "deflate")) as server:
        response = await transport.send(make_request(server.address))

    assert body == response.content


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.999])
async def test_a_compressed_body_that_is_cut_off_is_a_broken_transfer(
    transport: AiohttpTransport, encoding: str, share: float
) -> None:
    """HTTP was content with its length, but its end is missing: a RemoteProtocolError, as for any cut response."""
    packed = zlib.compress(TEXT) if encoding == "deflate" else gzip.compress(TEXT)
    async with raw_server(encoded(packed[: int(len(packed) * share)], encoding)) as server:
        error = await failure_of(transport, make_request(server.address))

    assert errors.RemoteProtocolError is type(error)
    assert "cut off" in str(error)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", b"rubbish"),
        ("deflate", b"\xff" * 10),
        ("gzip", gzip.compress(TEXT) + b"rubbish"),
        ("gzip", gzip.compress(TEXT)[:-8] + bytes(8)),
    ],
)
async def test_rubbish_is_a_decoding_error(
    transport: AiohttpTransport, encoding: str, body: bytes
) -> None:
    """Not what the encoding says, or with a wrong checksum."""
    async with raw_server(encoded(body, encoding)) as server:
        assert errors.DecodingError is type(
            await failure_of(transport, make_request(server.address))
        )


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, compress"])
async def test_an_encoding_that_cannot_be_unpacked_is_named(
    transport: AiohttpTransport, encoding: str
) -> None:
    """It would be taken for JSON otherwise."""
    async with raw_server(encoded(b"\x00\x01", encoding)) as server:
        error = await failure_of(transport, make_request(server.address))

    assert errors.UnreadableResponse is type(error)
    assert repr(encoding) in str(error)


@pytest.mark.parametrize("encoding", ["br", "gzip"])
async def test_the_status_of_an_error_counts_more_than_its_body(
    transport: AiohttpTransport, encoding: str
) -> None:
    """An error whose body cannot be unpacked is still that error."""
    async with raw_server(encoded(b"rubbish", encoding, status="503 Unavailable")) as server:
        response = await transport.send(make_request(server.address))

    assert (response.status_code, response.content) == (503, b"rubbish")


LIMIT = 1_000_000


BOMBS: dict[str, Callable[[], Behaviour]] = {
    "deflate": cache(lambda: encoded(zlib.compress(bytes(120_000_000), 1), "deflate")),
    "gzip in gzip": cache(
        lambda: encoded(gzip.compress(gzip.compress(bytes(120_000_000), 1)), "gzip, gzip")
    ),
    "a length": lambda: responding_with(
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000001\r\n\r\n" + bytes(1_000_001)
    ),
    "chunks": lambda: responding_with(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + (b"fffff\r\n" + bytes(0xFFFFF) + b"\r\n") * 40
        + b"0\r\n\r\n"
    ),
    "until the end": lambda: responding_with(b"HTTP/1.1 200 OK\r\n\r\n" + bytes(40_000_000)),
}
"""Made for the test only: each would be in the memory of all. What is packed is small, and takes long to make."""


@pytest.mark.parametrize("name", BOMBS)
async def test_a_response_that_is_too_large_is_an_error(name: str) -> None:
    """As it arrives or unpacked: it is refused at the bound, and memory stays near it."""
    async with (
        raw_server(BOMBS[name]()) as server,
        AiohttpTransport(trust_env=False, max_response_size=LIMIT) as transport,
    ):
        tracemalloc.start()
        try:
            error = await failure_of(transport, make_request(server.address))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

    assert errors.UnreadableResponse is type(error)
    assert "1,000,000 bytes" in str(error)
    assert "max_response_size" in str(error)
    assert peak < 100_000_000  # also what the server in this process sends


@pytest.mark.parametrize("framing", ["Content-Length: 1000000", "X-Until: the end"])
async def test_a_response_of_just_that_size_is_none(framing: str) -> None:
    """The bound itself is allowed, both as it arrives and unpacked."""
    head = f"HTTP/1.1 200 OK\r\n{framing}\r\n\r\n".encode()
    async with AiohttpTransport(trust_env=False, max_response_size=LIMIT) as transport:
        async with raw_server(responding_with(head + bytes(LIMIT))) as server:
            response = await transport.send(make_request(server.address))
            assert len(response.content) == LIMIT
        async with raw_server(encoded(gzip.compress(bytes(LIMIT)), "gzip")) as server:
            response = await transport.send(make_request(server.address))
            assert len(response.content) == LIMIT


async def test_what_comes_after_the_bound_is_not_left_out() -> None:
    """A body that is at the bound and goes on is an error, and not taken for one that ends there."""

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        await peer.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n")
        for _ in range(50):  # so that they come in two pieces
            await asyncio.sleep(0)
        await peer.send(b"1\r\n,\r\n0\r\n\r\n")

    async with (
        raw_server(behaviour) as server,
        AiohttpTransport(trust_env=False, max_response_size=2) as transport,
    ):
        error = await failure_of(transport, make_request(server.address))

    assert errors.UnreadableResponse is type(error)


async def test_an_error_that_is_too_large_is_cut() -> None:
    """Its status counts, and the connection is not used again."""
    body = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 5000000\r\n\r\n" + bytes(5_000_000)
    async with (
        raw_server(responding_with(body)) as server,
        AiohttpTransport(trust_env=False, max_response_size=LIMIT) as transport,
    ):
        response = await transport.send(make_request(server.address))

    assert response.status_code == 502
    assert len(response.content) < 2 * LIMIT


async def test_a_response_without_a_body_has_no_size(transport: AiohttpTransport) -> None:
    """To HEAD, or with 304, a Content-Length and a Content-Encoding speak of a body that does not come."""
    length = 2 * DEFAULT_MAX_RESPONSE_SIZE

    async def behaviour(peer: Peer) -> None:
        while request := await peer.request():
            status = b"200 OK" if request.startswith(b"HEAD") else b"304 Not Modified"
            await peer.send(
                b"HTTP/1.1 %s\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
                % (status, length)
            )

    async with raw_server(behaviour) as server:
        for method, status in (("HEAD", 200), ("GET", 304), ("HEAD", 200)):
            response = await transport.send(make_request(server.address, method))
            assert (status, b"") == (response.status_code, response.content)
        assert server.accepted == 1


@pytest.mark.parametrize("size", [8_000, 9_000, 60_000])
async def test_a_long_header_is_read(transport: AiohttpTransport, size: int) -> None:
    """Gateways send cookies and policies of more than 8 kB; the reason may be as long."""
    value = b"v" * size
    sent = b"HTTP/1.1 200 %s\r\nX-Long: %s\r\nContent-Length: 2\r\n\r\nok" % (value, value)
    async with raw_server(responding_with(sent)) as server:
        response = await transport.send(make_request(server.address))

    assert [value.decode()] * 2 == [response.reason, response.headers["x-long"]]


async def test_a_header_that_does_not_end_is_an_error(transport: AiohttpTransport) -> None:
    """Above 64 kB: a RemoteProtocolError."""
    sent = b"HTTP/1.1 200 OK\r\nX-Long: %s\r\nContent-Length: 2\r\n\r\nok" % (b"v" * 70_000)
    async with raw_server(responding_with(sent)) as server:
        error = await failure(transport, make_request(server.address))

    assert errors.RemoteProtocolError is type(error)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"max_response_size": 0}, "max_response_size"),
        ({"max_response_size": None}, "max_response_size"),
        ({"family": 4}, "family"),
        ({"family": ["ipv4"]}, "family"),
    ],
)
def test_bad_options_are_refused(options: dict[str, Any], said: str) -> None:
    """An option out of range, or of another type, is one clear error."""
    with pytest.raises(ConfigurationError, match=said):
        AiohttpTransport(**options)


async def failure_of(transport: AiohttpTransport, request: Request) -> errors.TransportError:
    """The error of a call that must fail, after looking at what it drags along."""
    with pytest.raises(errors.TransportError) as caught:
        await transport.send(request)
    error = caught.value
    assert request.is_sent
    assert error.__cause__ is None
    return error
