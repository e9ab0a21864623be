"""Runs on real sockets and a real clock, on every event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from matillion_async import MatillionClient, PipelineRunFailed, PipelineRunTimeoutError
from matillion_async.sandbox import Pipeline, Sandbox, serve

PIPELINES = (
    Pipeline("short", seconds=0.2),
    Pipeline("fail", "FAILED", seconds=0.1),
    Pipeline("long", seconds=3600),
)


@asynccontextmanager
async def served_client() -> AsyncIterator[tuple[MatillionClient, str]]:
    """A client of a sandbox on a port of this machine, and the id of its project."""
    sandbox = Sandbox(projects=1, pipelines=PIPELINES)
    options = sandbox.client_options()
    async with (
        serve(sandbox) as served,
        MatillionClient(
            client_id=options["client_id"],
            client_secret=options["client_secret"],
            audience=options["audience"],
            base_url=f"{served.url}/dpc",
            token_url=f"{served.url}/oauth/dpc/token",
        ) as client,
    ):
        yield client, (await client.projects.list()).results[0].id


async def test_a_run_is_waited_for_to_its_end() -> None:
    """One that succeeds, one that fails, one that goes on when the time is up, and one whose wait is cancelled."""
    async with served_client() as (client, project):

        async def wait(name: str, seconds: float) -> str:
            run = await client.pipeline_executions.run(
                project, pipeline_name=name, environment_name="Environment 1"
            )
            return str((await run.wait(seconds, poll_interval=0.05)).status)

        short, fail, long = await asyncio.gather(
            wait("short", 30), wait("fail", 30), wait("long", 0.3), return_exceptions=True
        )
        given_up = asyncio.ensure_future(wait("long", 30))
        await asyncio.sleep(0.1)
        given_up.cancel()
        with pytest.raises(asyncio.CancelledError):
            await given_up
        stats = client.limiter.stats()
    assert "SUCCESS" == short
    assert isinstance(fail, PipelineRunFailed)
    assert isinstance(long, PipelineRunTimeoutError)
    assert (0, 0) == (stats.waiting, stats.in_flight)
