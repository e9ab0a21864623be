# Generated from openapi/ by scripts/generate. Do not edit.
"""Update a schedule."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.schedule import Schedule
from ...models.schedule_settings import ScheduleSettings
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    project_id: str,
    schedule_id: str,
    *,
    body: ScheduleSettings,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "patch",
        "url": "/v1/projects/{project_id}/schedules/{schedule_id}".format(
            project_id=path_segment("project", project_id),
            schedule_id=path_segment("schedule_id", schedule_id),
        ),
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
    return _kwargs


_FIELDS = frozenset(
    [
        "scheduleId",
        "name",
        "pipelineName",
        "environmentName",
        "versionName",
        "cronExpression",
        "cronTimezone",
        "intervalExpression",
        "effectiveFrom",
        "lastRunAt",
        "nextRunAt",
        "scheduleEnabled",
        "scalarVariables",
        "gridVariables",
    ]
)


def _parse(data: Any) -> Schedule | None:
    if data is None or data == {}:
        return None
    return Schedule.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[Schedule | None] = Operation(
    id="schedules.update",
    method="PATCH",
    path="/v1/projects/{projectId}/schedules/{scheduleId}",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=True,
    projects=("project_id",),
)


async def asyncio_detailed(
    project_id: str,
    schedule_id: str,
    *,
    client: Client,
    body: ScheduleSettings,
) -> Response[Schedule | None]:
    """Update a schedule.

    Replaces when a schedule runs. Name and cron expression are needed even for a small
    change, and what is left out gets its default again: time zone UTC, enabled, concurrent
    executions allowed. What the schedule starts, and where, cannot be changed.

    Args:
        project_id (str): Id of the project (a UUID).
        schedule_id (str): Id of the schedule (a UUID).
        body (ScheduleSettings): When a schedule runs.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, DataHub, Monte Carlo, ChatBotKit.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        schedule_id=schedule_id,
        body=body,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    schedule_id: str,
    *,
    client: Client,
    body: ScheduleSettings,
) -> Schedule | None:
    """Update a schedule.

    Replaces when a schedule runs. Name and cron expression are needed even for a small
    change, and what is left out gets its default again: time zone UTC, enabled, concurrent
    executions allowed. What the schedule starts, and where, cannot be changed.

    Args:
        project_id (str): Id of the project (a UUID).
        schedule_id (str): Id of the schedule (a UUID).
        body (ScheduleSettings): When a schedule runs.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, DataHub, Monte Carlo, ChatBotKit.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        schedule_id=schedule_id,
        body=body,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
