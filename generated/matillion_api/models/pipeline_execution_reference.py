# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class PipelineExecutionReference(_Model):
    """The id of a pipeline execution.

    Attributes:
        pipeline_execution_id (str): Id of the execution (a UUID).
    """

    pipeline_execution_id: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        pipeline_execution_id = self.pipeline_execution_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "pipelineExecutionId": pipeline_execution_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        pipeline_execution_id: Any = d.pop("pipelineExecutionId", None)
        if type(pipeline_execution_id) is not str:
            pipeline_execution_id = reading.needed(
                reading.as_text(pipeline_execution_id), "pipelineExecutionId"
            )

        pipeline_execution_reference = cls(
            pipeline_execution_id,
        )

        pipeline_execution_reference.additional_properties = d
        return pipeline_execution_reference

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
