"""Wait for many executions at once."""

from __future__ import annotations

import asyncio
import shlex
from contextlib import aclosing
from typing import Any

from matillion_async._runs.outcomes import RunOutcome
from matillion_async._runs.runs import Run
from matillion_async._text import in_seconds
from matillion_async.cli._connection import CliClient
from matillion_async.cli._failures import Failure, OutOfTimeFailure
from matillion_async.cli._listing import row, wants_progress
from matillion_async.cli._output import Format, row_writer
from matillion_async.cli._progress import progress
from matillion_async.cli._streams import say

COLUMNS = (
    "pipelineExecutionId",
    "pipelineName",
    "environmentName",
    "status",
    "startedAt",
    "finishedAt",
    "message",
)


def watch(
    connection: CliClient, runs: dict[str, Run], timeout: float | None, output: Format
) -> None:
    """Write each run as it ends.

    Args:
        connection: what they are read over.
        runs: the runs by their ids.
        timeout: seconds to wait at most.
        output: how they are written.

    Raises:
        Failure: some did not succeed, or did not end in time.
    """
    under_way = dict(runs)
    try:
        failed = connection.run(_write_as_they_end(connection, under_way, timeout, output))
    except (KeyboardInterrupt, OutOfTimeFailure):
        if under_way:
            _say_how_to_go_on(under_way)
        raise
    if failed:
        raise Failure(f"{failed} of {len(runs)} runs did not succeed")


async def _write_as_they_end(
    connection: CliClient,
    under_way: dict[str, Run],
    timeout: float | None,  # noqa: ASYNC109 - its error says how many go on
    output: Format,
) -> int:
    """Take the runs that end out of ``under_way``; gives the number of those that did not succeed."""
    total = len(under_way)
    failed = 0
    outcomes = connection.client.pipeline_executions.watch(list(under_way.values()))
    bar = progress("runs", is_wanted=wants_progress(connection, output))
    with row_writer(output, COLUMNS) as writer, bar as shown:
        shown.update(0, total)
        try:
            async with asyncio.timeout(timeout) as limit, aclosing(outcomes):
                async for outcome in outcomes:
                    writer.write([_row(outcome)])
                    del under_way[outcome.run.id]
                    failed += not outcome.succeeded
                    shown.update(writer.count, total)
        except TimeoutError:
            if timeout is None or not limit.expired():
                raise
            if under_way:
                raise OutOfTimeFailure(
                    f"{len(under_way)} of {total} runs are still running after {in_seconds(timeout)}"
                ) from None
    return failed


def _say_how_to_go_on(under_way: dict[str, Run]) -> None:
    """What to do about runs that are no longer waited for."""
    project = next(iter(under_way.values())).project_id
    rest = shlex.join([*under_way, "--project", project])
    say(f"To wait for those that go on: matillion executions watch {rest}")


def _row(outcome: RunOutcome) -> dict[str, Any]:
    if outcome.execution is None:
        say(f"matillion: {outcome.run.id}: {outcome.error}")
        return {"pipelineExecutionId": outcome.run.id}
    return dict(row(outcome.execution, COLUMNS))
