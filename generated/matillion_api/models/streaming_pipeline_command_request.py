# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.streaming_pipeline_command import StreamingPipelineCommand
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class StreamingPipelineCommandRequest(_Model):
    """A command to a streaming pipeline.

    Attributes:
        command (StreamingPipelineCommand): What a streaming pipeline is to do.
    """

    command: StreamingPipelineCommand

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
        command = reading.as_member(StreamingPipelineCommand, command, "command")

        streaming_pipeline_command_request = cls(
            command,
        )

        streaming_pipeline_command_request.extra = d
        return streaming_pipeline_command_request
