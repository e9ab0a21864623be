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
class SendAgentTaskMessageRequest(_Model):
    """Something to say to the agent of a task.

    Attributes:
        message (str): What to say.
        agent_config (AgentTaskConfig | Unset): Which agent works, and where. Which of these are required is not
            documented.
        granted_permissions (list[AgentTaskPermission] | Unset): Tools that it may use without asking, each once.
    """

    message: str
    agent_config: AgentTaskConfig | Unset = UNSET
    granted_permissions: list[AgentTaskPermission] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        message = self.message

        agent_config: dict[str, Any] | Unset = UNSET
        if not isinstance(self.agent_config, Unset):
            agent_config = self.agent_config.to_dict()

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
                "message": message,
            }
        )
        if agent_config is not UNSET:
            field_dict["agentConfig"] = agent_config
        if granted_permissions is not UNSET:
            field_dict["grantedPermissions"] = granted_permissions

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.agent_task_config import AgentTaskConfig  # noqa: PLC0415
        from ..models.agent_task_permission import AgentTaskPermission  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        message: Any = d.pop("message", None)
        if type(message) is not str:
            message = reading.needed(reading.as_text(message), "message")

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

        send_agent_task_message_request = cls(
            message,
            agent_config,
            granted_permissions,
        )

        send_agent_task_message_request.extra = d
        return send_agent_task_message_request
