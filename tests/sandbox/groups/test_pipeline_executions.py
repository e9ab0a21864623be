"""Executions of pipelines in the sandbox."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matillion_async import (
    BadRequestError,
    ConflictError,
    MatillionClient,
    NotFoundError,
)
from matillion_async.sandbox import Pipeline
from tests.sandbox.conformance import ConformingSandbox

pytestmark = pytest.mark.virtual_time

START = datetime(2026, 1, 1, tzinfo=UTC)
PIPELINES = (
    Pipeline("slow.orch.yaml", seconds=60, queued=5),
    Pipeline("ingest/orders.tran.yaml", seconds=10),
    Pipeline("fail.orch.yaml", "FAILED", seconds=30, steps=("Extract", "Load")),
    Pipeline("skip.orch.yaml", "SKIPPED", seconds=1),
)


@asynccontextmanager
async def connected(projects: int = 1) -> AsyncIterator[tuple[MatillionClient, list[str]]]:
    """A client, and the ids of the projects of its sandbox."""
    sandbox = ConformingSandbox(projects=projects, pipelines=PIPELINES)
    async with sandbox.client() as client:
        yield client, [project.id async for project in client.projects.list()]


async def start(client: MatillionClient, project: str, name: str, **options: Any) -> str:
    """Start a pipeline in the first environment; gives the id of its execution."""
    started = await client.pipeline_executions.start(
        project, **{"pipeline_name": name, "environment_name": "Environment 1", **options}
    )
    return started.pipeline_execution_id


async def test_an_execution_goes_its_way() -> None:
    """It is queued, runs for its time, and ends; the details have the times of that."""
    async with connected() as (client, (project,)):
        run = await start(client, project, "slow.orch.yaml")
        seen = []
        for seconds in (0, 5, 59, 1):
            await asyncio.sleep(seconds)
            seen.append((await client.pipeline_executions.status(project, run)).status)
        details = await client.pipeline_executions.get(project, run)
    assert ["QUEUED", "RUNNING", "RUNNING", "SUCCESS"] == seen
    assert ("Environment 1", "slow.orch.yaml", "ORCHESTRATION", "API") == (
        details.environment_name,
        details.pipeline_name,
        details.pipeline_type,
        details.trigger,
    )
    assert START + timedelta(seconds=5) == details.started_at
    assert START + timedelta(seconds=65) == details.finished_at


async def test_its_steps_take_turns() -> None:
    """Steps that have not begun are not listed; the last one of a pipeline that fails has failed, and says why."""
    async with connected() as (client, (project,)):
        run = await start(client, project, "fail.orch.yaml")
        await asyncio.sleep(20)
        under_way = await client.pipeline_executions.steps(project, run)
        await asyncio.sleep(10)
        ended = await client.pipeline_executions.steps(project, run)
        details = await client.pipeline_executions.get(project, run)
    assert [("Extract", "SUCCESS"), ("Load", "RUNNING")] == [
        (step.name, step.to_dict()["result"]["status"]) for step in under_way.results
    ]
    results = [step.to_dict()["result"] for step in ended.results]
    assert ["SUCCESS", "FAILED"] == [result["status"] for result in results]
    assert "Load: this pipeline of the sandbox always fails" == details.message
    assert "this pipeline of the sandbox always fails" == results[1]["message"]


async def test_a_skipped_execution_has_no_steps() -> None:
    """Other ends than success and failure are to be had."""
    async with connected() as (client, (project,)):
        run = await start(client, project, "skip.orch.yaml")
        await asyncio.sleep(1)
        assert "SKIPPED" == (await client.pipeline_executions.get(project, run)).status
        assert [] == await client.pipeline_executions.steps(project, run).all()


async def test_a_cancellation_takes_a_moment() -> None:
    """First the execution is being cancelled, then it is; its step ends with it."""
    async with connected() as (client, (project,)):
        run = await start(client, project, "slow.orch.yaml")
        await asyncio.sleep(10)
        cancelled = await client.pipeline_executions.cancel(project, run)
        assert cancelled is not None
        assert run == cancelled.pipeline_execution_id
        before = await client.pipeline_executions.status(project, run)
        await asyncio.sleep(1)
        after = await client.pipeline_executions.get(project, run)
        steps = await client.pipeline_executions.steps(project, run)
    assert ("CANCELLING", "CANCELLED") == (before.status, after.status)
    assert START + timedelta(seconds=11) == after.finished_at
    assert ["CANCELLED"] == [step.to_dict()["result"]["status"] for step in steps.results]


async def test_a_forced_cancellation_takes_none() -> None:
    """Forced, it is over at once."""
    async with connected() as (client, (project,)):
        run = await start(client, project, "slow.orch.yaml")
        await client.pipeline_executions.cancel(project, run, force_update=True)
        assert "CANCELLED" == (await client.pipeline_executions.status(project, run)).status


async def test_what_is_over_stays_as_it_is() -> None:
    """Cancelling an execution that has succeeded changes nothing."""
    async with connected() as (client, (project,)):
        run = await start(client, project, "ingest/orders.tran.yaml")
        await asyncio.sleep(10)
        await client.pipeline_executions.cancel(project, run)
        await asyncio.sleep(10)
        details = await client.pipeline_executions.get(project, run)
    assert ("SUCCESS", "TRANSFORMATION") == (details.status, details.pipeline_type)


async def test_a_tag_is_in_use_while_its_execution_runs() -> None:
    """A second start with it gives 409, but not in another environment, nor once the first is over."""
    async with connected() as (client, (project,)):
        await start(client, project, "ingest/orders.tran.yaml", execution_tag="nightly")
        with pytest.raises(ConflictError, match="already running"):
            await start(client, project, "slow.orch.yaml", execution_tag="nightly")
        elsewhere: dict[str, Any] = {"environment_name": "Environment 2"}
        await start(client, project, "slow.orch.yaml", execution_tag="nightly", **elsewhere)
        await asyncio.sleep(10)
        await start(client, project, "slow.orch.yaml", execution_tag="nightly")


async def test_a_name_may_lack_its_suffix() -> None:
    """The pipeline is found, and the execution has the whole name."""
    async with connected() as (client, (project,)):
        run = await start(client, project, "ingest/orders")
        details = await client.pipeline_executions.get(project, run)
    assert "ingest/orders.tran.yaml" == details.pipeline_name


async def test_what_does_not_exist() -> None:
    """Pipeline, environment, execution: each is 404 by its own words, and an execution only exists in its project."""
    async with connected(projects=2) as (client, (first, second)):
        with pytest.raises(NotFoundError, match="The pipeline does not exist"):
            await start(client, first, "other.orch.yaml")
        with pytest.raises(NotFoundError, match="The environment does not exist"):
            await start(client, first, "slow", environment_name="Staging")
        run = await start(client, first, "slow.orch.yaml")
        executions = client.pipeline_executions
        for call in (executions.get, executions.status, executions.cancel, executions.steps):
            with pytest.raises(NotFoundError, match="The pipeline execution does not exist"):
                await call(second, run)


async def test_listing_newest_first_in_pages() -> None:
    """Pages follow by token, also while new executions are started; a limit above 100 is cut."""
    async with connected() as (client, (project,)):
        runs = []
        for _ in range(120):
            runs.append(await start(client, project, "slow.orch.yaml"))
        runs.reverse()
        first = await client.pipeline_executions.list(limit=500)
        await start(client, project, "slow.orch.yaml")
        assert isinstance(first.more, str)
        second = await client.pipeline_executions.list(pagination_token=first.more)
        pages = [first, second]
        assert runs == [row.pipeline_execution_id for page in pages for row in page.results]
        assert (100, False) == (len(first.results), bool(second.more))
        assert 121 == len(await client.pipeline_executions.list().all())
        assert [] == (await client.pipeline_executions.list(pagination_token="mine")).results


async def test_listing_with_filters() -> None:
    """Each filter narrows the list; both ends of a time window belong to it."""
    async with connected(projects=2) as (client, (first, second)):
        early = await start(client, first, "ingest/orders.tran.yaml")
        await asyncio.sleep(60)
        late = await start(client, second, "slow", environment_name="Environment 2")

        async def listed(**filters: Any) -> list[str]:
            rows = await client.pipeline_executions.list(**filters).all()
            return [row.pipeline_execution_id for row in rows]

        assert [late, early] == await listed()
        assert [early] == await listed(project=first)
        assert [late] == await listed(environment_name="Environment 2")
        assert [early] == await listed(pipeline_name="ORDERS")
        assert [early] == await listed(status=["SUCCESS", "FAILED"])
        assert [early] == await listed(status="SUCCESS")
        began = START + timedelta(seconds=65)
        assert [late] == await listed(started_after=began)
        assert [] == await listed(started_after=began + timedelta(seconds=1))
        assert [late, early] == await listed(started_before=began)
        assert [early] == await listed(started_before=began - timedelta(seconds=1))
        assert [] == await listed(schedule_id="none")
        with pytest.raises(BadRequestError, match="status"):
            await listed(status=["DONE"])


async def test_the_window_of_an_execution_by_its_own_start() -> None:
    """The start that is given has no more than milliseconds, and is in a window that begins or ends there."""
    async with connected() as (client, (project,)):
        await asyncio.sleep(0.000_6)
        run = await start(client, project, "ingest/orders.tran.yaml")
        began = (await client.pipeline_executions.get(project, run)).started_at
        assert isinstance(began, datetime)
        listing = client.pipeline_executions.list(started_after=began, started_before=began)
        assert [run] == [row.pipeline_execution_id for row in await listing.all()]


async def test_executions_go_with_their_project() -> None:
    """A deleted project's executions are listed no more."""
    async with connected() as (client, (project,)):
        await start(client, project, "slow.orch.yaml")
        await client.projects.delete(project)
        assert [] == await client.pipeline_executions.list().all()
