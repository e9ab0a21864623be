"""What a served sandbox does not take."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from matillion_async import ConfigurationError
from matillion_async.sandbox import Sandbox, Served, serve
from tests.sandbox.raw_client import FORM


async def exchange(served: Served, request: bytes) -> bytes:
    """What comes back for bytes that are sent, until the connection is closed."""
    port = httpx.URL(served.url).port
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        return await reader.read()
    finally:
        writer.close()


def get(host: str, *headers: str) -> bytes:
    """A request for the projects, without a token."""
    lines = ("GET /dpc/v1/projects HTTP/1.1", f"Host: {host}", "Connection: close", *headers)
    return "\r\n".join((*lines, "", "")).encode()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 401),
        ("localhost:8800", 401),
        ("127.0.0.1:8800", 401),
        ("[::1]:8800", 401),
        ("[::1]", 401),
        ("sales.localhost", 401),
        ("SANDBOX:8800", 401),
        ("sandbox", 401),
        ("evil.example", 421),
        ("evil.example:8800", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example", 421),
        ("", 421),
    ],
)
async def test_names_of_this_machine(host: str, status: int) -> None:
    """Only they are taken, and those that were allowed, in any case; a page that makes a name of its own lead here
    learns nothing, and is not counted."""
    sandbox = Sandbox(projects=1)
    async with serve(sandbox, allowed_hosts=["sandbox"]) as served:
        response = await exchange(served, get(host))
    assert f"HTTP/1.1 {status} ".encode() == response[:13]
    assert (status == 401) == sandbox.stats.arrived
    assert (status == 421) == (b"allow the name where it is served" in response)


async def test_a_request_without_a_name() -> None:
    """HTTP/1.0 needs none, and no browser sends that."""
    async with serve(Sandbox()) as served:
        response = await exchange(served, b"GET /dpc/v1/projects HTTP/1.0\r\n\r\n")
    assert b"HTTP/1.1 401 " == response[:13]


@pytest.mark.parametrize("is_announced", [True, False])
async def test_a_body_without_bound(is_announced: bool) -> None:
    """It is refused as soon as it is too large, whether its length is announced or not; one at the bound is read."""
    head = "POST /dpc/v1/projects HTTP/1.1\r\nHost: localhost\r\n"
    if is_announced:
        # No byte of the body is sent: the response does not wait for it.
        request = f"{head}Content-Length: 1001\r\n\r\n".encode()
    else:
        piece = b"1f4\r\n" + b"x" * 500 + b"\r\n"
        request = f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + 3 * piece
    async with serve(Sandbox(), max_body_size=1000) as served:
        response = await exchange(served, request)
        rest = f"Connection: close\r\nContent-Length: 1000\r\n\r\n{'x' * 1000}"
        at_the_bound = await exchange(served, (head + rest).encode())
    assert b"HTTP/1.1 413 " == response[:13]
    assert b"at most 1000 bytes" in response
    assert b"HTTP/1.1 401 " == at_the_bound[:13]


async def send_headers_without_end(served: Served) -> None:
    """600 MB of headers, unless the connection is closed before."""
    port = httpx.URL(served.url).port
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
    try:
        for _ in range(100_000):
            writer.write(b"X: y\r\n" * 1000)
            await writer.drain()
    finally:
        writer.close()


async def test_a_head_without_bound() -> None:
    """It is refused, whether it comes at once or never ends; a long one is read."""
    async with serve(Sandbox()) as served:
        long = await exchange(served, get("localhost", f"X: {'x' * 60_000}"))
        longer = await exchange(served, get("localhost", *(f"X: {'x' * 9_000}" for _ in range(8))))
        with pytest.raises(ConnectionError):
            await send_headers_without_end(served)
    assert b"HTTP/1.1 401 " == long[:13]
    assert longer[:13] in (b"HTTP/1.1 431 ", b"HTTP/1.1 400 ")


async def test_in_this_process_any_name_will_do() -> None:
    """No page in a browser gets there; the client of a test may think that it talks to the API itself."""
    transport = httpx.ASGITransport(app=Sandbox())
    async with httpx.AsyncClient(
        transport=transport, base_url="https://id.core.matillion.com"
    ) as client:
        assert 200 == (await client.post("/oauth/dpc/token", data=FORM)).status_code


async def test_arguments_that_cannot_be() -> None:
    """One string in place of several names, and a negative bound."""
    with pytest.raises(
        ConfigurationError,
        match="allowed_hosts must be an iterable of strings, not a single string",
    ):
        async with serve(Sandbox(), allowed_hosts="sandbox"):
            pass
    with pytest.raises(ConfigurationError, match="max_body_size must be an integer, at least 0"):
        async with serve(Sandbox(), max_body_size=-1):
            pass
