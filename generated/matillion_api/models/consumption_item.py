# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.consumption_type import ConsumptionType
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.consumption_dimensions import ConsumptionDimensions


@_attrs_define(repr=False, eq=False)
class ConsumptionItem(_Model):
    """Credits of one kind with one cause.

    Attributes:
        consumption_type (ConsumptionType | Unset): A kind of consumption. Other values may be added.
        dimensions (ConsumptionDimensions | Unset): What caused a consumption, by name: `installationId` for etl-
            compute; `pipelineName`, `projectId` and `environment` for orchestration and transformation; `pipelineName` and
            `projectId` for streaming; `pipelineId` for data-loader-batch and data-loader-cdc; `userEmail` for dpc-users.
        credits_ (float | Unset): Number of credits.
    """

    consumption_type: ConsumptionType | Unset = UNSET
    dimensions: ConsumptionDimensions | Unset = UNSET
    credits_: float | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        consumption_type: str | Unset = UNSET
        if not isinstance(self.consumption_type, Unset):
            consumption_type = self.consumption_type.value

        dimensions: dict[str, Any] | Unset = UNSET
        if not isinstance(self.dimensions, Unset):
            dimensions = self.dimensions.to_dict()

        credits_ = self.credits_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if consumption_type is not UNSET:
            field_dict["consumptionType"] = consumption_type
        if dimensions is not UNSET:
            field_dict["dimensions"] = dimensions
        if credits_ is not UNSET:
            field_dict["credits"] = credits_

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.consumption_dimensions import ConsumptionDimensions  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        consumption_type: Any = d.pop("consumptionType", UNSET)
        if consumption_type is None:
            consumption_type = UNSET
        elif consumption_type is not UNSET:
            consumption_type = reading.as_member(
                ConsumptionType, consumption_type, "consumptionType"
            )

        dimensions: Any = d.pop("dimensions", UNSET)
        if dimensions is None:
            dimensions = UNSET
        elif dimensions is not UNSET:
            dimensions = reading.as_object(ConsumptionDimensions, dimensions, "dimensions")

        credits_: Any = d.pop("credits", UNSET)
        if type(credits_) is not float and credits_ is not UNSET:
            credits_ = reading.given(reading.as_number(credits_))

        consumption_item = cls(
            consumption_type,
            dimensions,
            credits_,
        )

        consumption_item.extra = d
        return consumption_item
