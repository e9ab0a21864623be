# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class ScheduleInterval(_Model):
    """A fixed time between runs.

    Attributes:
        interval (int | None | Unset): How many units.
        unit (None | str | Unset): The unit of time. Its values are not documented.
    """

    interval: int | None | Unset = UNSET
    unit: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        interval: int | None | Unset
        if isinstance(self.interval, Unset):
            interval = UNSET
        else:
            interval = self.interval

        unit: None | str | Unset
        if isinstance(self.unit, Unset):
            unit = UNSET
        else:
            unit = self.unit

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if interval is not UNSET:
            field_dict["interval"] = interval
        if unit is not UNSET:
            field_dict["unit"] = unit

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        interval: Any = d.pop("interval", UNSET)
        if type(interval) is not int and interval is not UNSET and interval is not None:
            interval = reading.as_integer(interval)

        unit: Any = d.pop("unit", UNSET)
        if type(unit) is not str and unit is not UNSET and unit is not None:
            unit = reading.as_text(unit)

        schedule_interval = cls(
            interval,
            unit,
        )

        schedule_interval.extra = d
        return schedule_interval
