"""Waits that go on at once: gathered, and each on its own all the same."""

from __future__ import annotations

import asyncio
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from matillion_async import (
    Attempt,
    AuthenticationError,
    ClientStateError,
    MatillionClient,
    PermissionDeniedError,
    PipelineRunTimeoutError,
    Run,
    RunUpdate,
)
from matillion_async._runs.gathering import GATHERED_FROM
from matillion_async._runs.polling import Polling
from tests.matillion_async.scripted import scripted_client

pytestmark = pytest.mark.virtual_time

SALES, OPS = "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10", "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c11"
LIST, STATUS, DETAILS = "list", "status", "details"
LIMITS = ("60/min", "5/s")


def now() -> float:
    """The virtual time."""
    return asyncio.get_running_loop().time()


@dataclass
class Server:
    """Knows executions that begin and end; a test says what is wrong with it.

    Attributes:
        ends: when each execution ends, by its id.
        begins: when it begins, 0 unless given.
        projects: where it runs, SALES unless given.
        unlisted: what its listing does not show.
        refuse: gives a response in place of the right one, by the kind of the request and the id or project.
        asked: requests by kind.
    """

    ends: dict[str, float]
    begins: dict[str, float] = field(default_factory=dict)
    projects: dict[str, str] = field(default_factory=dict)
    unlisted: set[str] = field(default_factory=set)
    refuse: Callable[[str, str], httpx.Response | None] = lambda kind, about: None
    asked: Counter[str] = field(default_factory=Counter)
    times: list[tuple[float, str, str]] = field(default_factory=list)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        parts = request.url.path.removeprefix("/dpc/v1/").split("/")
        query = request.url.params
        if parts == ["pipeline-executions"]:
            kind, about = LIST, query.get("projectId", "")
        else:
            kind, about = (STATUS if parts[-1] == "status" else DETAILS), parts[3]
        self.asked[kind] += 1
        self.times.append((now(), kind, about))
        refused = self.refuse(kind, about)
        if refused is not None:
            return refused
        if kind == LIST:
            return httpx.Response(200, json=self._page(query))
        if about not in self.ends or self._project(about) != parts[1]:
            return httpx.Response(404)
        row = self._row(about)
        return httpx.Response(200, json={"status": row["status"]} if kind == STATUS else row)

    def _page(self, query: httpx.QueryParams) -> dict[str, Any]:
        first, last = (
            query.get(name, bound)
            for name, bound in (("startedAfter", "0"), ("startedBefore", "9"))
        )
        shown = [
            row
            for name in reversed(self.ends)
            if name not in self.unlisted
            and query.get("projectId", self._project(name)) == self._project(name)
            and first <= (row := self._row(name))["startedAt"] <= last
        ]
        start, limit = int(query.get("paginationToken", 0)), int(query["limit"])
        more = {"more": str(start + limit)} if len(shown) > start + limit else {}
        return {"results": shown[start : start + limit], **more}

    def _row(self, name: str) -> dict[str, Any]:
        began = datetime.fromtimestamp(1_767_225_600 + self.begins.get(name, 0), UTC)
        return {
            "pipelineExecutionId": name,
            "projectId": self._project(name),
            "status": "SUCCESS" if now() >= self.ends[name] else "RUNNING",
            "startedAt": began.isoformat(),
        }

    def _project(self, name: str) -> str:
        return self.projects.get(name, SALES)


def client_of(server: Server, **options: Any) -> MatillionClient:
    """A client of it."""
    return scripted_client(server, **options)  # type: ignore[arg-type] # MockTransport awaits it


def attached(client: MatillionClient, server: Server, *names: str) -> list[Run]:
    """Its executions; all, or those that are named."""
    attach = client.pipeline_executions.attach
    return [attach(server.projects.get(name, SALES), name) for name in names or server.ends]


