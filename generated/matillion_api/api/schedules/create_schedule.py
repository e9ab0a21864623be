# Generated from openapi/ by scripts/generate. Do not edit.
"""Create a schedule."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.create_schedule_request import CreateScheduleRequest
from ...models.created_schedule import CreatedSchedule
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    project_id: str,
    *,
    body: CreateScheduleRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/projects/{project_id}/schedules".format(
            project_id=path_segment("project", project_id),
        ),
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
    return _kwargs


_FIELDS = frozenset(
    [
        "scheduleId",
    ]
)


def _parse(data: Any) -> CreatedSchedule:
    return CreatedSchedule.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[CreatedSchedule] = Operation(
    id="schedules.create",
    method="POST",
    path="/v1/projects/{projectId}/schedules",
    idempotent=False,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
    projects=("project_id",),
)


async def asyncio_detailed(
    project_id: str,
    *,
    client: Client,
    body: CreateScheduleRequest,
) -> Response[CreatedSchedule]:
    """Create a schedule.

    Creates a schedule that starts a published pipeline. The request has two parts, what is
    started and when, while a schedule that is read has one. A request whose response was lost
    must not be repeated blindly: list the schedules and look for the name first.

    Args:
        project_id (str): Id of the project (a UUID).
        body (CreateScheduleRequest): The schedule to create.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, DataHub, Monte Carlo, ChatBotKit.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    *,
    client: Client,
    body: CreateScheduleRequest,
) -> CreatedSchedule:
    """Create a schedule.

    Creates a schedule that starts a published pipeline. The request has two parts, what is
    started and when, while a schedule that is read has one. A request whose response was lost
    must not be repeated blindly: list the schedules and look for the name first.

    Args:
        project_id (str): Id of the project (a UUID).
        body (CreateScheduleRequest): The schedule to create.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, DataHub, Monte Carlo, ChatBotKit.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
