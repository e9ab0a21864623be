"""Waiting for the end of a run."""

from __future__ import annotations

import asyncio
import json

import pytest

from matillion_async import (
    NotFoundError,
    PipelineRunFailed,
    PipelineRunTimeoutError,
    RunUpdate,
)
from matillion_async.sandbox import Fault
from tests.matillion_async.runs.sandboxed_runs import (
    now,
    sandboxed,
    start,
)

pytestmark = pytest.mark.virtual_time


async def test_waiting_gives_the_execution() -> None:
    """A run that succeeds gives its details, a tenth of its time late at most."""
    async with sandboxed() as (_, client, project):
        run = await start(client, project, "hour")
        execution = await run.wait()
        assert 3620 <= now() <= 3635
    assert (run.id, "SUCCESS") == (execution.pipeline_execution_id, execution.status)


async def test_a_failure_says_what_failed() -> None:
    """Status, message and failed steps are there, and in the text."""
    async with sandboxed() as (_, client, project):
        run = await start(client, project, "fail")
        with pytest.raises(PipelineRunFailed) as caught:
            await run.wait()
    error = caught.value
    assert (project, run.id, "FAILED") == (error.project_id, error.execution_id, error.status)
    assert "no such table" == error.execution.message
    assert ["Report"] == [step.name for step in error.failed_steps]
    assert (
        f"fail ({run.id}) ended with FAILED; no such table; failed steps: Report (no such table)"
        == str(error)
    )


@pytest.mark.parametrize(("pipeline", "status"), [("skip", "SKIPPED"), ("forbidden", "FORBIDDEN")])
async def test_only_success_is_success(pipeline: str, status: str) -> None:
    """A run that was skipped or forbidden did not do its work."""
    async with sandboxed() as (_, client, project):
        run = await start(client, project, pipeline)
        with pytest.raises(PipelineRunFailed, match=f"ended with {status}"):
            await run.wait()


async def test_a_run_that_somebody_else_cancels() -> None:
    """Whoever waits learns of it."""
    async with sandboxed() as (_, client, project):
        run = await start(client, project, "day")

        async def cancel() -> None:
            await asyncio.sleep(100)
            await client.pipeline_executions.cancel(project, run.id)

        cancelling = asyncio.create_task(cancel())
        with pytest.raises(PipelineRunFailed) as caught:
            await run.wait()
        await cancelling
    assert ("CANCELLED", "It was cancelled.") == (
        caught.value.status,
        caught.value.execution.message,
    )


async def test_cancel() -> None:
    """A run can be cancelled, forced too, and looked at meanwhile."""
    async with sandboxed() as (_, client, project):
        run = await start(client, project, "day")
        await run.cancel()
        assert "CANCELLING" == (await run.details()).status
        other = await start(client, project, "day")
        await other.cancel(force_update=True)
        assert "CANCELLED" == (await other.details()).status


async def test_another_process_waits_on() -> None:
    """Two ids are all it takes; nothing is sent before they are used."""
    async with sandboxed() as (sandbox, client, project):
        first = await start(client, project, "short")
        stored = json.dumps([first.project_id, first.id])
        async with sandbox.client() as other:
            run = other.pipeline_executions.attach(*json.loads(stored))
            assert "SUCCESS" == (await run.wait()).status
            assert ["Extract", "Load", "Report"] == [step.name async for step in run.steps()]


async def test_an_execution_of_another_project() -> None:
    """It does not exist there, and is not waited for."""
    async with sandboxed() as (_, client, project):
        run = await start(client, project, "day")
        other = (await client.projects.list()).results[1].id
        with pytest.raises(NotFoundError, match="The pipeline execution does not exist"):
            await client.pipeline_executions.attach(other, run.id).wait()


async def test_out_of_time() -> None:
    """The error says how far the run is, and the run goes on."""
    async with sandboxed() as (_, client, project):
        run = await start(client, project, "hour")
        with pytest.raises(PipelineRunTimeoutError) as caught:
            await run.wait(timeout=60)
        assert 60 == now()
        assert "SUCCESS" == (await run.wait(timeout=7200)).status
    error = caught.value
    assert (project, run.id, "RUNNING") == (error.project_id, error.execution_id, error.status)
    assert isinstance(error, TimeoutError)
    assert "is still running after 60 seconds, its last known status is RUNNING" in str(error)


