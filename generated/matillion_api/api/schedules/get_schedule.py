# Generated from openapi/ by scripts/generate. Do not edit.
"""Get a schedule."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.schedule import Schedule
from ...types import Operation, Response, path_segment


def _get_kwargs(
    project_id: str,
    schedule_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/projects/{project_id}/schedules/{schedule_id}".format(
            project_id=path_segment("project", project_id),
            schedule_id=path_segment("schedule_id", schedule_id),
        ),
    }

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


def _parse(data: Any) -> Schedule:
    return Schedule.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[Schedule] = Operation(
    id="schedules.get",
    method="GET",
    path="/v1/projects/{projectId}/schedules/{scheduleId}",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
    projects=("project_id",),
)


async def asyncio_detailed(
    project_id: str,
    schedule_id: str,
    *,
    client: Client,
) -> Response[Schedule]:
    """Get a schedule.

    Reads one schedule. Times are in UTC.

    Args:
        project_id (str): Id of the project (a UUID).
        schedule_id (str): Id of the schedule (a UUID).

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, DataHub, Monte Carlo, ChatBotKit.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        schedule_id=schedule_id,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    schedule_id: str,
    *,
    client: Client,
) -> Schedule:
    """Get a schedule.

    Reads one schedule. Times are in UTC.

    Args:
        project_id (str): Id of the project (a UUID).
        schedule_id (str): Id of the schedule (a UUID).

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, DataHub, Monte Carlo, ChatBotKit.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        schedule_id=schedule_id,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