async def ends(runs: list[Run], **options: Any) -> dict[str, float]:
    """When each wait was over."""
    over: dict[str, float] = {}

    async def one(run: Run) -> None:
        await run.wait(timeout=10_000, **options)
        over[run.id] = now()

    async with asyncio.TaskGroup() as group:
        for run in runs:
            group.create_task(one(run))
    return over


async def test_few_ask_by_themselves() -> None:
    """Two waits never list: a look at the status is lighter."""
    server = Server({"a": 20, "b": 30})
    async with client_of(server) as client:
        over = await ends(attached(client, server))
    assert 0 == server.asked[LIST]
    assert over["a"] <= 22
    assert over["b"] <= 33


async def test_from_three_on_they_are_gathered() -> None:
    """And one that is left is looked after as well as one that waits alone."""
    server = Server({"a": 20, "b": 20, "c": 600})
    async with client_of(server) as client:
        over = await ends(attached(client, server))
    assert GATHERED_FROM == 3
    assert 600 <= over["c"] <= 615
    assert 10 <= server.asked[LIST] <= 20
    assert server.asked[DETAILS] <= 70


async def test_waits_join_and_leave_while_it_goes_on() -> None:
    """One that waited alone joins as others come; each has its end within a tenth of its time."""
    server = Server({f"r{index}": 60 + index for index in range(40)})
    async with client_of(server) as client:
        over: dict[str, float] = {}

        async def one(run: Run, delay: float) -> None:
            await asyncio.sleep(delay)
            await run.wait()
            over[run.id] = now()

        async with asyncio.TaskGroup() as group:
            for index, run in enumerate(attached(client, server)):
                group.create_task(one(run, index))
    assert 40 == len(over)
    assert max(over[name] - end for name, end in server.ends.items()) <= 4


async def test_each_has_its_own_timeout_cancellation_and_callback() -> None:
    """What ends one wait, or is raised by its callback, ends no other."""
    server = Server(dict.fromkeys(("kept", "late", "left", "bad"), 100.0))
    heard: list[RunUpdate] = []

    def fail(update: RunUpdate) -> None:
        if now() > 20:
            raise ZeroDivisionError

    async with client_of(server) as client:
        kept, late, left, bad = attached(client, server)
        tasks = [
            asyncio.create_task(kept.wait(on_update=heard.append)),
            asyncio.create_task(late.wait(timeout=50)),
            asyncio.create_task(left.wait()),
            asyncio.create_task(bad.wait(on_update=fail)),
        ]
        await asyncio.sleep(30)
        tasks[2].cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        assert 100 <= now() <= 111
    assert "SUCCESS" == outcomes[0].status  # type: ignore[union-attr]
    assert isinstance(outcomes[1], PipelineRunTimeoutError)
    assert "RUNNING" == outcomes[1].status
    assert isinstance(outcomes[2], asyncio.CancelledError)
    assert isinstance(outcomes[3], ZeroDivisionError)
    assert ["RUNNING", "SUCCESS"] == [str(update.status) for update in heard if update.is_new]
    assert len(heard) >= 10


async def test_nothing_is_left_behind() -> None:
    """No task, no request and no part of the budget, whatever ends the last wait."""
    server = Server(dict.fromkeys("abcde", 1000.0))
    async with client_of(server) as client:
        before = asyncio.all_tasks()
        for seconds in (0.0, 5.0):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(seconds):
                    await asyncio.gather(*(run.wait() for run in attached(client, server)))
            await asyncio.sleep(0)  # the others that gather has cancelled
            await asyncio.sleep(0)
            assert before == asyncio.all_tasks()
        sent = server.asked.total()
        await asyncio.sleep(1000)
        assert sent == server.asked.total()
        polling = client._own_session.connection.shared(Polling)
        with polling.member():
            assert 1 == polling.pause(0, 120)


