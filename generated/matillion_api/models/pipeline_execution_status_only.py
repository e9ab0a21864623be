# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.pipeline_execution_status import PipelineExecutionStatus
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class PipelineExecutionStatusOnly(_Model):
    """The status of an execution.

    Attributes:
        status (PipelineExecutionStatus | Unset): Where an execution is. It is over at `SUCCESS`, `FAILED`, `CANCELLED`,
            `SKIPPED` and `FORBIDDEN`. Other values may be added.
    """

    status: PipelineExecutionStatus | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        status: str | Unset = UNSET
        if not isinstance(self.status, Unset):
            status = self.status.value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if status is not UNSET:
            field_dict["status"] = status

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        status: Any = d.pop("status", UNSET)
        if status is None:
            status = UNSET
        elif status is not UNSET:
            status = reading.as_member(PipelineExecutionStatus, status, "status")

        pipeline_execution_status_only = cls(
            status,
        )

        pipeline_execution_status_only.extra = d
        return pipeline_execution_status_only
