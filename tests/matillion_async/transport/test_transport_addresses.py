"""Which of a host's addresses are used: IPv4, IPv6, or whichever responds."""

from __future__ import annotations

import asyncio
import socket
from typing import Any, Literal

import pytest

from matillion_async._transport import errors
from matillion_async._transport.transport import AiohttpTransport
from tests.matillion_async.raw_server import raw_server, respond_to_all
from tests.matillion_async.transport.common import failure, make_request

HOST = "api.example"


@pytest.fixture
async def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A name with an IPv6 address first, where nobody ever responds, and then an IPv4 one; which were tried."""
    addresses: list[str] = []
    loop = asyncio.get_running_loop()
    connect, look_up = loop.sock_connect, loop.getaddrinfo

    async def resolve(host: str, port: int, *, family: int = 0, **options: Any) -> Any:
        if host != HOST:  # uvloop looks up addresses as well
            return await look_up(host, port, family=family, **options)
        found = [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("2001:db8::1", port, 0, 0)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)),
        ]
        return [entry for entry in found if family in (0, entry[0])]

    async def connect_or_hang(sock: socket.socket, address: tuple[str, int]) -> None:
        addresses.append(address[0])
        if sock.family == socket.AF_INET6:
            await loop.create_future()
        await connect(sock, address)

    monkeypatch.setattr(loop, "getaddrinfo", resolve)
    monkeypatch.setattr(loop, "sock_connect", connect_or_hang)
    return addresses


@pytest.mark.parametrize(
    ("family", "expected"),
    [(None, ["2001:db8::1", "127.0.0.1"]), ("ipv4", ["127.0.0.1"])],
)
async def test_a_dead_ipv6_address_does_not_stop_a_call(
    tried: list[str], family: Literal["ipv4"] | None, expected: list[str]
) -> None:
    """The next address is tried a quarter of a second later, long before the time to connect is over; with
    ``family="ipv4"`` the other one is not tried at all."""
    async with (
        raw_server(respond_to_all) as server,
        AiohttpTransport(trust_env=False, family=family) as transport,
    ):
        request = make_request(f"{HOST}:{server.address.rpartition(':')[2]}")
        assert (await transport.send(request)).status_code == 200

    assert expected == tried


async def test_only_ipv6_is_used_where_that_is_asked_for(tried: list[str]) -> None:
    """No response from there is no reason to take the other address."""
    async with AiohttpTransport(trust_env=False, family="ipv6") as transport:
        request = make_request(f"{HOST}:80", connect=0.4)
        assert errors.ConnectTimeout is type(await failure(transport, request))

    assert tried == ["2001:db8::1"]
