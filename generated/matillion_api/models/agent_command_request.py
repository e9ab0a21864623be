# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.agent_command import AgentCommand
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class AgentCommandRequest(_Model):
    """A command to an agent.

    Attributes:
        command (AgentCommand): What an agent is to do.
    """

    command: AgentCommand

    def to_dict(self) -> dict[str, Any]:
        command = self.command.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "command": command,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        command: Any = d.pop("command", None)
        if command is None:
            raise reading.lacks("command")
        command = reading.as_member(AgentCommand, command, "command")

        agent_command_request = cls(
            command,
        )

        agent_command_request.extra = d
        return agent_command_request
