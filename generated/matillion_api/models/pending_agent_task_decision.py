# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.agent_task_permission_message import AgentTaskPermissionMessage


@_attrs_define(repr=False, eq=False)
class PendingAgentTaskDecision(_Model):
    """Something that an agent asks before it works on.

    Attributes:
        tool_id (None | str | Unset): Id by which it is answered.
        tool_name (None | str | Unset): Name of the tool that it wants to use.
        tool_input (Any | Unset): What it wants to give to the tool; its form is not documented.
        type_ (None | str | Unset): Kind of the decision; its values are not documented.
        permission_message (AgentTaskPermissionMessage | Unset): A question of an agent, for a person to read.
    """

    tool_id: None | str | Unset = UNSET
    tool_name: None | str | Unset = UNSET
    tool_input: Any | Unset = UNSET
    type_: None | str | Unset = UNSET
    permission_message: AgentTaskPermissionMessage | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        tool_id: None | str | Unset
        if isinstance(self.tool_id, Unset):
            tool_id = UNSET
        else:
            tool_id = self.tool_id

        tool_name: None | str | Unset
        if isinstance(self.tool_name, Unset):
            tool_name = UNSET
        else:
            tool_name = self.tool_name

        tool_input = self.tool_input

        type_: None | str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        else:
            type_ = self.type_

        permission_message: dict[str, Any] | Unset = UNSET
        if not isinstance(self.permission_message, Unset):
            permission_message = self.permission_message.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if tool_id is not UNSET:
            field_dict["toolId"] = tool_id
        if tool_name is not UNSET:
            field_dict["toolName"] = tool_name
        if tool_input is not UNSET:
            field_dict["toolInput"] = tool_input
        if type_ is not UNSET:
            field_dict["type"] = type_
        if permission_message is not UNSET:
            field_dict["permissionMessage"] = permission_message

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.agent_task_permission_message import AgentTaskPermissionMessage  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        tool_id: Any = d.pop("toolId", UNSET)
        if type(tool_id) is not str and tool_id is not UNSET and tool_id is not None:
            tool_id = reading.as_text(tool_id)

        tool_name: Any = d.pop("toolName", UNSET)
        if type(tool_name) is not str and tool_name is not UNSET and tool_name is not None:
            tool_name = reading.as_text(tool_name)

        tool_input: Any = d.pop("toolInput", UNSET)

        type_: Any = d.pop("type", UNSET)
        if type(type_) is not str and type_ is not UNSET and type_ is not None:
            type_ = reading.as_text(type_)

        permission_message: Any = d.pop("permissionMessage", UNSET)
        if permission_message is None:
            permission_message = UNSET
        elif permission_message is not UNSET:
            permission_message = reading.as_object(
                AgentTaskPermissionMessage, permission_message, "permissionMessage"
            )

        pending_agent_task_decision = cls(
            tool_id,
            tool_name,
            tool_input,
            type_,
            permission_message,
        )

        pending_agent_task_decision.extra = d
        return pending_agent_task_decision