async def test_out_of_time_before_anything_was_heard() -> None:
    """The error does not say that the run goes on: nobody knows."""
    async with sandboxed() as (_, client, project):
        run = await start(client, project, "hour")
        with pytest.raises(
            PipelineRunTimeoutError, match=r"nothing was heard of .* within 0 sec"
        ) as caught:
            await run.wait(timeout=0)
    assert caught.value.status is None


async def test_a_timeout_from_outside_stays_what_it_is() -> None:
    """asyncio.timeout around a wait ends it as it ends anything."""
    async with sandboxed() as (_, client, project):
        run = await start(client, project, "hour")
        with pytest.raises(TimeoutError) as caught:
            async with asyncio.timeout(5):
                await run.wait(timeout=60)
    assert not isinstance(caught.value, PipelineRunTimeoutError)


async def test_an_error_of_the_callback_stays_what_it_is() -> None:
    """Also one that looks like the end of the time."""

    def fail(update: RunUpdate) -> None:
        raise TimeoutError("mine")

    async with sandboxed() as (_, client, project):
        run = await start(client, project, "hour")
        with pytest.raises(TimeoutError, match="mine"):
            await run.wait(timeout=60, on_update=fail)


async def test_updates() -> None:
    """Each question gives one, with the time since the wait began and whether there is news."""
    updates: list[RunUpdate] = []
    async with sandboxed() as (_, client, project):
        run = await start(client, project, "short")
        await run.wait(on_update=updates.append)
    assert [
        ("RUNNING", 0, True),
        ("RUNNING", 1, False),
        ("RUNNING", 2, False),
        ("SUCCESS", 3, True),
    ] == [(update.status, round(update.elapsed), update.is_new) for update in updates]
    assert {run} == {update.run for update in updates}


async def test_news_makes_questions_frequent_again() -> None:
    """A run that was queued for long, and then runs for half a minute, is reported a few seconds late."""
    async with sandboxed() as (_, client, project):
        await (await start(client, project, "busy")).wait()
        assert 630 <= now() <= 633


async def test_an_interval_of_ones_own() -> None:
    """Questions come that many seconds apart."""
    times: list[float] = []
    async with sandboxed() as (_, client, project):
        run = await start(client, project, "fail")
        with pytest.raises(PipelineRunFailed):
            await run.wait(on_update=lambda update: times.append(now()), poll_interval=20)
    assert [0, 20, 40] == times


async def test_a_wait_of_hours_outlives_tokens_limits_and_restarts() -> None:
    """Tokens that expire, 429s, ten minutes of 503 and of broken connections are waited through."""
    faults = [
        Fault(target="pipeline_executions.status", at=20, times=60, status=503),
        Fault(target="pipeline_executions.status", at=90, times=30, reset="before"),
        Fault(target="pipeline_executions.status", every=7, times=50, status=429, retry_after="30"),
        Fault(target="pipeline_executions.status", every=50, times=20, revoke_token=True),
        Fault(target="token", at=4, times=40, status=503),
    ]
    troubled: list[RunUpdate] = []
    async with sandboxed(*faults, token_ttl=60, limits="60/min") as (sandbox, client, project):
        run = await start(client, project, "shift")
        execution = await run.wait(
            on_update=lambda update: troubled.append(update) if update.trouble else None
        )
        assert "SUCCESS" == execution.status
        assert now() < 21_600 + 60
    assert len(troubled) > 5
    assert {"RUNNING"} == {update.status for update in troubled}
    assert 1 == sandbox.stats.operations["pipeline_executions.start"]


async def test_questions_pass_a_bulk_in_the_queue() -> None:
    """A wait is not stuck behind a thousand calls of a bulk, also where it is one of the bulk's items."""
    async with sandboxed(rate_limits="10/s") as (_, client, project):

        async def run_and_wait(item: int) -> float:
            if item:
                await client.projects.list()
                return 0.0
            run = await start(client, project, "short")
            await run.wait()
            return now()

        result = await client.bulk(run_and_wait, range(600), ordered=True)
        assert now() > 50
    assert 0 < result.values[0] < 6


async def test_many_who_wait_leave_half_of_the_limit() -> None:
    """Two waits at 60 a minute ask 30 times a minute, all together."""
    async with sandboxed(rate_limits="60/min") as (sandbox, client, project):
        runs = [await start(client, project, "hour") for _ in range(2)]
        began, before = now(), sandbox.stats.arrived
        waits = [asyncio.create_task(run.wait(poll_interval=1)) for run in runs]
        await asyncio.sleep(600)
        asked = sandbox.stats.arrived - before
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
        assert 600 == now() - began
    assert 280 <= asked <= 320
