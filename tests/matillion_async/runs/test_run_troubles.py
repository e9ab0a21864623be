"""A run that cannot be read for a while, or not at all, or has no status."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from matillion_async import (
    PermissionDeniedError,
    PipelineRunFailed,
    PipelineRunTimeoutError,
    ResponseDecodingError,
    RunUpdate,
)
from matillion_async.sandbox import Fault
from tests.matillion_async.runs.sandboxed_runs import (
    PROJECT,
    now,
    sandboxed,
    start,
)
from tests.matillion_async.scripted import Script, scripted_client

pytestmark = pytest.mark.virtual_time


async def test_an_outage_is_reported_once(caplog: pytest.LogCaptureFixture) -> None:
    """The log has a line when it begins, not one for each question."""
    fault = Fault(target="pipeline_executions.status", at=3, times=10, status=503)
    async with sandboxed(fault, retry=None) as (sandbox, client, project):
        await (await start(client, project, "short")).wait()
    assert 1 == sandbox.stats.operations["pipeline_executions.get"]
    assert 1 == len([r for r in caplog.records if "cannot be read" in r.getMessage()])


async def test_a_refusal_ends_the_wait() -> None:
    """What asking again would not change is raised at once."""
    running = httpx.Response(200, json={"status": "RUNNING"})
    script = Script(running, httpx.Response(403, text="IP not allowed"))
    async with scripted_client(script) as client:
        with pytest.raises(PermissionDeniedError):
            await client.pipeline_executions.attach(PROJECT, "e1").wait()
        assert now() == 1


@pytest.mark.parametrize(
    "missing",
    [
        httpx.Response(404, text="no such path"),
        httpx.Response(405),
        httpx.Response(403, text="Missing Authentication Token"),
        httpx.Response(200, json="RUNNING"),
        httpx.Response(200, json={"state": "RUNNING"}),
    ],
    ids=["404", "405", "403", "text", "other"],
)
@pytest.mark.parametrize("form", ["flat", "wrapped"])
async def test_a_server_without_the_status_call(missing: httpx.Response, form: str) -> None:
    """The details are asked for instead, flat or under result, and the status call no more."""
    details: list[Any] = [
        {"pipelineExecutionId": "e1", "status": status} for status in ("RUNNING", "SUCCESS")
    ]
    paths: list[str] = []

    def respond(request: httpx.Request) -> httpx.Response:
        paths.append(request.url.path.rpartition("/")[2])
        if paths[-1] == "status":
            return missing
        found = details.pop(0) if len(details) > 1 else details[0]
        return httpx.Response(200, json=found if form == "flat" else {"result": found})

    async with scripted_client(respond) as client:
        execution = await client.pipeline_executions.attach(PROJECT, "e1").wait()
    assert "SUCCESS" == execution.status
    assert ["status", "e1", "e1"] == paths


SECRET = "do not show"
NO_STATUS: dict[str, tuple[Any, str]] = {
    "empty": ({}, "no fields at all"),
    "null status": ({"status": None}, "no fields at all"),
    "empty status": ({"status": "", "id": "e1"}, "it has 'id'"),
    "data": ({"data": {"status": "SUCCESS"}}, "but 'data'"),
    "other": ({"state": SECRET, "x\ny": 1}, r"but 'state', 'x\\ny'"),
    "doubly nested": ({"result": {"result": {"status": "SUCCESS"}}}, "but 'result'"),
    "page": ({"results": [{"status": "SUCCESS"}], "total": 1}, "but 'results', 'total'"),
    "array of nothing": ([], "another shape"),
    "null": (None, "another shape"),
    "list": ([{"status": "SUCCESS"}], "another shape"),
    "text": ("SUCCESS", "another shape"),
    "object": ({"status": {"code": "SUCCESS"}}, "another shape"),
    "many": ({f"k{number}": SECRET for number in range(30)}, "'k9' and 20 more"),
    "long": ({"k" * 500: 1}, "k' *…|kkk"),
}


@pytest.mark.parametrize("form", NO_STATUS)
async def test_responses_without_a_status(form: str, caplog: pytest.LogCaptureFixture) -> None:
    """Five of them end the wait, with the names of what they have instead, and nothing of its values."""
    body, message = NO_STATUS[form]
    updates: list[RunUpdate] = []
    script = Script(httpx.Response(200, content=json.dumps(body).encode()))
    async with scripted_client(script) as client:
        run = client.pipeline_executions.attach(PROJECT, "e1")
        with pytest.raises(ResponseDecodingError, match=message) as caught:
            await run.wait(timeout=600, on_update=updates.append)
        assert 4 == now()
    assert ("pipeline_executions.get", 200) == (caught.value.operation, caught.value.status_code)
    assert 10 == len(script.requests)
    assert [""] * 4 == [update.status for update in updates]
    assert 1 == len(caplog.messages)
    assert SECRET not in str(caught.value) + caplog.text


async def test_a_response_without_a_status_now_and_then() -> None:
    """A gateway that responds in place of the API for a moment ends no wait."""
    garbled = httpx.Response(200, text="<html>")
    empty = httpx.Response(200, json={})
    running = httpx.Response(200, json={"status": "RUNNING"})
    script = Script(*[*[garbled] * 8, running, *[empty] * 8, running])
    async with scripted_client(script) as client:
        with pytest.raises(PipelineRunTimeoutError):
            await client.pipeline_executions.attach(PROJECT, "e1").wait(timeout=3600)


async def test_a_refusal_after_a_response_without_a_status() -> None:
    """It is final all the same."""
    script = Script(*[httpx.Response(200, json={})] * 2, httpx.Response(403))
    async with scripted_client(script) as client:
        with pytest.raises(PermissionDeniedError):
            await client.pipeline_executions.attach(PROJECT, "e1").wait(timeout=600)
        assert now() == 1


async def test_the_details_may_be_asked_for_without_a_status() -> None:
    """Whoever wants to see them sees them."""
    shown = {"message": "queued", "x": 1}
    async with scripted_client(Script(httpx.Response(200, json={"result": shown}))) as client:
        details = await client.pipeline_executions.attach(PROJECT, "e1").details()
    assert ("queued", {"x": 1}) == (details.message, details.extra)


async def test_an_outage_that_lasts(caplog: pytest.LogCaptureFixture) -> None:
    """It is told when it begins, and then once an hour at least; the next one is told afresh."""

    def respond(request: httpx.Request) -> httpx.Response:
        if now() < 43_200:
            return httpx.Response(503)
        if now() < 50_000:
            return httpx.Response(200, json={"status": "RUNNING"})
        return httpx.Response(503)

    async with scripted_client(respond, retry=None) as client:
        with pytest.raises(PipelineRunTimeoutError):
            await client.pipeline_executions.attach(PROJECT, "e1").wait(timeout=50_100)
    minutes = [text.rpartition(", for ")[2] for text in caplog.messages]
    assert ["5 minutes now", "15 minutes now", "35 minutes now"] == minutes[1:4]
    assert 15 <= len(minutes) <= 17
    assert caplog.messages[0] == caplog.messages[-1]


async def test_a_failure_without_an_id_of_its_own_has_the_id_of_the_run() -> None:
    """No source shows the details of an execution whole."""

    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/steps"):
            return httpx.Response(404)
        return httpx.Response(200, json={"status": "FAILED"})

    async with scripted_client(respond) as client:
        with pytest.raises(PipelineRunFailed) as caught:
            await client.pipeline_executions.attach(PROJECT, "e1").wait()
    assert "e1" == caught.value.execution_id


async def test_steps_that_cannot_be_read() -> None:
    """The run has failed all the same; a note says why its steps are not there."""
    faults = [Fault(target="pipeline_executions.steps", status=403)]
    async with sandboxed(*faults) as (_, client, project):
        run = await start(client, project, "fail")
        with pytest.raises(PipelineRunFailed) as caught:
            await run.wait()
    assert () == caught.value.failed_steps
    assert ["its steps could not be read: pipeline_executions.steps: 403"] == [
        note[:59] for note in caught.value.__notes__
    ]
