# Generated from openapi/ by scripts/generate. Do not edit.
"""Get a pipeline execution."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.pipeline_execution import PipelineExecution
from ...types import Operation, Response, path_segment, unwrap


def _get_kwargs(
    project_id: str,
    pipeline_execution_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/projects/{project_id}/pipeline-executions/{pipeline_execution_id}".format(
            project_id=path_segment("project", project_id),
            pipeline_execution_id=path_segment("pipeline_execution_id", pipeline_execution_id),
        ),
    }

    return _kwargs


_FIELDS = frozenset(
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
)


def _parse(data: Any) -> PipelineExecution:
    data = unwrap(data, "result")
    return PipelineExecution.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[PipelineExecution] = Operation(
    id="pipeline_executions.get",
    method="GET",
    path="/v1/projects/{projectId}/pipeline-executions/{pipelineExecutionId}",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
    projects=("project_id",),
)


async def asyncio_detailed(
    project_id: str,
    pipeline_execution_id: str,
    *,
    client: Client,
) -> Response[PipelineExecution]:
    """Get a pipeline execution.

    Returns what is known of an execution, its status included.

    Args:
        project_id (str): Id of the project (a UUID).
        pipeline_execution_id (str): Id of the execution (a UUID).

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, Monte Carlo, Paradime CLI.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        pipeline_execution_id=pipeline_execution_id,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    pipeline_execution_id: str,
    *,
    client: Client,
) -> PipelineExecution:
    """Get a pipeline execution.

    Returns what is known of an execution, its status included.

    Args:
        project_id (str): Id of the project (a UUID).
        pipeline_execution_id (str): Id of the execution (a UUID).

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, Monte Carlo, Paradime CLI.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        pipeline_execution_id=pipeline_execution_id,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
