"""POSTs just as the server ends idle connections: how many fail as possibly processed though the server never saw them.

The server closes a connection 100 ms after its last response. 50 POSTs are sent at once, and 50 more between 3 ms before and
3 ms after that moment, over and over. The server notes which arrived. A POST that failed in a way that leaves open whether
it was processed, and did not arrive, is a false alarm: somebody has to look whether a pipeline was started. None may arrive
twice.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import contextlib
import itertools
import json
import random
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

import aiohttp
import httpx

from benchmarks._report import Goal, Report, Table
from matillion_async._calls.retry import NEVER_SENT
from matillion_async._transport.errors import TransportError
from matillion_async._transport.transport import AiohttpTransport
from matillion_async._transport.values import Request
from matillion_async._trouble import is_kind

IDLE_LIMIT = 0.1
AROUND = 0.003
AT_ONCE = 50

Post = Callable[[str], Awaitable[None]]
"""Sends a POST with a body that names it; raises ``Unknown`` if nobody knows what became of it."""


class Unknown(Exception):  # noqa: N818 - an outcome
    """The server may have processed it."""


class NotSent(Exception):  # noqa: N818 - an outcome
    """The server cannot have processed it."""


@contextlib.asynccontextmanager
async def ours(url: str) -> AsyncIterator[Post]:
    """Our transport."""
    async with AiohttpTransport() as transport:

        async def post(name: str) -> None:
            request = Request("POST", url, {}, name.encode(), connect_timeout=10)
            try:
                await transport.send(request)
            except TransportError as error:
                raise (Unknown if request.is_sent else NotSent) from error

        yield post


@contextlib.asynccontextmanager
async def httpx_pool(url: str) -> AsyncIterator[Post]:
    """httpx's own transport."""
    async with httpx.AsyncHTTPTransport() as transport:
        yield lambda name: _post_by_httpx(transport.handle_async_request, url, name)


async def _post_by_httpx(
    send: Callable[[httpx.Request], Awaitable[httpx.Response]], url: str, name: str
) -> None:
    timeout = httpx.Timeout(10).as_dict()
    request = httpx.Request("POST", url, content=name, extensions={"timeout": timeout})
    try:
        await (await send(request)).aread()
    except httpx.TransportError as error:
        raise (NotSent if is_kind(error, *NEVER_SENT) else Unknown) from error


@contextlib.asynccontextmanager
async def aiohttp_session(url: str) -> AsyncIterator[Post]:
    """An aiohttp session as it comes."""
    async with aiohttp.ClientSession() as session:

        async def post(name: str) -> None:
            try:
                async with session.post(url, data=name.encode()) as response:
                    await response.read()
            except aiohttp.ClientConnectorError as error:
                raise NotSent from error
            except aiohttp.ClientError as error:
                raise Unknown from error

        yield post


Contestant = Callable[[str], contextlib.AbstractAsyncContextManager[Post]]
CONTESTANTS: dict[str, Contestant] = {
    "ours": ours,
    "httpx": httpx_pool,
    "aiohttp": aiohttp_session,
}


@dataclass
class Found:
    """What became of all POSTs."""

    sent: int = 0
    """At the idle limit."""
    unknown: int = 0
    false_alarms: int = 0
    not_sent: int = 0
    twice: int = 0


async def at_the_limit(contestant: Contestant, url: str, posts: int) -> Found:
    """Send so many POSTs, and ask the server which arrived."""
    choice = random.Random(1)
    unknown: list[str] = []
    found = Found()
    names = map(str, itertools.count())

    async with contestant(url) as post:

        async def send(name: str, pause: float = 0.0) -> None:
            await asyncio.sleep(pause)
            try:
                await post(name)
            except Unknown:
                unknown.append(name)
            except NotSent:
                found.not_sent += 1

        while found.sent < posts:
            await asyncio.gather(*(send(next(names)) for _ in range(AT_ONCE)))
            pauses = [IDLE_LIMIT + choice.uniform(-AROUND, AROUND) for _ in range(AT_ONCE)]
            await asyncio.gather(*(send(next(names), pause) for pause in pauses))
            found.sent += AT_ONCE
    async with httpx.AsyncClient(trust_env=False) as client:
        arrived = collections.Counter((await client.get(url)).json())
    found.unknown = len(unknown)
    found.false_alarms = sum(name not in arrived for name in unknown)
    found.twice = sum(count > 1 for count in arrived.values())
    return found


def run(options: argparse.Namespace) -> Report:
    """One row for each."""
    posts = 500 if options.quick else 2_000
    found: dict[str, Found] = {}
    for name, contestant in CONTESTANTS.items():
        with serving() as url:
            found[name] = asyncio.run(at_the_limit(contestant, url, posts))
    head = (
        f"{posts:,} POSTs at the idle limit, and as many before",
        "possibly processed",
        "of these never arrived",
        "never sent",
        "arrived twice",
    )
    rows = [
        (name, str(it.unknown), str(it.false_alarms), str(it.not_sent), str(it.twice))
        for name, it in found.items()
    ]
    mine = found["ours"]
    return Report(
        tables=[Table(head, rows)],
        goals=[
            Goal("ours: false alarms", mine.false_alarms, 0, "", digits=0),
            Goal("ours: arrived twice", mine.twice, 0, "", digits=0),
        ],
    )


class IdleServer(asyncio.Protocol):
    """Takes POSTs and notes their bodies; gives a GET what it noted; closes what is idle."""

    noted: ClassVar[list[str]] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.received = b""
        self.timer = asyncio.get_running_loop().call_later(10, transport.close)

    def data_received(self, data: bytes) -> None:
        self.received += data
        head, end, body = self.received.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        if not end or len(body) < int(length or 0):
            return
        self.received = b""
        if body:
            self.noted.append(body.decode())
        response = b"{}" if body else json.dumps(self.noted).encode()
        self.transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(response), response)
        )
        self.timer.cancel()
        self.timer = asyncio.get_running_loop().call_later(IDLE_LIMIT, self.transport.close)


async def serve() -> None:
    """Listen on a free loopback port until standard input closes."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(IdleServer, "127.0.0.1", 0, backlog=1024)
    print(f"port {server.sockets[0].getsockname()[1]}", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """The address of a server in a process of its own."""
    command = [sys.executable, "-c", "from benchmarks import idle; idle.asyncio.run(idle.serve())"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().split()[1]}"
        finally:
            process.stdin.close()
