"""A start whose response was lost is looked up, and never repeated."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from matillion_async import (
    APIConnectionError,
    ConflictError,
    MatillionClient,
    MatillionError,
    ResponseDecodingError,
    Run,
    ServerError,
)
from matillion_async.sandbox import Fault, Pipeline, Sandbox
from matillion_async.sandbox._clock import moment
from tests.matillion_async.scripted import scripted_client

pytestmark = pytest.mark.virtual_time

START = "pipeline_executions.start"
LIST = "pipeline_executions.list"
LOST = Fault(target=START, at=1, delay=0.8, reset="before")
"""The first start is carried out 0.8 seconds after it was sent, and its response is lost."""
NOT_DONE = Fault(target=START, at=1, status=502)
"""The first start reaches a gateway, and no further."""


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time of day is the sandbox's."""
    monkeypatch.setattr(
        "matillion_async._runs.look_up.now",
        lambda: moment(asyncio.get_running_loop().time()),
    )


@asynccontextmanager
async def sandboxed(
    *faults: Fault, clock: Callable[[], float] | None = None, seconds: float = 600, **options: Any
) -> AsyncIterator[tuple[Sandbox, MatillionClient, list[str]]]:
    """A sandbox, a client of it, and the ids of its projects."""
    pipelines = [Pipeline("load.orch.yaml", seconds=seconds), Pipeline("load.orch.yaml.old")]
    sandbox = Sandbox(projects=2, pipelines=pipelines, faults=faults, clock=clock)
    async with sandbox.client(**options) as client:
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
    "fault",
    [LOST, Fault(target=START, at=1, delay=0.8, status=504, processed=True)],
    ids=["reset", "504"],
)
@pytest.mark.parametrize("name", ["load.orch.yaml", "load"])
async def test_with_a_tag_it_is_found(fault: Fault, name: str) -> None:
    """The run is the one that was started, and can be waited for; the start was sent once."""
    async with sandboxed(fault) as (sandbox, client, (project, _)):
        run = await start(client, project, pipeline_name=name)
        assert [run.id] == await executions(client)
        assert "SUCCESS" == (await run.wait()).status
    assert 1 == sandbox.stats.operations[START]


async def test_an_unreadable_response_is_a_lost_one() -> None:
    """A start with a successful response has started something, whatever its body says."""
    garbled = Fault(target=START, at=1, delay=0.8, truncate=5)
    async with sandboxed(garbled) as (_, client, (project, _)):
        assert [(await start(client, project)).id] == await executions(client)
    async with sandboxed(garbled) as (_, client, (project, _)):
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
    async with sandboxed(NOT_DONE) as (sandbox, client, (project, _)):
        starting = asyncio.create_task(start(client, project))
        await asyncio.sleep(6.5)
        async with sandbox.client() as gateway:
            late = await start(gateway, project)
        assert late.id == (await starting).id


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


async def test_one_whose_response_was_awaited_for_long() -> None:
    """It may have begun at any time since it was sent."""
    slow = Fault(target=START, at=1, delay=0.8, slow_body=100)
    async with sandboxed(slow) as (_, client, (project, _other)):
        run = await start(client, project)
        assert 60 <= asyncio.get_running_loop().time() < 61
        assert [run.id] == await executions(client)


async def test_two_that_may_be_it() -> None:
    """Neither is chosen, and looking again would not help; the error names both."""
    lost = Fault(target=START, at=2, delay=0.8, reset="before")
    async with sandboxed(lost) as (sandbox, client, (project, _)):
        async with sandbox.client() as another:
            await start(another, project, execution_tag="other")
        with pytest.raises(APIConnectionError) as caught:
            await start(client, project)
        assert 1 == sandbox.stats.operations[LIST]
        newest, other = reversed(await executions(client))
    assert f"2 executions may be it: {newest}, {other}" in str(caught.value)


async def test_a_server_that_is_down_for_a_while() -> None:
    """Looks without a response are not the last word."""
    outage = Fault(target=LIST, times=10, status=503)
    async with sandboxed(LOST, outage) as (_, client, (project, _)):
        run = await start(client, project)
        assert [run.id] == await executions(client)


