"""Schedules: the fields of cron expressions are counted before they are sent, and a change keeps what it does not name."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from matillion_api.api import schedules as generated
from matillion_api.api.schedules import update_schedule
from matillion_api.errors import InvalidArgument
from matillion_api.models.created_schedule import CreatedSchedule
from matillion_api.models.schedule import Schedule
from matillion_api.models.schedule_settings import ScheduleSettings
from matillion_api.models.scheduled_pipeline import ScheduledPipeline
from matillion_api.types import UNSET, Unset, check_moment

from matillion_async._arguments import check, flag_fault
from matillion_async._errors import InvalidRequestError
from matillion_async._groups.by_hand import ByHand
from matillion_async._groups.quartz import quartz_problem
from matillion_async._names.matching import Kind

T = TypeVar("T")

_SCHEDULE: Kind[Schedule] = Kind(
    "schedule", lambda schedule: schedule.name, lambda schedule: schedule.schedule_id
)
_CONCURRENT = "allowConcurrentExecutions"


class Schedules(ByHand, generated.Schedules):
    """Schedules that start pipelines."""

    async def find(self, project: str, schedule: str) -> Schedule:
        """Find a schedule by its exact name, or by its id; there is no such call in the API, so the listing is walked.

        Args:
            project: id or exact name of the project.
            schedule: exact name or id of the schedule.

        Raises:
            ResourceNameError: there is none, or several; the message and ``candidates`` tell what is near.
        """
        return await _SCHEDULE.find(schedule, self.list(project))

    async def create(
        self,
        project: str,
        *,
        pipeline: ScheduledPipeline | Mapping[str, Any],
        schedule: ScheduleSettings | Mapping[str, Any],
    ) -> CreatedSchedule:
        """Create a schedule.

        >>> await client.schedules.create(
        ...     project,
        ...     pipeline={"pipelineName": "daily.orch.yaml", "environmentName": "Production EU"},
        ...     schedule={"name": "Nightly load", "cronExpression": "0 0 2 ? * MON-FRI"},
        ... )

        A request whose response was lost is not repeated: list the schedules and look for the name first.

        Args:
            project: id or exact name of the project.
            pipeline: what it starts, and where.
            schedule: when it runs.

        Raises:
            InvalidRequestError: the cron expression does not have the 6 or 7 fields of Quartz, or a time has no zone; nothing was sent.
        """
        if isinstance(schedule, Mapping):
            _check("schedules.create", schedule.get("cronExpression"), UNSET)
        elif isinstance(schedule, ScheduleSettings):  # what else it may be is refused as any body
            _check("schedules.create", schedule.cron_expression, schedule.effective_from)
        return await super().create(project, pipeline=pipeline, schedule=schedule)

    async def update(
        self,
        project: str,
        schedule_id: str,
        *,
        name: str,
        cron_expression: str,
        cron_timezone: str | Unset = UNSET,
        effective_from: datetime.datetime | Unset = UNSET,
        schedule_enabled: bool | Unset = UNSET,
        allow_concurrent_executions: bool | Unset = UNSET,
    ) -> Schedule | None:
        """Replace when a schedule runs; what is left out gets its default again. See :meth:`change`.

        Args:
            project: id or exact name of the project.
            schedule_id: id of the schedule.
            name: its name.
            cron_expression: Quartz: seconds, minutes, hours, day of month, month, day of week (1 is Sunday) and, if
                wanted, year; one of the two day fields is ``?``.
            cron_timezone: IANA name; UTC unless given.
            effective_from: since when it is in force.
            schedule_enabled: true unless given.
            allow_concurrent_executions: true unless given.

        Returns:
            The schedule as it is now; None where the response is a success without a body.

        Raises:
            InvalidRequestError: the cron expression does not have the 6 or 7 fields of Quartz, or a time has no zone; nothing was sent.
        """
        flags = (schedule_enabled, allow_concurrent_executions)
        _check("schedules.update", cron_expression, effective_from, *flags)
        return await super().update(
            project,
            schedule_id,
            name=name,
            cron_expression=cron_expression,
            cron_timezone=cron_timezone,
            effective_from=effective_from,
            schedule_enabled=schedule_enabled,
            allow_concurrent_executions=allow_concurrent_executions,
        )

    async def change(
        self,
        project: str,
        schedule_id: str,
        *,
        name: str | Unset = UNSET,
        cron_expression: str | Unset = UNSET,
        cron_timezone: str | Unset = UNSET,
        effective_from: datetime.datetime | Unset = UNSET,
        schedule_enabled: bool | Unset = UNSET,
        allow_concurrent_executions: bool | Unset = UNSET,
    ) -> Schedule:
        """Change some of a schedule, and keep the rest: it is read first, and then updated as a whole.

        A deadline is one for all of this.

        The API documents no way to read whether concurrent executions are allowed. Unless the schedule has it all
        the same, or ``allow_concurrent_executions`` is given, a change allows them.

        Args:
            project: id or exact name of the project.
            schedule_id: id of the schedule.
            name: its new name.
            cron_expression: a Quartz cron expression.
            cron_timezone: IANA name.
            effective_from: since when it is in force.
            schedule_enabled: whether it is active.
            allow_concurrent_executions: whether a run may start while the one before is not over.

        Returns:
            The schedule as it is now.

        Raises:
            InvalidRequestError: the cron expression does not have the 6 or 7 fields of Quartz, a time has no zone, or the schedule runs on an interval,
                which the API cannot change; nothing was changed.
        """
        flags = (schedule_enabled, allow_concurrent_executions)
        _check("schedules.change", cron_expression, effective_from, *flags)
        session = self._naming_session.bounded()
        within = Schedules(session)
        present = await within.get(project, schedule_id)
        cron = _first(cron_expression, present.cron_expression)
        if not cron:
            text = f"schedule {schedule_id} has no cron expression, and the API changes only schedules with one"
            raise InvalidRequestError(text, operation="schedules.change")
        kept_name = _first(name, present.name)
        if isinstance(kept_name, Unset):
            text = f"the API did not tell the name of {schedule_id}: give it"
            raise InvalidRequestError(text, operation="schedules.change")
        # What the server gave is not checked again: it knows better what it accepts.
        unknown = present.extra
        settings = ScheduleSettings(
            name=kept_name,
            cron_expression=cron,
            cron_timezone=_first(cron_timezone, present.cron_timezone),
            effective_from=_first(effective_from, present.effective_from),
            schedule_enabled=_first(schedule_enabled, present.schedule_enabled),
            allow_concurrent_executions=_first(
                allow_concurrent_executions, unknown.get(_CONCURRENT, UNSET)
            ),
        )
        settings.extra = {name: value for name, value in unknown.items() if name != _CONCURRENT}
        changed = await session.call(
            update_schedule.OPERATION,
            project_id=project,
            schedule_id=schedule_id,
            body=settings,
        )
        return await within.get(project, schedule_id) if changed is None else changed

    async def enable(
        self,
        project: str,
        schedule_id: str,
        *,
        allow_concurrent_executions: bool | Unset = UNSET,
    ) -> Schedule:
        """Let a paused schedule run again; the rest of it stays as it is. See :meth:`change`.

        Args:
            project: id or exact name of the project.
            schedule_id: id of the schedule.
            allow_concurrent_executions: give it again if it is false: the API does not tell.
        """
        return await self.change(
            project,
            schedule_id,
            schedule_enabled=True,
            allow_concurrent_executions=allow_concurrent_executions,
        )

    async def disable(
        self,
        project: str,
        schedule_id: str,
        *,
        allow_concurrent_executions: bool | Unset = UNSET,
    ) -> Schedule:
        """Pause a schedule; the rest of it stays as it is. See :meth:`change`.

        Args:
            project: id or exact name of the project.
            schedule_id: id of the schedule.
            allow_concurrent_executions: give it again if it is false: the API does not tell.
        """
        return await self.change(
            project,
            schedule_id,
            schedule_enabled=False,
            allow_concurrent_executions=allow_concurrent_executions,
        )


def _first(given: T | Unset, present: T | Unset | None) -> T | Unset:
    if isinstance(given, Unset):
        return UNSET if present is None else present
    return given


def _check(
    operation: str,
    cron: Any,
    effective_from: datetime.datetime | Unset,
    enabled: bool | Unset = UNSET,
    concurrent: bool | Unset = UNSET,
) -> None:
    flags = {"schedule_enabled": enabled, "allow_concurrent_executions": concurrent}
    for name, value in flags.items():
        fault = None if isinstance(value, Unset) else flag_fault(value)
        check(InvalidRequestError, f"{operation}: ", **{name: fault})
    problem = quartz_problem(cron) if isinstance(cron, str) else None
    if problem is not None:
        text = f"the cron expression {cron!r} {problem}"
        raise InvalidRequestError(text, operation=operation)
    try:
        check_moment("effective_from", effective_from)
    except InvalidArgument as error:
        raise InvalidRequestError(str(error), operation=operation) from None
