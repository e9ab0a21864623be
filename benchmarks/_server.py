"""A bare HTTP server for the benchmarks, in a process of its own: pages of projects, at once or after a latency.

    python benchmarks/_server.py --total 10000 --latency-ms 20

Prints ``port <number>`` when it listens, and ends when its standard input closes. Every path is the listing; of its
query it reads ``page`` and ``size``. It works out little per request, so that it is not what is measured.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import re
import subprocess
import sys
import uuid
from collections.abc import Iterator
from functools import lru_cache

_NUMBERS = re.compile(rb"[?&](page|size)=(\d+)")


def page(number: int, size: int, total: int) -> dict[str, object]:
    """One page of the listing, as the API writes it."""
    shown = range(number * size, min((number + 1) * size, total))
    return {
        "page": number,
        "size": size,
        "total": total,
        "results": [
            {
                "id": str(uuid.UUID(int=index)),
                "name": f"project {index}",
                "description": f"Loads the orders of region {index} every night.",
            }
            for index in shown
        ],
    }


@lru_cache(maxsize=1024)
def response(number: int, size: int, total: int) -> bytes:
    """The whole HTTP response with one page."""
    body = json.dumps(page(number, size, total)).encode()
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class PageServer(asyncio.Protocol):
    """Responds to each request on a connection; reads no further than the end of its headers."""

    def __init__(self, total: int, latency: float) -> None:
        self.total = total
        self.latency = latency
        self.loop = asyncio.get_running_loop()
        self.received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.received += data
        while (end := self.received.find(b"\r\n\r\n")) >= 0:
            line = self.received[: self.received.index(b"\r\n")]
            self.received = self.received[end + 4 :]
            asked = {name: int(value) for name, value in _NUMBERS.findall(line)}
            content = response(asked.get(b"page", 0), asked.get(b"size", 25), self.total)
            if self.latency:
                self.loop.call_later(self.latency, self.transport.write, content)
            else:
                self.transport.write(content)


async def serve(total: int, latency: float) -> None:
    """Listen on a free loopback port until standard input closes."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: PageServer(total, latency), "127.0.0.1", 0, backlog=8192
    )
    print(f"port {server.sockets[0].getsockname()[1]}", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


@contextlib.contextmanager
def running(*, total: int = 25, latency_ms: float = 0) -> Iterator[str]:
    """The address of a server, such as ``http://127.0.0.1:49152``; it ends with the block."""
    options = ["--total", str(total), "--latency-ms", str(latency_ms)]
    command = [sys.executable, __file__, *options]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            said = process.stdout.readline().split()
            if len(said) != 2:
                raise RuntimeError("the server of the benchmarks did not start")
            yield f"http://127.0.0.1:{said[1]}"
        finally:
            process.stdin.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--total", type=int, default=25, help="projects in the listing")
    parser.add_argument("--latency-ms", type=float, default=0.0)
    options = parser.parse_args()
    asyncio.run(serve(options.total, options.latency_ms / 1000))
