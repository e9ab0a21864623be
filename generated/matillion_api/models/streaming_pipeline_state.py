# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.streaming_pipeline_status import StreamingPipelineStatus
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class StreamingPipelineState(_Model):
    """The status of a streaming pipeline.

    Attributes:
        status (StreamingPipelineStatus): Whether a streaming pipeline runs. Other values may be added.
    """

    status: StreamingPipelineStatus

    def to_dict(self) -> dict[str, Any]:
        status = self.status.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "status": status,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        status: Any = d.pop("status", None)
        if status is None:
            raise reading.lacks("status")
        status = reading.as_member(StreamingPipelineStatus, status, "status")

        streaming_pipeline_state = cls(
            status,
        )

        streaming_pipeline_state.extra = d
        return streaming_pipeline_state
