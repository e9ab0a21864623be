"""Processes that share an account, and the server that they call."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import signal
import ssl
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from pathlib import Path

import pytest

from matillion_async._limits.rates import parse_rate_limits
from matillion_async.sandbox._limits import Algorithm, ServerLimit
from tests.matillion_async.raw_server import Peer, raw_server
from tests.matillion_async.scripted import project_page
from tests.matillion_async.share.event_loops import loops_in_turn
from tests.matillion_async.share.worker import Outcome, Task

ROOT = Path(__file__).parents[3]
OF_ANY_LOOP = pytest.mark.parametrize("anyio_backend", ["asyncio"])
"""For tests whose clients are in other processes: the event loop of their own makes no difference."""
PAGE = json.dumps(project_page()).encode()
TOKEN = json.dumps({"access_token": "token", "token_type": "Bearer", "expires_in": 1800}).encode()


class LimitedServer:
    """Keeps limits, and notes when requests arrive.

    Attributes:
        accepted, refused: when they arrived, of the requests that were accepted and refused.
        tokens: how many it issued, which cost nothing of the limits.
    """

    def __init__(self, limits: Sequence[str], algorithm: Algorithm = "sliding-window") -> None:
        self.accepted: list[float] = []
        self.refused: list[float] = []
        self.tokens = 0
        self.url = ""
        self._limit = ServerLimit(algorithm, parse_rate_limits(limits))

    @contextlib.asynccontextmanager
    async def serving(
        self, address: str = "127.0.0.1", tls: ssl.SSLContext | None = None
    ) -> AsyncIterator[LimitedServer]:
        """Listen on a port of this address."""
        async with raw_server(self._respond, tls, address) as server:
            self.url = f"{'https' if tls else 'http'}://{server.address}"
            yield self

    async def _respond(self, peer: Peer) -> None:
        while request := await peer.request():
            if request.startswith(b"POST /token"):
                self.tokens += 1
                await peer.respond(TOKEN, "Content-Type: application/json")
                continue
            now = asyncio.get_running_loop().time()
            if wait := self._limit.hit(now):
                self.refused.append(now)
                seconds = max(1, round(wait + 0.5))
                await peer.respond(b"{}", f"Retry-After: {seconds}", status="429 Too Many Requests")
            else:
                self.accepted.append(now)
                await asyncio.sleep(0.02)
                await peer.respond(PAGE)

    @property
    def share_refused(self) -> float:
        """Of all requests."""
        return len(self.refused) / max(1, len(self.refused) + len(self.accepted))

    def longest_gap(self) -> float:
        """Seconds in which nothing was accepted."""
        times = self.accepted
        return max((later - time for time, later in itertools.pairwise(times)), default=0)


class Worker:
    """A process that is ready."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    async def outcome(self) -> Outcome:
        """What became of its calls; nothing of one that was killed."""
        output, _ = await self.process.communicate()
        if self.process.returncode == -signal.SIGKILL:
            return Outcome()
        assert self.process.returncode == 0
        return Outcome(**json.loads(output))


async def run_fleet(
    server: LimitedServer,
    shares: Sequence[str],
    limits: Sequence[str] | None,
    *,
    seconds: float,
    callers: int = 5,
    authority: str = "",
    secret: str = "",
    hosts: Sequence[AbstractContextManager[object]] = (),
    meanwhile: Callable[[list[Worker]], Awaitable[None]] | None = None,
) -> list[Outcome]:
    """Run a process for each share at the same time, on one event loop or the other in turn.

    Args:
        limits: that each of them is given.
        seconds: for which they call.
        authority: the file of that which the server's certificate is of, if it has one.
        secret: with which they fetch a token; without, they need none.
        hosts: where each of them is started; here, if none are given.
        meanwhile: done once they have begun.
    """
    workers: list[Worker] = []
    try:
        for number, (share, event_loop) in enumerate(zip(shares, loops_in_turn(), strict=False)):
            with hosts[number] if hosts else nullcontext():
                process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "tests.matillion_async.share.worker"),
                    cwd=ROOT,
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                )
            workers.append(Worker(process))
            assert process.stdin is not None
            given = list(limits) if limits else None
            task = Task(server.url, share, given, callers, seconds, event_loop, authority, secret)
            process.stdin.write(json.dumps(asdict(task)).encode() + b"\n")
        for worker in workers:
            assert worker.process.stdout is not None
            assert b"ready\n" == await worker.process.stdout.readline()
        for worker in workers:
            assert worker.process.stdin is not None
            worker.process.stdin.write(b"go\n")
        if meanwhile is not None:
            await meanwhile(workers)
        return [await worker.outcome() for worker in workers]
    finally:
        for worker in workers:
            if worker.process.returncode is None:
                worker.process.kill()
                await worker.process.wait()
