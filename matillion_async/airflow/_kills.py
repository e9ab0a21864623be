"""Whether a trigger is cancelled because somebody killed its task, or only because its triggerer ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from asgiref.sync import sync_to_async

from matillion_async.airflow._names import DEFERRED, BaseTrigger

_log = logging.getLogger(__name__)

LOOK_SECONDS = 10.0


async def is_killed(trigger: BaseTrigger) -> bool:
    """Whether the task of a cancelled trigger waits for it no longer, for Airflow before 3.3, which does not say why.

    A triggerer that ends leaves its tasks deferred, and another one goes on with them. When that cannot be told, the task is
    taken to be waiting: a run that goes on can still be cancelled, and one that was cancelled is lost.
    """
    try:
        async with asyncio.timeout(LOOK_SECONDS):
            return not await sync_to_async(_is_waiting)(trigger)
    except Exception as error:  # noqa: BLE001 - of any kind, as of a supervisor that is gone already
        _log.warning("whether the task was killed cannot be told: %s", error)
        return False


async def finish(work: Coroutine[Any, Any, None]) -> None:
    """Wait for the end of something, however often this task is cancelled meanwhile: a triggerer cancels each second."""
    task = asyncio.create_task(work)
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:
            continue
    task.result()


def _is_waiting(trigger: BaseTrigger) -> bool:
    ti = trigger.task_instance
    try:
        from airflow.sdk.execution_time.task_runner import RuntimeTaskInstance
    except ImportError:
        return _is_deferred_to(ti, trigger.trigger_id)
    states = RuntimeTaskInstance.get_task_states(
        dag_id=ti.dag_id, task_ids=[ti.task_id], run_ids=[ti.run_id], map_index=ti.map_index
    )
    return DEFERRED in states.get(ti.run_id, {}).values()


def _is_deferred_to(ti: Any, trigger_id: int) -> bool:
    from airflow.models.taskinstance import TaskInstance
    from airflow.utils.session import create_session

    with create_session() as session:
        found = (
            session.query(TaskInstance.state, TaskInstance.trigger_id)
            .filter_by(
                dag_id=ti.dag_id, task_id=ti.task_id, run_id=ti.run_id, map_index=ti.map_index
            )
            .one_or_none()
        )
    return found is not None and tuple(found) == (DEFERRED, trigger_id)
