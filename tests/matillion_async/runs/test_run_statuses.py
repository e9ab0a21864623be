"""What a status says of a run, and what becomes of one that nobody knows or that its details contradict."""

from __future__ import annotations

import asyncio
import logging

import httpx
import pytest

from matillion_async import (
    PipelineRunFailed,
    PipelineRunTimeoutError,
    ResponseDecodingError,
    RunUpdate,
)
from tests.matillion_async.runs.sandboxed_runs import (
    PROJECT,
    now,
    responses,
)
from tests.matillion_async.scripted import Script, scripted_client

pytestmark = pytest.mark.virtual_time


@pytest.mark.parametrize("status", ["FAILED", "failure", "Error", "CANCELLED", "FORBIDDEN"])
async def test_every_known_end_is_one(status: str) -> None:
    """Also those that only clients name, in any case."""
    async with scripted_client(responses("QUEUED", status)) as client:
        with pytest.raises(PipelineRunFailed) as caught:
            await client.pipeline_executions.attach(PROJECT, "e1").wait()
    assert status.upper() == caught.value.status


async def test_an_unknown_status_is_reported_once(caplog: pytest.LogCaptureFixture) -> None:
    """It may be a new one: the wait goes on, and says so once."""
    updates: list[RunUpdate] = []
    script = responses("RUNNING", "PAUSED", "PAUSED", "RUNNING", "PAUSED", "SUCCESS")
    async with scripted_client(script) as client:
        await client.pipeline_executions.attach(PROJECT, "e1").wait(on_update=updates.append)
    assert ["RUNNING", "PAUSED", "PAUSED", "RUNNING", "PAUSED", "SUCCESS"] == [
        update.status for update in updates
    ]
    assert ["e1 has the unknown status 'PAUSED'; still waiting"] == [
        record.getMessage() for record in caplog.records if record.levelno == logging.WARNING
    ]


@pytest.mark.parametrize("status", ["COMPLETED", "Aborted", "TIMED_OUT", "UNKNOWN"])
@pytest.mark.parametrize("has_status_call", [True, False])
async def test_an_unknown_status_with_a_time_of_the_end(status: str, has_status_call: bool) -> None:
    """It is an end, and since nobody knows whether of a success, an error that names it."""

    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/status"):
            return httpx.Response(200 if has_status_call else 404, json={"status": status})
        if request.url.path.endswith("/steps"):
            step = {"id": "s1", "name": "Load", "result": {"status": "FAILED"}}
            return httpx.Response(200, json={"results": [step], "total": 1})
        ended = {} if now() < 3 else {"finishedAt": "2026-01-01T00:00:03Z"}
        return httpx.Response(200, json={"result": {"status": status, "message": "why", **ended}})

    async with scripted_client(respond) as client:
        with pytest.raises(PipelineRunFailed) as caught:
            await client.pipeline_executions.attach(PROJECT, "e1").wait(timeout=600)
        assert 3 == now()
    status = status.upper()
    assert (status, ["Load"]) == (
        caught.value.status,
        [step.name for step in caught.value.failed_steps],
    )
    assert (
        f"the run (e1) ended with {status}, a status of which nothing is known; why; failed steps: Load"
        == str(caught.value)
    )


@pytest.mark.parametrize("status", ["RUNNING", "QUEUED", "CANCELLING"])
async def test_one_that_goes_on_has_not_ended(status: str) -> None:
    """Whatever time its details have."""
    details = {"status": status, "finishedAt": "2026-01-01T00:00:00Z"}
    script = Script(httpx.Response(404), httpx.Response(200, json=details))
    async with scripted_client(script) as client:
        with pytest.raises(PipelineRunTimeoutError):
            await client.pipeline_executions.attach(PROJECT, "e1").wait(timeout=600)


async def test_status_and_details_that_disagree(caplog: pytest.LogCaptureFixture) -> None:
    """A run that goes on by its details has not ended; if that lasts, the log says so, and again after ever longer."""
    updates: list[RunUpdate] = []

    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/status"):
            return httpx.Response(200, json={"status": "SUCCESS"})
        status = "RUNNING" if now() < 3000 else "SUCCESS"
        return httpx.Response(200, json={"status": status})

    async with scripted_client(respond) as client:
        run = client.pipeline_executions.attach(PROJECT, "e1")
        execution = await run.wait(timeout=7200, on_update=updates.append, poll_interval=10)
        assert 3000 == now()
    assert "SUCCESS" == execution.status
    assert ["RUNNING"] * 300 + ["SUCCESS"] == [update.status for update in updates]
    text = "the status of e1 is SUCCESS, but its details say RUNNING; still waiting"
    assert [
        text,
        f"{text}, for 6 minutes now",
        f"{text}, for 16 minutes now",
        f"{text}, for 36 minutes now",
    ] == caplog.messages


