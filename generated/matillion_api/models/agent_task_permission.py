# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class AgentTaskPermission(_Model):
    """A tool that an agent may use without asking.

    Attributes:
        tool_name (str): Name of the tool.
    """

    tool_name: str

    def to_dict(self) -> dict[str, Any]:
        tool_name = self.tool_name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "toolName": tool_name,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        tool_name: Any = d.pop("toolName", None)
        if type(tool_name) is not str:
            tool_name = reading.needed(reading.as_text(tool_name), "toolName")

        agent_task_permission = cls(
            tool_name,
        )

        agent_task_permission.extra = d
        return agent_task_permission
