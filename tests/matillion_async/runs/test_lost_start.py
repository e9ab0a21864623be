"""A start whose answer was lost is looked up, and never repeated."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from matillion_api.models.pipeline_execution import PipelineExecution

from matillion_async import (
    APIConnectionError,
    ConflictError,
    MatillionClient,
    MatillionError,
    ResponseDecodingError,
    Run,
    ServerError,
)
from matillion_async._runs.lost_start import Sought
from matillion_async.sandbox import Fault, Pipeline, Sandbox
from matillion_async.sandbox._clock import moment
from tests.matillion_async.scripted import scripted_client

pytestmark = pytest.mark.virtual_time

START = "pipeline_executions.start"
LIST = "pipeline_executions.list"
LOST = Fault(target=START, at=1, reset="before")
"""The first start is carried out, and its answer is lost."""
NOT_DONE = Fault(target=START, at=1, status=502)
"""The first start reaches a gateway, and no further."""


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time of day is the sandbox's."""
    monkeypatch.setattr(
        "matillion_async._runs.pipeline_executions.now",
        lambda: moment(asyncio.get_running_loop().time()),
    )


@asynccontextmanager
async def sandboxed(*faults: Fault) -> AsyncIterator[tuple[Sandbox, MatillionClient, list[str]]]:
    """A sandbox, a client of it, and the ids of its projects."""
    pipelines = [Pipeline("load.orch.yaml", seconds=600), Pipeline("load.orch.yaml.old")]
    sandbox = Sandbox(projects=2, pipelines=pipelines, faults=faults)
    async with sandbox.client() as client:
        yield sandbox, client, [project.id async for project in client.projects.list()]


async def start(client: MatillionClient, project: str, **options: Any) -> Run:
    """Start the pipeline, with a tag unless there shall be none."""
    settings: dict[str, Any] = {
        "pipeline_name": "load.orch.yaml",
        "environment_name": "Environment 1",
        "execution_tag": "nightly",
    }
    return await client.pipeline_executions.run(project, **(settings | options))


async def executions(client: MatillionClient) -> list[str]:
    """The ids of all executions, the oldest first."""
    rows = await client.pipeline_executions.list().all()
    return [row.pipeline_execution_id for row in reversed(rows)]


@pytest.mark.parametrize(
    "fault", [LOST, Fault(target=START, at=1, status=504, processed=True)], ids=["reset", "504"]
)
@pytest.mark.parametrize("name", ["load.orch.yaml", "load"])
async def test_with_a_tag_it_is_found(fault: Fault, name: str) -> None:
    """The run is the one that was started, and can be waited for; the start was sent once."""
    async with sandboxed(fault) as (sandbox, client, (project, _)):
        run = await start(client, project, pipeline_name=name)
        assert [run.id] == await executions(client)
        assert "SUCCESS" == (await run.wait()).status
    assert 1 == sandbox.stats.operations[START]


async def test_an_unreadable_answer_is_a_lost_one() -> None:
    """A start that was answered with success has started something, whatever its body says."""
    async with sandboxed(Fault(target=START, at=1, truncate=5)) as (_, client, (project, _)):
        assert [(await start(client, project)).id] == await executions(client)
    async with sandboxed(Fault(target=START, at=1, truncate=5)) as (_, client, (project, _)):
        with pytest.raises(ResponseDecodingError) as caught:
            await start(client, project, execution_tag=None)
    assert caught.value.may_have_been_processed


async def test_a_bulk_of_starts_runs_none_again() -> None:
    """Those that may have started something are told apart from those that can be run again."""
    faults = [
        Fault(target=START, at=1, truncate=5),
        Fault(target=START, at=2, reset="before"),
        Fault(target=START, at=3, status=400),
    ]
    async with sandboxed(*faults) as (_, client, (project, _other)):
        result = await client.bulk(
            lambda item: start(client, project, execution_tag=None),
            range(4),
            max_in_flight=1,
        )
        assert 3 == len(await executions(client))
    assert ([0, 1], [2]) == (result.unknown, result.remaining)


