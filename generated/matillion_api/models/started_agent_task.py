# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.agent_task_status import AgentTaskStatus
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class StartedAgentTask(_Model):
    """A task that was just started.

    Attributes:
        task_id (str): Id of the task (a UUID).
        status (AgentTaskStatus | Unset): Whether the agent of a task is at work. `STOPPED` means that it is not: it has
            done what it was told, waits for a decision, or was stopped. Other values may be added.
        agent_name (None | str | Unset): Name of the agent.
        created_at (datetime.datetime | None | Unset): When it was started.
    """

    task_id: str
    status: AgentTaskStatus | Unset = UNSET
    agent_name: None | str | Unset = UNSET
    created_at: datetime.datetime | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        task_id = self.task_id

        status: str | Unset = UNSET
        if not isinstance(self.status, Unset):
            status = self.status.value

        agent_name: None | str | Unset
        if isinstance(self.agent_name, Unset):
            agent_name = UNSET
        else:
            agent_name = self.agent_name

        created_at: None | str | Unset
        if isinstance(self.created_at, Unset):
            created_at = UNSET
        elif isinstance(self.created_at, datetime.datetime):
            created_at = self.created_at.isoformat()
        else:
            created_at = self.created_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "taskId": task_id,
            }
        )
        if status is not UNSET:
            field_dict["status"] = status
        if agent_name is not UNSET:
            field_dict["agentName"] = agent_name
        if created_at is not UNSET:
            field_dict["createdAt"] = created_at

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        task_id: Any = d.pop("taskId", None)
        if type(task_id) is not str:
            task_id = reading.needed(reading.as_text(task_id), "taskId")

        status: Any = d.pop("status", UNSET)
        if status is None:
            status = UNSET
        elif status is not UNSET:
            status = reading.as_member(AgentTaskStatus, status, "status")

        agent_name: Any = d.pop("agentName", UNSET)
        if type(agent_name) is not str and agent_name is not UNSET and agent_name is not None:
            agent_name = reading.as_text(agent_name)

        created_at: Any = d.pop("createdAt", UNSET)
        if created_at is not UNSET and created_at is not None:
            created_at = reading.as_moment(created_at, "createdAt")

        started_agent_task = cls(
            task_id,
            status,
            agent_name,
            created_at,
        )

        started_agent_task.extra = d
        return started_agent_task
