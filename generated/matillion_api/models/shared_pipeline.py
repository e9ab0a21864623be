# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class SharedPipeline(_Model):
    """A pipeline that projects share.

    Attributes:
        description (None | str | Unset): What it does.
        shared_pipeline_id (None | str | Unset): Id of the shared pipeline.
        source_pipeline (None | str | Unset): The pipeline it was made from.
    """

    description: None | str | Unset = UNSET
    shared_pipeline_id: None | str | Unset = UNSET
    source_pipeline: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        shared_pipeline_id: None | str | Unset
        if isinstance(self.shared_pipeline_id, Unset):
            shared_pipeline_id = UNSET
        else:
            shared_pipeline_id = self.shared_pipeline_id

        source_pipeline: None | str | Unset
        if isinstance(self.source_pipeline, Unset):
            source_pipeline = UNSET
        else:
            source_pipeline = self.source_pipeline

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if description is not UNSET:
            field_dict["description"] = description
        if shared_pipeline_id is not UNSET:
            field_dict["sharedPipelineId"] = shared_pipeline_id
        if source_pipeline is not UNSET:
            field_dict["sourcePipeline"] = source_pipeline

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        description: Any = d.pop("description", UNSET)
        if type(description) is not str and description is not UNSET and description is not None:
            description = reading.as_text(description)

        shared_pipeline_id: Any = d.pop("sharedPipelineId", UNSET)
        if (
            type(shared_pipeline_id) is not str
            and shared_pipeline_id is not UNSET
            and shared_pipeline_id is not None
        ):
            shared_pipeline_id = reading.as_text(shared_pipeline_id)

        source_pipeline: Any = d.pop("sourcePipeline", UNSET)
        if (
            type(source_pipeline) is not str
            and source_pipeline is not UNSET
            and source_pipeline is not None
        ):
            source_pipeline = reading.as_text(source_pipeline)

        shared_pipeline = cls(
            description,
            shared_pipeline_id,
            source_pipeline,
        )

        shared_pipeline.extra = d
        return shared_pipeline