async def test_an_interval_is_kept() -> None:
    """Among others that have none, too."""
    server = Server(dict.fromkeys("abcd", 100.0))
    heard: list[float] = []
    async with client_of(server) as client:
        first, *others = attached(client, server)
        waits = [run.wait() for run in others]
        await asyncio.gather(
            first.wait(poll_interval=30, on_update=lambda update: heard.append(now())), *waits
        )
    assert [0, 30, 60, 90, 120] == [round(moment / 30) * 30 for moment in heard]
    assert 5 == len(heard)


async def test_lost_ones_hold_up_nobody() -> None:
    """Fifty that no listing shows take as many requests as listings do, and have their turns."""
    numbered = {f"r{index}": 40.0 + index for index in range(100)}
    server = Server({**numbered, **{f"lost{index}": 300.0 for index in range(50)}})
    server.unlisted = {name for name in server.ends if name.startswith("lost")}
    async with client_of(server, rate_limits=LIMITS) as client:
        over = await ends(attached(client, server))
    assert max(over[name] - end for name, end in numbered.items()) <= 10
    assert max(over[name] for name in server.unlisted) <= 300 + 50 * 2 + 20


async def test_one_that_hangs_holds_up_nobody() -> None:
    """Its own question is its own business."""
    server = Server({**dict.fromkeys("abc", 30.0), "lost": 30.0}, unlisted={"lost"})
    hanging = server.__call__

    class Hanging(Server):
        async def __call__(self, request: httpx.Request) -> httpx.Response:
            if "lost" in request.url.path and now() > 10:
                await asyncio.sleep(500)
            return await hanging(request)

    async with client_of(Hanging({}), timeout=1000) as client:
        over = await ends(attached(client, server))
    assert max(over[name] for name in "abc") <= 34
    assert over["lost"] > 500


async def test_what_belongs_to_nobody_is_told_to_its_wait_alone() -> None:
    """An execution that is not there, or in another project than was said, is its own wait's error, at once."""
    server = Server(dict.fromkeys("abcd", 60.0))
    async with client_of(server) as client:
        runs = [
            *attached(client, server),
            client.pipeline_executions.attach(OPS, "a"),
            client.pipeline_executions.attach(SALES, "never"),
        ]
        outcomes = await asyncio.gather(*(run.wait() for run in runs), return_exceptions=True)
    assert ["PipelineExecution"] * 4 + ["NotFoundError"] * 2 == [type(o).__name__ for o in outcomes]


async def test_a_project_that_is_refused_is_told_to_its_waits_alone() -> None:
    """The listing of all projects does not show it."""
    server = Server(dict.fromkeys("abcdef", 60.0))
    server.projects = dict.fromkeys("def", OPS)
    server.unlisted = {*"def"}
    server.refuse = lambda kind, about: httpx.Response(403) if about in server.unlisted else None
    async with client_of(server) as client:
        waits = [run.wait() for run in attached(client, server)]
        outcomes = await asyncio.gather(*waits, return_exceptions=True)
    assert [True] * 3 == [isinstance(outcome, PermissionDeniedError) for outcome in outcomes[3:]]
    assert len({id(outcome) for outcome in outcomes[3:]}) == 3
    assert ["SUCCESS"] * 3 == [outcome.status for outcome in outcomes[:3]]  # type: ignore[union-attr]


async def test_where_not_all_projects_may_be_listed_each_is() -> None:
    """One listing for each of few projects."""
    names = [f"r{index}" for index in range(40)]
    server = Server(dict.fromkeys(names, 60.0))
    server.projects = dict.fromkeys(names[20:], OPS)
    server.refuse = lambda kind, about: httpx.Response(400) if (kind, about) == (LIST, "") else None
    async with client_of(server) as client:
        over = await ends(attached(client, server))
    assert max(over.values()) <= 67
    assert {SALES, OPS, ""} == {about for _, kind, about in server.times if kind == LIST}
    assert 1 == len([about for _, kind, about in server.times if (kind, about) == (LIST, "")])
    assert server.asked[DETAILS] <= 5