async def test_a_look_that_is_refused() -> None:
    """The error of the start stands at once; that of the look is its cause."""
    async with sandboxed(LOST, Fault(target=LIST, status=403)) as (_, client, (project, _)):
        with pytest.raises(APIConnectionError, match="could not be looked up") as caught:
            await start(client, project)
        assert 0.8 == asyncio.get_running_loop().time()
    assert isinstance(caught.value.__cause__, MatillionError)


async def test_one_look_with_a_response_is_enough() -> None:
    """Nothing has appeared, as far as can be told."""
    outage = Fault(target=LIST, times=6, status=503)
    async with sandboxed(NOT_DONE, outage) as (_, client, (project, _)):
        with pytest.raises(ServerError, match="no execution of it has appeared"):
            await start(client, project)


async def test_the_server_is_asked_for_no_more_than_needed() -> None:
    """Of the project, the pipeline and the environment, from just before the start by the server's clock."""
    async with sandboxed(LOST) as (sandbox, client, (project, _)):
        await asyncio.sleep(70)
        await client.projects.list()
        await start(client, project)
    query, *_ = (record.query for record in sandbox.requests if record.operation == LIST)
    assert {
        "projectId": [project],
        "environmentName": ["Environment 1"],
        "pipelineName": ["load.orch.yaml"],
        "startedAfter": ["2026-01-01T00:01:08+00:00"],
        "limit": ["100"],
    } == parse_qs(query)


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

    def respond(request: httpx.Request) -> httpx.Response:
        nonlocal starts
        starts += 1
        if starts == 1:
            raise httpx.ConnectError("no route")
        return httpx.Response(201, json={"pipelineExecutionId": "e1"})

    async with scripted_client(respond) as client:
        assert (
            "e1"
            == (await start(client, "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10", execution_tag=None)).id
        )
    assert 2 == starts


async def test_a_loop_of_short_runs_of_which_one_is_lost_on_the_way() -> None:
    """The run before is not taken for it, however short ago it began."""
    lost = Fault(target=START, at=3, status=502)
    async with sandboxed(lost, seconds=1) as (_, client, (project, _other)):
        done: list[str] = []

        async def load(day: int) -> None:
            run = await start(client, project, variables={"day": str(day)})
            await run.wait()
            done.append(run.id)

        await load(1)
        await load(2)
        with pytest.raises(ServerError, match="no execution of it has appeared") as caught:
            await load(3)
        assert caught.value.may_have_been_processed
        await load(3)
        await load(4)
        assert done == await executions(client)
    assert 4 == len(set(done))


@pytest.mark.parametrize(
    ("before", "message"),
    [
        (0.02, "may be it, but it may have begun before the start was sent"),
        (0.2, "may be it, but it may have begun before the start was sent"),
        (0.9, "no execution of it has appeared"),
        (4, "no execution of it has appeared"),
        (9, "no execution of it has appeared"),
    ],
)
async def test_what_another_started_just_before_is_not_taken_for_it(
    before: float, message: str
) -> None:
    """Where the server's clock leaves a doubt, the error names the execution; otherwise it is out of the question."""
    not_done = Fault(target=START, at=2, status=502)
    async with sandboxed(not_done) as (sandbox, client, (project, _)):
        await asyncio.sleep(3.5)
        async with sandbox.client() as another:
            theirs = await start(another, project)
        await asyncio.sleep(before)
        sandbox.reset_stats()
        with pytest.raises(ServerError, match=message) as caught:
            await start(client, project, execution_tag="ours")
    assert (before < 0.5) == (theirs.id in str(caught.value))
    assert sandbox.stats.operations[LIST] <= 5


