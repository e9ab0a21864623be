"""TLS, client certificates and proxies, on real loopback sockets."""

from __future__ import annotations

import asyncio
import contextlib
import socket

import pytest

from matillion_async._transport import errors
from matillion_async._transport.transport import AiohttpTransport
from tests.matillion_async.raw_server import Peer, header, raw_server, respond_to_all
from tests.matillion_async.transport.common import (
    NEVER_SENT,
    SHORT,
    Tls,
    failure,
    make_request,
    responding_with,
)


async def test_a_custom_authority_is_trusted(tls: Tls) -> None:
    """With an SSL context that knows the authority, calls work, and closing leaves nothing open."""
    async with (
        raw_server(respond_to_all, tls.server()) as server,
        AiohttpTransport(verify=tls.client()) as transport,
    ):
        for _ in range(2):
            response = await transport.send(make_request(server.address, scheme="https"))
            assert response.status_code == 200
        assert server.accepted == 1


async def test_ssl_cert_file_is_trusted(tls: Tls, monkeypatch: pytest.MonkeyPatch) -> None:
    """The authority may also come from SSL_CERT_FILE, unless the environment is not trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tls.authority_file))
    async with raw_server(respond_to_all, tls.server()) as server:
        async with AiohttpTransport() as transport:
            request = make_request(server.address, scheme="https")
            assert (await transport.send(request)).status_code == 200
        async with AiohttpTransport(trust_env=False) as transport:
            request = make_request(server.address, scheme="https")
            assert errors.ConnectError is type(await failure(transport, request))


async def test_an_unknown_authority_is_refused(tls: Tls) -> None:
    """By default a certificate of an unknown authority is a ConnectError that says so; nothing is sent."""
    async with (
        raw_server(respond_to_all, tls.server()) as server,
        AiohttpTransport(trust_env=False) as transport,
    ):
        error = await failure(transport, make_request(server.address, "POST", scheme="https"))

    assert errors.ConnectError is type(error)
    assert "certificate verify failed" in str(error)
    assert server.requests == []


async def test_verification_can_be_switched_off(tls: Tls) -> None:
    """``verify=False`` accepts any server."""
    async with (
        raw_server(respond_to_all, tls.server()) as server,
        AiohttpTransport(verify=False) as transport,
    ):
        response = await transport.send(make_request(server.address, scheme="https"))
        assert response.status_code == 200


async def test_a_client_certificate_is_shown(tls: Tls) -> None:
    """A server that asks for a certificate gets the one in ``cert``."""
    names: list[object] = []

    async def behaviour(peer: Peer) -> None:
        names.append(peer.writer.get_extra_info("peercert")["subject"])
        await respond_to_all(peer)

    cert = (str(tls.certificate_file), str(tls.key_file))
    async with (
        raw_server(behaviour, tls.server(ask_for_a_certificate=True)) as server,
        AiohttpTransport(verify=tls.client(), cert=cert) as transport,
    ):
        response = await transport.send(make_request(server.address, scheme="https"))

    assert response.status_code == 200
    assert "a client" in str(names)


async def test_a_missing_client_certificate_is_no_success(tls: Tls) -> None:
    """A server that asks for a certificate and gets none ends the connection: an error, not a hang."""
    async with (
        raw_server(respond_to_all, tls.server(ask_for_a_certificate=True)) as server,
        AiohttpTransport(verify=tls.client()) as transport,
    ):
        await failure(transport, make_request(server.address, scheme="https"))

    assert server.requests == []


async def forward(peer: Peer) -> None:
    """A proxy: tunnels CONNECT, responds to other requests itself."""
    request = await peer.request()
    assert request is not None
    if not request.startswith(b"CONNECT "):
        await peer.respond(b"from the proxy")
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
        response = await transport.send(make_request("api.example.com"))

    assert response.text == "from the proxy"
    request = proxy.requests[0]
    assert request.startswith(b"GET http://api.example.com/v1/projects?size=25 HTTP/1.1\r\n")
    assert header(request, "host") == "api.example.com"
    assert header(request, "proxy-authorization") == "Basic dXNlcjpwQHNz"


async def test_each_plain_request_has_the_credentials_of_its_proxy() -> None:
    """Also one on a connection that was kept: a proxy asks for them with each request."""
    async with (
        raw_server(respond_to_all) as proxy,
        AiohttpTransport(proxy=f"http://user:secret@{proxy.address}") as transport,
    ):
        for _ in range(2):
            await transport.send(make_request("api.example.com"))

    assert proxy.accepted == 1
    assert ["Basic dXNlcjpzZWNyZXQ="] * 2 == [
        header(request, "proxy-authorization") for request in proxy.requests
    ]


async def test_a_proxy_may_speak_tls(tls: Tls) -> None:
    """It proves who it is as a server does, also for requests that are not encrypted themselves."""
    async with (
        raw_server(forward, tls.server()) as proxy,
        AiohttpTransport(verify=tls.client(), proxy=f"https://{proxy.address}") as transport,
    ):
        response = await transport.send(make_request("api.example.com"))

    assert response.text == "from the proxy"


async def test_tls_goes_through_a_proxy(tls: Tls) -> None:
    """An https request goes through a tunnel: the proxy sees its own credentials, and nothing of the request."""
    async with (
        raw_server(respond_to_all, tls.server()) as server,
        raw_server(forward) as proxy,
        AiohttpTransport(
            verify=tls.client(), proxy=f"http://user:secret@{proxy.address}"
        ) as transport,
    ):
        headers = {"Authorization": "Bearer token"}
        for _ in range(2):
            response = await transport.send(
                make_request(server.address, scheme="https", headers=headers)
            )
            assert response.status_code == 200

    assert len(server.requests) == 2
    for request in server.requests:
        assert header(request, "authorization") == "Bearer token"
        assert header(request, "proxy-authorization") is None
    (connect,) = proxy.requests
    assert connect.startswith(f"CONNECT {server.address} HTTP/1.1\r\n".encode())
    assert header(connect, "proxy-authorization") == "Basic dXNlcjpzZWNyZXQ="
    assert header(connect, "authorization") is None


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (
            b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
            errors.ProxyError,
        ),
        (b"HTTP/1.1 502 Bad Gateway\r\n\r\n", errors.ProxyError),
        (b"rubbish\r\n\r\n", errors.ConnectError),
        (b"", errors.ConnectError),
    ],
)
async def test_a_tunnel_that_was_not_made_carried_nothing(
    response: bytes, expected: type[errors.TransportError]
) -> None:
    """A proxy that refuses, breaks or talks rubbish: an error that means "never sent", without its password."""
    async with (
        raw_server(responding_with(response)) as proxy,
        AiohttpTransport(proxy=f"http://user:hidden@{proxy.address}") as transport,
    ):
        error = await failure(
            transport, make_request("api.example.com:443", "POST", scheme="https")
        )

    assert expected is type(error)
    assert isinstance(error, NEVER_SENT)
    assert "hidden" not in str(error)


async def test_a_silent_proxy_is_a_connect_timeout() -> None:
    """No response to CONNECT in the time to connect."""
    async with (
        raw_server(Peer.wait_for_the_end) as proxy,
        AiohttpTransport(proxy=f"http://{proxy.address}") as transport,
    ):
        request = make_request("api.example.com", scheme="https", connect=SHORT)
        assert errors.ConnectTimeout is type(await failure(transport, request))


async def test_a_proxy_that_is_not_there_was_never_sent() -> None:
    """The proxy refuses the connection: ConnectError, without its password."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    async with AiohttpTransport(proxy=f"http://user:hidden@{address}") as transport:
        error = await failure(transport, make_request("api.example.com", "POST"))

    assert errors.ConnectError is type(error)
    assert "hidden" not in str(error)


async def test_the_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """HTTP_PROXY is used, NO_PROXY is obeyed, and neither without trust_env, nor for this machine itself."""
    async with raw_server(forward) as proxy, raw_server(respond_to_all) as server:
        monkeypatch.setenv("HTTP_PROXY", f"http://{proxy.address}")
        monkeypatch.setenv("http_proxy", f"http://{proxy.address}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        here = make_request(server.address)
        async with AiohttpTransport() as transport:
            assert (await transport.send(make_request("api.invalid:80"))).text == "from the proxy"
            assert (await transport.send(here)).text == "ok"
        async with AiohttpTransport(trust_env=False) as transport:
            assert errors.ConnectError is type(
                await failure(transport, make_request("api.invalid:80"))
            )
        monkeypatch.setenv("no_proxy", "api.invalid")
        async with AiohttpTransport() as transport:
            assert errors.ConnectError is type(
                await failure(transport, make_request("api.invalid:80"))
            )
