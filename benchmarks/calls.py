"""What one call costs: ours with everything on, against its peers, on one server.

    python -m benchmarks calls [--calls 3000] [--in-flight 1 10 100 1000] [--latency-ms 0 20]

Each candidate does ``GET /v1/projects?size=25`` and reads the page. "Ours" has the token, the limiter, the retry loop
and typed models on. The server is a process of its own; its CPU per call is shown, so that one sees it is not the bottleneck.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import importlib
import importlib.util
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

from matillion_api import Client
from matillion_api.api.projects import list_projects

from benchmarks.transport import (
    HEADERS,
    PATH,
    TIMEOUT,
    Call,
    Candidate,
    bare_aiohttp,
    bare_httpx,
    cpu_of,
    measure,
    server,
)
from matillion_async import MatillionClient, Token


class FixedToken:
    """A token as long as a real one, which never expires in a benchmark."""

    async def fetch(self) -> Token:
        return Token("x" * 800, expires_in=1800)


@contextlib.asynccontextmanager
async def ours(url: str) -> AsyncIterator[Call]:
    """MatillionClient: token, limiter, retries, typed models."""
    base = url.removesuffix(PATH)
    limits = (
        "100000000/min"  # so high that nobody waits: the limiter's cost counts, not its purpose
    )
    async with MatillionClient(
        base_url=base + "/dpc", token_source=FixedToken(), rate_limits=limits, timeout=120
    ) as client:

        async def call() -> object:
            return await client.projects.list(size=25)

        yield call


@contextlib.asynccontextmanager
async def generated_on_httpx(url: str) -> AsyncIterator[Call]:
    """The plain generated function on httpx, without tokens, limits or retries."""
    async with Client(url.removesuffix(PATH), headers=HEADERS, timeout=TIMEOUT) as client:

        async def call() -> object:
            return await list_projects.asyncio(client=client, size=25)

        yield call


@contextlib.asynccontextmanager
async def full_sdk_on_httpx(url: str) -> AsyncIterator[Call]:
    """openai's AsyncOpenAI, a full SDK on httpx, pointed at the same route."""
    sdk = importlib.import_module("openai")
    async with sdk.AsyncOpenAI(
        api_key="x" * 800, base_url=url.removesuffix(PATH), timeout=120.0
    ) as client:

        async def call() -> object:
            return await client.get(
                "/v1/projects", cast_to=object, options={"params": {"size": 25}}
            )

        yield call


CANDIDATES: dict[str, Candidate] = {
    "ours": ours,
    "httpx + json()": bare_httpx,
    "generated on httpx": generated_on_httpx,
    "aiohttp + json()": bare_aiohttp,
}
if importlib.util.find_spec("openai"):
    CANDIDATES["openai on httpx"] = full_sdk_on_httpx


def requests_in_threads(url: str, calls: int, in_flight: int) -> tuple[float, float]:
    """CPU and wall-clock seconds of requests, one session and one thread per call in flight."""
    import threading

    import requests

    local = threading.local()

    def call(_: int) -> object:
        if not hasattr(local, "session"):
            local.session = requests.Session()
            local.session.headers.update(HEADERS)
        return local.session.get(url, timeout=120).json()

    with ThreadPoolExecutor(in_flight) as pool:
        cpu, wall = time.process_time(), time.perf_counter()
        for _ in pool.map(call, range(calls)):
            pass
        return time.process_time() - cpu, time.perf_counter() - wall


def main() -> None:
    """Run what the command line asks for and print a table."""
    parser = argparse.ArgumentParser(prog="benchmarks calls", description=__doc__)
    parser.add_argument("--calls", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--in-flight", type=int, nargs="+", default=[1, 10, 100, 1000])
    parser.add_argument("--latency-ms", type=float, nargs="+", default=[0.0])
    parser.add_argument("--only", nargs="+", default=None, help="names of candidates")
    options = parser.parse_args()
    names = [*CANDIDATES]
    if importlib.util.find_spec("requests"):
        names.append("requests in threads")
    print(
        f"{'latency':>8} {'in flight':>9}  {'candidate':<20} {'CPU µs/call':>11} {'calls/s':>8} "
        f"{'x httpx':>8} {'x aiohttp':>9} {'server µs/call':>14}"
    )
    for latency in options.latency_ms:
        for in_flight in options.in_flight:
            rows = {
                name: _best(name, latency, max(options.calls, in_flight), in_flight, options.rounds)
                for name in names
                if options.only is None or name in options.only
            }
            for name, (cpu, rate, server_cpu) in rows.items():
                ratios = [
                    f"{cpu / rows[peer][0]:.2f}" if peer in rows else "-"
                    for peer in ("httpx + json()", "aiohttp + json()")
                ]
                print(
                    f"{latency:>5.0f} ms {in_flight:>9}  {name:<20} {cpu:>11.0f} {rate:>8.0f} "
                    f"{ratios[0]:>8} {ratios[1]:>9} {server_cpu:>14.0f}",
                    flush=True,
                )


def _best(
    name: str, latency: float, calls: int, in_flight: int, rounds: int
) -> tuple[float, float, float]:
    """CPU µs per call, calls per second, and server CPU µs per call of the best round."""
    found: list[tuple[float, float, float]] = []
    with server(latency) as base:
        for _ in range(rounds):
            before = cpu_of(base)
            if name in CANDIDATES:
                candidate = CANDIDATES[name]
                cpu, wall = asyncio.run(measure(candidate, base + PATH, calls, in_flight))
            else:
                cpu, wall = requests_in_threads(base + PATH, calls, in_flight)
            server_cpu = cpu_of(base) - before
            found.append((cpu / calls * 1e6, calls / wall, server_cpu / calls * 1e6))
    return min(found)


if __name__ == "__main__":
    main()
