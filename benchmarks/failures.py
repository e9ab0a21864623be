"""What comes of calls when tokens end, limits are met and responses are lost: ours, and what people write in its place.

Each case has a sandbox of its own on a loopback port, in real time. The others are written as they are first written: a token,
a session, an error for a bad status, and no loop that tries again.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from benchmarks._by_hand import PIPELINE, Caller, generated, ours, plain_requests, with_authlib
from benchmarks._report import Report, Table
from matillion_async.sandbox import Pipeline, Sandbox, Served
from matillion_async.sandbox._thread import served_in_thread

Candidate = Callable[[Served, str], AbstractAsyncContextManager[Caller]]
CANDIDATES: dict[str, Candidate] = {
    "requests": plain_requests,
    "the generated functions": generated,
    "httpx + Authlib": with_authlib,
    "ours": ours,
}
CALLS, STARTS = 20, 3
LOST = {
    f"{STARTS} starts, each response is lost at once: ids known": "reset",
    f"{STARTS} starts, each response is lost after a second: ids known": "delay=1,reset",
}
PROJECT = "Sales"


@dataclass(frozen=True)
class Case:
    """What goes wrong, and how the calls are made."""

    name: str
    interval: float = 0.0
    """Seconds between two calls; at 0 all are made at once."""
    faults: tuple[str, ...] = ()
    limit: str = ""
    token_ttl: float = 1800.0


CASES = (
    Case("a token lives 2 s, a call each 0.3 s", interval=0.3, token_ttl=2),
    Case("all tokens are revoked at the 6th call", interval=0.05, faults=("revoke-token@6",)),
    Case("every 4th call gets 503", interval=0.05, faults=("projects.list:503%4",)),
    Case("every 4th connection breaks", interval=0.05, faults=("projects.list:reset%4",)),
    Case("all at once, the limit is 5/s", limit="5/s"),
)


async def read(candidate: Candidate, case: Case) -> str:
    """How many of the calls succeed, and what the server did for them."""
    sandbox = Sandbox(
        projects=[PROJECT], token_ttl=case.token_ttl, faults=case.faults, limits=case.limit or ()
    )
    with served_in_thread(sandbox) as served:
        async with candidate(served, case.limit) as caller:
            if case.interval:
                done = [await _succeeds(caller.read(), case.interval) for _ in range(CALLS)]
            else:
                done = await asyncio.gather(*(_succeeds(caller.read(), 0) for _ in range(CALLS)))
    refused = f", {sandbox.stats.refused} refused" if case.limit else ""
    tokens = f", {sandbox.stats.tokens_issued} tokens" if case.token_ttl < 60 else ""
    return f"{sum(done)}{refused}{tokens}"


async def start(candidate: Candidate, fault: str) -> str:
    """Of how many runs the caller learns the id, from what the start returns or at least from its error."""
    sandbox = Sandbox(
        projects=[PROJECT],
        pipelines=[Pipeline(PIPELINE, seconds=3600)],
        faults=[f"pipeline_executions.start:{fault}"],
    )
    returned: list[str] = []
    errors: list[str] = []
    with served_in_thread(sandbox) as served:
        async with sandbox.client() as client:
            project_id = (await client.projects.find(PROJECT)).id
        async with candidate(served, "") as caller:
            await caller.read()
            for number in range(STARTS):
                try:
                    returned.append(await caller.start(project_id, f"tag-{number}"))
                except Exception as error:  # noqa: BLE001 - each candidate has errors of its own
                    errors.append(str(error))
        async with sandbox.client() as client:
            runs = await client.pipeline_executions.list(project=project_id).all()
    ids = {run.pipeline_execution_id for run in runs}
    if len(ids) != STARTS or not ids >= set(returned):
        raise RuntimeError(f"{STARTS} starts have begun {ids}, and returned {returned}")
    named = sum(any(found in error for found in ids) for error in errors)
    return f"{len(returned)}, {named} named in the error" if named else f"{len(returned)}"


async def _succeeds(call: Awaitable[object], interval: float) -> bool:
    """Whether a call ends without an error, whatever that is; then the rest of the interval passes."""
    began = time.monotonic()
    try:
        await call
    except Exception:  # noqa: BLE001 - each candidate has errors of its own
        return False
    finally:
        await asyncio.sleep(max(0.0, interval - (time.monotonic() - began)))
    return True


def run(options: argparse.Namespace) -> Report:
    """One row for each thing that goes wrong."""
    rows = [
        [case.name, *(asyncio.run(read(candidate, case)) for candidate in CANDIDATES.values())]
        for case in CASES
    ]
    for name, fault in LOST.items():
        known = [asyncio.run(start(candidate, fault)) for candidate in CANDIDATES.values()]
        rows.append([name, *known])
    head = (f"{CALLS} calls: how many succeed", *CANDIDATES)
    return Report([Table(head, rows)], peers=("requests", "httpx2"))
