"""What is told of a connection that could not be made: who is to blame, what to do, and for how long it may pass."""

from __future__ import annotations

import asyncio
import errno
import ssl

import pytest

from matillion_async._transport.transport import AiohttpTransport
from matillion_async._trouble import TRUST, UNREACHABLE_GRACE, Trouble
from tests.matillion_async.raw_server import Peer, raw_server, respond_to_all
from tests.matillion_async.transport.common import (
    SHORT,
    Tls,
    failure,
    make_request,
    responding_with,
)
from tests.matillion_async.transport.test_transport_networks import forward

OF_PROXY = "check the argument proxy, and whether the proxy lets you through to this host"


async def trouble_with(
    transport: AiohttpTransport, address: str, scheme: str = "https", connect: float = 5.0
) -> Trouble | None:
    """What is told of a call that gets no connection."""
    async with transport:
        error = await failure(transport, make_request(address, scheme=scheme, connect=connect))
    return error.trouble


async def speak_plainly(peer: Peer) -> None:
    """Respond in plain text as soon as anything comes."""
    await peer.reader.read(1)
    await peer.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")


async def hang_up(peer: Peer) -> None:
    """End the connection as soon as anything comes."""
    await peer.reader.read(1)


async def test_a_proxy_is_not_blamed_for_the_certificate_behind_it(tls: Tls) -> None:
    """Although it is at the same address, of another port."""
    async with raw_server(respond_to_all, tls.server()) as server, raw_server(forward) as proxy:
        transport = AiohttpTransport(proxy=f"http://{proxy.address}", trust_env=False)
        assert await trouble_with(transport, server.address) == Trouble(
            f"certificate verify failed for {server.address} (unable to get local issuer certificate)",
            TRUST,
        )


async def test_a_proxy_is_not_blamed_for_a_server_without_tls_behind_it() -> None:
    """What the handshake ended with is the server's."""
    async with raw_server(speak_plainly) as server, raw_server(forward) as proxy:
        transport = AiohttpTransport(proxy=f"http://{proxy.address}", trust_env=False)
        assert await trouble_with(transport, server.address) == Trouble(
            f"{server.address} does not speak TLS, but perhaps plain HTTP (WRONG_VERSION_NUMBER)"
        )


async def test_a_proxy_with_the_certificate_of_another_host_is_to_be_checked(tls: Tls) -> None:
    """There is nothing to be done about a certificate that is good."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.authority.issue_cert("other.example.com").configure_cert(context)
    async with raw_server(respond_to_all, context) as proxy:
        transport = AiohttpTransport(proxy=f"https://{proxy.address}", verify=tls.client())
        trouble = await trouble_with(transport, "api.example.com")
    assert trouble is not None
    assert "certificate verify failed" in trouble.problem
    assert trouble.advice == OF_PROXY


async def test_a_proxy_that_gives_no_reason_is_quoted_as_it_is() -> None:
    """A status may have no phrase."""
    async with raw_server(responding_with(b"HTTP/1.1 502 \r\n\r\n")) as proxy:
        transport = AiohttpTransport(proxy=f"http://{proxy.address}")
        assert await trouble_with(transport, "api.example.com:443") == Trouble(
            f"the proxy {proxy.address} of the argument proxy responded with 502", OF_PROXY
        )


async def test_a_proxy_that_repeats_the_password_does_not_show_it() -> None:
    """Its reason is quoted, but for that."""
    async with raw_server(responding_with(b"HTTP/1.1 407 Not s3cr%t of you\r\n\r\n")) as proxy:
        transport = AiohttpTransport(proxy=f"http://user:s3cr%25t@{proxy.address}")
        trouble = await trouble_with(transport, "api.example.com:443")
    assert trouble is not None
    assert trouble.problem.endswith("responded with 407 Not *** of you")


@pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 200", b"HTTP/1.1 200 OK\r\nX-Set: hidden\r\n"])
async def test_a_proxy_that_breaks_off_is_told_in_words(begun: bytes) -> None:
    """Whatever it had said of its response."""
    async with raw_server(responding_with(begun)) as proxy:
        transport = AiohttpTransport(proxy=f"http://{proxy.address}")
        assert await trouble_with(transport, "api.example.com:443") == Trouble(
            f"the proxy {proxy.address} of the argument proxy gives no connection (Server disconnected)",
            OF_PROXY,
        )


async def test_a_silent_proxy_may_pass() -> None:
    """It is waited for as long as a server that is just not there yet."""
    async with raw_server(Peer.wait_for_the_end) as proxy:
        transport = AiohttpTransport(proxy=f"http://{proxy.address}")
        trouble = await trouble_with(transport, "api.example.com:443", connect=SHORT)
        assert trouble == Trouble(
            f"the proxy {proxy.address} of the argument proxy gave no connection to api.example.com:443 in time",
            OF_PROXY,
            UNREACHABLE_GRACE,
        )


@pytest.mark.parametrize("proxy", [None, "http://10.9.8.7:3128"])
async def test_a_network_that_does_not_lead_there(
    monkeypatch: pytest.MonkeyPatch, proxy: str | None
) -> None:
    """Whoever has a proxy is not told to set one."""
    await no_way(monkeypatch, errno.ENETUNREACH)
    transport = AiohttpTransport(proxy=proxy, trust_env=False)
    trouble = await trouble_with(transport, "10.9.8.6:443", scheme="http")
    assert trouble is not None
    assert "cannot be reached" in trouble.problem
    assert ("HTTPS_PROXY" in trouble.advice, trouble.advice == OF_PROXY) == (
        proxy is None,
        proxy is not None,
    )


async def test_of_an_unknown_failure_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above all not that it was in a TLS handshake, where there is none."""
    await no_way(monkeypatch, errno.EMFILE)
    transport = AiohttpTransport(trust_env=False)
    assert await trouble_with(transport, "10.9.8.6:80", scheme="http") is None


async def test_an_end_in_the_handshake_may_pass() -> None:
    """A server that begins to run may do so."""
    async with raw_server(hang_up) as server:
        trouble = await trouble_with(AiohttpTransport(trust_env=False), server.address)
        assert trouble == Trouble(
            f"{server.address} ended the connection in the TLS handshake: it may know no TLS, or old versions of it only",
            startup_grace=UNREACHABLE_GRACE,
        )


async def test_of_a_transport_that_was_closed_nothing_is_told(tls: Tls) -> None:
    """Neither the server nor TLS had a part in it."""
    async with raw_server(respond_to_all, tls.server()) as server:
        transport = AiohttpTransport(verify=tls.client())
        request = make_request(server.address, scheme="https")
        call = asyncio.create_task(failure(transport, request))
        await asyncio.sleep(0)
        await transport.aclose()

        assert (await call).trouble is None


async def no_way(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let no connection be made, with this error."""

    async def refuse(*_: object) -> None:
        raise OSError(number, "no way")

    monkeypatch.setattr(asyncio.get_running_loop(), "sock_connect", refuse)
