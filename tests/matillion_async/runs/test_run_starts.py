"""Starting a run: what is sent, and what is refused before it is."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from matillion_async import (
    InvalidRequestError,
    Priority,
    ResourceNameError,
    RetryPolicy,
)
from tests.matillion_async.runs.sandboxed_runs import (
    PROJECT,
    sandboxed,
    start,
)
from tests.matillion_async.scripted import Script, scripted_client

pytestmark = pytest.mark.virtual_time


STARTED = httpx.Response(201, json={"pipelineExecutionId": "e1"})


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


async def test_a_client_with_other_options_has_runs_too() -> None:
    """They share what is shared, and keep the options."""
    async with sandboxed() as (_, client, project):
        other = client.with_options(priority=Priority.BULK, retry=RetryPolicy(max_attempts=1))
        run = await start(other, project, "short")
        assert "SUCCESS" == (await run.wait()).status
