"""Running a pipeline and waiting for its end."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from matillion_async import (
    InvalidRequestError,
    MatillionClient,
    NotFoundError,
    PermissionDeniedError,
    PipelineRunFailed,
    PipelineRunTimeoutError,
    Priority,
    ResourceNameError,
    ResponseDecodingError,
    RetryPolicy,
    Run,
    RunUpdate,
)
from matillion_async.sandbox import Fault, Pipeline, Sandbox
from tests.matillion_async.scripted import Script, scripted_client
from tests.sandbox.conformance import ConformingSandbox

pytestmark = pytest.mark.virtual_time

PIPELINES = (
    Pipeline("short", seconds=3),
    Pipeline("hour", seconds=3600, queued=20),
    Pipeline("busy", seconds=30, queued=600),
    Pipeline("day", seconds=86_400),
    Pipeline("shift", seconds=21_600),
    Pipeline("fail", "FAILED", seconds=30, message="no such table"),
    Pipeline("skip", "SKIPPED", seconds=1),
    Pipeline("forbidden", "FORBIDDEN", seconds=1),
)
PROJECT = "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10"
STARTED = httpx.Response(201, json={"pipelineExecutionId": "e1"})


@asynccontextmanager
async def sandboxed(
    *faults: Fault | str, **options: Any
) -> AsyncIterator[tuple[Sandbox, MatillionClient, str]]:
    """A sandbox, a client of it, and the id of its project."""
    settings = {name: options.pop(name) for name in ("limits", "token_ttl") if name in options}
    sandbox = ConformingSandbox(projects=2, pipelines=PIPELINES, faults=faults, **settings)
    async with sandbox.client(**options) as client:
        yield sandbox, client, (await client.projects.list()).results[0].id


async def start(client: MatillionClient, project: str, name: str, **options: Any) -> Run:
    """Run a pipeline in the first environment."""
    return await client.pipeline_executions.run(
        project, pipeline_name=name, environment_name="Environment 1", **options
    )


def now() -> float:
    """The virtual time."""
    return asyncio.get_running_loop().time()


def responses(*statuses: str | httpx.Response) -> Callable[[httpx.Request], httpx.Response]:
    """A server that gives one status after the other, the last one for good; flat, and the details as well."""
    left = list(statuses)
    last: list[str] = []

    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/steps"):
            return httpx.Response(200, json={"results": []})
        if not request.url.path.endswith("/status"):
            body = {"pipelineExecutionId": "e1", "status": last[-1]}
            return httpx.Response(200, json=body)
        status = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(status, httpx.Response):
            return status
        last.append(status)
        return httpx.Response(200, json={"status": status})

    return respond


async def test_a_start_sends_what_was_given() -> None:
    """Names and variables arrive as the API calls them; what was not given is not sent."""
    script = Script(STARTED)
    async with scripted_client(script) as client:
        run = await client.pipeline_executions.run(
            PROJECT,
            pipeline_name="load",
            environment_name="EU / prod",
            variables={"day": "2026-01-01"},
            grid_variables={"tables": [("orders", "id")]},
            execution_tag="nightly",
            version_name="v1",
            agent_id="a1",
        )
        await client.pipeline_executions.run(PROJECT, pipeline_name="x", environment_name="y")
    assert (PROJECT, "e1", "load", "EU / prod") == (
        run.project_id,
        run.id,
        run.pipeline_name,
        run.environment_name,
    )
    assert "<Run load (e1)>" == repr(run)
    assert f"/dpc/v1/projects/{PROJECT}/pipeline-executions" == script.requests[0].url.path
    assert [
        {
            "pipelineName": "load",
            "environmentName": "EU / prod",
            "agentId": "a1",
            "executionTag": "nightly",
            "versionName": "v1",
            "scalarVariables": {"day": "2026-01-01"},
            "gridVariables": {"tables": [["orders", "id"]]},
        },
        {"pipelineName": "x", "environmentName": "y"},
    ] == [json.loads(request.content) for request in script.requests]


async def test_a_project_may_be_named() -> None:
    """The run has its id, which another process can use as it is; an unknown name starts nothing."""
    async with sandboxed() as (sandbox, client, project):
        run = await start(client, "Project 1", "short")
        assert project == run.project_id
        assert "SUCCESS" == (await run.wait()).status
        with pytest.raises(ResourceNameError, match="near: 'Project 1'"):
            await start(client, "Project 11", "short")
    assert 1 == sandbox.stats.operations["pipeline_executions.start"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"variables": {"n": 1}}, r"variables: the value of 'n' must be a string, not int"),
        ({"grid_variables": {"g": [["a", None]]}}, r"grid_variables: the value of 'g' must be"),
        ({"grid_variables": {"g": ["ab"]}}, r"grid_variables: 'g' must be a list of rows"),
        ({"grid_variables": {"g": "ab"}}, r"grid_variables: 'g' must be a list of rows"),
        ({"grid_variables": {"g": [1]}}, r"grid_variables: 'g' must be a list of rows"),
        ({"grid_variables": {"g": 1}}, r"grid_variables: 'g' must be a list of rows"),
        ({"grid_variables": {"g": iter([["a"]])}}, r"grid_variables: 'g' must be a list of rows"),
    ],
)
async def test_a_variable_must_be_text(options: dict[str, Any], message: str) -> None:
    """Other values are refused by name before anything is sent."""
    script = Script(STARTED)
    async with scripted_client(script) as client:
        with pytest.raises(InvalidRequestError, match=message):
            await start(client, PROJECT, "load", **options)
    assert [] == script.requests


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"variables": ["a=b"]}, "variables must be a mapping of names to values, not list"),
        ({"variables": {1: "a"}}, "variables: a name must be a string, not int"),
        (
            {"grid_variables": {None: [["a"]]}},
            "grid_variables: a name must be a string, not NoneType",
        ),
        ({"variables": "a=b"}, "variables must be a mapping of names to values, not str"),
        ({"grid_variables": [["a"]]}, "grid_variables must be a mapping of names to values, not"),
        ({"environment_name": None}, "environment_name must be a string, not NoneType"),
        ({"pipeline_name": 7}, "pipeline_name must be a string, not int"),
        ({"execution_tag": 7}, "execution_tag must be a string, not int"),
        ({"version_name": ["1"]}, "version_name must be a string, not list"),
        ({"agent_id": b"a"}, "agent_id must be a string, not bytes"),
    ],
)
async def test_what_is_no_text_is_refused(options: dict[str, Any], message: str) -> None:
    """Nothing is sent, and the error names the argument."""
    script = Script(STARTED)
    given: dict[str, Any] = {"pipeline_name": "load", "environment_name": "e", **options}
    async with scripted_client(script) as client:
        with pytest.raises(InvalidRequestError, match=message):
            await client.pipeline_executions.run(PROJECT, **given)
    assert [] == script.requests


@pytest.mark.parametrize("name", ["timeout", "poll_interval"])
@pytest.mark.parametrize("seconds", ["10", float("nan"), True], ids=str)
async def test_a_time_must_be_a_number(name: str, seconds: Any) -> None:
    """A wait for a run or for a task of an agent refuses anything else before it asks."""
    script = Script(STARTED)
    async with scripted_client(script) as client:
        for run in (
            client.pipeline_executions.attach(PROJECT, "r"),
            client.ai_agent_tasks.attach("t"),
        ):
            with pytest.raises(InvalidRequestError, match=f"{name} must be a number of seconds"):
                await run.wait(**{name: seconds})
    assert [] == script.requests


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


async def test_a_client_with_other_options_has_runs_too() -> None:
    """They share what is shared, and keep the options."""
    async with sandboxed() as (_, client, project):
        other = client.with_options(priority=Priority.BULK, retry=RetryPolicy(max_attempts=1))
        run = await start(other, project, "short")
        assert "SUCCESS" == (await run.wait()).status
