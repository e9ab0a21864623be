# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.consumption_item import ConsumptionItem


@_attrs_define(repr=False, eq=False)
class ConsumptionDay(_Model):
    """What was used on one UTC day.

    Attributes:
        consumed_from (datetime.datetime | Unset): The beginning of the day.
        consumed_before (datetime.datetime | Unset): The end of the day, which is the beginning of the next one.
        consumption (list[ConsumptionItem] | Unset): One entry for each kind of consumption and what caused it.
    """

    consumed_from: datetime.datetime | Unset = UNSET
    consumed_before: datetime.datetime | Unset = UNSET
    consumption: list[ConsumptionItem] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        consumed_from: str | Unset = UNSET
        if not isinstance(self.consumed_from, Unset):
            consumed_from = self.consumed_from.isoformat()

        consumed_before: str | Unset = UNSET
        if not isinstance(self.consumed_before, Unset):
            consumed_before = self.consumed_before.isoformat()

        consumption: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.consumption, Unset):
            consumption = []
            for consumption_item_data in self.consumption:
                consumption_item = consumption_item_data.to_dict()
                consumption.append(consumption_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if consumed_from is not UNSET:
            field_dict["consumedFrom"] = consumed_from
        if consumed_before is not UNSET:
            field_dict["consumedBefore"] = consumed_before
        if consumption is not UNSET:
            field_dict["consumption"] = consumption

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.consumption_item import ConsumptionItem  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        consumed_from: Any = d.pop("consumedFrom", UNSET)
        if consumed_from is None:
            consumed_from = UNSET
        elif consumed_from is not UNSET:
            consumed_from = reading.given(reading.as_moment(consumed_from, "consumedFrom"))

        consumed_before: Any = d.pop("consumedBefore", UNSET)
        if consumed_before is None:
            consumed_before = UNSET
        elif consumed_before is not UNSET:
            consumed_before = reading.given(reading.as_moment(consumed_before, "consumedBefore"))

        consumption: Any = d.pop("consumption", UNSET)
        if consumption is None:
            consumption = UNSET
        elif consumption is not UNSET:
            consumption = reading.as_list(ConsumptionItem.from_dict, consumption, "consumption")

        consumption_day = cls(
            consumed_from,
            consumed_before,
            consumption,
        )

        consumption_day.extra = d
        return consumption_day
