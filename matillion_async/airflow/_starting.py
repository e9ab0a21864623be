"""Starting a pipeline for a task that may have started it before."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from matillion_async import (
    ConflictError,
    MatillionClient,
    NotFoundError,
    PipelineRunFailed,
    Run,
)

_log = logging.getLogger(__name__)

END_SECONDS = 300.0
"""So long may a run that is cancelled take to end."""
_PAUSE = 5.0
"""Seconds between two tries to start while an earlier run ends."""


async def start(
    client: MatillionClient,
    arguments: dict[str, Any],
    *,
    tag: str,
    is_own: bool,
    is_retry: bool,
) -> Run:
    """Start a pipeline under a tag, or find what a try before has started.

    Args:
        client: a client.
        arguments: those of ``client.pipeline_executions.run``.
        tag: the execution tag.
        is_own: whether no other task has the tag.
        is_retry: whether a try before may have started the pipeline, and this one is to go on with its run. Otherwise a run
            under the tag is one that ends, since somebody has cleared the task: it is waited for, and then the pipeline
            is started.

    Raises:
        ConflictError: another run has the tag, or it is not certain which one has.
        PipelineRunTimeoutError: a run that was cancelled does not end.
        MatillionError: as of ``client.pipeline_executions.run``.
    """
    loop = asyncio.get_running_loop()
    patience = loop.time() + (END_SECONDS if is_own and not is_retry else 0.0)
    while True:
        try:
            run = await client.pipeline_executions.run(
                **arguments, execution_tag=tag, attach=is_retry
            )
        except ConflictError:
            # Not looked up and cancelled: executions do not show their tags, and it might be another one.
            if loop.time() >= patience:
                raise
            _log.info("a run that was started before the task was cleared goes on; waiting for it")
            await asyncio.sleep(_PAUSE)
            continue
        if not run.was_running:
            return run
        if await run.status() not in ("CANCELLING", "CANCELLED"):
            _log.info("a try before has started %s, which goes on", run)
            return run
        await _over(run)


async def end(client: MatillionClient, project_id: str, execution_id: str) -> None:
    """Cancel a run that may go on, and wait for its end.

    Raises:
        PipelineRunTimeoutError: it does not end.
        MatillionError: it cannot be cancelled.
    """
    run = client.pipeline_executions.attach(project_id, execution_id)
    try:
        status = await run.status()
    except NotFoundError:
        return  # nothing is left of it
    if status.is_active:
        if status != "CANCELLING":
            _log.info("the task was cleared: cancelling %s, which it started before", run)
            await run.cancel()
        await _over(run)


async def _over(run: Run) -> None:
    try:
        await run.wait(timeout=END_SECONDS)
    except PipelineRunFailed as end_of_run:
        _log.info("%s", end_of_run)
