"""A server that goes away under load and comes back, on real sockets."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from typing import Any

from matillion_async import (
    APIConnectionError,
    Attempt,
    MatillionClient,
    MatillionError,
    RetryPolicy,
    ServerError,
)
from matillion_async.sandbox import Fault, Sandbox, serve

CALLS = 150


async def test_a_server_that_restarts_under_load() -> None:
    """Every idempotent call succeeds, and no POST is carried out twice."""
    # Some are still under way when the server goes, however fast or slow this machine is.
    stuck = Fault(target="projects.create", at=20, every=1, times=20, delay=600)
    sandbox = Sandbox(faults=["delay=0.02", stuck])
    refused = asyncio.Event()
    responded = asyncio.Event()

    def watch(attempt: Attempt) -> None:
        if "the request was not sent" in attempt.reason:
            refused.set()
        elif attempt.outcome == "201":
            responded.set()

    options: dict[str, Any] = {
        "client_id": "sandbox",
        "client_secret": "sandbox-secret",
        "audience": "https://api.matillion.com",
        "rate_limits": "none",
        "retry": RetryPolicy(max_attempts=30, backoff_base=0.05, backoff_max=0.2),
        "on_attempt": watch,
    }
    async with contextlib.AsyncExitStack() as first:
        served = await first.enter_async_context(serve(sandbox))
        port = int(served.url.rpartition(":")[2])
        client = MatillionClient(
            base_url=f"{served.url}/dpc", token_url=f"{served.url}/oauth/dpc/token", **options
        )
        async with client:
            reads, writes = [], []
            for number in range(CALLS):
                reads.append(asyncio.create_task(_read(client)))
                writes.append(asyncio.create_task(_write(client, number)))
            await responded.wait()
            while sandbox.stats.operations["projects.create"] < 40:  # noqa: ASYNC110 - nothing announces that all are stuck
                await asyncio.sleep(0.001)
            await first.aclose()
            reads.append(asyncio.create_task(_read(client)))
            await refused.wait()
            async with serve(sandbox, port=port):
                read = await asyncio.gather(*reads, return_exceptions=True)
                written = await asyncio.gather(*writes, return_exceptions=True)
                projects = await client.with_options(on_attempt=None).projects.list().all()

    assert [] == [result for result in read if isinstance(result, BaseException)]
    assert sandbox.stats.operations["projects.create"] <= CALLS
    made = Counter(project.name for project in projects)
    assert {1} == set(made.values())
    lost = 0
    for number, result in enumerate(written):
        if isinstance(result, BaseException):
            lost += 1
            # It was under way when the server went: it may have been carried out, and is not sent again.
            assert isinstance(result, APIConnectionError | ServerError)
            assert isinstance(result, MatillionError)
            assert result.may_have_been_processed
        else:
            assert 1 == made[f"project {number}"]
    assert 0 < lost < CALLS


async def _read(client: MatillionClient) -> Any:
    return await client.projects.list(size=1)


async def _write(client: MatillionClient, number: int) -> Any:
    return await client.projects.create(
        name=f"project {number}", warehouse="SNOWFLAKE", agent_deployment_type="HYBRID"
    )
