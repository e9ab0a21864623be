"""Processes that make calls on one account, each a client of its own: for benchmarks and tests of what they share.

    python -m benchmarks._fleet --url http://127.0.0.1:49152 --share host --callers 50 --limits 600/min 20/s

A worker prints ``ready`` when it has made a client. Then it takes lines from its standard input: ``go SECONDS`` makes calls for that time, and
prints what became of them as a line of JSON. It ends with its standard input.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import dataclass, field
from inspect import isawaitable
from pathlib import Path
from typing import IO, Any

from matillion_async import DeadlineExceededError, MatillionClient, MatillionError
from matillion_async._share.choice import chosen
from matillion_async._share.place import Change, Share, T


class TimedShare:
    """A shared place that notes how long each change takes, in seconds."""

    def __init__(self, share: Share) -> None:
        self.seconds: list[float] = []
        self._share = share

    def update(self, name: str, change: Change[T]) -> T | Awaitable[T]:
        """Change a value as one step."""
        began = time.perf_counter()
        result = self._share.update(name, change)
        if isawaitable(result):
            return self._later(result, began)
        self.seconds.append(time.perf_counter() - began)
        return result

    async def _later(self, result: Awaitable[T], began: float) -> T:
        try:
            return await result
        finally:
            self.seconds.append(time.perf_counter() - began)

    async def aclose(self) -> None:
        """Close the place."""
        await self._share.aclose()


@dataclass(slots=True)
class Outcome:
    """What became of the calls of a worker."""

    done: int = 0
    failed: list[str] = field(default_factory=list)
    refused: int = 0
    last_at: float = 0.0
    """Seconds after the start when the last call had succeeded."""
    longest_wait: float = 0.0
    """Seconds between two successes at most."""
    exchanges: list[float] = field(default_factory=list)
    """Seconds that each exchange with the shared place took, but for those of the first second, in which all processes begin."""


class Worker:
    """A process of a fleet.

    Args:
        url: of the server.
        share: as the argument of the client; an empty string for none.
        callers: how many calls it makes at once.
        limits: that it is told; none, to find them out.
        folder: in place of the user's runtime folder.
    """

    def __init__(
        self, url: str, *, share: str, callers: int, limits: Sequence[str], folder: str
    ) -> None:
        command = [sys.executable, "-m", "benchmarks._fleet", "--url", url, "--share", share]
        command += ["--callers", str(callers), *(["--limits", *limits] if limits else [])]
        self.process = subprocess.Popen(
            command,
            cwd=Path(__file__).resolve().parents[1],
            env={**os.environ, "XDG_RUNTIME_DIR": folder},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def wait_until_ready(self) -> None:
        """Until it has made a client."""
        if _pipe(self.process.stdout).readline().strip() != "ready":
            raise RuntimeError("a worker of the fleet did not start")

    def go(self, seconds: float) -> None:
        """Have it make calls for that time."""
        _pipe(self.process.stdin).write(f"go {seconds}\n")
        _pipe(self.process.stdin).flush()

    def outcome(self) -> Outcome | None:
        """What became of them; None if the process was killed."""
        line = _pipe(self.process.stdout).readline()
        return Outcome(**json.loads(line)) if line else None

    def signal(self, number: signal.Signals) -> None:
        """Kill, stop or continue it."""
        os.kill(self.process.pid, number)

    def close(self) -> None:
        """End it."""
        with contextlib.suppress(BrokenPipeError):
            _pipe(self.process.stdin).close()
        self.process.wait(30)
        _pipe(self.process.stdout).close()


@contextlib.contextmanager
def fleet(
    url: str, processes: int, *, share: str, callers: int, limits: Sequence[str]
) -> Iterator[list[Worker]]:
    """So many workers that are ready."""
    workers: list[Worker] = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            for _ in range(processes):
                workers.append(
                    Worker(url, share=share, callers=callers, limits=limits, folder=folder)
                )
            for worker in workers:
                worker.wait_until_ready()
            yield workers
        finally:
            for worker in workers:
                worker.close()


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


async def _calls(client: MatillionClient, callers: int, seconds: float) -> Outcome:
    loop = asyncio.get_running_loop()
    outcome = Outcome()
    began = last = loop.time()

    async def caller() -> None:
        nonlocal last
        while (left := began + seconds - loop.time()) > 0:
            try:
                await client.with_options(deadline=left).projects.list(size=1)
            except DeadlineExceededError:
                return
            except MatillionError as error:
                outcome.failed.append(str(error))
                return
            now = loop.time()
            outcome.done += 1
            outcome.longest_wait = max(outcome.longest_wait, now - last)
            last = now

    refused = client.limiter.stats().refused
    await asyncio.gather(*(caller() for _ in range(callers)))
    outcome.refused = client.limiter.stats().refused - refused
    outcome.last_at = last - began
    return outcome


async def _work(options: argparse.Namespace) -> None:
    place = chosen(options.share)
    timed = None if place is None else TimedShare(place)
    arguments: dict[str, Any] = {"rate_limits": options.limits} if options.limits else {}
    async with MatillionClient(
        client_id="benchmark",
        client_secret="benchmark-secret",
        base_url=options.url,
        token_url=f"{options.url}/token",
        share=timed if timed is not None else "none",
        **arguments,
    ) as client:
        # What the start left behind is collected now, and not in the middle of an exchange.
        gc.collect()
        gc.freeze()
        print("ready", flush=True)
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            if timed is not None:
                loop.call_later(1.0, timed.seconds.clear)
            outcome = await _calls(client, options.callers, float(line.split()[1]))
            if timed is not None:
                outcome.exchanges, timed.seconds = timed.seconds, []
            values = {name: getattr(outcome, name) for name in Outcome.__slots__}
            print(json.dumps(values), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True)
    parser.add_argument("--share", required=True)
    parser.add_argument("--callers", type=int, required=True)
    parser.add_argument("--limits", nargs="+", default=())
    asyncio.run(_work(parser.parse_args()))


if __name__ == "__main__":
    main()
