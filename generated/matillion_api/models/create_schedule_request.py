# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.schedule_settings import ScheduleSettings
    from ..models.scheduled_pipeline import ScheduledPipeline


@_attrs_define(repr=False, eq=False)
class CreateScheduleRequest(_Model):
    """The schedule to create.

    Attributes:
        pipeline (ScheduledPipeline): What a schedule starts, and where.
        schedule (ScheduleSettings): When a schedule runs.
    """

    pipeline: ScheduledPipeline
    schedule: ScheduleSettings

    def to_dict(self) -> dict[str, Any]:
        pipeline = self.pipeline.to_dict()

        schedule = self.schedule.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "pipeline": pipeline,
                "schedule": schedule,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.schedule_settings import ScheduleSettings  # noqa: PLC0415
        from ..models.scheduled_pipeline import ScheduledPipeline  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        pipeline: Any = d.pop("pipeline", None)
        if pipeline is None:
            raise reading.lacks("pipeline")
        pipeline = reading.as_object(ScheduledPipeline, pipeline, "pipeline")

        schedule: Any = d.pop("schedule", None)
        if schedule is None:
            raise reading.lacks("schedule")
        schedule = reading.as_object(ScheduleSettings, schedule, "schedule")

        create_schedule_request = cls(
            pipeline,
            schedule,
        )

        create_schedule_request.extra = d
        return create_schedule_request
