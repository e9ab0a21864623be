"""Errors as values: they can be sent to another process and copied."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from matillion_async import (
    AuthenticationError,
    ConfigurationError,
    MatillionError,
    NotFoundError,
    PipelineRunFailed,
    PipelineRunTimeoutError,
    Problem,
    ProjectNameError,
    RateLimitedError,
    ResponseDecodingError,
    Timing,
    TokenUnavailableError,
)
from matillion_async.sandbox import Pipeline, Sandbox

ERRORS = [
    AuthenticationError("refused", status_code=401, error_code="invalid_client"),
    ConfigurationError("missing"),
    NotFoundError("404", status_code=404, problem=Problem(detail="gone"), request_id="r"),
    PipelineRunTimeoutError("late", project_id="p", execution_id="e", status=None),
    ProjectNameError("no project", name="Sale", candidates=(("id", "Sales"),)),
    RateLimitedError("429", status_code=429, body="slow down"),
    ResponseDecodingError("not JSON", status_code=200, body="<html>"),
    TokenUnavailableError("down", retry_after=3.0),
]


@pytest.mark.parametrize("through", [lambda it: pickle.loads(pickle.dumps(it)), copy.copy])
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_can_be_pickled_and_copied(
    error: MatillionError, through: Callable[[Any], Any]
) -> None:
    """It keeps its class, its text and its attributes, whatever its constructor asks for."""
    error.operation, error.attempts, error.timing = "projects.list", 2, Timing(queue=1.5)
    found = through(error)
    assert (type(error), str(error), vars(error)) == (type(found), str(found), vars(found))


async def test_a_failed_run_can_be_pickled() -> None:
    """With its execution and the steps that failed, so that a worker process can give it to its parent."""
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
