"""What the tests of the transport have in common."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterable, Callable, Mapping
from pathlib import Path

import aiohttp
import pytest
import trustme

from matillion_async._transport import errors
from matillion_async._transport.transport import AiohttpTransport
from matillion_async._transport.values import Request
from tests.matillion_async.raw_server import Behaviour, Peer

SHORT = 0.05
"""Seconds for limits that are meant to pass."""

AIOHTTP = tuple(int(part) for part in aiohttp.__version__.split(".")[:2])
NEVER_SENT = (
    errors.ConnectError,
    errors.ConnectTimeout,
    errors.LocalProtocolError,
    errors.ProxyError,
    errors.UnsupportedProtocol,
)
METHODS = ("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "POST", "PATCH")


def make_request(
    address: str,
    method: str = "GET",
    *,
    scheme: str = "http",
    headers: Mapping[str, str] | None = None,
    content: bytes | AsyncIterable[bytes] = b"",
    connect: float = 5.0,
) -> Request:
    """A request to a raw server, with a limit that only a hanging test reaches."""
    url = f"{scheme}://{address}/v1/projects?size=25"
    return Request(method, url, headers or {}, content, connect_timeout=connect)


async def failure(transport: AiohttpTransport, request: Request) -> errors.TransportError:
    """The error of a call that must fail, after looking at what it drags along, and what the request knows of it."""
    with pytest.raises(errors.TransportError) as caught:
        await transport.send(request)
    error = caught.value
    assert isinstance(error, NEVER_SENT) is not request.is_sent
    assert error.__cause__ is None
    return error


async def until(condition: Callable[[], bool]) -> None:
    """Let the event loop run until something has happened."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - of any kind, also one that nothing announces
            await asyncio.sleep(0)


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


def responding_with(response: bytes) -> Behaviour:
    """Read a whole request, send these bytes, close."""

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        await peer.send(response)

    return behaviour
