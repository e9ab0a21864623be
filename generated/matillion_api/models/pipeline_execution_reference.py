# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class PipelineExecutionReference(_Model):
    """The id of a pipeline execution.

    Attributes:
        pipeline_execution_id (str): Id of the execution (a UUID).
    """

    pipeline_execution_id: str

    def to_dict(self) -> dict[str, Any]:
        pipeline_execution_id = self.pipeline_execution_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
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

        pipeline_execution_reference.extra = d
        return pipeline_execution_reference
