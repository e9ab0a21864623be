# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``schedules``."""

import datetime
from collections.abc import Mapping
from typing import Any

from ...models.create_schedule_request import CreateScheduleRequest
from ...models.created_schedule import CreatedSchedule
from ...models.schedule import Schedule
from ...models.schedule_page import SchedulePage
from ...models.schedule_settings import ScheduleSettings
from ...models.scheduled_pipeline import ScheduledPipeline
from ...types import UNSET, Listing, Session, Unset, as_model
from . import (
    create_schedule as _create_schedule,
)
from . import (
    delete_schedule as _delete_schedule,
)
from . import (
    get_schedule as _get_schedule,
)
from . import (
    list_schedules as _list_schedules,
)
from . import (
    update_schedule as _update_schedule,
)


class Schedules:
    """Schedules that start pipelines."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(
        self,
        project: str,
        *,
        page: int | Unset = UNSET,
        size: int | Unset = UNSET,
    ) -> Listing[Schedule, SchedulePage]:
        """List schedules.

        Lists the schedules of a project, one page at a time. The order is not documented.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            project (str): Id or exact name of the project.
            page (int | Unset): Number of the page to return. The first page is 0.
            size (int | Unset): Number of items per page, from 1 to 100.

        Source: API reference, DataHub, Monte Carlo, ChatBotKit. Idempotent.
        """

        return self._session.listing(
            _list_schedules.OPERATION,
            Schedule,
            project_id=project,
            page=page,
            size=size,
        )

    async def create(
        self,
        project: str,
        *,
        pipeline: ScheduledPipeline | Mapping[str, Any],
        schedule: ScheduleSettings | Mapping[str, Any],
    ) -> CreatedSchedule:
        """Create a schedule.

        Creates a schedule that starts a published pipeline. The request has two parts, what is
        started and when, while a schedule that is read has one. A request whose response was lost
        must not be repeated blindly: list the schedules and look for the name first.

        Args:
            project (str): Id or exact name of the project.
            pipeline (ScheduledPipeline): What a schedule starts, and where.
            schedule (ScheduleSettings): When a schedule runs.

        Source: API reference, DataHub, Monte Carlo, ChatBotKit. Not idempotent: never sent again when its outcome is unknown.
        """

        return await self._session.call(
            _create_schedule.OPERATION,
            project_id=project,
            body=CreateScheduleRequest(
                pipeline=as_model(ScheduledPipeline, pipeline),
                schedule=as_model(ScheduleSettings, schedule),
            ),
        )

    async def get(
        self,
        project: str,
        schedule_id: str,
    ) -> Schedule:
        """Get a schedule.

        Reads one schedule. Times are in UTC.

        Args:
            project (str): Id or exact name of the project.
            schedule_id (str): Id of the schedule (a UUID).

        Source: API reference, DataHub, Monte Carlo, ChatBotKit. Idempotent.
        """

        return await self._session.call(
            _get_schedule.OPERATION,
            project_id=project,
            schedule_id=schedule_id,
        )

    async def delete(
        self,
        project: str,
        schedule_id: str,
    ) -> None:
        """Delete a schedule.

        Deletes a schedule. This cannot be undone. If a repeated request gets 404, the first one
        may have succeeded.

        Args:
            project (str): Id or exact name of the project.
            schedule_id (str): Id of the schedule (a UUID).

        Source: ChatBotKit. Idempotent.
        """

        await self._session.call(
            _delete_schedule.OPERATION,
            project_id=project,
            schedule_id=schedule_id,
        )

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
        """Update a schedule.

        Replaces when a schedule runs. Name and cron expression are needed even for a small
        change, and what is left out gets its default again: time zone UTC, enabled, concurrent
        executions allowed. What the schedule starts, and where, cannot be changed.

        Args:
            project (str): Id or exact name of the project.
            schedule_id (str): Id of the schedule (a UUID).
            name (str): Name of the schedule.
            cron_expression (str): When it runs, as a Quartz cron expression: seconds,
                minutes, hours, day of month, month, day of week (1 is Sunday) and, if wanted,
                year. One of the two day fields is `?`.
            cron_timezone (str | Unset): Time zone of the cron expression (IANA); UTC if
                absent.
            effective_from (datetime.datetime | Unset): Since when it is in force; with an
                offset from UTC.
            schedule_enabled (bool | Unset): Whether it is active; true if absent.
            allow_concurrent_executions (bool | Unset): Whether a run may start while the one
                before is not over; true if absent.

        Source: API reference, DataHub, Monte Carlo, ChatBotKit. Idempotent.
        """

        return await self._session.call(
            _update_schedule.OPERATION,
            project_id=project,
            schedule_id=schedule_id,
            body=ScheduleSettings(
                name=name,
                cron_expression=cron_expression,
                cron_timezone=cron_timezone,
                effective_from=effective_from,
                schedule_enabled=schedule_enabled,
                allow_concurrent_executions=allow_concurrent_executions,
            ),
        )
