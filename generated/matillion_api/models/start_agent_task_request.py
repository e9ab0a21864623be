# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.agent_task_config import AgentTaskConfig
    from ..models.agent_task_permission import AgentTaskPermission


@_attrs_define(repr=False, eq=False)
class StartAgentTaskRequest(_Model):
    """What an agent is to do, and where.

    Attributes:
        agent_config (AgentTaskConfig): Which agent works, and where. Which of these are required is not documented.
        message (str): What it is to do, in words.
        granted_permissions (list[AgentTaskPermission] | Unset): Tools that it may use without asking, each once.
    """

    agent_config: AgentTaskConfig
    message: str
    granted_permissions: list[AgentTaskPermission] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        agent_config = self.agent_config.to_dict()

        message = self.message

        granted_permissions: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.granted_permissions, Unset):
            granted_permissions = []
            for granted_permissions_item_data in self.granted_permissions:
                granted_permissions_item = granted_permissions_item_data.to_dict()
                granted_permissions.append(granted_permissions_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "agentConfig": agent_config,
                "message": message,
            }
        )
        if granted_permissions is not UNSET:
            field_dict["grantedPermissions"] = granted_permissions

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.agent_task_config import AgentTaskConfig  # noqa: PLC0415
        from ..models.agent_task_permission import AgentTaskPermission  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        agent_config: Any = d.pop("agentConfig", None)
        if agent_config is None:
            raise reading.lacks("agentConfig")
        agent_config = reading.as_object(AgentTaskConfig, agent_config, "agentConfig")

        message: Any = d.pop("message", None)
        if type(message) is not str:
            message = reading.needed(reading.as_text(message), "message")

        granted_permissions: Any = d.pop("grantedPermissions", UNSET)
        if granted_permissions is None:
            granted_permissions = UNSET
        elif granted_permissions is not UNSET:
            granted_permissions = reading.as_list(
                AgentTaskPermission.from_dict, granted_permissions, "grantedPermissions"
            )

        start_agent_task_request = cls(
            agent_config,
            message,
            granted_permissions,
        )

        start_agent_task_request.extra = d
        return start_agent_task_request
