# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.agent_task_status import AgentTaskStatus
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.agent_task_config import AgentTaskConfig
    from ..models.agent_task_permission import AgentTaskPermission
    from ..models.pending_agent_task_decision import PendingAgentTaskDecision


@_attrs_define(repr=False, eq=False)
class AgentTask(_Model):
    """A task of an AI agent.

    Attributes:
        task_id (str): Id of the task (a UUID).
        status (AgentTaskStatus | Unset): Whether the agent of a task is at work. `STOPPED` means that it is not: it has
            done what it was told, waits for a decision, or was stopped. Other values may be added.
        description (None | str | Unset): What it is about.
        created_at (datetime.datetime | None | Unset): When it was started.
        modified_at (datetime.datetime | None | Unset): When it last changed.
        agent_config (AgentTaskConfig | Unset): Which agent works, and where. Which of these are required is not
            documented.
        granted_permissions (list[AgentTaskPermission] | Unset): Tools that it may use without asking.
        pending_decisions (list[PendingAgentTaskDecision] | Unset): What it asks, and waits for.
    """

    task_id: str
    status: AgentTaskStatus | Unset = UNSET
    description: None | str | Unset = UNSET
    created_at: datetime.datetime | None | Unset = UNSET
    modified_at: datetime.datetime | None | Unset = UNSET
    agent_config: AgentTaskConfig | Unset = UNSET
    granted_permissions: list[AgentTaskPermission] | Unset = UNSET
    pending_decisions: list[PendingAgentTaskDecision] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        task_id = self.task_id

        status: str | Unset = UNSET
        if not isinstance(self.status, Unset):
            status = self.status.value

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        created_at: None | str | Unset
        if isinstance(self.created_at, Unset):
            created_at = UNSET
        elif isinstance(self.created_at, datetime.datetime):
            created_at = self.created_at.isoformat()
        else:
            created_at = self.created_at

        modified_at: None | str | Unset
        if isinstance(self.modified_at, Unset):
            modified_at = UNSET
        elif isinstance(self.modified_at, datetime.datetime):
            modified_at = self.modified_at.isoformat()
        else:
            modified_at = self.modified_at

        agent_config: dict[str, Any] | Unset = UNSET
        if not isinstance(self.agent_config, Unset):
            agent_config = self.agent_config.to_dict()

        granted_permissions: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.granted_permissions, Unset):
            granted_permissions = []
            for granted_permissions_item_data in self.granted_permissions:
                granted_permissions_item = granted_permissions_item_data.to_dict()
                granted_permissions.append(granted_permissions_item)

        pending_decisions: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.pending_decisions, Unset):
            pending_decisions = []
            for pending_decisions_item_data in self.pending_decisions:
                pending_decisions_item = pending_decisions_item_data.to_dict()
                pending_decisions.append(pending_decisions_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "taskId": task_id,
            }
        )
        if status is not UNSET:
            field_dict["status"] = status
        if description is not UNSET:
            field_dict["description"] = description
        if created_at is not UNSET:
            field_dict["createdAt"] = created_at
        if modified_at is not UNSET:
            field_dict["modifiedAt"] = modified_at
        if agent_config is not UNSET:
            field_dict["agentConfig"] = agent_config
        if granted_permissions is not UNSET:
            field_dict["grantedPermissions"] = granted_permissions
        if pending_decisions is not UNSET:
            field_dict["pendingDecisions"] = pending_decisions

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.agent_task_config import AgentTaskConfig  # noqa: PLC0415
        from ..models.agent_task_permission import AgentTaskPermission  # noqa: PLC0415
        from ..models.pending_agent_task_decision import PendingAgentTaskDecision  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        task_id: Any = d.pop("taskId", None)
        if type(task_id) is not str:
            task_id = reading.needed(reading.as_text(task_id), "taskId")

        status: Any = d.pop("status", UNSET)
        if status is None:
            status = UNSET
        elif status is not UNSET:
            status = reading.as_member(AgentTaskStatus, status, "status")

        description: Any = d.pop("description", UNSET)
        if type(description) is not str and description is not UNSET and description is not None:
            description = reading.as_text(description)

        created_at: Any = d.pop("createdAt", UNSET)
        if created_at is not UNSET and created_at is not None:
            created_at = reading.as_moment(created_at, "createdAt")

        modified_at: Any = d.pop("modifiedAt", UNSET)
        if modified_at is not UNSET and modified_at is not None:
            modified_at = reading.as_moment(modified_at, "modifiedAt")

        agent_config: Any = d.pop("agentConfig", UNSET)
        if agent_config is None:
            agent_config = UNSET
        elif agent_config is not UNSET:
            agent_config = reading.as_object(AgentTaskConfig, agent_config, "agentConfig")

        granted_permissions: Any = d.pop("grantedPermissions", UNSET)
        if granted_permissions is None:
            granted_permissions = UNSET
        elif granted_permissions is not UNSET:
            granted_permissions = reading.as_list(
                AgentTaskPermission.from_dict, granted_permissions, "grantedPermissions"
            )

        pending_decisions: Any = d.pop("pendingDecisions", UNSET)
        if pending_decisions is None:
            pending_decisions = UNSET
        elif pending_decisions is not UNSET:
            pending_decisions = reading.as_list(
                PendingAgentTaskDecision.from_dict, pending_decisions, "pendingDecisions"
            )

        agent_task = cls(
            task_id,
            status,
            description,
            created_at,
            modified_at,
            agent_config,
            granted_permissions,
            pending_decisions,
        )

        agent_task.extra = d
        return agent_task
