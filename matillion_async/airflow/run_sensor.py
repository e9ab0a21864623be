"""Wait, as a task, for a run that something else has started."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from matillion_async import ConfigurationError, MatillionClient, MatillionError
from matillion_async._arguments import check, flag_fault
from matillion_async._names.matching import is_id
from matillion_async.airflow import _events
from matillion_async.airflow._names import (
    DEFERS,
    AirflowException,
    AirflowSensorTimeout,
    AirflowTaskTimeout,
    BaseSensorOperator,
)
from matillion_async.airflow.hook import DEFAULT_CONNECTION, MatillionHook
from matillion_async.airflow.triggers import RunTrigger


class MatillionRunSensor(BaseSensorOperator):
    """Waits for the end of a run that something else has started, and succeeds if the run does.

    >>> wait = MatillionRunSensor(
    ...     task_id="wait",
    ...     project="{{ ti.xcom_pull('load', key='project_id') }}",
    ...     execution_id="{{ ti.xcom_pull('load') }}",
    ... )

    It never cancels the run.

    Args:
        project: id or exact name of the project.
        execution_id: id of the execution.
        deferrable: whether it waits in the triggerer; as Airflow's setting ``operators.default_deferrable`` says unless
            given. ``poke_interval`` and ``mode`` are for a sensor that does not; ``timeout`` holds for both.
        matillion_conn_id: id of the connection.
        **kwargs: as of any sensor.

    Raises:
        ConfigurationError: ``deferrable`` is not a boolean.
    """

    template_fields: ClassVar[Sequence[str]] = ("project", "execution_id", "matillion_conn_id")
    ui_color = "#d9f2e6"

    def __init__(
        self,
        *,
        project: str,
        execution_id: str,
        deferrable: bool = DEFERS,
        matillion_conn_id: str = DEFAULT_CONNECTION,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        check(ConfigurationError, f"{kwargs.get('task_id')}: ", deferrable=flag_fault(deferrable))
        self.project = project
        self.execution_id = execution_id
        self.deferrable = deferrable
        self.matillion_conn_id = matillion_conn_id

    @cached_property
    def hook(self) -> MatillionHook:
        """The connection."""
        return MatillionHook(self.matillion_conn_id)

    def execute(self, context: Any) -> Any:
        """Wait here, or in the triggerer unless the run has ended already.

        Raises:
            AirflowException: the run did not end well.
            AirflowSensorTimeout: it took too long.
        """
        try:
            if not self.deferrable:
                return super().execute(context)
            if not self.poke(context):
                project_id = self.hook.run(self._project_id)
                self.defer(
                    trigger=RunTrigger(
                        project_id=project_id,
                        execution_id=self.execution_id,
                        conn_id=self.matillion_conn_id,
                        deadline=time.time() + self.timeout,
                        cancel_on_kill=False,
                    ),
                    method_name=self.execute_complete.__name__,
                )
        finally:
            self.hook.close()

    def execute_complete(self, context: Any, event: Any = None) -> None:
        """Go on after the triggerer has seen the end.

        Raises:
            AirflowException: the run did not end well, or the event is of no known kind.
            AirflowSensorTimeout: it took too long.
        """
        try:
            _events.check(event)
        except AirflowTaskTimeout as error:
            raise AirflowSensorTimeout(*error.args) from None

    def poke(self, context: Any) -> bool:
        """Whether the run has ended with SUCCESS.

        Raises:
            AirflowException: it did not end well, or cannot be asked for.
        """
        try:
            return self.hook.run(self._has_ended)
        except MatillionError as error:
            raise AirflowException(str(error)) from error

    async def _has_ended(self, client: MatillionClient) -> bool:
        run = client.pipeline_executions.attach(await self._project_id(client), self.execution_id)
        if (await run.status()).is_active:
            return False
        await run.wait()
        return True

    async def _project_id(self, client: MatillionClient) -> str:
        if is_id(self.project):
            return self.project
        return str((await client.projects.find(self.project)).id)
