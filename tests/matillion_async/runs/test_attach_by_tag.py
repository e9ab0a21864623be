"""Start a pipeline, or attach to what runs under its tag: never a second one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from matillion_async import (
    ConflictError,
    InvalidRequestError,
    MatillionClient,
    PermissionDeniedError,
    Run,
)
from matillion_async.sandbox import Fault, Pipeline
from tests.sandbox.conformance import ConformingSandbox

pytestmark = pytest.mark.virtual_time

START, LIST = "pipeline_executions.start", "pipeline_executions.list"
PIPELINES = (
    Pipeline("load.orch.yaml", seconds=60),
    Pipeline("short.orch.yaml", seconds=3),
    Pipeline("queued.orch.yaml", queued=60, seconds=5),
    Pipeline("other.orch.yaml", seconds=600),
)


@asynccontextmanager
async def sandboxed(
    *faults: Fault, **options: Any
) -> AsyncIterator[tuple[ConformingSandbox, MatillionClient, MatillionClient, str]]:
    """A sandbox, two clients of it as of two processes, and a project."""
    sandbox = ConformingSandbox(projects=1, pipelines=PIPELINES, faults=faults)
    async with sandbox.client(**options) as client, sandbox.client() as other:
        project = (await client.projects.list()).results[0].id
        await other.projects.list()
        sandbox.reset_stats()
        yield sandbox, client, other, project


async def run(client: MatillionClient, project: str, **options: Any) -> Run:
    """Start a pipeline under a tag, or attach."""
    settings: dict[str, Any] = {
        "pipeline_name": "load.orch.yaml",
        "environment_name": "Environment 1",
        "execution_tag": "nightly",
        "attach": True,
    }
    return await client.pipeline_executions.run(project, **(settings | options))


async def executions(client: MatillionClient) -> list[str]:
    """The ids of all executions, the oldest first."""
    rows = await client.pipeline_executions.list().all()
    return [row.pipeline_execution_id for row in reversed(rows)]


async def test_where_nothing_runs_it_starts() -> None:
    """With one request."""
    async with sandboxed() as (sandbox, client, _, project):
        started = await run(client, project)
        assert {START: 1} == dict(sandbox.stats.operations)
        assert [started.id] == await executions(client)
    assert not started.was_running


@pytest.mark.parametrize("pipeline", ["load.orch.yaml", "load", "queued.orch.yaml"])
async def test_what_runs_is_attached_to(pipeline: str) -> None:
    """By another process, also before it has begun; it is waited for like any other."""
    async with sandboxed() as (sandbox, client, other, project):
        first = await run(other, project, pipeline_name=pipeline)
        await asyncio.sleep(30)
        again = await run(client, project, pipeline_name=pipeline)
        assert {START: 2, LIST: 1} == dict(sandbox.stats.operations)
        assert [first.id] == await executions(client)
        assert "SUCCESS" == (await again.wait()).status
    assert (first.id, True) == (again.id, again.was_running)


async def test_many_processes_at_once() -> None:
    """One starts, all others attach to that."""
    async with sandboxed() as (sandbox, client, _, project):
        clients = [sandbox.client() for _ in range(8)]
        runs = await asyncio.gather(*(run(each, project) for each in clients))
        for each in clients:
            await each.aclose()
        assert [runs[0].id] == await executions(client)
    assert 1 == len({each.id for each in runs})
    assert 7 == sum(each.was_running for each in runs)


async def test_many_tasks_of_one_client_at_once() -> None:
    """As well."""
    async with sandboxed() as (_, client, _other, project):
        runs = await asyncio.gather(*(run(client, project) for _ in range(8)))
    assert 1 == len({each.id for each in runs})
    assert 7 == sum(each.was_running for each in runs)


async def test_one_that_has_ended_since_is_the_one() -> None:
    """It held the tag when the start was refused."""
    slow = Fault(target=LIST, at=1, delay=20)
    async with sandboxed(slow) as (_, client, other, project):
        short = {"pipeline_name": "short.orch.yaml"}
        await run(other, project, **short)
        await asyncio.sleep(10)
        first = await run(other, project, **short)
        again = await run(client, project, **short)
        assert "SUCCESS" == (await again.wait()).status
        assert 2 == len(await executions(client))
    assert (first.id, True) == (again.id, again.was_running)


async def test_one_that_had_ended_before_holds_nothing() -> None:
    """The pipeline is started: a tag protects what runs, not what ran."""
    async with sandboxed() as (_, client, other, project):
        first = await run(other, project)
        await asyncio.sleep(100)
        again = await run(client, project)
    assert not again.was_running
    assert first.id != again.id


async def test_where_the_holder_is_not_listed_the_start_is_tried_again() -> None:
    """It was refused for a run that has gone, or it is listed later; a refused start has done nothing."""
    gone = Fault(target=START, at=1, status=409)
    async with sandboxed(gone) as (sandbox, client, _, project):
        started = await run(client, project)
        assert [started.id] == await executions(client)
        assert 2 == sandbox.stats.operations[START]
    assert not started.was_running


async def test_another_pipeline_under_the_tag_is_not_taken() -> None:
    """The error says what to look at, after half a minute."""
    async with sandboxed() as (sandbox, client, other, project):
        await run(other, project, pipeline_name="other.orch.yaml")
        with pytest.raises(
            ConflictError, match="no execution that may hold the tag is listed"
        ) as caught:
            await run(client, project)
        assert 37 == asyncio.get_running_loop().time()
        assert 1 + 5 == sandbox.stats.operations[START]
    assert f"see client.pipeline_executions.list(project='{project}'" in str(caught.value)


async def test_a_deadline_is_kept() -> None:
    """Nothing is sent after it."""
    async with sandboxed(deadline=5) as (_, client, other, project):
        await run(other, project, pipeline_name="other.orch.yaml")
        with pytest.raises(ConflictError):
            await run(client, project)
        assert 2 == asyncio.get_running_loop().time()


async def test_of_several_that_may_hold_it_none_is_taken() -> None:
    """A wrong run would be worse than an error."""
    async with sandboxed() as (sandbox, client, other, project):
        first = await run(other, project)
        second = await run(other, project, execution_tag=None, attach=False)
        with pytest.raises(ConflictError, match="2 executions may hold the tag") as caught:
            await run(client, project)
        assert 3 == sandbox.stats.operations[START]
        mine = await run(other, project)
    assert first.id in str(caught.value)
    assert second.id in str(caught.value)
    assert first.id == mine.id, "who has started it knows"


async def test_what_this_client_has_started_otherwise_is_not_the_holder() -> None:
    """Nor what runs in another environment, or was started by a schedule."""
    async with sandboxed() as (_, client, other, project):
        await run(client, project, execution_tag=None, attach=False)
        await run(client, project, execution_tag="another")
        await run(other, project, environment_name="Environment 2")
        first = await run(other, project)
        again = await run(client, project)
    assert (first.id, True) == (again.id, again.was_running)


async def test_one_that_runs_for_long_among_many() -> None:
    """It is not among the hundred newest executions of its pipeline, and goes on."""
    async with sandboxed() as (sandbox, client, other, project):
        long = {"pipeline_name": "other.orch.yaml"}
        first = await run(other, project, **long)
        await asyncio.sleep(5)
        for _ in range(120):
            each = await run(other, project, **long, execution_tag=None, attach=False)
            await each.cancel(force_update=True)
        await asyncio.sleep(20)
        sandbox.reset_stats()
        again = await run(client, project, **long)
        assert {START: 1, LIST: 2} == dict(sandbox.stats.operations)
    assert (first.id, True) == (again.id, again.was_running)


async def test_a_lost_response_is_looked_up() -> None:
    """And never sent again, whether something ran or not."""
    lost = Fault(target=START, at=1, delay=0.8, reset="before")
    async with sandboxed(lost) as (sandbox, client, _, project):
        started = await run(client, project)
        assert [started.id] == await executions(client)
        assert 1 == sandbox.stats.operations[START]


@pytest.mark.parametrize("is_waited_for", [True, False])
async def test_a_lost_start_that_another_task_has_attached_to(is_waited_for: bool) -> None:
    """It is found all the same, and not what another process has started later."""
    lost = Fault(target=START, at=1, delay=0.8, reset="before")
    missed = Fault(target=LIST, at=1, status=503)
    async with sandboxed(lost, missed, retry=None) as (_, client, other, project):
        short = {"pipeline_name": "short.orch.yaml"}
        starting = asyncio.create_task(run(client, project, **short))
        await asyncio.sleep(0.9)
        attached = await run(client, project, **short)
        if is_waited_for:
            await attached.wait()
        await asyncio.sleep(5)
        later = await run(other, project, **short)
        started = await starting
    assert attached.id == started.id != later.id
    assert attached.was_running
    assert not started.was_running


async def test_a_retry_after_an_error_that_left_it_open() -> None:
    """It attaches, since the first start has arrived."""
    lost = Fault(target=START, at=1, reset="before")
    unlisted = Fault(target=LIST, at=1, status=403)
    async with sandboxed(lost, unlisted) as (_, client, other, project):
        with pytest.raises(Exception, match="could not be looked up") as caught:
            await run(client, project)
        assert getattr(caught.value, "may_have_been_processed", None)
        again = await run(other, project)
        assert [again.id] == await executions(client)
    assert again.was_running


async def test_where_looking_is_not_allowed_the_conflict_stands() -> None:
    """With the reason; what may pass is tried again."""
    async with sandboxed(Fault(target=LIST, status=403)) as (_, client, other, project):
        await run(other, project)
        with pytest.raises(ConflictError, match="could not be looked up") as caught:
            await run(client, project)
    assert isinstance(caught.value.__cause__, PermissionDeniedError)
    passing = Fault(target=LIST, times=2, at=1, status=503)
    async with sandboxed(passing, retry=None) as (_, client, other, project):
        first = await run(other, project)
        assert first.id == (await run(client, project)).id


async def test_the_error_of_a_tag_in_use_says_how_to_attach() -> None:
    """Where that was not asked for."""
    async with sandboxed() as (_, client, other, project):
        await run(other, project)
        with pytest.raises(ConflictError, match="with attach=True the run that goes on") as caught:
            await run(client, project, attach=False)
        assert 1 == len(caught.value.advice)
    async with sandboxed() as (_, client, other, project):
        await run(other, project, pipeline_name="other.orch.yaml")
        with pytest.raises(ConflictError) as caught:
            await run(client, project)
    assert "attach=True" not in str(caught.value)


async def test_it_needs_a_tag() -> None:
    """Nothing was sent without."""
    async with sandboxed() as (sandbox, client, _, project):
        for tag in (None, ""):
            with pytest.raises(InvalidRequestError, match="attach needs an execution_tag"):
                await run(client, project, execution_tag=tag)
        assert 0 == sandbox.stats.arrived
