"""Giving an AI agent something to do, and waiting for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from matillion_api.models.agent_task_config import AgentTaskConfig
from matillion_api.models.pending_agent_task_decision import PendingAgentTaskDecision

from matillion_async import (
    AgentRun,
    AgentTaskDecisionNeeded,
    AgentTaskFailed,
    AgentTaskTimeoutError,
    AgentUpdate,
    APIConnectionError,
    ConflictError,
    InvalidRequestError,
    MatillionClient,
    NotFoundError,
    PagingError,
    PermissionDeniedError,
    ResourceNameError,
    ResponseDecodingError,
    ServerError,
)
from matillion_async.sandbox import AgentWork, Fault, Sandbox
from tests.matillion_async.scripted import Script, scripted_client
from tests.sandbox.conformance import ConformingSandbox

pytestmark = pytest.mark.virtual_time

ASKING = AgentWork(seconds=60, says=("a", "b"), asks_for=("x", "y"))


@asynccontextmanager
async def sandboxed(
    *faults: Fault | str, work: AgentWork | None = None, **options: Any
) -> AsyncIterator[tuple[Sandbox, MatillionClient]]:
    """A sandbox and a client of it."""
    sandbox = ConformingSandbox(
        projects=["Sales"], faults=faults, agent_work=work or AgentWork(seconds=60)
    )
    async with sandbox.client(**options) as client:
        yield sandbox, client


async def start(client: MatillionClient, **options: Any) -> AgentRun:
    """Give an agent something to do."""
    return await client.ai_agent_tasks.run(
        "Sales", message="Load orders", environment_name="Environment 1", **options
    )


async def allow(asked: Sequence[PendingAgentTaskDecision]) -> list[dict[str, Any]]:
    """Say yes to everything."""
    return [{"type": decision.type_, "id": decision.tool_id} for decision in asked]


def sent(sandbox: Sandbox, operation: str) -> int:
    """How often an operation arrived."""
    return sandbox.stats.operations[f"ai_agent_tasks.{operation}"]


async def test_a_task_is_waited_for() -> None:
    """It is given back once it has stopped; each question is told."""
    updates: list[AgentUpdate] = []
    async with sandboxed() as (_, client):
        run = await start(client, granted_permissions=["x", "y", "x"], generate_branch=True)
        task = await run.wait(timeout=100, on_update=updates.append)
        project = (await client.projects.find("Sales")).id
    assert (run.id, "STOPPED") == (task.task_id, task.status)
    fields = task.to_dict()
    assert {
        "name": "data_engineer_agent",
        "mode": "ACT",
        "projectId": project,
        "environmentName": "Environment 1",
        "generateBranch": True,
    } == fields["agentConfig"]
    assert [{"toolName": "x"}, {"toolName": "y"}] == fields["grantedPermissions"]
    assert ["RUNNING", "STOPPED"] == [update.status for update in updates if update.is_new]
    assert 60 <= updates[-1].elapsed < 67


async def test_a_task_that_fails() -> None:
    """It raises, with the task."""
    async with sandboxed(work=AgentWork(fails=True)) as (_, client):
        run = await start(client)
        with pytest.raises(AgentTaskFailed, match=r"Load orders.*ERRORED") as caught:
            await run.wait()
    assert (run.id, "ERRORED") == (caught.value.task_id, caught.value.task.status)


async def test_the_timeout() -> None:
    """The task goes on, and can be waited for from another process by its id."""
    async with sandboxed() as (_, client):
        run = await start(client)
        with pytest.raises(AgentTaskTimeoutError, match=r"within 10 seconds.*RUNNING") as caught:
            await run.wait(timeout=10)
        assert (run.id, "RUNNING") == (caught.value.task_id, caught.value.status)
        assert "STOPPED" == (await client.ai_agent_tasks.attach(run.id).wait()).status


async def test_trouble_is_waited_through() -> None:
    """Failures of the server, the network and the token endpoint do not end a wait; each is told."""
    updates: list[AgentUpdate] = []
    faults = (
        Fault(target="ai_agent_tasks.get", status=503, times=8),
        Fault(target="ai_agent_tasks.get", reset="before", at=9, every=1, times=3),
    )
    async with sandboxed(*faults, retry=None) as (_, client):
        run = await start(client)
        assert "STOPPED" == (await run.wait(on_update=updates.append)).status
    troubles = [update.trouble for update in updates if update.trouble is not None]
    assert 11 == len(troubles)
    assert {ServerError, APIConnectionError} == set(map(type, troubles))


async def test_what_will_not_pass_ends_the_wait() -> None:
    """A task that does not exist, and a response that is final."""
    async with sandboxed("ai_agent_tasks.get:403x1") as (_, client):
        run = await start(client)
        with pytest.raises(PermissionDeniedError):
            await run.wait()
        with pytest.raises(NotFoundError):
            await client.ai_agent_tasks.attach("c0000000-0000-4000-8000-000000000000").wait()


async def test_a_response_without_a_status() -> None:
    """It is not one: five of them in a row end the wait, and the error says what they have instead."""
    script = Script(httpx.Response(200, json={"taskId": "t", "state": "RUNNING"}))
    async with scripted_client(script) as client:
        with pytest.raises(
            ResponseDecodingError, match="no status; it has 'state', 'taskId'"
        ) as caught:
            await client.ai_agent_tasks.attach("t").wait()
    assert ("ai_agent_tasks.get", 5) == (caught.value.operation, len(script.requests))


async def test_an_outage_that_lasts(caplog: pytest.LogCaptureFixture) -> None:
    """It is told when it begins, and again after ever longer, so that no wait goes on in silence; the next one afresh."""

    def respond(request: httpx.Request) -> httpx.Response:
        if 6000 <= asyncio.get_running_loop().time() < 7000:
            return httpx.Response(200, json={"taskId": "t", "status": "RUNNING"})
        return httpx.Response(503)

    async with scripted_client(respond, retry=None) as client:
        with pytest.raises(AgentTaskTimeoutError):
            await client.ai_agent_tasks.attach("t").wait(timeout=7100)
    text = "task t cannot be read (ai_agent_tasks.get: 503); still waiting"
    assert [
        text,
        f"{text}, for 5 minutes now",
        f"{text}, for 15 minutes now",
        f"{text}, for 35 minutes now",
        f"{text}, for 75 minutes now",
        text,
    ] == [message.replace(" Service Unavailable", "") for message in caplog.messages]


@pytest.mark.parametrize("name", ["get", "messages"])
async def test_an_outage_that_lasts_is_told_to_who_follows(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whichever of the two calls it is that fails."""
    fault = Fault(target=f"ai_agent_tasks.{name}", status=503, times=80)
    async with sandboxed(fault, retry=None) as (_, client):
        run = await start(client)
        seen = [message.data async for message in run.follow()]
    what = str(run) if name == "get" else f"the messages of {run}"
    assert (True, True) == ("Load orders" in seen, len(caplog.messages) > 1)
    assert all(message.startswith(f"{what} cannot be read (") for message in caplog.messages)
    assert caplog.messages[1].endswith(", for 5 minutes now")


