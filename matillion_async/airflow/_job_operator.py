"""What all operators have in common that start something in Matillion and wait for its end."""

from __future__ import annotations

import asyncio
import threading
import time
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any, ClassVar

from matillion_async import ConfigurationError, MatillionClient, MatillionError
from matillion_async._arguments import check, flag_fault, seconds_fault
from matillion_async.airflow import _events
from matillion_async.airflow._names import DEFERS, AirflowException, BaseOperator, ResumableJobMixin
from matillion_async.airflow.hook import DEFAULT_CONNECTION, MatillionHook
from matillion_async.airflow.links import URL, MatillionLink
from matillion_async.airflow.triggers import CANCEL_SECONDS, JobTrigger

STALE = "CLEARED"
"""In place of the status of a job that was started before somebody cleared the task."""


class JobOperator(ResumableJobMixin, BaseOperator):
    """Starts a job, tells where it is, and waits for its end, in the triggerer or in the worker.

    A try after one that has crashed goes on with the job that is there. From Airflow 3.3 on its ids are kept in Airflow for
    that, by ``ResumableJobMixin``.

    Args:
        matillion_conn_id: id of the connection.
        wait_for_completion: whether the task lasts as long as the job.
        deferrable: whether it waits in the triggerer; as Airflow's setting ``operators.default_deferrable`` says unless given.
        timeout: how long the job may take, in seconds or as a ``timedelta``; then it is cancelled, and the task fails.
            ``execution_timeout`` holds as well, also while the task is deferred.
        poll_interval: seconds between two questions at least; as the client thinks right unless given.
        cancel_on_kill: whether the job is cancelled when the task is killed, cleared, marked by hand or out of time.
        **kwargs: as of any operator.

    Raises:
        ConfigurationError: one of these is not a boolean, or not a number of seconds.
    """

    external_id_key = "matillion_job"
    operator_extra_links: ClassVar[tuple[Any, ...]] = (MatillionLink(),)
    template_fields: ClassVar[Sequence[str]] = ("matillion_conn_id",)
    ui_color = "#d9f2e6"

    def __init__(
        self,
        *,
        matillion_conn_id: str = DEFAULT_CONNECTION,
        wait_for_completion: bool = True,
        deferrable: bool = DEFERS,
        timeout: float | timedelta | None = None,
        poll_interval: float | None = None,
        cancel_on_kill: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        seconds = timeout.total_seconds() if isinstance(timeout, timedelta) else timeout
        check(
            ConfigurationError,
            f"{kwargs.get('task_id')}: ",
            wait_for_completion=flag_fault(wait_for_completion),
            deferrable=flag_fault(deferrable),
            cancel_on_kill=flag_fault(cancel_on_kill),
            timeout=seconds_fault(seconds, or_none=True),
            poll_interval=seconds_fault(
                poll_interval, may_be_zero=True, must_end=True, or_none=True
            ),
        )
        self.matillion_conn_id = matillion_conn_id
        self.wait_for_completion = wait_for_completion
        self.deferrable = deferrable
        self.timeout = timeout
        self.poll_interval = poll_interval
        self.cancel_on_kill = cancel_on_kill
        self._job: dict[str, str] | None = None
        self._before: Mapping[str, Any] | None = None

    @abstractmethod
    async def start(self, client: MatillionClient, context: Any) -> tuple[dict[str, str], str]:
        """Start the job, or find it: its ids, and its address, which may be empty."""

    @abstractmethod
    async def status_of(self, client: MatillionClient, job: Mapping[str, Any]) -> str:
        """Where a job is."""

    @abstractmethod
    def trigger(self, job: Mapping[str, Any], deadline: float | None) -> JobTrigger:
        """What waits for the job."""

    @abstractmethod
    def result(self, job: Mapping[str, Any]) -> str:
        """What the task returns."""

    @cached_property
    def hook(self) -> MatillionHook:
        """The connection."""
        return MatillionHook(self.matillion_conn_id)

    def execute(self, context: Any) -> Any:
        """Start the job, and wait for it here or in the triggerer.

        Raises:
            AirflowException: it could not be started, or did not end well.
            AirflowTaskTimeout: it took too long.
        """
        try:
            return self.execute_resumable(context)
        except MatillionError as error:
            raise AirflowException(str(error)) from error
        finally:
            self.hook.close()

    def execute_complete(self, context: Any, event: Any = None) -> str:
        """Go on after the triggerer has seen the end.

        Raises:
            AirflowException: the job did not end well, or the event is of no known kind.
            AirflowTaskTimeout: it took too long.
        """
        return self.result(_events.check(event))

    def on_kill(self) -> None:
        """Cancel the job, since the task is killed in its worker."""
        if self._job is not None and self.cancel_on_kill:
            # Called by a signal in the middle of anything, such as an event loop that runs.
            thread = threading.Thread(target=self._cancel, args=[self._job], daemon=True)
            thread.start()
            thread.join(CANCEL_SECONDS + 1)

    def submit_job(self, context: Any) -> Any:
        """Start the job; for ``ResumableJobMixin``."""
        job, url = self.hook.run(lambda client: self.start(client, context))
        self._job = job
        # Clearing a task raises the number of its tries: the ids are those of another life of it then.
        return {**job, URL: url, "max_tries": context["ti"].max_tries}

    def get_job_status(self, external_id: Any, context: Any) -> str:
        """Where the job of a try before is; for ``ResumableJobMixin``."""
        if external_id.get("max_tries") != context["ti"].max_tries:
            self._before = external_id
            return STALE
        return self.hook.run(lambda client: self.status_of(client, external_id))

    def poll_until_complete(self, external_id: Any, context: Any) -> Any:
        """Tell where the job is, and wait for its end; for ``ResumableJobMixin``."""
        self._tell(external_id, context)
        if not self.wait_for_completion:
            return self.result(external_id)
        trigger = self.trigger(external_id, self._deadline())
        if self.deferrable:
            self.hook.close()
            self.defer(trigger=trigger, method_name=self.execute_complete.__name__)
        event = self.hook.run(lambda client: trigger.wait(client, trigger.seconds_left()))
        return self.execute_complete(context, event)

    def get_job_result(self, external_id: Any, context: Any) -> Any:
        """What the task returns; for ``ResumableJobMixin``."""
        if self._job is None:  # it had ended before
            self._tell(external_id, context)
        return self.result(external_id)

    def is_retry(self, context: Any) -> bool:
        """Whether a try before may have started the job, and nobody has cleared the task since."""
        ti = context["ti"]
        return bool(ti.try_number > ti.max_tries - self.retries + 1)

    def _tell(self, job: Mapping[str, Any], context: Any) -> None:
        ids = {name: str(value) for name, value in job.items() if name.endswith("_id")}
        self._job = ids
        for name, value in {**ids, URL: job[URL]}.items():
            if value:
                context["ti"].xcom_push(key=name, value=value)

    def _deadline(self) -> float | None:
        limits = [
            each.total_seconds() if isinstance(each, timedelta) else float(each)
            for each in (self.timeout, self.execution_timeout)
            if each is not None
        ]
        return time.time() + min(limits) if limits else None

    def _cancel(self, job: dict[str, str]) -> None:
        async def cancel() -> None:
            async with asyncio.timeout(CANCEL_SECONDS), self.hook.get_conn() as client:
                await self.trigger(job, None).cancel(client)

        try:
            self.log.info("the task is killed: cancelling %s", job)
            asyncio.run(cancel())
        except Exception:
            self.log.exception("%s could not be cancelled, and goes on", job)
