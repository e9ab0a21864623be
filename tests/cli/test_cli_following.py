"""What is shown while a run is waited for."""

from __future__ import annotations

import asyncio
import io
import itertools
from typing import Any

import pytest
from matillion_api.models.pipeline_execution_step import PipelineExecutionStep
from rich.console import Console
from rich.progress import Progress

from matillion_async import (
    APIConnectionError,
    APITimeoutError,
    MatillionClient,
    MatillionError,
    RateLimitedError,
    ResponseDecodingError,
    Run,
    RunStatus,
    RunUpdate,
    ServerError,
    TokenUnavailableError,
)
from matillion_async.cli._connection import CliClient
from matillion_async.cli._following import Lines, StatusLine, elapsed, follow
from matillion_async.cli._options import GlobalOptions
from matillion_async.cli._waiting import Waiting
from matillion_async.cli._wire import Wire
from matillion_async.sandbox import Fault, Pipeline, Sandbox

PIPELINES = [Pipeline("long", seconds=300, steps=("Extract", "[red]Load", "Report"))]


def connection(client: MatillionClient) -> CliClient:
    """As commands have it, without a runner of its own."""
    runner: Any = None
    return CliClient(client, GlobalOptions(), runner, Waiting(lambda: ""), Wire())


def seconds(text: str) -> int:
    """From ``0:01:05`` to 65."""
    hours, minutes, rest = map(int, text.split(":"))
    return 3600 * hours + 60 * minutes + rest


async def run_one(client: MatillionClient) -> Run:
    """Start the pipeline."""
    project = (await client.projects.list()).results[0].id
    return await client.pipeline_executions.run(
        project, pipeline_name="long", environment_name="Environment 1"
    )


@pytest.mark.virtual_time
async def test_lines_for_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    """Each new status and each step that has ended is a line, with the time; and there is one a minute at least."""
    async with Sandbox(projects=1, pipelines=PIPELINES).client() as client:
        await follow(connection(client), await run_one(client), None)
    lines = capsys.readouterr().err.splitlines()
    assert "0:00:00 RUNNING" == lines[0]
    assert lines[-1].endswith(" SUCCESS")
    assert ["step Extract: SUCCESS", "step [red]Load: SUCCESS"] == [
        line.partition(" ")[2] for line in lines if "step" in line
    ][:2]
    times = [seconds(line.split()[0]) for line in lines]
    assert max(after - before for before, after in itertools.pairwise(times)) <= 75


@pytest.mark.virtual_time
async def test_an_outage_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A log in which nothing comes for minutes would look like a program that hangs."""
    fault = Fault(target="pipeline_executions.status", at=4, times=30, status=503)
    async with Sandbox(projects=1, pipelines=PIPELINES, faults=[fault]).client() as client:
        await follow(connection(client), await run_one(client), None)
    assert "RUNNING (the server responds with errors)\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (TokenUnavailableError("x"), "the token endpoint gives no token"),
        (APIConnectionError("x"), "the server cannot be reached"),
        (APITimeoutError("x"), "the server does not respond in time"),
        (ServerError("x", status_code=503), "the server responds with errors"),
        (RateLimitedError("x", status_code=429), "the server gets too many requests"),
        (
            ResponseDecodingError("x", status_code=200, body=""),
            "the server's response cannot be read",
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_trouble_in_words(
    trouble: MatillionError, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line says what it is that fails: the network is not to blame for a response that cannot be read."""
    run: Any = None
    Lines().update(RunUpdate(run, RunStatus("RUNNING"), 1.0, False, trouble))
    assert f"0:00:01 RUNNING ({told})\n" == capsys.readouterr().err


@pytest.mark.virtual_time
async def test_steps_that_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    """One line says so; the wait goes on."""
    fault = Fault(target="pipeline_executions.steps", status=403)
    async with Sandbox(projects=1, pipelines=PIPELINES, faults=[fault]).client() as client:
        await follow(connection(client), await run_one(client), None)
    shown = capsys.readouterr().err
    assert 1 == shown.count("the steps are not shown: pipeline_executions.steps: 403")
    assert shown.rstrip().endswith("SUCCESS")


@pytest.mark.virtual_time
async def test_nothing_is_left_running() -> None:
    """A wait that is given up takes its look at the steps with it."""
    before = asyncio.all_tasks()
    async with Sandbox(projects=1, pipelines=PIPELINES).client() as client:
        run = await run_one(client)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(30):
                await follow(connection(client), run, None)
        assert before == asyncio.all_tasks()


def step(name: str, status: str | None) -> PipelineExecutionStep:
    """A step with a status, or without a result."""
    result = None if status is None else {"status": status}
    return PipelineExecutionStep.from_dict({"id": name, "name": name, "result": result})


def test_a_line_on_a_terminal() -> None:
    """It has the pipeline, its status, how many steps are done and which are running, whatever their names are."""
    calls: Any = None
    run = Run(calls, "p", "e1", pipeline_name="load \x1b[31m[bold]")
    with Progress(console=Console(file=io.StringIO())) as progress:
        line = StatusLine(progress, run)
        line.update(RunUpdate(run, RunStatus("RUNNING"), 1.0, True))
        line.show_steps([step("a", "SUCCESS"), step("b", "FAILED"), step("[c]", None)])
        assert (
            "load [31m\\[bold]  RUNNING  2 steps done, now \\[c]" == progress.tasks[0].description
        )
        line.update(RunUpdate(run, RunStatus("OD\x1b[2JD"), 1.5, True))
        assert "\x1b" not in progress.tasks[0].description
        trouble = ServerError("503", status_code=503)
        line.update(RunUpdate(run, RunStatus("RUNNING"), 2.0, False, trouble))
        assert "RUNNING (the server responds with errors)" in progress.tasks[0].description


def test_elapsed() -> None:
    """Hours, minutes, seconds."""
    assert ["0:00:00", "0:01:05", "25:00:01"] == [
        elapsed(0.9),
        elapsed(65),
        elapsed(90_001),
    ]