async def test_many_projects_with_a_run_each() -> None:
    """They are in the listing of all; it costs what one does."""
    names = [f"r{index}" for index in range(60)]
    server = Server(dict.fromkeys(names, 60.0))
    server.projects = {name: f"{SALES[:-2]}{index:02}" for index, name in enumerate(names)}
    async with client_of(server, rate_limits=LIMITS) as client:
        over = await ends(attached(client, server))
    assert max(over.values()) <= 67
    assert server.asked.total() <= 25


async def test_executions_of_others_do_not_make_it_dear() -> None:
    """Three runs among thousands: no more pages than runs are read in vain, and none that are newer than the newest run."""
    server = Server({"old": 600.0})
    server.ends |= {f"s{index}": 0.0 for index in range(3000)}
    server.ends |= {"mid": 600.0, "new": 600.0}
    server.ends |= {f"t{index}": 0.0 for index in range(3000)}
    server.begins = {name: float(index) for index, name in enumerate(server.ends)}
    async with client_of(server) as client:
        over = await ends(attached(client, server, "old", "mid", "new"))
    assert max(over.values()) <= 625
    assert server.asked[LIST] <= 40
    assert server.asked.total() <= 3 * 80, "no more than if each waited alone"


async def test_ids_that_tell_their_time_bound_the_first_listing() -> None:
    """As the ids of the API do (UUID version 7): what began long before is not read, nor what others have started since."""
    made = 1_767_225_600 + 86_400
    names = [
        str(uuid.UUID(int=(made * 1000 << 80) | (7 << 76) | (2 << 62) | number))
        for number in range(3)
    ]
    server = Server(dict.fromkeys((*(f"s{number}" for number in range(1000)), *names), 60.0))
    server.begins = dict.fromkeys(names, 86_405.0)
    queries = []

    async def noting(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/pipeline-executions"):
            queries.append(request.url.params["startedAfter"])
        return await server(request)

    async with scripted_client(noting) as client:  # type: ignore[arg-type] # as above
        await ends(attached(client, server, *names))
    assert "2026-01-01T23:59:00+00:00" == queries[0]
    assert {"2026-01-02T00:00:05+00:00"} == set(queries[1:])


async def test_ids_that_tell_what_is_no_time_are_ids() -> None:
    """One that looks as if it told its time, but of a year that no date has, is waited for as any other."""
    names = [
        f"{first}-e278-7324-81be-3f94bce27819" for first in ("ffffffff", "f677e328", "00000000")
    ]
    server = Server(dict.fromkeys(names, 60.0))
    async with client_of(server) as client:
        over = await ends(attached(client, server))
    assert max(over.values()) <= 67


async def test_an_outage_is_waited_through_and_told_once(caplog: pytest.LogCaptureFixture) -> None:
    """Each callback hears of it, the log has one line."""
    server = Server(dict.fromkeys("abcdef", 60.0))
    server.refuse = lambda kind, about: httpx.Response(503) if 20 < now() < 30 else None
    heard: Counter[str] = Counter()

    def hear(update: RunUpdate) -> None:
        heard[update.run.id] += update.trouble is not None

    async with client_of(server, retry=None) as client:
        over = await ends(attached(client, server), on_update=hear)
    assert max(over.values()) <= 67
    assert [True] * 6 == [heard[name] > 0 for name in server.ends]
    assert caplog.messages[0].startswith("6 runs cannot be read")
    assert len(caplog.messages) <= 2, "one of them may have asked by itself in between"


async def test_a_listing_that_is_down_for_good_is_not_waited_for() -> None:
    """After some tries each run is asked for by itself."""
    server = Server(dict.fromkeys("abcdef", 60.0))
    server.refuse = lambda kind, about: httpx.Response(503) if kind == LIST else None
    async with client_of(server, retry=None) as client:
        over = await ends(attached(client, server))
    assert max(over.values()) <= 90
    assert server.asked[LIST] <= 40


async def test_a_listing_that_is_behind_for_good_holds_nobody_for_ever() -> None:
    """Now and then one asks by itself."""
    server = Server(dict.fromkeys("abc", 60.0))

    def stale(kind: str, about: str) -> httpx.Response | None:
        if kind != LIST:
            return None
        rows = [{"pipelineExecutionId": name, "status": "RUNNING"} for name in "abc"]
        return httpx.Response(200, json={"results": rows})

    server.refuse = stale
    async with client_of(server) as client:
        over = await ends(attached(client, server))
    assert max(over.values()) <= 1500


async def test_a_client_that_is_closed_ends_all() -> None:
    """Each wait learns it, as one that waits alone does."""
    server = Server(dict.fromkeys("abcde", 1000.0))
    client = client_of(server)
    waits = [asyncio.create_task(run.wait()) for run in attached(client, server)]
    await asyncio.sleep(30)
    await client.aclose()
    outcomes = await asyncio.gather(*waits, return_exceptions=True)
    assert [True] * 5 == [isinstance(outcome, ClientStateError) for outcome in outcomes]
    assert now() <= 45


async def test_credentials_that_are_refused_end_all() -> None:
    """Each wait has an error of its own."""

    class Refused:
        async def fetch(self) -> Any:
            raise AuthenticationError("no")

    server = Server(dict.fromkeys("abc", 60.0))
    async with client_of(server, token_source=Refused()) as client:
        waits = [run.wait() for run in attached(client, server)]
        outcomes = await asyncio.gather(*waits, return_exceptions=True)
    assert [AuthenticationError] * 3 == [type(outcome) for outcome in outcomes]
    assert 3 == len({id(outcome) for outcome in outcomes})


async def test_a_mistake_in_a_hook_is_not_swallowed() -> None:
    """It is everybody's hook, and everybody's error."""

    def fail(attempt: Attempt) -> None:
        if now() > 10:
            raise ZeroDivisionError

    server = Server(dict.fromkeys("abc", 60.0))
    async with client_of(server, on_attempt=fail) as client:
        waits = [run.wait() for run in attached(client, server)]
        outcomes = await asyncio.gather(*waits, return_exceptions=True)
    assert [ZeroDivisionError] * 3 == [type(outcome) for outcome in outcomes]
    assert now() <= 15


async def test_who_has_other_options_is_not_mixed_in() -> None:
    """A hook hears of its own waits; equal options are gathered, however many views of the client there are."""
    server = Server({f"r{index}": 60.0 for index in range(6)})
    heard: list[str] = []
    async with client_of(server) as client:
        plain = [client.with_options(timeout=20) for _ in range(3)]
        hooked = client.with_options(on_attempt=lambda attempt: heard.append(attempt.operation))
        runs = [
            *(attached(view, server, f"r{index}")[0] for index, view in enumerate(plain)),
            *attached(hooked, server, "r3", "r4"),
        ]
        await ends(runs)
    assert "pipeline_executions.list" not in heard
    assert {"r3", "r4"} == {about for _, kind, about in server.times if kind == STATUS}
    assert server.asked[LIST] > 5


async def test_whose_context_a_question_has() -> None:
    """Its own where a wait asks by itself, none where a listing is read for many."""
    caller = ContextVar("caller", default="nobody")
    heard: set[tuple[str, str]] = set()

    def hear(attempt: Attempt) -> None:
        heard.add((attempt.operation.partition(".")[2], caller.get()))

    server = Server({**dict.fromkeys("abc", 30.0), "lost": 30.0}, unlisted={"lost"})
    async with client_of(server, on_attempt=hear) as client:

        async def one(run: Run) -> None:
            caller.set(run.id)
            await run.wait()

        await asyncio.gather(*(one(run) for run in attached(client, server)))
    assert {("list", "nobody"), ("get", "lost")} <= heard
    assert {kind for kind, name in heard if name != "nobody"} == {"get"}
    assert {kind for kind, name in heard if name == "nobody"} == {"list"}


async def test_a_gathering_that_somebody_cancels_goes_on() -> None:
    """The waits begin another one."""
    server = Server(dict.fromkeys("abcd", 60.0))
    async with client_of(server) as client:
        waiting = asyncio.create_task(ends(attached(client, server)))
        await asyncio.sleep(20)
        (task,) = (task for task in asyncio.all_tasks() if task.get_name().startswith("matillion"))
        task.cancel()
        over = await waiting
    assert max(over.values()) <= 67


async def test_a_run_that_is_waited_for_twice() -> None:
    """Both learn of its end."""
    server = Server({"a": 60.0})
    async with client_of(server) as client:
        waits = [run.wait() for _ in range(4) for run in attached(client, server)]
        outcomes = await asyncio.gather(*waits)
    assert ["SUCCESS"] * 4 == [outcome.status for outcome in outcomes]
    assert (0, True) == (server.asked[STATUS], server.asked[DETAILS] <= 1)


async def test_a_watch_takes_more_runs_while_it_goes_on() -> None:
    """In its loop, and from another task; one that is watched already comes once."""
    server = Server({"a": 10.0, "b": 20.0, "c": 30.0})
    came = []
    async with client_of(server) as client:
        watch = client.pipeline_executions.watch(attached(client, server, "a"))
        watch.add((SALES, "b"), (SALES, "a"))
        async for outcome in watch:
            came.append(outcome.run.id)
            if outcome.run.id == "b":
                watch.add(*attached(client, server, "c"))
    assert ["a", "b", "c"] == came


async def test_a_watch_takes_runs_from_where_they_come() -> None:
    """It ends when there are no more, and all have ended."""
    server = Server({f"r{index}": 10.0 * index for index in range(1, 8)})
    came = {}

    async def coming(client: MatillionClient) -> AsyncIterator[Run]:
        for run in attached(client, server):
            yield run
            await asyncio.sleep(5)

    async with client_of(server) as client:
        async for outcome in client.pipeline_executions.watch(coming(client)):
            came[outcome.run.id] = now()
        assert 70 <= now() <= 75
    assert [*server.ends] == [*came]


async def test_what_is_wrong_with_the_source_of_a_watch_is_raised() -> None:
    """And nothing is left behind."""
    server = Server({"a": 100.0})

    async def failing() -> AsyncIterator[tuple[str, str]]:
        yield SALES, "a"
        await asyncio.sleep(10)
        raise ZeroDivisionError

    async with client_of(server) as client:
        before = asyncio.all_tasks()
        with pytest.raises(ZeroDivisionError):
            await anext(client.pipeline_executions.watch(failing()))
        assert before == asyncio.all_tasks()


async def test_a_watch_that_was_left_may_be_taken_up_again() -> None:
    """Nothing is asked meanwhile; what has not been told comes then."""
    server = Server({"a": 10.0, "b": 20.0, "c": 30.0})
    async with client_of(server) as client:
        watch = client.pipeline_executions.watch(attached(client, server))
        assert "a" == (await anext(watch)).run.id
        await watch.aclose()
        sent = server.asked.total()
        await asyncio.sleep(100)
        assert sent == server.asked.total()
        assert {"b", "c"} == {outcome.run.id async for outcome in watch}
        assert [] == [outcome async for outcome in watch]


async def test_a_watch_that_nobody_has_any_more_is_over() -> None:
    """A loop that is left by break leaves nothing behind."""
    server = Server({"a": 10.0, "b": 2000.0, "c": 3000.0})
    async with client_of(server) as client:
        before = asyncio.all_tasks()
        async for outcome in client.pipeline_executions.watch(attached(client, server)):
            assert "a" == outcome.run.id
            break
        await asyncio.sleep(1)
        assert before == asyncio.all_tasks()