async def test_without_a_tag_the_error_says_how_to_find_out() -> None:
    """The call that it names shows the execution."""
    async with sandboxed(LOST) as (sandbox, client, (project, _)):
        with pytest.raises(APIConnectionError) as caught:
            await start(client, project, execution_tag=None)
        assert caught.value.may_have_been_processed
        assert 0 == sandbox.stats.operations[LIST]
        query = str(caught.value).partition("see ")[2].partition("; with an execution_tag")[0]
        rows = await eval(query, {"client": client, "datetime": datetime})
        assert await executions(client) == [row.pipeline_execution_id for row in rows.results]
    assert 1 == sandbox.stats.operations[START]


async def test_one_that_was_not_carried_out() -> None:
    """It is looked for over half a minute, and then the error stands."""
    async with sandboxed(NOT_DONE) as (sandbox, client, (project, _)):
        with pytest.raises(ServerError, match="no execution of it has appeared") as caught:
            await start(client, project)
        assert 37 == asyncio.get_running_loop().time()
        assert [] == await executions(client)
    assert caught.value.may_have_been_processed
    assert 1 == sandbox.stats.operations[START]


async def test_one_that_is_carried_out_late() -> None:
    """A gateway may pass a request on after it has given up on it."""
    async with sandboxed(NOT_DONE) as (_, client, (project, _)):
        starting = asyncio.create_task(start(client, project))
        await asyncio.sleep(6)
        late = await client.pipeline_executions.start(
            project, pipeline_name="load.orch.yaml", environment_name="Environment 1"
        )
        assert late.pipeline_execution_id == (await starting).id


async def test_others_are_not_taken_for_it() -> None:
    """What another project, environment, pipeline or an earlier start runs is something else."""
    async with sandboxed(Fault(target=START, at=5, status=502)) as (_, client, (project, other)):
        await start(client, project)
        await asyncio.sleep(11)
        await start(client, other)
        await start(client, project, environment_name="Environment 2")
        await start(client, project, pipeline_name="load.orch.yaml.old", execution_tag="old")
        with pytest.raises(ServerError, match="no execution of it has appeared"):
            await start(client, project)


async def test_what_another_started_while_ours_waited_is_not_taken_for_it() -> None:
    """Ours can have started nothing before it was sent, however long it waited for its turn."""
    refused = Fault(target=START, at=1, status=429, retry_after="60")
    async with sandboxed(refused, Fault(target=START, at=3, status=502)) as (sandbox, client, ids):
        ours = asyncio.create_task(start(client, ids[0]))
        await asyncio.sleep(5)
        async with sandbox.client() as other:
            await start(other, ids[0], execution_tag="other")
        with pytest.raises(ServerError, match="no execution of it has appeared"):
            await ours


async def test_one_whose_answer_was_awaited_for_long() -> None:
    """It may have begun at any time since it was sent."""
    slow = Fault(target=START, at=1, slow_body=100)
    async with sandboxed(slow) as (_, client, (project, _other)):
        run = await start(client, project)
        assert 60 == asyncio.get_running_loop().time()
        assert [run.id] == await executions(client)


async def test_two_that_may_be_it() -> None:
    """Neither is chosen; the error names both."""
    async with sandboxed(Fault(target=START, at=2, reset="before")) as (_, client, (project, _)):
        await start(client, project, execution_tag="other")
        with pytest.raises(APIConnectionError) as caught:
            await start(client, project)
        newest, other = reversed(await executions(client))
    assert f"2 executions may be it: {newest}, {other}" in str(caught.value)


async def test_a_server_that_is_down_for_a_while() -> None:
    """Looks that are not answered are not the last word."""
    outage = Fault(target=LIST, times=10, status=503)
    async with sandboxed(LOST, outage) as (_, client, (project, _)):
        run = await start(client, project)
        assert [run.id] == await executions(client)


async def test_a_look_that_is_refused() -> None:
    """The error of the start stands at once; that of the look is its cause."""
    async with sandboxed(LOST, Fault(target=LIST, status=403)) as (_, client, (project, _)):
        with pytest.raises(APIConnectionError, match="could not be looked up") as caught:
            await start(client, project)
        assert 0 == asyncio.get_running_loop().time()
    assert isinstance(caught.value.__cause__, MatillionError)


