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
class StreamingPipeline(_Model):
    """A streaming pipeline of a project.

    Attributes:
        streaming_pipeline_id (str): Id of the streaming pipeline (a UUID).
        project_id (str | Unset): Id of its project (a UUID).
        name (str | Unset): Name of the streaming pipeline.
        agent_id (str | Unset): Id of the streaming agent that runs it (a UUID).
        streaming_source (StreamingSource | Unset): Where a streaming pipeline reads changes.
        streaming_target (StreamingTarget | Unset): Where a streaming pipeline writes changes. Which fields apply
            depends on `type`.
        advanced_properties (StreamingAdvancedProperties | Unset): Advanced properties by name, numbers or strings. The
            repr does not show them, since one may be a password.
    """

    streaming_pipeline_id: str
    project_id: str | Unset = UNSET
    name: str | Unset = UNSET
    agent_id: str | Unset = UNSET
    streaming_source: StreamingSource | Unset = UNSET
    streaming_target: StreamingTarget | Unset = UNSET
    advanced_properties: StreamingAdvancedProperties | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        streaming_pipeline_id = self.streaming_pipeline_id

        project_id = self.project_id

        name = self.name

        agent_id = self.agent_id

        streaming_source: dict[str, Any] | Unset = UNSET
        if not isinstance(self.streaming_source, Unset):
            streaming_source = self.streaming_source.to_dict()

        streaming_target: dict[str, Any] | Unset = UNSET
        if not isinstance(self.streaming_target, Unset):
            streaming_target = self.streaming_target.to_dict()

        advanced_properties: dict[str, Any] | Unset = UNSET
        if not isinstance(self.advanced_properties, Unset):
            advanced_properties = self.advanced_properties.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "streamingPipelineId": streaming_pipeline_id,
            }
        )
        if project_id is not UNSET:
            field_dict["projectId"] = project_id
        if name is not UNSET:
            field_dict["name"] = name
        if agent_id is not UNSET:
            field_dict["agentId"] = agent_id
        if streaming_source is not UNSET:
            field_dict["streamingSource"] = streaming_source
        if streaming_target is not UNSET:
            field_dict["streamingTarget"] = streaming_target
        if advanced_properties is not UNSET:
            field_dict["advancedProperties"] = advanced_properties

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.streaming_advanced_properties import StreamingAdvancedProperties  # noqa: PLC0415
        from ..models.streaming_source import StreamingSource  # noqa: PLC0415
        from ..models.streaming_target import StreamingTarget  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        streaming_pipeline_id: Any = d.pop("streamingPipelineId", None)
        if type(streaming_pipeline_id) is not str:
            streaming_pipeline_id = reading.needed(
                reading.as_text(streaming_pipeline_id), "streamingPipelineId"
            )

        project_id: Any = d.pop("projectId", UNSET)
        if type(project_id) is not str and project_id is not UNSET:
            project_id = reading.given(reading.as_text(project_id))

        name: Any = d.pop("name", UNSET)
        if type(name) is not str and name is not UNSET:
            name = reading.given(reading.as_text(name))

        agent_id: Any = d.pop("agentId", UNSET)
        if type(agent_id) is not str and agent_id is not UNSET:
            agent_id = reading.given(reading.as_text(agent_id))

        streaming_source: Any = d.pop("streamingSource", UNSET)
        if streaming_source is None:
            streaming_source = UNSET
        elif streaming_source is not UNSET:
            streaming_source = reading.as_object(
                StreamingSource, streaming_source, "streamingSource"
            )

        streaming_target: Any = d.pop("streamingTarget", UNSET)
        if streaming_target is None:
            streaming_target = UNSET
        elif streaming_target is not UNSET:
            streaming_target = reading.as_object(
                StreamingTarget, streaming_target, "streamingTarget"
            )

        advanced_properties: Any = d.pop("advancedProperties", UNSET)
        if advanced_properties is None:
            advanced_properties = UNSET
        elif advanced_properties is not UNSET:
            advanced_properties = reading.as_object(
                StreamingAdvancedProperties, advanced_properties, "advancedProperties"
            )

        streaming_pipeline = cls(
            streaming_pipeline_id,
            project_id,
            name,
            agent_id,
            streaming_source,
            streaming_target,
            advanced_properties,
        )

        streaming_pipeline.extra = d
        return streaming_pipeline
