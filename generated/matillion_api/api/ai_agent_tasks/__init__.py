# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``ai_agent_tasks``."""

from collections.abc import Mapping, Sequence
from typing import Any

from ...models.agent_task import AgentTask
from ...models.agent_task_config import AgentTaskConfig
from ...models.agent_task_decision import AgentTaskDecision
from ...models.agent_task_message import AgentTaskMessage
from ...models.agent_task_message_page import AgentTaskMessagePage
from ...models.agent_task_page import AgentTaskPage
from ...models.agent_task_permission import AgentTaskPermission
from ...models.agent_task_permissions import AgentTaskPermissions
from ...models.agent_task_reference import AgentTaskReference
from ...models.agent_task_status import AgentTaskStatus
from ...models.agent_task_summary import AgentTaskSummary
from ...models.decide_agent_task_request import DecideAgentTaskRequest
from ...models.pending_agent_task_decisions import PendingAgentTaskDecisions
from ...models.send_agent_task_message_request import SendAgentTaskMessageRequest
from ...models.set_agent_task_permissions_request import SetAgentTaskPermissionsRequest
from ...models.start_agent_task_request import StartAgentTaskRequest
from ...models.started_agent_task import StartedAgentTask
from ...types import UNSET, Listing, Session, Unset, as_model
from . import (
    decide_agent_task as _decide_agent_task,
)
from . import (
    delete_agent_task as _delete_agent_task,
)
from . import (
    get_agent_task as _get_agent_task,
)
from . import (
    list_agent_task_messages as _list_agent_task_messages,
)
from . import (
    list_agent_tasks as _list_agent_tasks,
)
from . import (
    send_agent_task_message as _send_agent_task_message,
)
from . import (
    set_agent_task_permissions as _set_agent_task_permissions,
)
from . import (
    start_agent_task as _start_agent_task,
)
from . import (
    stop_agent_task as _stop_agent_task,
)


