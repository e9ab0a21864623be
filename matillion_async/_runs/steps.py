"""Steps of a run: those that failed, in words, and all of them looked at again and again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable
from typing import TYPE_CHECKING

from matillion_async._runs.statuses import FAILED, as_text

if TYPE_CHECKING:
    from matillion_api.models.pipeline_execution_step import PipelineExecutionStep

    from matillion_async._runs.runs import Run


def has_failed(step: PipelineExecutionStep) -> bool:
    """Whether a step ended, and went wrong."""
    return as_text(step.result.status if step.result else None) in FAILED


def failures_in_words(steps: Iterable[PipelineExecutionStep]) -> str:
    """Steps that failed, with what they say of themselves; empty if there are none."""
    texts = []
    for step in steps:
        message = step.result.message if step.result else None
        texts.append(
            f"{step.name or step.id} ({message})" if message else f"{step.name or step.id}"
        )
    return f"failed steps: {', '.join(texts)}" if texts else ""


async def looks_at_steps(
    run: Run, shortest: float
) -> AsyncGenerator[list[PipelineExecutionStep], None]:
    """The steps of a run so far, again and again, as one of all who poll over the connection.

    Args:
        run: the run.
        shortest: seconds between two looks, at least.

    Raises:
        MatillionError: they cannot be read.
    """
    calls, loop = run._calls, asyncio.get_running_loop()
    began = loop.time()
    with calls.polling.member():
        while True:
            pause = calls.polling.pause(loop.time() - began, calls.requests_per_minute)
            await asyncio.sleep(max(shortest, pause))
            yield [step async for step in run.steps()]
