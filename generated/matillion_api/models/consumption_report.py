# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.consumption_day import ConsumptionDay


@_attrs_define(repr=False, eq=False)
class ConsumptionReport(_Model):
    """The credits that were used, day by day.

    Attributes:
        results (list[ConsumptionDay]): One entry for each UTC day.
    """

    results: list[ConsumptionDay]

    def to_dict(self) -> dict[str, Any]:
        results = []
        for results_item_data in self.results:
            results_item = results_item_data.to_dict()
            results.append(results_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "results": results,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.consumption_day import ConsumptionDay  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        results: Any = d.pop("results", UNSET)
        if results is UNSET:
            raise reading.lacks("results")
        results = reading.as_list(ConsumptionDay.from_dict, results, "results")

        consumption_report = cls(
            results,
        )

        consumption_report.extra = d
        return consumption_report
