"""What holds for all errors."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from matillion_api.models import PipelineExecution, Project, ProjectPage
from matillion_api.models.agent_task import AgentTask
from matillion_api.models.pending_agent_task_decision import PendingAgentTaskDecision

import matillion_async
from matillion_async import (
    AgentTaskDecisionNeeded,
    AgentTaskFailed,
    AgentTaskTimeoutError,
    APIConnectionError,
    APITimeoutError,
    ClientStateError,
    DeadlineExceededError,
    MatillionError,
    PipelineRunFailed,
    PipelineRunTimeoutError,
    Problem,
    RateLimitedError,
    ResourceNameError,
    ResponseDecodingError,
    StatusError,
    Timing,
    TokenUnavailableError,
    UnreadableRow,
    UnreadableRowsError,
)
from matillion_async.sandbox import Pipeline, Sandbox


def _errors() -> list[MatillionError]:
    """One of each class."""
    execution = PipelineExecution(pipeline_execution_id="e")
    task = AgentTask(task_id="t")
    asked = (PendingAgentTaskDecision(tool_id="c"),)
    needs: dict[type[MatillionError], dict[str, Any]] = {
        AgentTaskDecisionNeeded: {"task_id": "t", "decisions": asked},
        AgentTaskFailed: {"task_id": "t", "task": task},
        AgentTaskTimeoutError: {"task_id": "t", "status": None},
        ResourceNameError: {
            "resource": "project",
            "name": "Sales",
            "candidates": (("id", "Sales"),),
        },
        PipelineRunFailed: {
            "project_id": "p",
            "execution_id": "e",
            "status": "FAILED",
            "execution": execution,
        },
        PipelineRunTimeoutError: {"project_id": "p", "execution_id": "e", "status": None},
        UnreadableRowsError: {
            "status_code": 200,
            "body": "{",
            "page": ProjectPage([Project("a", "b")]),
            "rows": (UnreadableRow(1, "id 'c'", "lacks the field 'name'", {"id": "c"}),),
        },
        ResponseDecodingError: {"status_code": 200, "body": "{"},
        StatusError: {"status_code": 400, "problem": Problem(title="No"), "request_id": "r"},
    }
    classes = {
        value
        for value in vars(matillion_async).values()
        if isinstance(value, type) and issubclass(value, MatillionError)
    }
    return [
        kind("no", **next((needs[base] for base in kind.__mro__ if base in needs), {}))
        for kind in sorted(classes, key=lambda kind: kind.__name__)
    ]


@pytest.mark.parametrize("error", _errors(), ids=lambda error: type(error).__name__)
def test_an_error_can_be_handed_to_another_process(error: MatillionError) -> None:
    """With all that it tells, as multiprocessing and task queues do."""
    error.operation = "projects.list"
    error.timing = Timing(queue=1.5, requests=[0.5])
    error.add_note("a note")
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(error) is type(other)
        assert error.args == other.args
        assert vars(error) == vars(other)


def test_the_seconds_of_a_429_are_handed_over() -> None:
    """What is set after an error was made is not lost."""
    error = RateLimitedError("no", status_code=429)
    error.retry_after = 3.0
    assert 3.0 == pickle.loads(pickle.dumps(error)).retry_after


def test_what_passes() -> None:
    """One property says it for every error: of statuses those that pass, and whatever kept a response away."""
    passing = {each for each in range(100, 600) if StatusError("no", status_code=each).is_temporary}
    assert {408, 425, 429, *range(500, 600)} - {501, 505, 511} == passing
    kinds = {type(error) for error in _errors() if error.is_temporary}
    assert {
        APIConnectionError,
        APITimeoutError,
        DeadlineExceededError,
        TokenUnavailableError,
    } == kinds


def test_advice_comes_after_the_message() -> None:
    """The message stays what it was, so that programs may look at it; a copy has its own advice."""
    error = RateLimitedError("no", status_code=429)
    error.operation = "projects.list"
    error.advice += ["wait", "ask again"]
    other = copy.copy(error)
    other.advice.append("or not")
    assert "no" == error.message == other.message
    assert "no; wait; ask again" == error.explanation
    assert "projects.list: no; wait; ask again" == str(error)
    assert "projects.list: no; wait; ask again; or not" == str(other)
    with pytest.raises(AttributeError):
        error.message = "yes"  # type: ignore[misc]  # the mistake


def test_where_the_time_went_comes_before_the_advice() -> None:
    """Of an error whose reason it is."""
    error = DeadlineExceededError("late")
    assert "late" == str(error)
    error.timing = Timing(queue=1.5)
    error.advice.append("give it more")
    assert "late (1.5 s in the queue, 0.0 s in 0 request(s)); give it more" == str(error)
    assert "late" == error.message


async def test_a_closed_client_says_so_in_one_way() -> None:
    """Wherever a call learns of it: before it is sent, and while it waits for a token."""
    client = Sandbox().client()
    await client.aclose()
    told = set()
    for waiting in (client.projects.list(), client._own_session.connection.tokens.get()):
        with pytest.raises(ClientStateError) as caught:
            await waiting
        told.add(caught.value.message)
    assert {"this client is closed: make a new one"} == told


async def test_a_failed_run_is_handed_over() -> None:
    """With its execution and the steps that failed."""
    sandbox = Sandbox(projects=["Sales"], pipelines=[Pipeline("bad", "FAILED", seconds=0)])
    async with sandbox.client() as client:
        run = await client.pipeline_executions.run(
            "Sales", pipeline_name="bad", environment_name="Environment 1"
        )
        with pytest.raises(PipelineRunFailed) as raised:
            await run.wait()
    found = pickle.loads(pickle.dumps(raised.value))
    assert vars(raised.value) == vars(found)
    assert str(raised.value) == str(found)
