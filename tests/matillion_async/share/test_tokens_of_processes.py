"""Real processes that share one token through the host: how many requests for it they make, and what a dead one costs the others."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import signal
import stat
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from matillion_async.sandbox import Fault, Sandbox, Served, serve
from tests.matillion_async.share.event_loops import loops_in_turn
from tests.matillion_async.share.fleet import OF_ANY_LOOP, ROOT

pytestmark = [pytest.mark.long, OF_ANY_LOOP]

CALLERS = 20
SECONDS = 60
"""A limit for what hangs."""
CHILD = f"""
import asyncio, sys
from matillion_async import MatillionClient
from tests.matillion_async.share.event_loops import run

async def main():
    loop = asyncio.get_running_loop()
    async with MatillionClient(share="host", rate_limits="none") as client:
        print("ready", flush=True)
        while await loop.run_in_executor(None, sys.stdin.readline):
            totals = await asyncio.gather(*(call(client) for _ in range({CALLERS})))
            print(sorted(totals), flush=True)

async def call(client):
    return (await client.projects.list()).total

run(sys.argv[1], main())
"""


class Child:
    """A process with a client and twenty callers."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.process = process
        self._stdin, self._stdout = process.stdin, process.stdout

    async def says(self) -> str:
        """The next line of its output."""
        return (await self._stdout.readline()).decode().strip()

    def begin(self) -> None:
        """Let all callers make a call."""
        self._stdin.write(b"\n")

    async def end(self) -> int | None:
        """Let it end, if it has not been killed."""
        self._stdin.close()
        with contextlib.suppress(BrokenPipeError):
            await self._stdin.wait_closed()
        return await self.process.wait()


@contextlib.asynccontextmanager
async def children(
    number: int, served: Served, folder: Path, **changes: str
) -> AsyncIterator[list[Child]]:
    """So many processes that are ready, on one event loop or the other in turn; those that are not killed end without a word."""
    env = {**os.environ, **served.environment, "XDG_RUNTIME_DIR": str(folder), **changes}
    pipe = asyncio.subprocess.PIPE
    started: list[Child] = []
    try:
        async with asyncio.timeout(SECONDS):
            for event_loop in itertools.islice(loops_in_turn(), number):
                process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-W", "error", "-c", CHILD, event_loop),
                    cwd=ROOT,
                    stdin=pipe,
                    stdout=pipe,
                    env=env,
                )
                started.append(Child(process))
            assert ["ready"] * number == [await each.says() for each in started]
            yield started
            assert {0, -signal.SIGKILL} >= {await each.end() for each in started}
    finally:
        for each in started:
            if each.process.returncode is None:
                each.process.kill()
                await each.process.wait()


async def all_calls(processes: list[Child]) -> None:
    """Calls of all callers of all processes at once, of which each succeeds."""
    for each in processes:
        each.begin()
    assert {str([1] * CALLERS)} == {await each.says() for each in processes}


async def until_asked(sandbox: Sandbox, times: int) -> None:
    """Wait until so many requests for a token have arrived."""
    while sandbox.stats.token_requests < times:  # noqa: ASYNC110 - a count, which sets no event
        await asyncio.sleep(0.01)


def content_for_one_user(folder: Path) -> bytes:
    """All that is kept in a folder, of which nobody else can read anything."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.name.endswith(".sqlite") for path in files)
    assert {0o600} == {stat.S_IMODE(path.stat().st_mode) for path in files}
    assert {0o700} == {stat.S_IMODE(path.parent.stat().st_mode) for path in files}
    return b"".join(path.read_bytes() for path in files)


async def test_one_token_for_all_processes_and_one_when_it_is_revoked(tmp_path: Path) -> None:
    """Eight processes with twenty callers each make one request, and one more when the token is revoked."""
    sandbox = Sandbox(projects=1, faults=["token:delay=0.2"])
    async with serve(sandbox) as served, children(8, served, tmp_path) as processes:
        await all_calls(processes)
        assert 1 == sandbox.stats.token_requests

        sandbox.revoke_tokens()
        await all_calls(processes)
        assert 2 == sandbox.stats.token_requests


async def test_the_next_in_turn_fetches_when_the_holder_is_killed(tmp_path: Path) -> None:
    """Seven processes that wait for one that is killed while it fetches have a token by one request, which is not the one that it made.

    How long that takes is proven on a virtual clock, in test_shared_tokens.
    """
    sandbox = Sandbox(projects=1, faults=[Fault(target="token", delay=SECONDS, times=1)])
    async with serve(sandbox) as served, children(8, served, tmp_path) as processes:
        victim, *others = processes
        victim.begin()
        await until_asked(sandbox, 1)
        waiting = asyncio.create_task(all_calls(others))
        await asyncio.sleep(2.0)  # more than a turn without a sign of life
        assert 1 == sandbox.stats.token_requests
        victim.process.kill()
        await waiting
        assert 2 == sandbox.stats.token_requests


async def test_a_renewal_whose_process_is_killed_costs_no_call_a_wait(tmp_path: Path) -> None:
    """A token that is renewed ahead of its end is used meanwhile, whatever becomes of the one that renews it."""
    sandbox = Sandbox(
        projects=1, token_ttl=20, faults=[Fault(target="token", delay=SECONDS, at=2, times=1)]
    )
    async with serve(sandbox) as served, children(4, served, tmp_path) as processes:
        victim, *others = processes
        await all_calls(processes)
        await asyncio.sleep(16.2)  # a fifth of its life is left
        victim.begin()
        assert str([1] * CALLERS) == await victim.says()
        await until_asked(sandbox, 2)
        victim.process.kill()
        ends_at = time.monotonic() + 6
        while time.monotonic() < ends_at:
            await all_calls(others)
            await asyncio.sleep(0.1)
        assert 3 == sandbox.stats.token_requests
        assert {200} == {*sandbox.stats.statuses}


async def test_what_is_on_the_disk(tmp_path: Path) -> None:
    """The folder and the files are for their user only, and hold neither the token nor who uses it."""
    sandbox = Sandbox(projects=1)
    async with serve(sandbox) as served, children(2, served, tmp_path) as processes:
        await all_calls(processes)
        content = content_for_one_user(tmp_path)
        (token,) = sandbox._backend.issuer._expires
        settings = served.environment
        for text in (
            token,
            *token.split("."),
            *(settings[f"MATILLION_{name}"] for name in ("CLIENT_ID", "CLIENT_SECRET", "AUDIENCE")),
            served.url,
        ):
            assert text.encode() not in content
