# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import (
    Any,
    Literal,
    Self,
)

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class CancelPipelineExecutionRequest(_Model):
    """Asks for the end of an execution.

    Attributes:
        status (Literal['CANCELLED']): Always `CANCELLED`.
        force_update (bool): Whether to force the cancellation. What it forces is not documented. Default: False.
    """

    status: Literal["CANCELLED"]
    force_update: bool = False

    def to_dict(self) -> dict[str, Any]:
        status = self.status

        force_update = self.force_update

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "status": status,
                "forceUpdate": force_update,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        status: Any = d.pop("status", UNSET)
        if status is UNSET:
            raise reading.lacks("status")

        force_update: Any = d.pop("forceUpdate", False)
        if type(force_update) is not bool:
            force_update = False if force_update is None else reading.as_boolean(force_update)

        cancel_pipeline_execution_request = cls(
            status,
            force_update,
        )

        cancel_pipeline_execution_request.extra = d
        return cancel_pipeline_execution_request
