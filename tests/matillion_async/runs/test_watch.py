"""Watching many runs with few calls."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Any

import httpx
import pytest

from matillion_async import (
    AuthenticationError,
    MatillionClient,
    NotFoundError,
    ResponseDecodingError,
    Run,
    RunOutcome,
)
from matillion_async._runs.polling import Polling
from matillion_async.sandbox import Fault, Pipeline, Sandbox
from tests.matillion_async.scripted import scripted_client

pytestmark = pytest.mark.virtual_time

UNKNOWN = "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10"
LIST, GET, STATUS = (f"pipeline_executions.{name}" for name in ("list", "get", "status"))
PIPELINES = (
    *(Pipeline(f"{seconds} s", seconds=seconds) for seconds in (5, 60, 300, 3600)),
    Pipeline("fail", "FAILED", seconds=30),
    Pipeline("queued", queued=100, seconds=10),
)


@asynccontextmanager
async def sandboxed(
    *faults: Fault, **options: Any
) -> AsyncIterator[tuple[Sandbox, MatillionClient, list[str]]]:
    """A sandbox, a client of it, and the ids of its projects."""
    sandbox = Sandbox(projects=2, pipelines=PIPELINES, faults=faults)
    async with sandbox.client(**options) as client:
        yield sandbox, client, [project.id async for project in client.projects.list()]


async def start(client: MatillionClient, project: str, *names: str) -> list[Run]:
    """Run pipelines in the first environment."""
    return [
        await client.pipeline_executions.run(
            project, pipeline_name=name, environment_name="Environment 1"
        )
        for name in names
    ]


async def watched(client: MatillionClient, runs: list[Any], **options: Any) -> list[RunOutcome]:
    """All outcomes, in the order in which they came."""
    async with asyncio.timeout(100_000):
        return [outcome async for outcome in client.pipeline_executions.watch(runs, **options)]


def now() -> float:
    """The virtual time."""
    return asyncio.get_running_loop().time()


async def test_each_comes_as_it_ends() -> None:
    """Failed ones too, with all that is known of them."""
    async with sandboxed() as (_, client, (project, _other)):
        slow, failing, fast = await start(client, project, "60 s", "fail", "5 s")
        outcomes = await watched(client, [slow, failing, fast])
    assert [(fast, "SUCCESS", True), (failing, "FAILED", False), (slow, "SUCCESS", True)] == [
        (outcome.run, outcome.status, outcome.succeeded) for outcome in outcomes
    ]
    assert [outcome.run.id for outcome in outcomes] == [
        outcome.execution.pipeline_execution_id for outcome in outcomes if outcome.execution
    ]


async def test_runs_are_given_as_they_are_or_as_ids() -> None:
    """And one that is given twice comes once; of none there are none."""
    async with sandboxed() as (_, client, (project, _other)):
        first, second = await start(client, project, "5 s", "5 s")
        outcomes = await watched(client, [first, (project, second.id), (project, first.id)])
        assert {first.id, second.id} == {outcome.run.id for outcome in outcomes}
        assert 2 == len(outcomes)
        assert [] == await watched(client, [])


async def test_one_in_capitals_comes_once() -> None:
    """Its id is the same, whoever wrote it."""
    async with sandboxed() as (_, client, (project, _other)):
        (run,) = await start(client, project, "60 s")
        assert [run] == [
            each.run for each in await watched(client, [run, (project, run.id.upper())])
        ]


@pytest.mark.parametrize("by", ["capitals", "name"])
async def test_a_project_in_other_words_is_listed_as_well(by: str) -> None:
    """Given by its name, or its id in capitals; several of them too."""
    async with sandboxed() as (sandbox, client, (project, other)):
        names = {each.id: each.name async for each in client.projects.list()}
        runs = [
            (names[each] if by == "name" else each.upper(), run.id)
            for each in (project, other)
            for run in await start(client, each, *["300 s"] * 15)
        ]
        sandbox.reset_stats()
        outcomes = await watched(client, runs)
        calls = sandbox.stats.operations
    assert ["SUCCESS"] * 30 == [outcome.status for outcome in outcomes]
    assert calls[GET] + calls[STATUS] <= 5, "one in twenty rounds is held against the details"


async def test_a_listing_shows_a_hundred_at_a_time() -> None:
    """250 runs take three calls a round, until most have ended; a run is reported a tenth of its time late at most."""
    async with sandboxed() as (sandbox, client, (project, _)):
        runs = await start(client, project, *["60 s"] * 125, *["300 s"] * 125)
        sandbox.reset_stats()
        late = [
            now() - int((outcome.run.pipeline_name or "").split()[0])
            async for outcome in client.pipeline_executions.watch(runs)
        ]
    assert 250 == len(late)
    assert 0 <= min(late) <= max(late) <= 15
    calls = sandbox.stats.operations
    assert calls[GET] + calls[STATUS] <= 5, "one in twenty rounds is held against the details"
    assert calls[LIST] <= 3 * 60


async def test_what_is_newer_is_listed_and_what_is_older_is_not() -> None:
    """The listing is from the oldest to the newest run that goes on, and of the one project if all are."""
    async with sandboxed() as (sandbox, client, (project, other)):
        await start(client, other, *["5 s"] * 110)
        await start(client, project, *["5 s"] * 110)
        await asyncio.sleep(1)
        runs = []
        for _ in range(3):
            runs += await start(client, project, "60 s")
            await asyncio.sleep(1)
        await start(client, other, *["5 s"] * 110)
        sandbox.reset_stats()
        assert 3 == len(await watched(client, runs, poll_interval=20))
        queries = [record.query for record in sandbox.requests if record.operation == LIST]
    assert [f"projectId={project}&limit=100"] == queries[:1]
    window = "startedAfter=2026-01-01T00%3A00%3A01%2B00%3A00&startedBefore=2026-01-01T00%3A00%3A04%2B00%3A00"
    assert {f"projectId={project}&{window}&limit=100"} == set(queries[1:])
    assert 4 == len(queries)
    assert 0 == sandbox.stats.operations[GET]


async def test_runs_of_several_projects_share_the_listing() -> None:
    """It is of all projects then."""
    async with sandboxed() as (sandbox, client, (project, other)):
        runs = await start(client, project, *["60 s"] * 10) + await start(
            client, other, *["60 s"] * 10
        )
        sandbox.reset_stats()
        assert 20 == len(await watched(client, runs, poll_interval=30))
    assert {LIST: 3} == dict(sandbox.stats.operations)


async def test_what_the_listing_would_take_long_to_show_is_asked_for_singly() -> None:
    """Three runs below hundreds of newer executions cost three pages and three calls, and then little: their start is known."""
    async with sandboxed() as (sandbox, client, (project, other)):
        runs = await start(client, project, "3600 s", "300 s") + await start(client, other, "60 s")
        await start(client, other, *["5 s"] * 400)
        sandbox.reset_stats()
        outcomes = await watched(client, runs, poll_interval=60)
    assert ["60 s", "300 s", "3600 s"] == [outcome.run.pipeline_name for outcome in outcomes]
    assert sandbox.stats.operations[LIST] <= 3 + 7
    assert sandbox.stats.operations[GET] <= 3 + 60


async def test_a_single_run_needs_no_listing() -> None:
    """One call a round."""
    async with sandboxed() as (sandbox, client, (project, _)):
        runs = await start(client, project, "60 s")
        sandbox.reset_stats()
        await watched(client, runs, poll_interval=20)
    assert {STATUS: 3, GET: 1} == dict(sandbox.stats.operations)


async def test_runs_that_have_not_begun() -> None:
    """They have no time of start yet, and are watched all the same."""
    async with sandboxed() as (_, client, (project, _other)):
        runs = await start(client, project, "queued", "60 s", "queued")
        outcomes = await watched(client, runs)
    assert ["60 s", "queued", "queued"] == [outcome.run.pipeline_name for outcome in outcomes]


async def test_one_that_cannot_be_found_loses_no_other() -> None:
    """An execution of another project, and one that never was, are outcomes with an error."""
    async with sandboxed() as (_, client, (project, other)):
        first, second = await start(client, project, "60 s", "60 s")
        outcomes = await watched(client, [first, (other, second.id), (project, "nothing")])
    assert [(second.id, ""), ("nothing", ""), (first.id, "SUCCESS")] == [
        (outcome.run.id, outcome.status) for outcome in outcomes
    ]
    assert [True, True, False] == [isinstance(o.error, NotFoundError) for o in outcomes]
    assert not outcomes[0].succeeded


def rows(*shown: tuple[str, str | None]) -> httpx.Response:
    """A page of executions with their statuses."""
    found = [{"pipelineExecutionId": name, "status": status} for name, status in shown]
    return httpx.Response(200, json={"results": found})


@pytest.mark.parametrize("bad", ["absent", "no status", "listed without", "404", "503"])
async def test_one_that_cannot_be_read_does_not_hold_up_the_others(bad: str) -> None:
    """They come as they end; the one comes as an error, as soon as that is certain."""

    def respond(request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        if name == "pipeline-executions":
            listed: list[tuple[str, str | None]] = [
                (str(number), "SUCCESS" if now() >= 10 * number else "RUNNING")
                for number in range(1, 5)
            ]
            return rows(*listed, *([("bad", None)] if bad == "listed without" else []))
        if name != "bad":
            status = "SUCCESS" if now() >= 10 * int(name) else "RUNNING"
            return httpx.Response(200, json={"status": status})
        if bad == "absent":
            return httpx.Response(200, json={"status": "RUNNING" if now() < 60 else "SUCCESS"})
        if bad in ("404", "503"):
            return httpx.Response(int(bad) if now() < 60 else 404)
        return httpx.Response(200, json={"data": {"status": "RUNNING"}})

    async with scripted_client(respond, retry=None) as client:
        runs = [(UNKNOWN, name) for name in ("bad", "1", "2", "3", "4")]
        came: dict[str, float] = {}
        outcomes = {}
        async with asyncio.timeout(600):
            async for outcome in client.pipeline_executions.watch(runs, poll_interval=1):
                came[outcome.run.id] = now()
                outcomes[outcome.run.id] = outcome
    assert [True] * 4 == [10 * n <= came[str(n)] <= 10 * n + 1 for n in range(1, 5)]
    error = outcomes["bad"].error
    if bad == "absent":
        assert ("SUCCESS", 60) == (outcomes["bad"].status, came["bad"])
    elif bad in ("404", "503"):
        assert isinstance(error, NotFoundError)
        assert (0 if bad == "404" else 60) == came["bad"]
    else:
        assert isinstance(error, ResponseDecodingError)
        assert "but 'data'" in str(error)
        assert 4 == came["bad"]


async def test_a_run_that_can_be_read_again_has_all_its_tries_again() -> None:
    """Only responses in a row count."""
    asked = 0

    def respond(request: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        status = "SUCCESS" if asked > 50 else "RUNNING"
        return httpx.Response(200, json={} if asked % 5 else {"status": status})

    async with scripted_client(respond) as client:
        (outcome,) = await watched(client, [(UNKNOWN, "a")])
    assert ("SUCCESS", 55) == (outcome.status, asked)


async def test_a_listing_that_cannot_be_read(caplog: pytest.LogCaptureFixture) -> None:
    """All are asked for one by one then, and the log says so once."""

    def respond(request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        if name == "pipeline-executions":
            return httpx.Response(200, text="<html>")
        return httpx.Response(200, json={"status": "SUCCESS" if now() >= 5 else "RUNNING"})

    async with scripted_client(respond) as client:
        outcomes = await watched(client, [(UNKNOWN, name) for name in "abc"])
        assert 5 == now()
    assert ["SUCCESS"] * 3 == [outcome.status for outcome in outcomes]
    assert 1 == len(caplog.messages)


@pytest.mark.parametrize("status", ["COMPLETED", "UNKNOWN", "RUNNING"])
async def test_an_unknown_status_with_a_time_of_the_end(status: str) -> None:
    """It is an end, in the listing and singly; a status that goes on is not."""

    def respond(request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        known = "SUCCESS" if now() >= 60 and status == "RUNNING" else status
        row = {"status": known, "finishedAt": "2026-01-01T00:00:00Z"}
        if name != "pipeline-executions":
            return httpx.Response(200, json={"result": row})
        listed = [{"pipelineExecutionId": name, **row} for name in ("a", "b")]
        return httpx.Response(200, json={"results": listed})

    async with scripted_client(respond) as client:
        outcomes = await watched(client, [(UNKNOWN, name) for name in "abc"])
        assert (60 <= now() <= 66) if status == "RUNNING" else (0 == now())
    ended = "SUCCESS" if status == "RUNNING" else status
    assert [ended] * 3 == [outcome.status for outcome in outcomes]
    assert (status == "RUNNING") == outcomes[0].succeeded


async def test_an_unknown_status_is_reported_once(caplog: pytest.LogCaptureFixture) -> None:
    """However many runs have it."""
    left = 3

    def respond(request: httpx.Request) -> httpx.Response:
        nonlocal left
        left -= 1
        status = "PAUSED" if left > 0 else "SUCCESS"
        rows = [{"pipelineExecutionId": name, "status": status} for name in "abc"]
        return httpx.Response(200, json={"results": rows})

    async with scripted_client(respond) as client:
        outcomes = await watched(client, [(UNKNOWN, name) for name in "abc"])
    assert ["SUCCESS"] * 3 == [outcome.status for outcome in outcomes]
    assert ["a has the unknown status 'PAUSED'; still waiting"] == caplog.messages


async def test_a_server_that_is_down_is_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    """With listings and with single calls; the log says so once for each outage."""
    faults = [Fault(target=target, at=2, times=5, status=503) for target in (LIST, GET)]
    async with sandboxed(*faults, retry=None) as (_, client, (project, _other)):
        runs = await start(client, project, "60 s", "5 s", "300 s")
        outcomes = await watched(client, runs)
    assert ["5 s", "60 s", "300 s"] == [outcome.run.pipeline_name for outcome in outcomes]
    told = [text for text in caplog.messages if "cannot be read" in text]
    assert 1 == len([text for text in told if text.startswith("3 runs cannot be read")])
    assert len(told) <= 1 + 2, "one line for each that asked by itself"


@pytest.mark.parametrize("names", [["60 s"], ["60 s"] * 3])
async def test_refused_credentials_end_the_watch(names: list[str]) -> None:
    """They would be refused for every other run as well."""
    fault = Fault(target="pipeline_executions.*", at=3 + len(names), revoke_token=True)
    refused = Fault(target="token", at=2, status=401)
    sandbox = Sandbox(projects=1, pipelines=PIPELINES, faults=[fault, refused])
    async with sandbox.client() as client:
        runs = await start(client, (await client.projects.list()).results[0].id, *names)
        with pytest.raises(AuthenticationError):
            await watched(client, runs)


async def test_a_listing_that_is_refused_is_not_needed(caplog: pytest.LogCaptureFixture) -> None:
    """All are asked for one by one then, and the log says so once."""
    async with sandboxed(Fault(target=LIST, status=403)) as (sandbox, client, (project, _other)):
        runs = await start(client, project, *["60 s"] * 3)
        outcomes = await watched(client, runs)
    assert ["SUCCESS"] * 3 == [outcome.status for outcome in outcomes]
    assert 1 == sandbox.stats.operations[LIST] == len(caplog.messages)
    assert "cannot be listed" in caplog.text
    assert "each is asked for by itself" in caplog.text


async def test_a_watch_may_be_left() -> None:
    """Nothing goes on behind it, and it takes no part of the budget any more."""
    async with sandboxed() as (sandbox, client, (project, _)):
        runs = await start(client, project, "5 s", "300 s", "300 s")
        polling = client._own_session.connection.shared(Polling)
        async with aclosing(client.pipeline_executions.watch(runs)) as outcomes:
            async for outcome in outcomes:
                assert "5 s" == outcome.run.pipeline_name
                with polling.member():
                    assert 2 == polling.pause(0, 120), "the watch is one of two"
                break
        before = sandbox.stats.arrived
        await asyncio.sleep(600)
        assert before == sandbox.stats.arrived
        with polling.member():
            assert 1 == polling.pause(0, 120)


async def test_rounds_follow_the_limit() -> None:
    """At 60 calls a minute a watch uses half of them, however many pages it needs."""
    async with sandboxed() as (sandbox, client, (project, _)):
        runs = await start(client, project, *["3600 s"] * 250)
        sandbox.reset_stats()
        async with sandbox.client(rate_limits="60/min") as slow:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(300):
                    await watched(slow, runs, poll_interval=1)
    assert 130 <= sandbox.stats.operations[LIST] <= 160


async def test_times_without_a_zone_are_in_utc() -> None:
    """A server that leaves it out for some runs stops nothing."""
    polled = 0

    def respond(request: httpx.Request) -> httpx.Response:
        nonlocal polled
        polled += 1
        times = {"a": "2026-01-01T00:00:00", "b": "2026-01-01T00:00:00Z", "c": None}
        rows = [
            {"pipelineExecutionId": key, "startedAt": time, "status": "RUNNING"}
            for key, time in times.items()
        ]
        if polled > 2:
            rows = [{**row, "status": "SUCCESS"} for row in rows]
        return httpx.Response(200, json={"results": rows})

    async with scripted_client(respond) as client:
        outcomes = await watched(client, [(UNKNOWN, name) for name in "abc"])
    assert ["SUCCESS"] * 3 == [outcome.status for outcome in outcomes]


async def test_a_watch_that_is_left_asks_for_nothing_more() -> None:
    """Questions that were under way are over with it."""
    asked = 0

    async def respond(request: httpx.Request) -> httpx.Response:
        nonlocal asked
        if request.url.path.endswith("pipeline-executions"):
            return httpx.Response(200, json={"results": []})
        asked += 1
        await asyncio.sleep(asked)
        row = {"pipelineExecutionId": request.url.path.split("/")[-1], "status": "SUCCESS"}
        return httpx.Response(200, json=row)

    async with scripted_client(respond) as client:  # type: ignore[arg-type] # MockTransport awaits it
        before = asyncio.all_tasks()
        runs = [(UNKNOWN, str(number)) for number in range(100)]
        async with aclosing(client.pipeline_executions.watch(runs)) as outcomes:
            await anext(outcomes)
        assert before == asyncio.all_tasks()
