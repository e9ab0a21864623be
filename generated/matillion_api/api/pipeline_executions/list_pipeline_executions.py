# Generated from openapi/ by scripts/generate. Do not edit.
"""List pipeline executions."""

import datetime
from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.pipeline_execution_page import PipelineExecutionPage
from ...models.pipeline_execution_status_filter import PipelineExecutionStatusFilter
from ...types import (
    UNSET,
    Operation,
    Paging,
    Response,
    Unset,
    check_moment,
    check_query,
    check_range,
)


def _get_kwargs(
    *,
    project_id: str | Unset = UNSET,
    environment_name: str | Unset = UNSET,
    pipeline_name: str | Unset = UNSET,
    status: list[PipelineExecutionStatusFilter] | Unset = UNSET,
    started_after: datetime.datetime | Unset = UNSET,
    started_before: datetime.datetime | Unset = UNSET,
    time_frame: str | Unset = UNSET,
    schedule_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    pagination_token: str | Unset = UNSET,
) -> dict[str, Any]:
    check_range("limit", limit, minimum=1, maximum=2147483647)
    check_moment("started_after", started_after)
    check_moment("started_before", started_before)

    params: dict[str, Any] = {}

    params["projectId"] = project_id

    params["environmentName"] = environment_name

    params["pipelineName"] = pipeline_name

    json_status: list[str] | Unset = UNSET
    if not isinstance(status, Unset):
        json_status = []
        for json_status_item_data in status:
            json_status_item = json_status_item_data.value
            json_status.append(json_status_item)

    params["status"] = json_status

    json_started_after: str | Unset = UNSET
    if not isinstance(started_after, Unset):
        json_started_after = started_after.isoformat()
    params["startedAfter"] = json_started_after

    json_started_before: str | Unset = UNSET
    if not isinstance(started_before, Unset):
        json_started_before = started_before.isoformat()
    params["startedBefore"] = json_started_before

    params["timeFrame"] = time_frame

    params["scheduleId"] = schedule_id

    params["limit"] = limit

    params["paginationToken"] = pagination_token

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    check_query(params)

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/pipeline-executions",
        "params": params,
    }

    return _kwargs


_PAGING = Paging(
    style="token",
    items="results",
    size="limit",
    max_size=100,
    cursor="pagination_token",
    next="more",
    items_key="results",
    cursor_key="paginationToken",
    next_key="more",
    fields=frozenset(["more", "results"]),
    item_fields=frozenset(
        [
            "pipelineExecutionId",
            "projectId",
            "environmentName",
            "pipelineName",
            "pipelineType",
            "status",
            "message",
            "startedAt",
            "finishedAt",
            "trigger",
            "scheduleId",
            "user",
        ]
    ),
    alone=frozenset([]),
    missing_is_empty=False,
)


def _parse(data: Any) -> PipelineExecutionPage:
    return PipelineExecutionPage.from_dict(reading.page_of(_PAGING, data))


OPERATION: Operation[PipelineExecutionPage] = Operation(
    id="pipeline_executions.list",
    method="GET",
    path="/v1/pipeline-executions",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
    projects=("project_id",),
    paging=_PAGING,
)


async def asyncio_detailed(
    *,
    client: Client,
    project_id: str | Unset = UNSET,
    environment_name: str | Unset = UNSET,
    pipeline_name: str | Unset = UNSET,
    status: list[PipelineExecutionStatusFilter] | Unset = UNSET,
    started_after: datetime.datetime | Unset = UNSET,
    started_before: datetime.datetime | Unset = UNSET,
    time_frame: str | Unset = UNSET,
    schedule_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    pagination_token: str | Unset = UNSET,
) -> Response[PipelineExecutionPage]:
    """List pipeline executions.

    Lists executions of all projects that the credentials may see, newest first, one page at a
    time. Every filter is optional; together they narrow the list.

    Args:
        project_id (str | Unset): Only executions of the project with this id (a UUID).
        environment_name (str | Unset): Only executions in the environment of this name.
        pipeline_name (str | Unset): Only executions of pipelines whose name contains this
            string, in any case.
        status (list[PipelineExecutionStatusFilter] | Unset): Only executions with one of
            these statuses.
        started_after (datetime.datetime | Unset): Only executions that started then or later.
        started_before (datetime.datetime | Unset): Only executions that started then or
            earlier.
        time_frame (str | Unset): A time frame by name. Its values are not documented.
        schedule_id (str | Unset): Only executions that this schedule started (a UUID).
        limit (int | Unset): Number of items per page; 100 at most are returned.
        pagination_token (str | Unset): Token of the page to return, the `more` of the page
            before it; the first page without one.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, DataHub, Monte Carlo, ChatBotKit.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        environment_name=environment_name,
        pipeline_name=pipeline_name,
        status=status,
        started_after=started_after,
        started_before=started_before,
        time_frame=time_frame,
        schedule_id=schedule_id,
        limit=limit,
        pagination_token=pagination_token,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    *,
    client: Client,
    project_id: str | Unset = UNSET,
    environment_name: str | Unset = UNSET,
    pipeline_name: str | Unset = UNSET,
    status: list[PipelineExecutionStatusFilter] | Unset = UNSET,
    started_after: datetime.datetime | Unset = UNSET,
    started_before: datetime.datetime | Unset = UNSET,
    time_frame: str | Unset = UNSET,
    schedule_id: str | Unset = UNSET,
    limit: int | Unset = UNSET,
    pagination_token: str | Unset = UNSET,
) -> PipelineExecutionPage:
    """List pipeline executions.

    Lists executions of all projects that the credentials may see, newest first, one page at a
    time. Every filter is optional; together they narrow the list.

    Args:
        project_id (str | Unset): Only executions of the project with this id (a UUID).
        environment_name (str | Unset): Only executions in the environment of this name.
        pipeline_name (str | Unset): Only executions of pipelines whose name contains this
            string, in any case.
        status (list[PipelineExecutionStatusFilter] | Unset): Only executions with one of
            these statuses.
        started_after (datetime.datetime | Unset): Only executions that started then or later.
        started_before (datetime.datetime | Unset): Only executions that started then or
            earlier.
        time_frame (str | Unset): A time frame by name. Its values are not documented.
        schedule_id (str | Unset): Only executions that this schedule started (a UUID).
        limit (int | Unset): Number of items per page; 100 at most are returned.
        pagination_token (str | Unset): Token of the page to return, the `more` of the page
            before it; the first page without one.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, DataHub, Monte Carlo, ChatBotKit.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        environment_name=environment_name,
        pipeline_name=pipeline_name,
        status=status,
        started_after=started_after,
        started_before=started_before,
        time_frame=time_frame,
        schedule_id=schedule_id,
        limit=limit,
        pagination_token=pagination_token,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
