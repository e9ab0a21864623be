# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.agent_task_permission import AgentTaskPermission


@_attrs_define(repr=False, eq=False)
class AgentTaskPermissions(_Model):
    """What an agent may do without asking.

    Attributes:
        task_id (str | Unset): Id of the task (a UUID).
        granted_permissions (list[AgentTaskPermission] | Unset): The tools.
    """

    task_id: str | Unset = UNSET
    granted_permissions: list[AgentTaskPermission] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        task_id = self.task_id

        granted_permissions: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.granted_permissions, Unset):
            granted_permissions = []
            for granted_permissions_item_data in self.granted_permissions:
                granted_permissions_item = granted_permissions_item_data.to_dict()
                granted_permissions.append(granted_permissions_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if task_id is not UNSET:
            field_dict["taskId"] = task_id
        if granted_permissions is not UNSET:
            field_dict["grantedPermissions"] = granted_permissions

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.agent_task_permission import AgentTaskPermission  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        task_id: Any = d.pop("taskId", UNSET)
        if type(task_id) is not str and task_id is not UNSET:
            task_id = reading.given(reading.as_text(task_id))

        granted_permissions: Any = d.pop("grantedPermissions", UNSET)
        if granted_permissions is None:
            granted_permissions = UNSET
        elif granted_permissions is not UNSET:
            granted_permissions = reading.as_list(
                AgentTaskPermission.from_dict, granted_permissions, "grantedPermissions"
            )

        agent_task_permissions = cls(
            task_id,
            granted_permissions,
        )

        agent_task_permissions.extra = d
        return agent_task_permissions
