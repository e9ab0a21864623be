"""What the tests of the transport have in common."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from pathlib import Path

import aiohttp
import httpx
import pytest
import trustme

from matillion_async._transport.transport import AiohttpTransport
from tests.matillion_async.raw_server import Behaviour, Peer

LIMITS = dict.fromkeys(("connect", "read", "write", "pool"), 60.0)
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


def answering(answer: bytes) -> Behaviour:
    """Read a whole request, send these bytes, close."""

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        await peer.send(answer)

    return behaviour