async def test_one_look_that_is_answered_is_enough() -> None:
    """Nothing has appeared, as far as can be told."""
    outage = Fault(target=LIST, times=6, status=503)
    async with sandboxed(NOT_DONE, outage) as (_, client, (project, _)):
        with pytest.raises(ServerError, match="no execution of it has appeared"):
            await start(client, project)


async def test_the_server_is_asked_for_no_more_than_needed() -> None:
    """Of the project, the pipeline and the environment, from ten seconds before the start."""
    async with sandboxed(LOST) as (sandbox, client, (project, _)):
        await asyncio.sleep(70)
        await start(client, project)
    (query,) = (record.query for record in sandbox.requests if record.operation == LIST)
    assert {
        "projectId": [project],
        "environmentName": ["Environment 1"],
        "pipelineName": ["load.orch.yaml"],
        "startedAfter": ["2026-01-01T00:01:00+00:00"],
        "limit": ["100"],
    } == parse_qs(query)


SINCE = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("differs", "matches"),
    [
        ({}, True),
        ({"pipelineName": "load.tran.yaml"}, True),
        ({"trigger": "UNKNOWN"}, True),
        ({"trigger": None, "startedAt": None, "projectId": None}, True),
        ({"pipelineName": "reload"}, False),
        ({"pipelineExecutionId": ""}, False),
        ({"environmentName": "dev"}, False),
        ({"projectId": "other"}, False),
        ({"trigger": "SCHEDULE"}, False),
        ({"startedAt": "2025-12-31T23:59:59Z"}, False),
        ({"startedAt": "2025-12-31T23:59:59"}, False),
        ({"startedAt": "2026-01-01T00:00:00"}, True),
    ],
)
def test_what_may_be_it(differs: dict[str, str | None], matches: bool) -> None:
    """A server that ignores a filter does not lead to another's run."""
    row = {
        "pipelineExecutionId": "e1",
        "pipelineName": "load",
        "environmentName": "prod",
        "projectId": "p1",
        "trigger": "API",
        "startedAt": "2026-01-01T00:00:00Z",
    }
    sought = Sought("p1", "load", "prod", SINCE)
    assert matches == sought.matches(PipelineExecution.from_dict(row | differs))


async def test_a_server_that_stays_down() -> None:
    """Likewise."""
    async with sandboxed(LOST, Fault(target=LIST, status=503)) as (_, client, (project, _)):
        with pytest.raises(APIConnectionError, match=r"could not be looked up .*503"):
            await start(client, project)


@pytest.mark.parametrize("status", [400, 404, 409, 410])
async def test_a_refusal_is_not_looked_up(status: int) -> None:
    """The server has said that nothing was started."""
    fault = Fault(target=START, status=status)
    async with sandboxed(fault) as (sandbox, client, (project, _)):
        with pytest.raises(MatillionError) as caught:
            await start(client, project)
    assert not caught.value.may_have_been_processed
    assert 0 == sandbox.stats.operations[LIST]


async def test_a_tag_in_use() -> None:
    """The second start is refused, as long as the first one runs."""
    async with sandboxed() as (_, client, (project, _)):
        first = await start(client, project)
        with pytest.raises(ConflictError, match="already running"):
            await start(client, project)
        await first.wait()
        await start(client, project)


async def test_a_request_that_was_never_sent_is_sent_again() -> None:
    """A connection that could not be made started nothing."""
    starts = 0

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal starts
        starts += 1
        if starts == 1:
            raise httpx.ConnectError("no route")
        return httpx.Response(201, json={"pipelineExecutionId": "e1"})

    async with scripted_client(answer) as client:
        assert (
            "e1"
            == (await start(client, "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10", execution_tag=None)).id
        )
    assert 2 == starts


async def test_a_clock_that_is_a_little_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten seconds of difference do no harm; a clock that is far ahead finds nothing rather than the wrong one."""
    for seconds, is_found in ((9, True), (60, False)):
        monkeypatch.setattr(
            "matillion_async._runs.pipeline_executions.now",
            lambda ahead=seconds: (
                moment(asyncio.get_running_loop().time()) + timedelta(seconds=ahead)
            ),
        )
        async with sandboxed(LOST) as (_, client, (project, _)):
            if is_found:
                await start(client, project)
            else:
                with pytest.raises(APIConnectionError, match="no execution of it has appeared"):
                    await start(client, project)