class AiAgentTasks:
    """Tasks of AI agents: start them, follow them, decide what they ask, stop them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(
        self,
        *,
        project: str | Unset = UNSET,
        branch_id: str | Unset = UNSET,
        status: AgentTaskStatus | str | Unset = UNSET,
        page: int | Unset = UNSET,
        size: int | Unset = UNSET,
    ) -> Listing[AgentTaskSummary, AgentTaskPage]:
        """List tasks of AI agents.

        Lists tasks of AI agents that the credentials may see, one page at a time. Every filter is
        optional; together they narrow the list. The order is not documented.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            project (str | Unset): Id or exact name of the project.
            branch_id (str | Unset): Only tasks on the branch with this id.
            status (AgentTaskStatus | Unset): Whether the agent of a task is at work.
                `STOPPED` means that it is not: it has done what it was told, waits for a
                decision, or was stopped. Other values may be added.
            page (int | Unset): Number of the page to return. The first page is 0.
            size (int | Unset): Number of items per page, from 1 to 100.

        Source: API reference. Idempotent.
        """

        return self._session.listing(
            _list_agent_tasks.OPERATION,
            AgentTaskSummary,
            project_id=project,
            branch_id=branch_id,
            status=status if isinstance(status, Unset) else AgentTaskStatus(status),
            page=page,
            size=size,
        )

    async def start(
        self,
        *,
        agent_config: AgentTaskConfig | Mapping[str, Any],
        message: str,
        granted_permissions: Sequence[AgentTaskPermission | Mapping[str, Any]] | Unset = UNSET,
    ) -> StartedAgentTask:
        """Start a task of an AI agent.

        Gives an AI agent something to do in a project, and returns the id of the task at once.
        The agent works for minutes to hours, under the identity of the credentials' user. A start
        whose response was lost must not be repeated blindly, because the agent may be at work:
        list the tasks first.

        Args:
            agent_config (AgentTaskConfig): Which agent works, and where. Which of these are
                required is not documented.
            message (str): What it is to do, in words.
            granted_permissions (list[AgentTaskPermission] | Unset): Tools that it may use
                without asking, each once.

        Source: API reference. Not idempotent: never sent again when its outcome is unknown.
        """

        return await self._session.call(
            _start_agent_task.OPERATION,
            body=StartAgentTaskRequest(
                agent_config=as_model(AgentTaskConfig, agent_config),
                message=message,
                granted_permissions=granted_permissions
                if isinstance(granted_permissions, Unset)
                else [as_model(AgentTaskPermission, item) for item in granted_permissions],
            ),
        )

    async def get(
        self,
        task_id: str,
    ) -> AgentTask:
        """Get a task of an AI agent.

        Returns what is known of a task: whether the agent is at work, and the decisions that it
        waits for.

        Args:
            task_id (str): Id of the task (a UUID).

        Source: API reference. Idempotent.
        """

        return await self._session.call(
            _get_agent_task.OPERATION,
            task_id=task_id,
        )

    async def delete(
        self,
        task_id: str,
    ) -> None:
        """Delete a task of an AI agent.

        Deletes a task with its data. This cannot be undone. If a repeated request gets 404, the
        first one may have succeeded.

        Args:
            task_id (str): Id of the task (a UUID).

        Source: guides. Idempotent.
        """

        await self._session.call(
            _delete_agent_task.OPERATION,
            task_id=task_id,
        )

    def messages(
        self,
        task_id: str,
        *,
        limit: int | Unset = UNSET,
        pagination_token: str | Unset = UNSET,
    ) -> Listing[AgentTaskMessage, AgentTaskMessagePage]:
        """List the messages of a task.

        Lists what was said in a task, one page at a time. Their order is not documented; oldest
        first is expected.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        1000 items at a time.

        Args:
            task_id (str): Id of the task (a UUID).
            limit (int | Unset): Number of messages per page, from 1 to 1000.
            pagination_token (str | Unset): The page to return, as the page before it says in
                `more`.

        Source: API reference. Idempotent.
        """

        return self._session.listing(
            _list_agent_task_messages.OPERATION,
            AgentTaskMessage,
            task_id=task_id,
            limit=limit,
            pagination_token=pagination_token,
        )

    async def send_message(
        self,
        task_id: str,
        *,
        message: str,
        agent_config: AgentTaskConfig | Mapping[str, Any] | Unset = UNSET,
        granted_permissions: Sequence[AgentTaskPermission | Mapping[str, Any]] | Unset = UNSET,
    ) -> AgentTaskReference | None:
        """Send a message to a task.

        Says something to the agent of a task, which then works on. A request whose response was
        lost must not be repeated blindly: read the messages first.

        Args:
            task_id (str): Id of the task (a UUID).
            message (str): What to say.
            agent_config (AgentTaskConfig | Unset): Which agent works, and where. Which of
                these are required is not documented.
            granted_permissions (list[AgentTaskPermission] | Unset): Tools that it may use
                without asking, each once.

        Source: API reference. Not idempotent: never sent again when its outcome is unknown.
        """

        return await self._session.call(
            _send_agent_task_message.OPERATION,
            task_id=task_id,
            body=SendAgentTaskMessageRequest(
                message=message,
                agent_config=agent_config
                if isinstance(agent_config, Unset)
                else as_model(AgentTaskConfig, agent_config),
                granted_permissions=granted_permissions
                if isinstance(granted_permissions, Unset)
                else [as_model(AgentTaskPermission, item) for item in granted_permissions],
            ),
        )

    async def decide(
        self,
        task_id: str,
        *,
        decisions: Sequence[AgentTaskDecision | Mapping[str, Any]],
    ) -> PendingAgentTaskDecisions | None:
        """Answer what an AI agent asks.

        Answers decisions that a task waits for, and returns those that are left. A request whose
        response was lost must not be repeated blindly: get the task first.

        Args:
            task_id (str): Id of the task (a UUID).
            decisions (list[AgentTaskDecision]): The answers.

        Source: API reference. Not idempotent: never sent again when its outcome is unknown.
        """

        return await self._session.call(
            _decide_agent_task.OPERATION,
            task_id=task_id,
            body=DecideAgentTaskRequest(
                decisions=[as_model(AgentTaskDecision, item) for item in decisions],
            ),
        )

    async def set_permissions(
        self,
        task_id: str,
        *,
        granted_permissions: Sequence[AgentTaskPermission | Mapping[str, Any]],
    ) -> AgentTaskPermissions | None:
        """Set what an AI agent may do without asking.

        Replaces the permissions of a task: the tools that its agent may use without asking.

        Args:
            task_id (str): Id of the task (a UUID).
            granted_permissions (list[AgentTaskPermission]): The tools, each once; an empty
                list takes all permissions away.

        Source: API reference. Idempotent.
        """

        return await self._session.call(
            _set_agent_task_permissions.OPERATION,
            task_id=task_id,
            body=SetAgentTaskPermissionsRequest(
                granted_permissions=[
                    as_model(AgentTaskPermission, item) for item in granted_permissions
                ],
            ),
        )

    async def stop(
        self,
        task_id: str,
    ) -> None:
        """Stop a task of an AI agent.

        Asks for the end of an agent's work. It is over only when the status of the task says so:
        until then it is `STOPPING`. Asking twice ends the same.

        Args:
            task_id (str): Id of the task (a UUID).

        Source: API reference. Idempotent.
        """

        await self._session.call(
            _stop_agent_task.OPERATION,
            task_id=task_id,
        )