@pytest.mark.parametrize("status", ["PAUSED", "UNKNOWN"])
async def test_a_status_of_which_nothing_is_known_for_long(
    status: str, caplog: pytest.LogCaptureFixture
) -> None:
    """No wait goes on in silence."""
    script = Script(httpx.Response(200, json={"status": status}))
    async with scripted_client(script) as client:
        with pytest.raises(PipelineRunTimeoutError, match=f"last known status is {status}"):
            await client.pipeline_executions.attach(PROJECT, "e1").wait(timeout=700)
    text = f"the status of e1 is {status}, of which nothing is known; still waiting"
    first = [] if status == "UNKNOWN" else ["e1 has the unknown status 'PAUSED'; still waiting"]
    assert [*first, text, f"{text}, for 10 minutes now"] == caplog.messages


@pytest.mark.parametrize("details", [{}, {"status": "SUCCESS", "pipelineExecutionId": "e2"}])
async def test_details_that_are_not_those_of_the_end(details: dict[str, str]) -> None:
    """Those without a status, or of another execution, are as unreadable to a wait as to a watch: five are an error."""
    asked: list[str] = []

    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/status"):
            return httpx.Response(200, json={"result": {"status": "SUCCESS"}})
        asked.append(request.url.path)
        return httpx.Response(200, json={"result": {"pipelineExecutionId": "e1", **details}})

    async with scripted_client(respond) as client:
        run = client.pipeline_executions.attach(PROJECT, "e1")
        with pytest.raises(ResponseDecodingError):
            await run.wait(timeout=600)
        assert 5 == len(asked)
        (outcome,) = [each async for each in client.pipeline_executions.watch([run])]
        assert 10 == len(asked)
    assert isinstance(outcome.error, ResponseDecodingError)


async def test_white_space_around_a_status() -> None:
    """It does not belong to it."""
    async with scripted_client(responses(" SUCCESS ")) as client:
        run = client.pipeline_executions.attach(PROJECT, "e1")
        await run.wait(timeout=600)
        (outcome,) = [each async for each in client.pipeline_executions.watch([run])]
    assert outcome.succeeded


async def test_an_end_that_only_the_details_have() -> None:
    """They are read after a minute, in place of the status, and believed, as a watch does."""

    def respond(request: httpx.Request) -> httpx.Response:
        status = "RUNNING" if request.url.path.endswith("/status") else "SUCCESS"
        return httpx.Response(200, json={"status": status})

    async with scripted_client(respond) as client:
        run = client.pipeline_executions.attach(PROJECT, "e1")
        assert "SUCCESS" == (await run.wait(timeout=600, poll_interval=10)).status
        assert 60 == now()


@pytest.mark.parametrize("way", ["wait", "wait without a status call", "watch"])
async def test_one_that_goes_on_after_its_end(way: str, caplog: pytest.LogCaptureFixture) -> None:
    """The log says so after a minute, and again after ever longer."""

    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/status"):
            return httpx.Response(404 if "without" in way else 200, json={"status": "RUNNING"})
        details = {"status": "RUNNING", "finishedAt": "2026-01-01T00:00:00Z"}
        return httpx.Response(200, json=details)

    async with scripted_client(respond) as client:
        run = client.pipeline_executions.attach(PROJECT, "e1")
        if way == "watch":
            watching = asyncio.ensure_future(
                anext(client.pipeline_executions.watch([run], poll_interval=10))
            )
            await asyncio.wait([watching], timeout=1500)
            assert watching.cancel()
        else:
            with pytest.raises(PipelineRunTimeoutError):
                await run.wait(timeout=1500, poll_interval=10)
    text = "e1 is RUNNING, but has a time at which it ended; still waiting"
    assert text == caplog.messages[0]
    assert 2 <= len(caplog.messages) <= 3
    assert all(message.startswith(f"{text}, for ") for message in caplog.messages[1:])
