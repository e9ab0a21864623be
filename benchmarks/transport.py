"""What a call costs on each transport: CPU of this process per call, and calls per second.

    python benchmarks/transport.py [--calls 3000] [--in-flight 10 100 1000 5000] [--latency-ms 0 20]

Every candidate does the same calls, one after the other against the same server, which is a process of its own. A row is
the best of ``--rounds`` rounds, so that other work on the machine disturbs it less.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import importlib
import importlib.util
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import aiohttp
import httpx

from matillion_async._transport import AiohttpTransport

HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": "gzip, deflate",
    "User-Agent": "benchmark",
    "Authorization": "Bearer " + "x" * 800,
}
PATH = "/v1/projects?size=25"
TIMEOUT = httpx.Timeout(120.0)

Call = Callable[[], Awaitable[object]]
Candidate = Callable[[str], AbstractAsyncContextManager[Call]]


@contextlib.asynccontextmanager
async def bare_httpx(url: str) -> AsyncIterator[Call]:
    """An httpx client with its own pool of 100 connections, and json()."""
    async with httpx.AsyncClient(headers=HEADERS, timeout=TIMEOUT) as client:

        async def call() -> object:
            return (await client.get(url)).json()

        yield call


@contextlib.asynccontextmanager
async def httpx_behind_16(url: str) -> AsyncIterator[Call]:
    """The same, with no more than 16 calls at its pool."""
    bound = asyncio.Semaphore(16)
    async with httpx.AsyncClient(headers=HEADERS, timeout=TIMEOUT) as client:

        async def call() -> object:
            async with bound:
                return (await client.get(url)).json()

        yield call


@contextlib.asynccontextmanager
async def published_httpx_aiohttp(url: str) -> AsyncIterator[Call]:
    """An httpx client over the published aiohttp transport."""
    published = importlib.import_module("httpx_aiohttp")
    async with published.HttpxAiohttpClient(headers=HEADERS, timeout=TIMEOUT) as client:

        async def call() -> object:
            return (await client.get(url)).json()

        yield call


def ours_with(max_connections: int) -> Candidate:
    """Our transport, called directly."""

    @contextlib.asynccontextmanager
    async def ours(url: str) -> AsyncIterator[Call]:
        extensions = {"timeout": TIMEOUT.as_dict()}
        async with AiohttpTransport(max_connections=max_connections) as transport:

            async def call() -> object:
                request = httpx.Request("GET", url, headers=HEADERS, extensions=extensions)
                return (await transport.handle_async_request(request)).json()

            yield call

    return ours


@contextlib.asynccontextmanager
async def bare_aiohttp(url: str) -> AsyncIterator[Call]:
    """An aiohttp session with its own pool of 100 connections, and json()."""
    timeout = aiohttp.ClientTimeout(total=None, sock_read=120.0)
    async with aiohttp.ClientSession(headers=HEADERS, timeout=timeout) as session:

        async def call() -> object:
            async with session.get(url) as response:
                return await response.json()

        yield call


CANDIDATES: dict[str, Candidate] = {
    "httpx": bare_httpx,
    "httpx behind 16": httpx_behind_16,
    "httpx-aiohttp": published_httpx_aiohttp,
    "ours": ours_with(100),
    "ours, 1000 connections": ours_with(1000),
    "aiohttp": bare_aiohttp,
}


async def measure(
    candidate: Candidate, url: str, calls: int, in_flight: int
) -> tuple[float, float]:
    """CPU seconds and wall-clock seconds for ``calls`` calls, always ``in_flight`` of them begun."""
    async with candidate(url) as call:
        for _ in range(20):
            await call()
        left = calls

        async def work() -> None:
            nonlocal left
            while left > 0:
                left -= 1
                await call()

        gc.collect()
        cpu, wall = time.process_time(), time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for _ in range(in_flight):
                group.create_task(work())
        return time.process_time() - cpu, time.perf_counter() - wall


@contextlib.contextmanager
def server(latency_ms: float) -> Iterator[str]:
    """The address of a server in a process of its own."""
    command = [
        sys.executable,
        str(Path(__file__).with_name("server.py")),
        "--latency-ms",
        str(latency_ms),
    ]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().split()[1]}"
        assert process.stdin is not None
        process.stdin.close()


def cpu_of(base: str) -> float:
    """CPU seconds that the server has used."""
    with urllib.request.urlopen(f"{base}/cpu") as answer:
        return float(json.load(answer))


def main() -> None:
    """Run what the command line asks for and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--in-flight", type=int, nargs="+", default=[10, 100, 1000, 5000])
    parser.add_argument("--latency-ms", type=float, nargs="+", default=[0.0, 20.0])
    parser.add_argument("--only", nargs="+", choices=list(CANDIDATES), default=list(CANDIDATES))
    options = parser.parse_args()
    print(
        f"{'latency':>8} {'in flight':>9}  {'candidate':<24} {'CPU µs/call':>11} {'calls/s':>8} {'server µs/call':>14}"
    )
    for latency in options.latency_ms:
        for in_flight in options.in_flight:
            for name in options.only:
                if name == "httpx-aiohttp" and importlib.util.find_spec("httpx_aiohttp") is None:
                    continue
                calls = max(options.calls, in_flight)
                best: tuple[float, float, float] | None = None
                with server(latency) as base:
                    for _ in range(options.rounds):
                        before = cpu_of(base)
                        cpu, wall = asyncio.run(
                            measure(CANDIDATES[name], base + PATH, calls, in_flight)
                        )
                        row = (cpu, wall, cpu_of(base) - before)
                        best = row if best is None else min(best, row)
                assert best is not None
                cpu, wall, server_cpu = best
                print(
                    f"{latency:>5.0f} ms {in_flight:>9}  {name:<24} {cpu / calls * 1e6:>11.0f} "
                    f"{calls / wall:>8.0f} {server_cpu / calls * 1e6:>14.0f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
