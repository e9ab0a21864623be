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
    from ..models.grid_variables import GridVariables
    from ..models.scalar_variables import ScalarVariables
    from ..models.schedule_interval import ScheduleInterval


@_attrs_define(repr=False, eq=False)
class Schedule(_Model):
    """A schedule that starts a pipeline, on a cron expression or on an interval. Whether concurrent executions are allowed
    is not among what the reference shows of it.

        Attributes:
            schedule_id (str): Id of the schedule (a UUID).
            name (str | Unset): Name of the schedule.
            pipeline_name (str | Unset): Name of the pipeline that it starts.
            environment_name (str | Unset): Name of the environment that the pipeline runs in.
            version_name (None | str | Unset): Artifact version that runs; without it, the latest.
            cron_expression (None | str | Unset): When it runs, as a Quartz cron expression. Absent if it runs on an
                interval.
            cron_timezone (None | str | Unset): Time zone of the cron expression (IANA).
            interval_expression (None | ScheduleInterval | Unset): The time between runs. Absent if it runs on a cron
                expression.
            effective_from (datetime.datetime | None | Unset): Since when it is in force, in UTC.
            last_run_at (datetime.datetime | None | Unset): When it started a run for the last time.
            next_run_at (datetime.datetime | None | Unset): When it will start the next run.
            schedule_enabled (bool | Unset): Whether it is active; false while it is paused.
            scalar_variables (None | ScalarVariables | Unset): Values of scalar variables for the pipeline, by name.
            grid_variables (GridVariables | None | Unset): Values of grid variables for the pipeline, by name.
    """

    schedule_id: str
    name: str | Unset = UNSET
    pipeline_name: str | Unset = UNSET
    environment_name: str | Unset = UNSET
    version_name: None | str | Unset = UNSET
    cron_expression: None | str | Unset = UNSET
    cron_timezone: None | str | Unset = UNSET
    interval_expression: None | ScheduleInterval | Unset = UNSET
    effective_from: datetime.datetime | None | Unset = UNSET
    last_run_at: datetime.datetime | None | Unset = UNSET
    next_run_at: datetime.datetime | None | Unset = UNSET
    schedule_enabled: bool | Unset = UNSET
    scalar_variables: None | ScalarVariables | Unset = UNSET
    grid_variables: GridVariables | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.grid_variables import GridVariables  # noqa: PLC0415
        from ..models.scalar_variables import ScalarVariables  # noqa: PLC0415
        from ..models.schedule_interval import ScheduleInterval  # noqa: PLC0415

        schedule_id = self.schedule_id

        name = self.name

        pipeline_name = self.pipeline_name

        environment_name = self.environment_name

        version_name: None | str | Unset
        if isinstance(self.version_name, Unset):
            version_name = UNSET
        else:
            version_name = self.version_name

        cron_expression: None | str | Unset
        if isinstance(self.cron_expression, Unset):
            cron_expression = UNSET
        else:
            cron_expression = self.cron_expression

        cron_timezone: None | str | Unset
        if isinstance(self.cron_timezone, Unset):
            cron_timezone = UNSET
        else:
            cron_timezone = self.cron_timezone

        interval_expression: dict[str, Any] | None | Unset
        if isinstance(self.interval_expression, Unset):
            interval_expression = UNSET
        elif isinstance(self.interval_expression, ScheduleInterval):
            interval_expression = self.interval_expression.to_dict()
        else:
            interval_expression = self.interval_expression

        effective_from: None | str | Unset
        if isinstance(self.effective_from, Unset):
            effective_from = UNSET
        elif isinstance(self.effective_from, datetime.datetime):
            effective_from = self.effective_from.isoformat()
        else:
            effective_from = self.effective_from

        last_run_at: None | str | Unset
        if isinstance(self.last_run_at, Unset):
            last_run_at = UNSET
        elif isinstance(self.last_run_at, datetime.datetime):
            last_run_at = self.last_run_at.isoformat()
        else:
            last_run_at = self.last_run_at

        next_run_at: None | str | Unset
        if isinstance(self.next_run_at, Unset):
            next_run_at = UNSET
        elif isinstance(self.next_run_at, datetime.datetime):
            next_run_at = self.next_run_at.isoformat()
        else:
            next_run_at = self.next_run_at

        schedule_enabled = self.schedule_enabled

        scalar_variables: dict[str, Any] | None | Unset
        if isinstance(self.scalar_variables, Unset):
            scalar_variables = UNSET
        elif isinstance(self.scalar_variables, ScalarVariables):
            scalar_variables = self.scalar_variables.to_dict()
        else:
            scalar_variables = self.scalar_variables

        grid_variables: dict[str, Any] | None | Unset
        if isinstance(self.grid_variables, Unset):
            grid_variables = UNSET
        elif isinstance(self.grid_variables, GridVariables):
            grid_variables = self.grid_variables.to_dict()
        else:
            grid_variables = self.grid_variables

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "scheduleId": schedule_id,
            }
        )
        if name is not UNSET:
            field_dict["name"] = name
        if pipeline_name is not UNSET:
            field_dict["pipelineName"] = pipeline_name
        if environment_name is not UNSET:
            field_dict["environmentName"] = environment_name
        if version_name is not UNSET:
            field_dict["versionName"] = version_name
        if cron_expression is not UNSET:
            field_dict["cronExpression"] = cron_expression
        if cron_timezone is not UNSET:
            field_dict["cronTimezone"] = cron_timezone
        if interval_expression is not UNSET:
            field_dict["intervalExpression"] = interval_expression
        if effective_from is not UNSET:
            field_dict["effectiveFrom"] = effective_from
        if last_run_at is not UNSET:
            field_dict["lastRunAt"] = last_run_at
        if next_run_at is not UNSET:
            field_dict["nextRunAt"] = next_run_at
        if schedule_enabled is not UNSET:
            field_dict["scheduleEnabled"] = schedule_enabled
        if scalar_variables is not UNSET:
            field_dict["scalarVariables"] = scalar_variables
        if grid_variables is not UNSET:
            field_dict["gridVariables"] = grid_variables

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.grid_variables import GridVariables  # noqa: PLC0415
        from ..models.scalar_variables import ScalarVariables  # noqa: PLC0415
        from ..models.schedule_interval import ScheduleInterval  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        schedule_id: Any = d.pop("scheduleId", None)
        if type(schedule_id) is not str:
            schedule_id = reading.needed(reading.as_text(schedule_id), "scheduleId")

        name: Any = d.pop("name", UNSET)
        if type(name) is not str and name is not UNSET:
            name = reading.given(reading.as_text(name))

        pipeline_name: Any = d.pop("pipelineName", UNSET)
        if type(pipeline_name) is not str and pipeline_name is not UNSET:
            pipeline_name = reading.given(reading.as_text(pipeline_name))

        environment_name: Any = d.pop("environmentName", UNSET)
        if type(environment_name) is not str and environment_name is not UNSET:
            environment_name = reading.given(reading.as_text(environment_name))

        version_name: Any = d.pop("versionName", UNSET)
        if type(version_name) is not str and version_name is not UNSET and version_name is not None:
            version_name = reading.as_text(version_name)

        cron_expression: Any = d.pop("cronExpression", UNSET)
        if (
            type(cron_expression) is not str
            and cron_expression is not UNSET
            and cron_expression is not None
        ):
            cron_expression = reading.as_text(cron_expression)

        cron_timezone: Any = d.pop("cronTimezone", UNSET)
        if (
            type(cron_timezone) is not str
            and cron_timezone is not UNSET
            and cron_timezone is not None
        ):
            cron_timezone = reading.as_text(cron_timezone)

        interval_expression: Any = d.pop("intervalExpression", UNSET)
        if interval_expression is not UNSET and interval_expression is not None:
            interval_expression = reading.as_object(
                ScheduleInterval, interval_expression, "intervalExpression"
            )

        effective_from: Any = d.pop("effectiveFrom", UNSET)
        if effective_from is not UNSET and effective_from is not None:
            effective_from = reading.as_moment(effective_from, "effectiveFrom")

        last_run_at: Any = d.pop("lastRunAt", UNSET)
        if last_run_at is not UNSET and last_run_at is not None:
            last_run_at = reading.as_moment(last_run_at, "lastRunAt")

        next_run_at: Any = d.pop("nextRunAt", UNSET)
        if next_run_at is not UNSET and next_run_at is not None:
            next_run_at = reading.as_moment(next_run_at, "nextRunAt")

        schedule_enabled: Any = d.pop("scheduleEnabled", UNSET)
        if type(schedule_enabled) is not bool and schedule_enabled is not UNSET:
            schedule_enabled = reading.given(reading.as_boolean(schedule_enabled))

        scalar_variables: Any = d.pop("scalarVariables", UNSET)
        if scalar_variables is not UNSET and scalar_variables is not None:
            scalar_variables = reading.as_object(
                ScalarVariables, scalar_variables, "scalarVariables"
            )

        grid_variables: Any = d.pop("gridVariables", UNSET)
        if grid_variables is not UNSET and grid_variables is not None:
            grid_variables = reading.as_object(GridVariables, grid_variables, "gridVariables")

        schedule = cls(
            schedule_id,
            name,
            pipeline_name,
            environment_name,
            version_name,
            cron_expression,
            cron_timezone,
            interval_expression,
            effective_from,
            last_run_at,
            next_run_at,
            schedule_enabled,
            scalar_variables,
            grid_variables,
        )

        schedule.extra = d
        return schedule
