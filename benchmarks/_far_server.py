"""An HTTP server with rate limits that is far away, in a process of its own: the token, and pages of projects.

    python benchmarks/_far_server.py --limits 1200/min 100/s --algorithm bucket --travel-ms 100 --jitter uniform

A request is judged when it has travelled, and its response travels back; with ``--handshakes`` the first one on a
connection travels there and back once more, as a handshake does. Prints ``port <number>`` when it listens; when its standard input closes
it prints how many requests arrived, how many it refused, and how many of those more than a minute after the first one had arrived, and ends.
A token costs nothing of the limits.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import math
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from benchmarks._world import EMPTY_PAGE, Jitter, Travel
from matillion_async._limits.rates import parse_rate_limits
from matillion_async.sandbox._limits import Algorithm, ServerLimit

TOKEN_PATH = b"/token"
FIRST_MINUTE = 60.0
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass(slots=True)
class Counts:
    """What a server saw."""

    arrived: int = 0
    refused: int = 0
    refused_later: int = 0
    """Of those, more than a minute after the first one had arrived."""
    began: float = math.inf
    """When that was, on the server's clock."""


class FarServer(asyncio.Protocol):
    """One connection; a client sends the next request when it has the response to the last."""

    def __init__(
        self, limit: ServerLimit, travels: Callable[[], float], counts: Counts, *, handshakes: bool
    ) -> None:
        self._limit = limit
        self._travels = travels
        self._counts = counts
        self._loop = asyncio.get_running_loop()
        self._received = b""
        self._handshake = travels() + travels() if handshakes else 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not end or (length is not None and len(body) < int(length[1])):
            return
        self._received = b""
        is_token = head.split(b" ", 2)[1] == TOKEN_PATH
        delay, self._handshake = self._handshake + self._travels(), 0.0
        self._loop.call_later(delay, self._arrived, is_token)

    def _arrived(self, is_token: bool) -> None:
        response = _response(200, _TOKEN) if is_token else self._judge()
        self._loop.call_later(self._travels(), self._transport.write, response)

    def _judge(self) -> bytes:
        counts, now = self._counts, self._loop.time()
        counts.began = min(counts.began, now)
        counts.arrived += 1
        wait = self._limit.hit(now)
        if not wait:
            return _response(200, EMPTY_PAGE)
        counts.refused += 1
        counts.refused_later += now > counts.began + FIRST_MINUTE
        return _response(429, b"{}", f"Retry-After: {math.ceil(wait)}\r\n")


def _response(status: int, body: bytes, more: str = "") -> bytes:
    head = f"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\n{more}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


_TOKEN = json.dumps(
    {"access_token": "x" * 800, "token_type": "Bearer", "expires_in": 1800}
).encode()


async def serve(limit: ServerLimit, travel: Travel, *, handshakes: bool) -> None:
    """Listen on a free loopback port until standard input closes."""
    loop = asyncio.get_running_loop()
    chance = random.Random(0)
    counts = Counts()

    def connection() -> FarServer:
        return FarServer(limit, lambda: travel.draw(chance), counts, handshakes=handshakes)

    server = await loop.create_server(connection, "127.0.0.1", 0, backlog=8192)
    print(f"port {server.sockets[0].getsockname()[1]}", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()
    print(counts.arrived, counts.refused, counts.refused_later, flush=True)


@contextlib.contextmanager
def running(
    limits: Sequence[str], algorithm: Algorithm, travel: Travel, *, handshakes: bool = False
) -> Iterator[tuple[str, Counts]]:
    """The address of a server, such as ``http://127.0.0.1:49152``, and what it counted, once the block has ended."""
    command = [sys.executable, "-m", "benchmarks._far_server", "--algorithm", algorithm]
    command += ["--travel-ms", str(1000 * travel.seconds), "--jitter", travel.jitter]
    command += ["--limits", *limits, *(["--handshakes"] if handshakes else [])]
    with subprocess.Popen(
        command,
        cwd=Path(__file__).resolve().parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        counts = Counts()
        try:
            said = process.stdout.readline().split()
            if len(said) != 2:
                raise RuntimeError("the server of the benchmarks did not start")
            yield f"http://127.0.0.1:{said[1]}", counts
        finally:
            process.stdin.close()
        numbers = map(int, process.stdout.readline().split())
        counts.arrived, counts.refused, counts.refused_later = numbers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limits", nargs="+", required=True)
    parser.add_argument("--algorithm", choices=get_args(Algorithm), required=True)
    parser.add_argument("--travel-ms", type=float, default=0.0)
    parser.add_argument("--jitter", choices=get_args(Jitter), default="none")
    parser.add_argument("--handshakes", action="store_true")
    options = parser.parse_args()
    limit = ServerLimit(options.algorithm, parse_rate_limits(options.limits))
    travel = Travel(options.travel_ms / 1000, options.jitter)
    asyncio.run(serve(limit, travel, handshakes=options.handshakes))


if __name__ == "__main__":
    main()
