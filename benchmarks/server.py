"""A bare HTTP server for the benchmarks: one page of 25 projects, at once or after a fixed latency.

    python benchmarks/server.py --latency-ms 20

Prints ``port <number>`` when it listens. Answers ``GET /…`` with the page and ``GET /cpu`` with the CPU seconds
that this process has used, so that a benchmark can show what the server cost. Ends when its standard input closes.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
import uuid

PAGE = json.dumps(
    {
        "page": 0,
        "size": 25,
        "total": 25,
        "results": [
            {
                "id": str(uuid.UUID(int=number)),
                "name": f"project {number}",
                "description": f"Loads the orders of region {number} every night.",
            }
            for number in range(25)
        ],
    }
).encode()


def answer(body: bytes) -> bytes:
    """A whole HTTP answer with a JSON body."""
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


PAGE_ANSWER = answer(PAGE)


class PageServer(asyncio.Protocol):
    """Answers each request on a connection; reads no further than the end of its headers."""

    def __init__(self, latency: float) -> None:
        self.latency = latency
        self.loop = asyncio.get_running_loop()
        self.received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.received += data
        while (end := self.received.find(b"\r\n\r\n")) >= 0:
            head, self.received = self.received[:end], self.received[end + 4 :]
            if head.startswith(b"GET /cpu "):
                self.transport.write(answer(str(time.process_time()).encode()))
            elif self.latency:
                self.loop.call_later(self.latency, self.transport.write, PAGE_ANSWER)
            else:
                self.transport.write(PAGE_ANSWER)


async def serve(latency: float) -> None:
    """Listen on a free loopback port until standard input closes."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: PageServer(latency), "127.0.0.1", 0, backlog=8192)
    print(f"port {server.sockets[0].getsockname()[1]}", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latency-ms", type=float, default=0.0)
    asyncio.run(serve(parser.parse_args().latency_ms / 1000))
