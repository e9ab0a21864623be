"""A server that refuses, or is none of Redis: what its users are told, and what it has to allow."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from matillion_async._share.place import ShareError
from matillion_async._share.redis import RedisShare
from tests.matillion_async.raw_server import Peer, raw_server
from tests.matillion_async.share.real_server import RealServer, running
from tests.matillion_async.share.test_redis_share import KEY, NAME, PASSWORD, appended, sharing

PAGE = Path(__file__).parents[3] / "docs/several-processes.md"


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", "no Redis or Valkey server"),
        ("SSH-2.0-OpenSSH_9.6\r\n", "no Redis or Valkey server"),
        ("*1\r\n:5\r\n", "no Redis or Valkey server"),
        (":5\r\n", "no Redis or Valkey server"),
        ("+OK\r\n", "no Redis or Valkey server"),
        ("$-1\r\n", "no Redis or Valkey server"),
        ("$many\r\n", "no Redis or Valkey server"),
        ("*3\r\n$2\r\n17\r\n$1\r\n0\r\n$5\r\nother\r\n", "no Redis or Valkey server"),
        ("*3\r\n+a\r\n+b\r\n+done\r\n", "no Redis or Valkey server"),
        (
            "-DENIED Redis is running in protected mode because\r\n",
            "in protected mode: give it a pa",
        ),
        ("-ERR max number of clients reached\r\n", "has as many clients as it takes"),
        ("-LOADING Valkey is loading the dataset in memory\r\n", "is still loading its data"),
        ("-BUSY Valkey is busy running a script.\r\n", "a script of somebody else's keeps it busy"),
        ("-MASTERDOWN Link with MASTER is down and\r\n", "a replica that has lost its primary"),
        ("-NOREPLICAS Not enough good replicas to write.\r\n", "has too few replicas"),
        ("-MISCONF Valkey is configured to save RDB snapshots\r\n", "cannot write to its disk"),
        ("-CLUSTERDOWN The cluster is down\r\n", "its cluster is down"),
        (f"-ERR unknown command 'EVALSHA', with args: {PASSWORD}\r\n", "runs no scripts"),
        (f"-ERR what is {PASSWORD}?\r\n", r"refuses what is asked \(ResponseError\)"),
        ("", "it closes the connection"),
    ],
)
async def test_what_a_server_says_in_place_of_an_answer(
    says: str, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Each is told in words that say what to change, and in none of the server's, which may repeat what it was sent."""
    caplog.set_level(logging.DEBUG)

    async def answer(peer: Peer) -> None:
        await peer.reader.read(1000)
        await peer.send(says.encode())

    async with raw_server(answer) as server, sharing(f"redis://{server.address}") as share:
        for _ in range(2):
            with pytest.raises(ShareError, match=told) as caught:
                await share.update(NAME, appended(b"a"))
    assert PASSWORD not in f"{caught.value!r} {caplog.text}"


async def test_servers_that_send_from_one_to_another() -> None:
    """As those of a cluster may for a moment: it is given up, and not asked all the time."""
    asked = 0

    async def answer(peer: Peer) -> None:
        nonlocal asked
        while await peer.reader.read(1000):
            asked += 1
            await peer.send(f"-MOVED 1 {server.address}\r\n".encode())

    async with raw_server(answer) as server, sharing(f"redis://{server.address}") as share:
        with pytest.raises(ShareError, match="send from one to another"):
            await share.update(NAME, appended(b"a"))
    assert asked < 20


async def test_an_address_that_swallows_all(
    real_server: RealServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two that a name has, as where a firewall knows of one kind only: the other one is used."""
    loop = asyncio.get_running_loop()
    with contextlib.ExitStack() as stack:
        full = stack.enter_context(socket.socket())
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(3):  # no system tells a fourth that nobody accepts it
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())

        real = loop.getaddrinfo

        async def resolve(host: str, port: int, **options: int) -> Sequence[object]:
            if host != "store.example":  # uvloop asks for addresses as well
                return await real(host, port, **options)
            ports = full.getsockname()[1], real_server.port
            kind = socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, ""
            return [(*kind, ("127.0.0.1", port)) for port in ports]

        monkeypatch.setattr(loop, "getaddrinfo", resolve)
        async with sharing("redis://store.example") as share:
            assert b"" == await share.update(NAME, appended(b"a"))
            assert b"a" == await share.update(NAME, appended(b"b"))


async def test_a_script_that_takes_long() -> None:
    """Of somebody else: it is told, and passes."""
    with running("busy-reply-threshold 50") as server, server.client() as client:
        async with sharing(server.url) as share:
            await share.update(NAME, appended(b"a"))
            endless = asyncio.create_task(
                asyncio.to_thread(_ignoring_errors, lambda: client.eval("while true do end", 0))
            )
            told = ""
            async with asyncio.timeout(20):
                while "keeps it busy" not in told:  # until then it does not answer
                    try:
                        await share.update(NAME, appended(b""))
                    except (ShareError, TimeoutError) as error:
                        told = str(error)
            with server.client() as other:
                other.script_kill()
            await endless
            assert b"a" == await share.update(NAME, appended(b"b"))


def _ignoring_errors(function: Callable[[], object]) -> None:
    with pytest.raises(Exception, match="SCRIPT KILL"):
        function()


async def test_the_commands_that_a_user_needs() -> None:
    """Those of the documentation, and no others; without any of them it is told."""
    if not PAGE.exists():
        pytest.skip("the page is of the checkout")
    (rule,) = (line for line in PAGE.read_text(encoding="utf-8").splitlines() if "SETUSER" in line)
    commands = [word for word in rule.split() if word.startswith("+")]
    with running() as server, server.client() as client:
        client.execute_command(*rule.replace("PASSWORD", PASSWORD).split())
        url = server.url.replace("//", f"//matillion:{PASSWORD}@")
        for missing in ["", *commands]:
            client.flushall()
            client.script_flush()
            changes = [f"-{missing[1:]}"] if missing else commands
            client.execute_command("ACL", "SETUSER", "matillion", *commands, *changes)
            async with sharing(url) as one, sharing(url) as other:
                if missing:
                    with pytest.raises(ShareError, match="the user may not do what is needed"):
                        await _take_turns(one, other)
                else:
                    await _take_turns(one, other)
                    assert [KEY.encode()] == client.keys("*")


async def _take_turns(*shares: RedisShare) -> None:
    for share in [*shares, *shares]:
        await share.update(NAME, appended(b"a"))
