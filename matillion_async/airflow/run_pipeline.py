"""Run a pipeline as a task."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from matillion_async import MatillionClient, NotFoundError, RunStatus
from matillion_async.airflow import _starting
from matillion_async.airflow._job_operator import JobOperator
from matillion_async.airflow.triggers import RunTrigger


class MatillionRunPipelineOperator(JobOperator):
    """Runs a published pipeline, and succeeds if it does.

    >>> load = MatillionRunPipelineOperator(
    ...     task_id="load",
    ...     project="Sales",
    ...     pipeline_name="daily.orch.yaml",
    ...     environment_name="Production",
    ...     variables={"load_date": "{{ ds }}"},
    ... )

    The task returns the id of the execution. Before it waits it pushes the XComs ``execution_id``, ``project_id`` and ``url``;
    the last is the link in the user interface. What a try before has started, and what goes on, is not started again.

    Args:
        project: id or exact name of the project.
        pipeline_name: name of the published pipeline, such as ``ingest/orders.orch.yaml``.
        environment_name: name of the environment to run it in.
        variables: values of scalar variables, by name; strings.
        grid_variables: values of grid variables, by name; each a list of rows, a row a list of strings.
        version_name: version of the artifact; the latest unless given.
        agent_id: id of the agent; the environment's default agent unless given.
        execution_tag: at most one execution of a tag runs in an environment, and by it a retry finds what was started; one
            of its own for each task of each DAG run unless given.
        **kwargs: ``matillion_conn_id``, ``wait_for_completion``, ``deferrable``, ``timeout``, ``poll_interval`` and
            ``cancel_on_kill`` as of :class:`JobOperator`, and what any operator has.
    """

    template_fields: ClassVar[Sequence[str]] = (
        "project",
        "pipeline_name",
        "environment_name",
        "variables",
        "grid_variables",
        "version_name",
        "agent_id",
        "execution_tag",
        *JobOperator.template_fields,
    )

    def __init__(
        self,
        *,
        project: str,
        pipeline_name: str,
        environment_name: str,
        variables: Mapping[str, str] | None = None,
        grid_variables: Mapping[str, Sequence[Sequence[str]]] | None = None,
        version_name: str | None = None,
        agent_id: str | None = None,
        execution_tag: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.project = project
        self.pipeline_name = pipeline_name
        self.environment_name = environment_name
        self.variables = variables
        self.grid_variables = grid_variables
        self.version_name = version_name
        self.agent_id = agent_id
        self.execution_tag = execution_tag

    async def start(self, client: MatillionClient, context: Any) -> tuple[dict[str, str], str]:
        """Start the pipeline, or find what a try before has started."""
        if self._before is not None:
            await _starting.end(client, self._before["project_id"], self._before["execution_id"])
        names = ("project", "pipeline_name", "environment_name", "variables", "grid_variables")
        run = await _starting.start(
            client,
            {name: getattr(self, name) for name in (*names, "version_name", "agent_id")},
            tag=self.execution_tag or tag_of(context),
            is_own=not self.execution_tag,
            is_retry=self.is_retry(context),
        )
        self.log.info("%s runs: %s", run, run.url)
        return {"project_id": run.project_id, "execution_id": run.id}, run.url

    async def status_of(self, client: MatillionClient, job: Mapping[str, Any]) -> str:
        """Where a run is; ``GONE`` if there is no such run."""
        run = client.pipeline_executions.attach(job["project_id"], job["execution_id"])
        try:
            return str(await run.status())
        except NotFoundError:
            return "GONE"

    def is_job_active(self, status: str) -> bool:
        """Whether to go on with a run; for ``ResumableJobMixin``."""
        return RunStatus(status).is_active and status != "CANCELLING"

    def is_job_succeeded(self, status: str) -> bool:
        """Whether a run has done its work; for ``ResumableJobMixin``."""
        return RunStatus(status).succeeded

    def trigger(self, job: Mapping[str, Any], deadline: float | None) -> RunTrigger:
        """What waits for the run."""
        return RunTrigger(
            project_id=job["project_id"],
            execution_id=job["execution_id"],
            conn_id=self.matillion_conn_id,
            deadline=deadline,
            cancel_on_kill=self.cancel_on_kill,
            poll_interval=self.poll_interval,
        )

    def result(self, job: Mapping[str, Any]) -> str:
        """The id of the execution."""
        return str(job["execution_id"])


def tag_of(context: Any) -> str:
    """An execution tag that all tries of a task of a DAG run have, and nothing else.

    Two Airflows may have a DAG of the same name that runs at the same times: when the run began tells them apart.
    """
    ti = context["ti"]
    began = context["dag_run"].start_date
    names = [ti.dag_id, ti.run_id, ti.task_id, ti.map_index, began and began.isoformat()]
    return f"airflow-{hashlib.sha256(json.dumps(names).encode()).hexdigest()[:32]}"