async def test_what_keeps_a_task_from_its_end_is_told(caplog: pytest.LogCaptureFixture) -> None:
    """A status of which nothing is known, and a question that is asked on although it was answered."""
    pending = [{"toolId": "c1", "toolName": "x", "type": "PERMISSION"}]

    def respond(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            return httpx.Response(204)
        is_early = asyncio.get_running_loop().time() < 500
        task = {"taskId": "t", "status": "THINKING" if is_early else "STOPPED"}
        return httpx.Response(200, json=task if is_early else {**task, "pendingDecisions": pending})

    async with scripted_client(respond) as client:
        with pytest.raises(AgentTaskTimeoutError):
            await client.ai_agent_tasks.attach("t").wait(timeout=700, on_decision=allow)
    assert [
        "task t has the unknown status 'THINKING'; still waiting",
        "the status of task t is THINKING, of which nothing is known; still waiting",
        "task t still asks what was decided; still waiting, for 10 minutes now",
    ] == caplog.messages


async def test_an_unknown_status_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    """And waited through."""
    responses = [
        {"taskId": "t", "status": status} for status in ("THINKING", "THINKING", "stopped")
    ]
    script = Script(*(httpx.Response(200, json=response) for response in responses))
    async with scripted_client(script) as client:
        await client.ai_agent_tasks.attach("t").wait()
    assert ["task t has the unknown status 'THINKING'; still waiting"] == caplog.messages


async def test_a_decision_that_nobody_makes() -> None:
    """The wait ends and names what is asked; after the decision it is waited for again."""
    async with sandboxed(work=ASKING) as (_, client):
        run = await start(client)
        with pytest.raises(AgentTaskDecisionNeeded) as caught:
            await run.wait()
        assert ["x", "y"] == [decision.tool_name for decision in caught.value.decisions]
        assert "May I use x? (call-1-1); May I use y? (call-1-2)" in str(caught.value)
        left = await run.decide(await allow(caught.value.decisions[:1]))
        assert ["y"] == [decision.tool_name for decision in left]
        with pytest.raises(AgentTaskDecisionNeeded, match="May I use y"):
            await run.wait()
        await run.decide(await allow(left))
        assert "STOPPED" == (await run.wait()).status


async def test_a_decision_is_asked_for_and_sent_once() -> None:
    """The wait goes on with the answers; an update shows what was asked."""
    updates: list[AgentUpdate] = []
    seen: list[list[str | None]] = []

    async def decide(asked: Sequence[PendingAgentTaskDecision]) -> list[dict[str, Any]]:
        seen.append([decision.tool_id or None for decision in asked])
        return await allow(asked)

    async with sandboxed(work=ASKING) as (sandbox, client):
        run = await start(client)
        await run.wait(on_update=updates.append, on_decision=decide)
    assert [["call-1-1", "call-1-2"]] == seen
    assert 1 == sent(sandbox, "decide")
    assert 2 in {len(update.decisions) for update in updates}


@pytest.mark.parametrize("nothing", [(), None])
async def test_a_function_that_does_not_decide(nothing: tuple[()] | None) -> None:
    """No answer is as no function."""

    async def undecided(asked: object) -> tuple[()] | None:
        return nothing

    async with sandboxed(work=ASKING) as (_, client):
        run = await start(client)
        with pytest.raises(AgentTaskDecisionNeeded):
            await run.wait(on_decision=undecided)


async def test_a_stopped_task_that_asks_has_not_ended() -> None:
    """There is no status for waiting, so that what is asked counts, whatever the status is."""
    pending = {"toolId": "c1", "toolName": "x", "type": "PERMISSION"}
    task = {"taskId": "t", "status": "STOPPED"}
    script = Script(
        httpx.Response(200, json={**task, "pendingDecisions": [pending]}),
        httpx.Response(200, json={"pendingDecisions": []}),
        httpx.Response(200, json={**task, "pendingDecisions": [pending]}),  # a little late
        httpx.Response(200, json={**task, "pendingDecisions": []}),
    )
    async with scripted_client(script) as client:
        await client.ai_agent_tasks.attach("t").wait(on_decision=allow)
    assert ["GET", "POST", "GET", "GET"] == [request.method for request in script.requests]


@pytest.mark.parametrize(
    ("fault", "arrives"),
    [
        (Fault(target="ai_agent_tasks.decide", status=503, processed=True), True),
        (Fault(target="ai_agent_tasks.decide", status=503), False),
    ],
    ids=["processed", "not processed"],
)
async def test_a_decision_whose_response_was_lost(fault: Fault, arrives: bool) -> None:
    """It is never sent again: if it arrived the wait goes on, and otherwise the error stands."""
    async with sandboxed(fault, work=ASKING) as (sandbox, client):
        run = await start(client)
        if arrives:
            assert "STOPPED" == (await run.wait(on_decision=allow)).status
        else:
            with pytest.raises(ServerError) as caught:
                await run.wait(on_decision=allow)
            assert caught.value.may_have_been_processed
    assert 1 == sent(sandbox, "decide")


async def test_a_decision_that_was_never_sent_is_sent() -> None:
    """After a 429 that the retries did not outlast, the same answers are sent, without asking for them again."""
    asked_for = 0

    async def decide(asked: Sequence[PendingAgentTaskDecision]) -> list[dict[str, Any]]:
        nonlocal asked_for
        asked_for += 1
        return await allow(asked)

    fault = Fault(target="ai_agent_tasks.decide", status=429, retry_after="2", times=2)
    async with sandboxed(fault, work=ASKING, retry=None) as (sandbox, client):
        run = await start(client)
        assert "STOPPED" == (await run.wait(on_decision=decide)).status
    assert (1, 3) == (asked_for, sent(sandbox, "decide"))


async def test_a_decision_that_somebody_else_made() -> None:
    """The 404 to ours is not a failure, since nothing is pending any more; if it still is, it is one."""
    pending = {"toolId": "c1", "toolName": "x", "type": "PERMISSION"}
    asking = httpx.Response(
        200, json={"taskId": "t", "status": "RUNNING", "pendingDecisions": [pending]}
    )
    ended = httpx.Response(200, json={"taskId": "t", "status": "STOPPED"})
    async with scripted_client(Script(asking, httpx.Response(404), ended)) as client:
        await client.ai_agent_tasks.attach("t").wait(on_decision=allow)
    async with scripted_client(Script(asking, httpx.Response(409), asking)) as client:
        with pytest.raises(ConflictError):
            await client.ai_agent_tasks.attach("t").wait(on_decision=allow)


async def test_messages_are_followed() -> None:
    """Those that are there, and each that comes, once; until the agent has stopped."""
    says = tuple(map(str, range(150)))
    async with sandboxed(work=AgentWork(seconds=600, says=says)) as (_, client):
        run = await start(client)
        await asyncio.sleep(450)
        loop = asyncio.get_running_loop()
        seen = [(str(message.data), loop.time()) async for message in run.follow()]
    assert ["Load orders", *says] == [text for text, _ in seen]
    assert 20 < len({when for _, when in seen})


async def follow(run: AgentRun, seen: list[str]) -> None:
    """Keep the messages of a run, also those before an error."""
    async for message in run.follow():
        seen.append(str(message.data))


async def test_following_is_ended_by_a_failure_and_by_a_question() -> None:
    """After the messages that came before it."""
    for work, expected in (
        (AgentWork(says=("a",), fails=True), AgentTaskFailed),
        (ASKING, AgentTaskDecisionNeeded),
    ):
        async with sandboxed(work=work) as (_, client):
            run = await start(client)
            seen: list[str] = []
            with pytest.raises(expected):
                await follow(run, seen)
        assert ["Load orders", "a"] == seen


async def test_following_decides_and_survives() -> None:
    """A function decides as in a wait, and trouble with either call is waited through."""
    faults = (
        Fault(target="ai_agent_tasks.messages", status=503, times=5),
        Fault(target="ai_agent_tasks.get", status=503, times=5),
    )
    async with sandboxed(*faults, work=ASKING, retry=None) as (_, client):
        run = await start(client)
        seen = [message.data async for message in run.follow(on_decision=allow)]
    assert ["Load orders", "a", "b"] == seen


@pytest.mark.parametrize("name", ["more", "nextCursor"])
async def test_the_next_page_has_either_name(name: str) -> None:
    """The reference calls its token by two names."""

    def respond(request: httpx.Request) -> httpx.Response:
        page: dict[str, Any] = {"results": [{"data": "a"}], name: "t2"}
        if request.url.params.get("paginationToken") == "t2":
            page = {"results": [{"data": "b"}], name: None}
        return httpx.Response(200, json=page)

    async with scripted_client(respond) as client:
        found = [message.data async for message in client.ai_agent_tasks.messages("t")]
    assert ["a", "b"] == found


async def test_following_never_goes_round_in_circles() -> None:
    """A token that comes twice is an error."""

    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/messages"):
            return httpx.Response(200, json={"results": [], "more": "t2"})
        return httpx.Response(200, json={"taskId": "t", "status": "RUNNING"})

    async with scripted_client(respond) as client:
        with pytest.raises(PagingError):
            async for _ in client.ai_agent_tasks.attach("t").follow():
                pass


async def test_following_does_not_go_on_through_empty_pages() -> None:
    """Ten in a row are an error, as in any listing, however new their tokens are."""
    pages = 0

    def respond(request: httpx.Request) -> httpx.Response:
        nonlocal pages
        if request.url.path.endswith("/messages"):
            pages += 1
            more = {"more": f"t{pages}"} if pages < 50 else {}
            return httpx.Response(200, json={"results": [], **more})
        return httpx.Response(200, json={"taskId": "t", "status": "STOPPED"})

    async with scripted_client(respond) as client:
        with pytest.raises(PagingError, match="10 pages in a row were empty"):
            async for _ in client.ai_agent_tasks.attach("t").follow():
                pass
    assert 10 == pages


async def test_a_start_is_never_sent_twice() -> None:
    """Where its response is lost, the error says where to look; one that was refused says nothing of that."""
    fault = Fault(target="ai_agent_tasks.start", status=503, processed=True, times=1)
    async with sandboxed(fault) as (sandbox, client):
        with pytest.raises(ServerError) as caught:
            await start(client)
        assert 1 == (await client.ai_agent_tasks.list(project="Sales")).total
        with pytest.raises(NotFoundError) as refused:
            await client.ai_agent_tasks.run("Sales", message="x", environment_name="?")
    assert caught.value.may_have_been_processed
    assert "see client.ai_agent_tasks.list(project='Sales')" in str(caught.value)
    assert "see client" not in str(refused.value)
    assert 2 == sent(sandbox, "start")


async def test_a_run_is_told_more_and_stopped() -> None:
    """``tell`` lets the agent work again, and ``stop`` ends that."""
    async with sandboxed() as (_, client):
        run = await start(client)
        await run.wait()
        await run.tell("Load customers")
        await run.stop()
        assert "STOPPED" == (await run.wait()).status
        assert "Load customers" in [message.data async for message in run.follow()]


async def test_a_project_by_its_name() -> None:
    """In a mapping and in a model; an unknown one is refused before anything is sent."""
    async with sandboxed() as (sandbox, client):
        tasks = client.ai_agent_tasks
        project = (await client.projects.find("Sales")).id
        given: list[Any] = [{"projectId": "Sales"}, AgentTaskConfig(project_id="Sales")]
        for config in given:
            started = await tasks.start(agent_config=config, message="x")
            config_of_task = (await tasks.get(started.task_id)).agent_config
            assert config_of_task
            assert project == config_of_task.project_id
        with pytest.raises(ResourceNameError):
            await tasks.start(agent_config={"projectId": "Seles"}, message="x")
        with pytest.raises(ResourceNameError):
            await tasks.send_message("t", message="x", agent_config={"projectId": "Seles"})
        with pytest.raises(InvalidRequestError, match="or a mapping is needed, not str"):
            await tasks.start(agent_config="Sales", message="x")  # type: ignore[arg-type]
    assert (2, 0) == (sent(sandbox, "start"), sent(sandbox, "send_message"))


async def test_a_response_without_a_body_is_a_good_one() -> None:
    """Of a decision nothing is left then, as far as is known, and a message was taken."""
    async with scripted_client(Script(httpx.Response(204))) as client:
        run = client.ai_agent_tasks.attach("t")
        assert () == await run.decide([{"type": "PERMISSION", "id": "c1"}])
        await run.tell("Load customers")


async def test_questions_pass_a_bulk_in_the_queue() -> None:
    """A wait is not stuck behind hundreds of calls of a bulk, also where it is one of the bulk's items."""
    async with sandboxed(work=AgentWork(seconds=3), rate_limits="10/s") as (_, client):
        await client.projects.find("Sales")
        loop = asyncio.get_running_loop()

        async def run_and_wait(item: int) -> float:
            if item:
                await client.projects.list()
                return 0.0
            run = await start(client)
            await run.wait()
            return loop.time()

        result = await client.bulk(run_and_wait, range(600), ordered=True)
        assert loop.time() > 50
    assert 0 < result.values[0] < 6


async def test_many_who_wait_leave_half_of_the_limit() -> None:
    """Twenty waits at 60 a minute ask 30 times a minute, all together."""
    async with sandboxed(work=AgentWork(seconds=3600), rate_limits="60/min") as (sandbox, client):
        runs = [await start(client) for _ in range(20)]
        before = sandbox.stats.arrived
        waits = [asyncio.create_task(run.wait()) for run in runs]
        await asyncio.sleep(600)
        asked = sandbox.stats.arrived - before
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
    assert 240 < asked < 330


async def test_questions_pass_what_nobody_waits_for() -> None:
    """Hundreds of calls are in the queue before them, and they come first."""
    async with sandboxed(work=AgentWork(seconds=3), rate_limits="10/s") as (_, client):
        run = await start(client)
        others = [asyncio.create_task(client.projects.list().all()) for _ in range(300)]
        await asyncio.sleep(0)
        loop = asyncio.get_running_loop()
        began = loop.time()
        await run.wait()
        waited = loop.time() - began
        for other in others:
            other.cancel()
        await asyncio.gather(*others, return_exceptions=True)
    assert waited < 6
