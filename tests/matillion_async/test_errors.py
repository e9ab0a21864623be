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
    MatillionError,
    PipelineRunFailed,
    PipelineRunTimeoutError,
    Problem,
    ProjectNameError,
    RateLimitedError,
    ResponseDecodingError,
    StatusError,
    Timing,
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
        ProjectNameError: {"name": "Sales", "candidates": (("id", "Sales"),)},
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
