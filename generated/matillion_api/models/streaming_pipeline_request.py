# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

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
        advanced_properties (StreamingAdvancedProperties | Unset): Advanced properties by name, numbers or texts. The
            repr does not show them, since one may be a password.
    """

    name: str
    agent_id: str
    streaming_source: StreamingSource
    streaming_target: StreamingTarget
    advanced_properties: StreamingAdvancedProperties | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        agent_id = self.agent_id

        streaming_source = self.streaming_source.to_dict()

        streaming_target = self.streaming_target.to_dict()

        advanced_properties: dict[str, Any] | Unset = UNSET
        if not isinstance(self.advanced_properties, Unset):
            advanced_properties = self.advanced_properties.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
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

        d = dict(src_dict)
        name = d.pop("name")

        agent_id = d.pop("agentId")

        streaming_source = StreamingSource.from_dict(d.pop("streamingSource"))

        streaming_target = StreamingTarget.from_dict(d.pop("streamingTarget"))

        _advanced_properties = d.pop("advancedProperties", UNSET)
        advanced_properties: StreamingAdvancedProperties | Unset
        if _advanced_properties is None or isinstance(_advanced_properties, Unset):
            advanced_properties = UNSET
        else:
            advanced_properties = StreamingAdvancedProperties.from_dict(_advanced_properties)

        streaming_pipeline_request = cls(
            name,
            agent_id,
            streaming_source,
            streaming_target,
            advanced_properties,
        )

        streaming_pipeline_request.additional_properties = d
        return streaming_pipeline_request

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
