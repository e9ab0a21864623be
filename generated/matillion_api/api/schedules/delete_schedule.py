# Generated from openapi/ by scripts/generate. Do not edit.
"""Delete a schedule."""

from typing import Any

from ...client import Client, respond
from ...types import Operation, Response, path_segment


def _get_kwargs(
    project_id: str,
    schedule_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/v1/projects/{project_id}/schedules/{schedule_id}".format(
            project_id=path_segment("project", project_id),
            schedule_id=path_segment("schedule_id", schedule_id),
        ),
    }

    return _kwargs


def _parse(data: Any) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="schedules.delete",
    method="DELETE",
    path="/v1/projects/{projectId}/schedules/{scheduleId}",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="none",
    may_be_empty=False,
    projects=("project_id",),
)


async def asyncio_detailed(
    project_id: str,
    schedule_id: str,
    *,
    client: Client,
) -> Response[None]:
    """Delete a schedule.

    Deletes a schedule. This cannot be undone. If a repeated request gets 404, the first one
    may have succeeded.

    Args:
        project_id (str): Id of the project (a UUID).
        schedule_id (str): Id of the schedule (a UUID).

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: ChatBotKit.
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
) -> None:
    """Delete a schedule.

    Deletes a schedule. This cannot be undone. If a repeated request gets 404, the first one
    may have succeeded.

    Args:
        project_id (str): Id of the project (a UUID).
        schedule_id (str): Id of the schedule (a UUID).

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: ChatBotKit.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        schedule_id=schedule_id,
    )
    await respond(client, OPERATION, kwargs)
