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
class AgentTaskSummary(_Model):
    """A task, as listings show it.

    Attributes:
        task_id (str): Id of the task (a UUID).
        status (AgentTaskStatus | Unset): Whether the agent of a task is at work. `STOPPED` means that it is not: it has
            done what it was told, waits for a decision, or was stopped. Other values may be added.
        agent_name (None | str | Unset): Name of the agent.
        mode (None | str | Unset): How it works.
        description (None | str | Unset): What it is about.
        modified_at (datetime.datetime | None | Unset): When it last changed.
        project_id (None | str | Unset): Id of the project (a UUID).
        branch_id (None | str | Unset): Id of the branch.
    """

    task_id: str
    status: AgentTaskStatus | Unset = UNSET
    agent_name: None | str | Unset = UNSET
    mode: None | str | Unset = UNSET
    description: None | str | Unset = UNSET
    modified_at: datetime.datetime | None | Unset = UNSET
    project_id: None | str | Unset = UNSET
    branch_id: None | str | Unset = UNSET

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

        mode: None | str | Unset
        if isinstance(self.mode, Unset):
            mode = UNSET
        else:
            mode = self.mode

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        modified_at: None | str | Unset
        if isinstance(self.modified_at, Unset):
            modified_at = UNSET
        elif isinstance(self.modified_at, datetime.datetime):
            modified_at = self.modified_at.isoformat()
        else:
            modified_at = self.modified_at

        project_id: None | str | Unset
        if isinstance(self.project_id, Unset):
            project_id = UNSET
        else:
            project_id = self.project_id

        branch_id: None | str | Unset
        if isinstance(self.branch_id, Unset):
            branch_id = UNSET
        else:
            branch_id = self.branch_id

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
        if mode is not UNSET:
            field_dict["mode"] = mode
        if description is not UNSET:
            field_dict["description"] = description
        if modified_at is not UNSET:
            field_dict["modifiedAt"] = modified_at
        if project_id is not UNSET:
            field_dict["projectId"] = project_id
        if branch_id is not UNSET:
            field_dict["branchId"] = branch_id

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

        mode: Any = d.pop("mode", UNSET)
        if type(mode) is not str and mode is not UNSET and mode is not None:
            mode = reading.as_text(mode)

        description: Any = d.pop("description", UNSET)
        if type(description) is not str and description is not UNSET and description is not None:
            description = reading.as_text(description)

        modified_at: Any = d.pop("modifiedAt", UNSET)
        if modified_at is not UNSET and modified_at is not None:
            modified_at = reading.as_moment(modified_at, "modifiedAt")

        project_id: Any = d.pop("projectId", UNSET)
        if type(project_id) is not str and project_id is not UNSET and project_id is not None:
            project_id = reading.as_text(project_id)

        branch_id: Any = d.pop("branchId", UNSET)
        if type(branch_id) is not str and branch_id is not UNSET and branch_id is not None:
            branch_id = reading.as_text(branch_id)

        agent_task_summary = cls(
            task_id,
            status,
            agent_name,
            mode,
            description,
            modified_at,
            project_id,
            branch_id,
        )

        agent_task_summary.extra = d
        return agent_task_summary
