# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class ScheduleSettings(_Model):
    """When a schedule runs.

    Attributes:
        name (str): Name of the schedule.
        cron_expression (str): When it runs, as a Quartz cron expression: seconds, minutes, hours, day of month, month,
            day of week (1 is Sunday) and, if wanted, year. One of the two day fields is `?`.
        cron_timezone (str | Unset): Time zone of the cron expression (IANA); UTC if absent.
        effective_from (datetime.datetime | Unset): Since when it is in force; with an offset from UTC.
        schedule_enabled (bool | Unset): Whether it is active; true if absent.
        allow_concurrent_executions (bool | Unset): Whether a run may start while the one before is not over; true if
            absent.
    """

    name: str
    cron_expression: str
    cron_timezone: str | Unset = UNSET
    effective_from: datetime.datetime | Unset = UNSET
    schedule_enabled: bool | Unset = UNSET
    allow_concurrent_executions: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        cron_expression = self.cron_expression

        cron_timezone = self.cron_timezone

        effective_from: str | Unset = UNSET
        if not isinstance(self.effective_from, Unset):
            effective_from = self.effective_from.isoformat()

        schedule_enabled = self.schedule_enabled

        allow_concurrent_executions = self.allow_concurrent_executions

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "name": name,
                "cronExpression": cron_expression,
            }
        )
        if cron_timezone is not UNSET:
            field_dict["cronTimezone"] = cron_timezone
        if effective_from is not UNSET:
            field_dict["effectiveFrom"] = effective_from
        if schedule_enabled is not UNSET:
            field_dict["scheduleEnabled"] = schedule_enabled
        if allow_concurrent_executions is not UNSET:
            field_dict["allowConcurrentExecutions"] = allow_concurrent_executions

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        name: Any = d.pop("name", None)
        if type(name) is not str:
            name = reading.needed(reading.as_text(name), "name")

        cron_expression: Any = d.pop("cronExpression", None)
        if type(cron_expression) is not str:
            cron_expression = reading.needed(reading.as_text(cron_expression), "cronExpression")

        cron_timezone: Any = d.pop("cronTimezone", UNSET)
        if type(cron_timezone) is not str and cron_timezone is not UNSET:
            cron_timezone = reading.given(reading.as_text(cron_timezone))

        effective_from: Any = d.pop("effectiveFrom", UNSET)
        if effective_from is None:
            effective_from = UNSET
        elif effective_from is not UNSET:
            effective_from = reading.given(reading.as_moment(effective_from, "effectiveFrom"))

        schedule_enabled: Any = d.pop("scheduleEnabled", UNSET)
        if type(schedule_enabled) is not bool and schedule_enabled is not UNSET:
            schedule_enabled = reading.given(reading.as_boolean(schedule_enabled))

        allow_concurrent_executions: Any = d.pop("allowConcurrentExecutions", UNSET)
        if (
            type(allow_concurrent_executions) is not bool
            and allow_concurrent_executions is not UNSET
        ):
            allow_concurrent_executions = reading.given(
                reading.as_boolean(allow_concurrent_executions)
            )

        schedule_settings = cls(
            name,
            cron_expression,
            cron_timezone,
            effective_from,
            schedule_enabled,
            allow_concurrent_executions,
        )

        schedule_settings.extra = d
        return schedule_settings
