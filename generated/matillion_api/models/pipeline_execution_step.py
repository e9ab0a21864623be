# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.pipeline_execution_child import PipelineExecutionChild
    from ..models.pipeline_execution_step_result import PipelineExecutionStepResult


@_attrs_define(repr=False, eq=False)
class PipelineExecutionStep(_Model):
    """A component of a pipeline, as it ran in an execution.

    Attributes:
        id (str | Unset): Id of the step.
        name (None | str | Unset): Name of the component.
        result (None | PipelineExecutionStepResult | Unset): Its outcome so far.
        child_pipeline (None | PipelineExecutionChild | Unset): The pipeline that the step started, if it did.
    """

    id: str | Unset = UNSET
    name: None | str | Unset = UNSET
    result: None | PipelineExecutionStepResult | Unset = UNSET
    child_pipeline: None | PipelineExecutionChild | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.pipeline_execution_child import PipelineExecutionChild  # noqa: PLC0415
        from ..models.pipeline_execution_step_result import PipelineExecutionStepResult  # noqa: PLC0415

        id = self.id

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        result: dict[str, Any] | None | Unset
        if isinstance(self.result, Unset):
            result = UNSET
        elif isinstance(self.result, PipelineExecutionStepResult):
            result = self.result.to_dict()
        else:
            result = self.result

        child_pipeline: dict[str, Any] | None | Unset
        if isinstance(self.child_pipeline, Unset):
            child_pipeline = UNSET
        elif isinstance(self.child_pipeline, PipelineExecutionChild):
            child_pipeline = self.child_pipeline.to_dict()
        else:
            child_pipeline = self.child_pipeline

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if name is not UNSET:
            field_dict["name"] = name
        if result is not UNSET:
            field_dict["result"] = result
        if child_pipeline is not UNSET:
            field_dict["childPipeline"] = child_pipeline

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.pipeline_execution_child import PipelineExecutionChild  # noqa: PLC0415
        from ..models.pipeline_execution_step_result import PipelineExecutionStepResult  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        id: Any = d.pop("id", UNSET)
        if type(id) is not str and id is not UNSET:
            id = reading.given(reading.as_text(id))

        name: Any = d.pop("name", UNSET)
        if type(name) is not str and name is not UNSET and name is not None:
            name = reading.as_text(name)

        result: Any = d.pop("result", UNSET)
        if result is not UNSET and result is not None:
            result = reading.as_object(PipelineExecutionStepResult, result, "result")

        child_pipeline: Any = d.pop("childPipeline", UNSET)
        if child_pipeline is not UNSET and child_pipeline is not None:
            child_pipeline = reading.as_object(
                PipelineExecutionChild, child_pipeline, "childPipeline"
            )

        pipeline_execution_step = cls(
            id,
            name,
            result,
            child_pipeline,
        )

        pipeline_execution_step.extra = d
        return pipeline_execution_step
