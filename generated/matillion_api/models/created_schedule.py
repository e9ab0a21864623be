# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class CreatedSchedule(_Model):
    """The id of a new schedule.

    Attributes:
        schedule_id (str): Id of the schedule (a UUID).
    """

    schedule_id: str

    def to_dict(self) -> dict[str, Any]:
        schedule_id = self.schedule_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "scheduleId": schedule_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        schedule_id: Any = d.pop("scheduleId", None)
        if type(schedule_id) is not str:
            schedule_id = reading.needed(reading.as_text(schedule_id), "scheduleId")

        created_schedule = cls(
            schedule_id,
        )

        created_schedule.extra = d
        return created_schedule
