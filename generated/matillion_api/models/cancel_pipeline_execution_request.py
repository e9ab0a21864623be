# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading
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
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        status = self.status

        force_update = self.force_update

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
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
        status = cast(Literal["CANCELLED"], d.pop("status"))
        if status != "CANCELLED":
            raise ValueError(f"status must match const 'CANCELLED', got '{status}'")

        force_update: Any = d.pop("forceUpdate", False)
        if type(force_update) is not bool:
            force_update = False if force_update is None else reading.as_boolean(force_update)

        cancel_pipeline_execution_request = cls(
            status,
            force_update,
        )

        cancel_pipeline_execution_request.additional_properties = d
        return cancel_pipeline_execution_request

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
