"""Tasks that wait in a real triggerer, as a scheduler and workers would have left them: rows in Airflow's database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from airflow.cli.cli_parser import get_parser
from airflow.models.taskinstance import TaskInstance, clear_task_instances
from airflow.models.trigger import Trigger
from airflow.utils.session import create_session
from airflow.version import version

from matillion_async.airflow import _kills
from matillion_async.airflow.triggers import RunTrigger
from tests.airflow_provider.surroundings import HOME, SECONDS

DAG = """
from datetime import datetime
{imported}
from matillion_async.airflow import MatillionRunPipelineOperator

with DAG("{name}", start_date=datetime(2026, 1, 1), schedule=None):
    for number in range({count}):
        MatillionRunPipelineOperator(
            task_id=f"run_{{number}}", project="Sales", pipeline_name="a", environment_name="b"
        )
"""
IS_OLD = version.startswith("2.")
"""Whether DAG files have their names from elsewhere than ``airflow.sdk``."""


def airflow(*arguments: str) -> None:
    """Run a command of Airflow, in this process, as one of its own takes some seconds to begin."""
    parsed = get_parser().parse_args(arguments)
    parsed.func(parsed)


class DeferredTasks:
    """The tasks of one run of a DAG.

    Args:
        name: of the DAG.
        count: how many.
    """

    def __init__(self, name: str, count: int) -> None:
        self.name = name
        self.trigger_ids: list[int] = []
        imported = f"from airflow{'' if IS_OLD else '.sdk'} import DAG"
        text = DAG.format(imported=imported, name=name, count=count)
        (HOME / "dags" / f"{name}.py").write_text(text, encoding="utf-8")
        airflow("dags", "reserialize")
        airflow("dags", "trigger", name)
        with create_session() as session:
            # Those that "dags test" has left would be run, and tell their ends to tasks whose triggers have got their numbers.
            session.query(Trigger).delete()

    def defer(self, triggers: Iterable[RunTrigger]) -> None:
        """Have each of them wait with a trigger."""
        with create_session() as session:
            rows = [Trigger.from_object(each) for each in triggers]
            session.add_all(rows)
            session.flush()
            self.trigger_ids = [row.id for row in rows]
            for task, row in zip(self._tasks(session), rows, strict=True):
                task.state = "deferred"
                task.try_number = 1
                task.trigger_id = row.id
                task.next_method = "execute_complete"
                task.next_kwargs = {}

    def _tasks(self, session: Any) -> list[Any]:
        found = session.query(TaskInstance).filter_by(dag_id=self.name).all()
        return sorted(found, key=lambda task: int(task.task_id.removeprefix("run_")))

    def states(self) -> list[str | None]:
        """Those of the tasks; a task whose trigger has fired is ``scheduled``."""
        with create_session() as session:
            return [
                None if each.state is None else str(each.state) for each in self._tasks(session)
            ]

    def told(self) -> list[str]:
        """What the tasks are to go on with."""
        with create_session() as session:
            return [str(each.next_kwargs) for each in self._tasks(session)]

    def are_waiting(self) -> list[bool]:
        """Whether a trigger of each would find it waiting in the database, where there is one: before Airflow 3."""
        with create_session() as session:
            tasks = self._tasks(session)
        found = zip(tasks, self.trigger_ids, strict=True)
        return [_kills._is_deferred_to(task, trigger_id) for task, trigger_id in found]

    def clear(self, number: int) -> None:
        """Clear a task, as a user does, and take it up again, as a scheduler does: triggerers do not see it before."""
        with create_session() as session:
            clear_task_instances([self._tasks(session)[number]], session)
        self.mark(number, "scheduled")

    def mark(self, number: int, state: str) -> None:
        """Mark a task, as a user does."""
        with create_session() as session:
            self._tasks(session)[number].state = state


class Triggerer:
    """A process ``airflow triggerer``, with what it starts."""

    def __init__(self) -> None:
        self._log = HOME / "triggerer.log"
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "airflow", "triggerer", "--skip-serve-logs"],
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def log(self) -> str:
        """What it, and those before it, have said."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def is_up(self) -> bool:
        """Whether it takes triggers."""
        return self._process.poll() is None and "Starting the triggerer" in self.log()

    def terminate(self) -> None:
        """Have it end in peace."""
        self._process.terminate()
        assert self._process.wait(SECONDS) is not None

    def kill(self) -> None:
        """End it and all that it has started at once."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(SECONDS)


@contextmanager
def triggerer() -> Iterator[Triggerer]:
    """A triggerer as long as the block goes on."""
    started = Triggerer()
    try:
        yield started
    finally:
        started.kill()


def until(condition: Callable[[], bool], what: str, seconds: float = SECONDS) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.25)
