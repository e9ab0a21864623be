# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.streaming_advanced_properties import StreamingAdvancedProperties
    from ..models.streaming_source import StreamingSource
    from ..models.streaming_target import StreamingTarget


@_attrs_define(repr=False, eq=False)
class StreamingPipelineRequest(_Model):
    """The definition of a streaming pipeline.

    Attributes:
        name (str): Name of the streaming pipeline.
        agent_id (str): Id of the streaming agent that runs it (a UUID).
        streaming_source (StreamingSource): Where a streaming pipeline reads changes.
        streaming_target (StreamingTarget): Where a streaming pipeline writes changes. Which fields apply depends on
            `type`.
        advanced_properties (StreamingAdvancedProperties | Unset): Advanced properties by name, numbers or strings. The
            repr does not show them, since one may be a password.
    """

    name: str
    agent_id: str
    streaming_source: StreamingSource
    streaming_target: StreamingTarget
    advanced_properties: StreamingAdvancedProperties | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        agent_id = self.agent_id

        streaming_source = self.streaming_source.to_dict()

        streaming_target = self.streaming_target.to_dict()

        advanced_properties: dict[str, Any] | Unset = UNSET
        if not isinstance(self.advanced_properties, Unset):
            advanced_properties = self.advanced_properties.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "name": name,
                "agentId": agent_id,
                "streamingSource": streaming_source,
                "streamingTarget": streaming_target,
            }
        )
        if advanced_properties is not UNSET:
            field_dict["advancedProperties"] = advanced_properties

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.streaming_advanced_properties import StreamingAdvancedProperties  # noqa: PLC0415
        from ..models.streaming_source import StreamingSource  # noqa: PLC0415
        from ..models.streaming_target import StreamingTarget  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        name: Any = d.pop("name", None)
        if type(name) is not str:
            name = reading.needed(reading.as_text(name), "name")

        agent_id: Any = d.pop("agentId", None)
        if type(agent_id) is not str:
            agent_id = reading.needed(reading.as_text(agent_id), "agentId")

        streaming_source: Any = d.pop("streamingSource", None)
        if streaming_source is None:
            raise reading.lacks("streamingSource")
        streaming_source = reading.as_object(StreamingSource, streaming_source, "streamingSource")

        streaming_target: Any = d.pop("streamingTarget", None)
        if streaming_target is None:
            raise reading.lacks("streamingTarget")
        streaming_target = reading.as_object(StreamingTarget, streaming_target, "streamingTarget")

        advanced_properties: Any = d.pop("advancedProperties", UNSET)
        if advanced_properties is None:
            advanced_properties = UNSET
        elif advanced_properties is not UNSET:
            advanced_properties = reading.as_object(
                StreamingAdvancedProperties, advanced_properties, "advancedProperties"
            )

        streaming_pipeline_request = cls(
            name,
            agent_id,
            streaming_source,
            streaming_target,
            advanced_properties,
        )

        streaming_pipeline_request.extra = d
        return streaming_pipeline_request