@pytest.mark.parametrize("here", [-3600, -60, 60, 3600])
@pytest.mark.parametrize("there", [-3600.0, 0.0, 0.437, 59.9])
async def test_this_machine_may_have_the_time_wrong(
    here: float, there: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the server's own clock counts: it finds what was started, and nothing that was started before."""

    def lying() -> datetime:
        return moment(asyncio.get_running_loop().time()) + timedelta(seconds=here)

    def server() -> float:
        return 10_000 + asyncio.get_running_loop().time() + there

    monkeypatch.setattr("matillion_async._runs.look_up.now", lying)
    lost = Fault(target=START, at=2, delay=0.8, reset="before")
    async with sandboxed(lost, clock=server) as (sandbox, client, (project, _)):
        async with sandbox.client() as another:
            await (await start(another, project)).cancel(force_update=True)
        await asyncio.sleep(5)
        run = await start(client, project)
        assert run.id == (await executions(client))[-1]
    not_done = Fault(target=START, at=2, status=502)
    async with sandboxed(not_done, clock=server) as (sandbox, client, (project, _)):
        async with sandbox.client() as another:
            await (await start(another, project)).cancel(force_update=True)
        await asyncio.sleep(5)
        with pytest.raises(ServerError, match="no execution of it has appeared"):
            await start(client, project)


class Timeless(httpx.AsyncBaseTransport):
    """Takes the Date out of responses, and puts other headers in."""

    def __init__(self, inner: httpx.AsyncBaseTransport, **headers: str) -> None:
        self._inner, self._added = inner, headers

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await self._inner.handle_async_request(request)
        del response.headers["Date"]
        response.headers.update(self._added)
        return response


@pytest.mark.parametrize(
    "headers", [{}, {"Date": "yesterday"}, {"Date": "Thu, 01 Jan 2026 00:00:00 GMT", "Age": "0"}]
)
async def test_a_server_that_does_not_say_what_time_it_is(headers: dict[str, str]) -> None:
    """Nothing can be said of any execution, so the error stands at once, and names the call that shows them."""
    sandbox = Sandbox(projects=1, pipelines=["load.orch.yaml"], faults=[LOST])
    options = sandbox.client_options()
    options["transport"] = Timeless(options["transport"], **headers)
    async with MatillionClient(**options, rate_limits="none") as client:
        (project,) = [project.id async for project in client.projects.list()]
        with pytest.raises(APIConnectionError, match="do not say what time it is") as caught:
            await start(client, project)
        assert 0.8 == asyncio.get_running_loop().time()
        assert [record.query for record in sandbox.requests if record.operation == LIST] == [
            f"projectId={project}&limit=1"
        ]
        query = str(caught.value).partition("; see ")[2]
        rows = await eval(query, {"client": client, "datetime": datetime})
        assert 1 == len(rows.results)
    assert caught.value.may_have_been_processed


async def test_the_first_call_of_a_client() -> None:
    """What time it is there is asked for afterwards."""
    async with sandboxed(LOST) as (sandbox, client, (project, _)):
        async with sandbox.client() as fresh:
            run = await start(fresh, project)
        assert [run.id] == await executions(client)


async def test_two_starts_in_flight_of_which_one_is_lost_on_the_way() -> None:
    """The other's execution is not taken for it, although its response comes later than the look."""
    faults = [
        Fault(target=START, at=1, status=502),
        Fault(target=START, at=2, slow_body=30),
    ]
    async with sandboxed(*faults) as (_, client, (project, _other)):
        lost = asyncio.create_task(start(client, project, execution_tag="one"))
        arrived = asyncio.create_task(start(client, project, execution_tag="two"))
        with pytest.raises(ServerError, match="no execution of it has appeared"):
            await lost
        assert [(await arrived).id] == await executions(client)


async def test_two_starts_in_flight_whose_responses_are_lost() -> None:
    """If there is one execution, it may be of either."""
    faults = [
        Fault(target=START, at=1, status=502),
        Fault(target=START, at=2, delay=0.8, reset="before"),
    ]
    async with sandboxed(*faults) as (_, client, (project, _other)):
        outcomes = await asyncio.gather(
            start(client, project, execution_tag="one"),
            start(client, project, execution_tag="two"),
            return_exceptions=True,
        )
        (found,) = await executions(client)
    for outcome in outcomes:
        assert isinstance(outcome, MatillionError)
        assert f"{found} may be it, or that of another start" in str(outcome)


async def test_a_start_after_one_that_came_to_nothing() -> None:
    """The first may yet be carried out by some gateway; after five minutes that is no longer expected."""
    faults = [
        Fault(target=START, at=1, status=502),
        Fault(target=START, at=2, every=1, times=2, delay=0.8, reset="before"),
    ]
    async with sandboxed(*faults, seconds=1) as (_, client, (project, _other)):
        with pytest.raises(ServerError, match="no execution of it has appeared"):
            await start(client, project)
        with pytest.raises(APIConnectionError, match="whose response was lost"):
            await start(client, project)
        await asyncio.sleep(301)
        run = await start(client, project)
        assert run.id == (await executions(client))[-1]


async def test_a_start_that_was_cancelled() -> None:
    """Nobody knows what became of it either."""
    faults = [
        Fault(target=START, at=1, delay=1),
        Fault(target=START, at=2, status=502),
    ]
    async with sandboxed(*faults) as (sandbox, client, (project, _other)):
        first = asyncio.create_task(start(client, project, execution_tag="one"))
        await asyncio.sleep(0.5)
        first.cancel()
        await asyncio.sleep(0)
        second = asyncio.create_task(start(client, project))
        await asyncio.sleep(1)
        async with sandbox.client() as gateway:
            late = await start(gateway, project, execution_tag="one")
        with pytest.raises(ServerError, match=f"{late.id} may be it, or that of another start"):
            await second


@pytest.mark.parametrize("way", ["attach", "get", "watch", "start"])
async def test_what_the_client_knows_is_not_taken_for_it(way: str) -> None:
    """However it came to know it: it began after the start was sent, and is another's all the same."""
    async with sandboxed(NOT_DONE) as (sandbox, client, (project, _)):
        ours = asyncio.create_task(start(client, project))
        await asyncio.sleep(1.5)
        executions = client.pipeline_executions
        if way == "start":
            await executions.start(project, pipeline_name="load", environment_name="Environment 1")
        else:
            async with sandbox.client() as another:
                theirs = await start(another, project)
            if way == "attach":
                executions.attach(project, theirs.id)
            elif way == "get":
                await executions.get(project, theirs.id)
            else:
                executions.watch([(project, theirs.id)])
        with pytest.raises(ServerError, match="no execution of it has appeared"):
            await ours


async def test_one_lost_start_after_the_other() -> None:
    """One whose execution was found is in the way of none."""
    lost = Fault(target=START, every=1, times=3, delay=0.8, reset="before")
    async with sandboxed(lost, seconds=1) as (_, client, (project, _other)):
        found = []
        for _day in range(3):
            run = await start(client, project)
            await run.wait()
            found.append(run.id)
        assert found == await executions(client)


@pytest.mark.parametrize("status", [400, 403, 409])
async def test_a_lost_start_after_one_that_was_refused(status: int) -> None:
    """The server has said that it started nothing."""
    faults = [
        Fault(target=START, at=1, status=status),
        Fault(target=START, at=2, delay=0.8, reset="before"),
    ]
    async with sandboxed(*faults) as (_, client, (project, _other)):
        with pytest.raises(MatillionError):
            await start(client.with_options(retry=None), project)
        assert [(await start(client, project)).id] == await executions(client)


async def test_a_response_without_an_id_is_a_lost_one() -> None:
    """The execution is looked up, since there may be one."""
    starts = 0

    class Nameless(Timeless):
        """Takes the ids out of the responses to starts."""

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            nonlocal starts
            response = await self._inner.handle_async_request(request)
            if request.method == "POST" and request.url.path.endswith("/pipeline-executions"):
                starts += 1
                headers = {"Date": response.headers["Date"]}
                return httpx.Response(201, json={"pipelineExecutionId": None}, headers=headers)
            return response

    slow = Fault(target=START, delay=0.8)
    sandbox = Sandbox(projects=1, pipelines=["load.orch.yaml"], faults=[slow])
    options = sandbox.client_options()
    options["transport"] = Nameless(options["transport"])
    async with MatillionClient(**options, rate_limits="none") as client:
        (project,) = [project.id async for project in client.projects.list()]
        assert [(await start(client, project)).id] == await executions(client)
        with pytest.raises(
            ResponseDecodingError, match="lacks the field 'pipelineExecutionId'"
        ) as caught:
            await start(client, project, execution_tag=None)
    assert caught.value.may_have_been_processed
    assert 2 == starts
