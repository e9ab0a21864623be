"""Start tasks of AI agents and wait for them: what is written by hand on top of the operations."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from matillion_api.api import ai_agent_tasks as generated
from matillion_api.models.agent_task_config import AgentTaskConfig
from matillion_api.models.agent_task_message import AgentTaskMessage
from matillion_api.models.agent_task_message_page import AgentTaskMessagePage
from matillion_api.models.agent_task_permission import AgentTaskPermission
from matillion_api.models.agent_task_reference import AgentTaskReference
from matillion_api.models.started_agent_task import StartedAgentTask
from matillion_api.types import UNSET, Listing, Unset, not_text

from matillion_async._agent_tasks.agent_calls import LIST_MESSAGES, AgentCalls
from matillion_async._agent_tasks.agent_run import AgentRun
from matillion_async._arguments import check, flag_fault, strings
from matillion_async._calls.session import Session
from matillion_async._errors import InvalidRequestError, MatillionError
from matillion_async._names.matching import is_id
from matillion_async._names.naming import NamingSession

T = TypeVar("T")
Config = AgentTaskConfig | Mapping[str, Any]
Permissions = Sequence[AgentTaskPermission | Mapping[str, Any]]


class AiAgentTasks(generated.AiAgentTasks):
    """Tasks of AI agents: start them, follow them, decide what they ask, stop them.

    ``run`` and ``attach`` give something to wait for; the other methods are one operation each. The project of a task
    may be given by its id or its exact name.
    """

    def __init__(self, session: NamingSession) -> None:
        super().__init__(session)
        self._naming_session = session
        self._calls = AgentCalls(session)

    async def run(
        self,
        project: str,
        *,
        message: str,
        environment_name: str | None = None,
        agent_name: str = "data_engineer_agent",
        mode: str = "ACT",
        source_branch_name: str | None = None,
        target_branch_name: str | None = None,
        generate_branch: bool | None = None,
        working_directory: str | None = None,
        granted_permissions: Iterable[str] = (),
    ) -> AgentRun:
        """Give an AI agent something to do, to be waited for.

        >>> run = await client.ai_agent_tasks.run(
        ...     "Sales", message="Add a pipeline that loads orders", environment_name="Production"
        ... )
        >>> task = await run.wait(timeout=3600)

        Nothing is ever started twice. When the response to the start is lost, nobody knows whether the agent is at work,
        and the error says where to look: tasks do not show what they were started with, so that yours cannot be told
        from another.

        Args:
            project: id or exact name of the project.
            message: what it is to do, in words.
            environment_name: name of the environment.
            agent_name: name of the agent.
            mode: how it works; ``ACT`` is the only mode that is known.
            source_branch_name: Git branch that it starts from.
            target_branch_name: Git branch that it works on.
            generate_branch: whether a branch is made for it.
            working_directory: folder in the project.
            granted_permissions: names of tools that it may use without asking.

        Raises:
            ResourceNameError: no project has the name that was given, or several have.
            NotFoundError: there is no such project or environment.
            MatillionError: with ``may_have_been_processed``, if the agent may be at work.
        """
        fault = flag_fault(generate_branch, or_none=True)
        check(InvalidRequestError, "ai_agent_tasks.run: ", generate_branch=fault)
        if not isinstance(message, str):
            raise InvalidRequestError(not_text("message", message), operation="ai_agent_tasks.run")
        name = "ai_agent_tasks.run: granted_permissions"
        tools = list(dict.fromkeys(strings(InvalidRequestError, name, granted_permissions)))
        config: dict[str, Any] = {
            "name": agent_name,
            "mode": mode,
            "projectId": project,
            "environmentName": environment_name,
            "sourceBranchName": source_branch_name,
            "targetBranchName": target_branch_name,
            "generateBranch": generate_branch,
            "workingDirectory": working_directory,
        }
        try:
            started = await self.start(
                agent_config={name: value for name, value in config.items() if value is not None},
                message=message,
                granted_permissions=[{"toolName": tool} for tool in tools] or UNSET,
            )
        except MatillionError as error:
            if error.may_have_been_processed:
                error.advice.append(f"see client.ai_agent_tasks.list(project={project!r})")
            raise
        return self.attach(started.task_id)

    def attach(self, task_id: str) -> AgentRun:
        """A task that was started before, perhaps by another process; nothing is sent.

        Raises:
            InvalidRequestError: the id is not a string.
        """
        if not isinstance(task_id, str):
            raise InvalidRequestError(not_text("task_id", task_id))
        return AgentRun(self._calls, task_id)

    async def start(
        self,
        *,
        agent_config: Config,
        message: str,
        granted_permissions: Permissions | Unset = UNSET,
    ) -> StartedAgentTask:
        """As in the generated class, and the project may be given by its exact name in ``agent_config``."""

        async def start(session: Session, config: Config) -> StartedAgentTask:
            return await generated.AiAgentTasks(session).start(
                agent_config=config, message=message, granted_permissions=granted_permissions
            )

        return await self._with_project(agent_config, start)

    async def send_message(
        self,
        task_id: str,
        *,
        message: str,
        agent_config: Config | Unset = UNSET,
        granted_permissions: Permissions | Unset = UNSET,
    ) -> AgentTaskReference | None:
        """As in the generated class, and the project may be given by its exact name in ``agent_config``."""

        async def send(session: Session, config: Config | Unset) -> AgentTaskReference | None:
            return await generated.AiAgentTasks(session).send_message(
                task_id,
                message=message,
                agent_config=config,
                granted_permissions=granted_permissions,
            )

        if isinstance(agent_config, Unset):
            return await send(self._naming_session.by_id, UNSET)
        return await self._with_project(agent_config, send)

    def messages(
        self,
        task_id: str,
        *,
        limit: int | Unset = UNSET,
        pagination_token: str | Unset = UNSET,
    ) -> Listing[AgentTaskMessage, AgentTaskMessagePage]:
        """List what was said in a task; a page names the next one as ``more``, whatever the server calls it.

        Args:
            task_id: id of the task.
            limit: messages per page, from 1 to 1000; a walk asks for 1000 unless told.
            pagination_token: the page to return, as the page before it says in ``more``.
        """
        return self._naming_session.listing(
            LIST_MESSAGES,
            AgentTaskMessage,
            task_id=task_id,
            limit=limit,
            pagination_token=pagination_token,
        )

    async def _with_project(
        self, config: Config, call: Callable[[Session, Config], Awaitable[T]]
    ) -> T:
        """Make a call with a configuration whose project is an id."""
        fields = config.to_dict() if isinstance(config, AgentTaskConfig) else config
        project = fields.get("projectId") if isinstance(fields, Mapping) else None
        if not isinstance(project, str) or not project or is_id(project):
            return await call(self._naming_session.by_id, config)

        async def with_id(session: Session, ids: dict[str, str]) -> T:
            return await call(session, {**fields, "projectId": ids["project"]})

        return await self._naming_session.with_ids({"project": project}, with_id)
