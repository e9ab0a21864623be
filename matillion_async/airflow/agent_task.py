"""Give an AI agent something to do, as a task."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from matillion_async import MatillionClient, NotFoundError
from matillion_async.airflow._job_operator import STALE, JobOperator
from matillion_async.airflow.triggers import AgentTaskTrigger


class MatillionAgentTaskOperator(JobOperator):
    """Gives an AI agent something to do, and waits until it is no longer at work.

    >>> document = MatillionAgentTaskOperator(
    ...     task_id="document",
    ...     project="Sales",
    ...     message="Describe the pipelines that changed on {{ ds }} in README.md",
    ...     environment_name="Production",
    ... )

    The task returns the id of the agent's task, which is also the XCom ``agent_task_id``. It fails if the agent does, and if it
    asks something: grant it the tools that it needs by ``granted_permissions``. Tasks of agents have no tag: before Airflow 3.3
    a retry gives the agent the same to do once more.

    Args:
        project: id or exact name of the project.
        message: what it is to do, in words.
        environment_name: name of the environment.
        agent_name: name of the agent; the API's default unless given.
        source_branch_name: Git branch that it starts from.
        target_branch_name: Git branch that it works on.
        generate_branch: whether a branch is made for it.
        working_directory: folder in the project.
        granted_permissions: names of tools that it may use without asking.
        **kwargs: ``matillion_conn_id``, ``wait_for_completion``, ``deferrable``, ``timeout``, ``poll_interval`` and
            ``cancel_on_kill`` as of :class:`JobOperator`, and what any operator has.
    """

    template_fields: ClassVar[Sequence[str]] = (
        "project",
        "message",
        "environment_name",
        "agent_name",
        "source_branch_name",
        "target_branch_name",
        "working_directory",
        "granted_permissions",
        *JobOperator.template_fields,
    )
    operator_extra_links: ClassVar[
        tuple[Any, ...]
    ] = ()  # the vendor has no known page for one task

    def __init__(
        self,
        *,
        project: str,
        message: str,
        environment_name: str | None = None,
        agent_name: str | None = None,
        source_branch_name: str | None = None,
        target_branch_name: str | None = None,
        generate_branch: bool | None = None,
        working_directory: str | None = None,
        granted_permissions: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.project = project
        self.message = message
        self.environment_name = environment_name
        self.agent_name = agent_name
        self.source_branch_name = source_branch_name
        self.target_branch_name = target_branch_name
        self.generate_branch = generate_branch
        self.working_directory = working_directory
        self.granted_permissions = granted_permissions

    async def start(self, client: MatillionClient, context: Any) -> tuple[dict[str, str], str]:
        """Give the agent its task."""
        if self._before is not None and self.is_job_active(
            await self.status_of(client, self._before)
        ):
            await client.ai_agent_tasks.attach(self._before["agent_task_id"]).stop()
        named = {} if self.agent_name is None else {"agent_name": self.agent_name}
        run = await client.ai_agent_tasks.run(
            self.project,
            message=self.message,
            environment_name=self.environment_name,
            source_branch_name=self.source_branch_name,
            target_branch_name=self.target_branch_name,
            generate_branch=self.generate_branch,
            working_directory=self.working_directory,
            granted_permissions=self.granted_permissions,
            **named,
        )
        self.log.info("the agent has %s", run)
        return {"agent_task_id": run.id}, ""

    async def status_of(self, client: MatillionClient, job: Mapping[str, Any]) -> str:
        """Where a task of an agent is; ``GONE`` if there is no such task."""
        try:
            return str((await client.ai_agent_tasks.attach(job["agent_task_id"]).details()).status)
        except NotFoundError:
            return "GONE"

    def is_job_active(self, status: str) -> bool:
        """Whether to go on with a task; for ``ResumableJobMixin``."""
        return status not in ("STOPPED", "ERRORED", "GONE", STALE)

    def is_job_succeeded(self, status: str) -> bool:
        """Whether a task is done; for ``ResumableJobMixin``."""
        return status == "STOPPED"

    def trigger(self, job: Mapping[str, Any], deadline: float | None) -> AgentTaskTrigger:
        """What waits for the task."""
        return AgentTaskTrigger(
            agent_task_id=job["agent_task_id"],
            conn_id=self.matillion_conn_id,
            deadline=deadline,
            cancel_on_kill=self.cancel_on_kill,
            poll_interval=self.poll_interval,
        )

    def result(self, job: Mapping[str, Any]) -> str:
        """The id of the task."""
        return str(job["agent_task_id"])
