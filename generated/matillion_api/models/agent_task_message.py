# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class AgentTaskMessage(_Model):
    """Something that was said in a task.

    Attributes:
        data (Any | Unset): What was said; its form is not documented.
        group_id (None | str | Unset): What belongs together has one such id.
        timestamp (None | str | Unset): When it was said; its form is not documented.
    """

    data: Any | Unset = UNSET
    group_id: None | str | Unset = UNSET
    timestamp: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        data = self.data

        group_id: None | str | Unset
        if isinstance(self.group_id, Unset):
            group_id = UNSET
        else:
            group_id = self.group_id

        timestamp: None | str | Unset
        if isinstance(self.timestamp, Unset):
            timestamp = UNSET
        else:
            timestamp = self.timestamp

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if data is not UNSET:
            field_dict["data"] = data
        if group_id is not UNSET:
            field_dict["groupId"] = group_id
        if timestamp is not UNSET:
            field_dict["timestamp"] = timestamp

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        data: Any = d.pop("data", UNSET)

        group_id: Any = d.pop("groupId", UNSET)
        if type(group_id) is not str and group_id is not UNSET and group_id is not None:
            group_id = reading.as_text(group_id)

        timestamp: Any = d.pop("timestamp", UNSET)
        if type(timestamp) is not str and timestamp is not UNSET and timestamp is not None:
            timestamp = reading.as_text(timestamp)

        agent_task_message = cls(
            data,
            group_id,
            timestamp,
        )

        agent_task_message.extra = d
        return agent_task_message
