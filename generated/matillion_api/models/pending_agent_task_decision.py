# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

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
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

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
        field_dict.update(self.additional_properties)
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

        d = dict(src_dict)
        tool_id: None | str | Unset = d.pop("toolId", UNSET)

        tool_name: None | str | Unset = d.pop("toolName", UNSET)

        tool_input = d.pop("toolInput", UNSET)

        type_: None | str | Unset = d.pop("type", UNSET)

        _permission_message = d.pop("permissionMessage", UNSET)
        permission_message: AgentTaskPermissionMessage | Unset
        if _permission_message is None or isinstance(_permission_message, Unset):
            permission_message = UNSET
        else:
            permission_message = AgentTaskPermissionMessage.from_dict(_permission_message)

        pending_agent_task_decision = cls(
            tool_id,
            tool_name,
            tool_input,
            type_,
            permission_message,
        )

        pending_agent_task_decision.additional_properties = d
        return pending_agent_task_decision

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
