# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.agent_task_permission import AgentTaskPermission


@_attrs_define(repr=False, eq=False)
class SetAgentTaskPermissionsRequest(_Model):
    """What an agent may do without asking.

    Attributes:
        granted_permissions (list[AgentTaskPermission]): The tools, each once; an empty list takes all permissions away.
    """

    granted_permissions: list[AgentTaskPermission]

    def to_dict(self) -> dict[str, Any]:
        granted_permissions = []
        for granted_permissions_item_data in self.granted_permissions:
            granted_permissions_item = granted_permissions_item_data.to_dict()
            granted_permissions.append(granted_permissions_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "grantedPermissions": granted_permissions,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.agent_task_permission import AgentTaskPermission  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        granted_permissions: Any = d.pop("grantedPermissions", UNSET)
        if granted_permissions is UNSET:
            raise reading.lacks("grantedPermissions")
        granted_permissions = reading.as_list(
            AgentTaskPermission.from_dict, granted_permissions, "grantedPermissions"
        )

        set_agent_task_permissions_request = cls(
            granted_permissions,
        )

        set_agent_task_permissions_request.extra = d
        return set_agent_task_permissions_request
