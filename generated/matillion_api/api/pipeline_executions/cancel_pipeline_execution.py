# Generated from openapi/ by scripts/generate. Do not edit.
"""Cancel a pipeline execution."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.cancel_pipeline_execution_request import CancelPipelineExecutionRequest
from ...models.pipeline_execution_reference import PipelineExecutionReference
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    project_id: str,
    pipeline_execution_id: str,
    *,
    body: CancelPipelineExecutionRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "patch",
        "url": "/v1/projects/{project_id}/pipeline-executions/{pipeline_execution_id}".format(
            project_id=path_segment("project", project_id),
            pipeline_execution_id=path_segment("pipeline_execution_id", pipeline_execution_id),
        ),
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
    return _kwargs


_FIELDS = frozenset(
    [
        "pipelineExecutionId",
    ]
)


def _parse(data: Any) -> PipelineExecutionReference | None:
    if data is None or data == {}:
        return None
    return PipelineExecutionReference.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[PipelineExecutionReference | None] = Operation(
    id="pipeline_executions.cancel",
    method="PATCH",
    path="/v1/projects/{projectId}/pipeline-executions/{pipelineExecutionId}",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=True,
    projects=("project_id",),
)


async def asyncio_detailed(
    project_id: str,
    pipeline_execution_id: str,
    *,
    client: Client,
    body: CancelPipelineExecutionRequest,
) -> Response[PipelineExecutionReference | None]:
    """Cancel a pipeline execution.

    Asks for the end of an execution. It is over only when its status says so: until then the
    status is `CANCELLING`, and an execution that ends first keeps the outcome it had.

    Args:
        project_id (str): Id of the project (a UUID).
        pipeline_execution_id (str): Id of the execution (a UUID).
        body (CancelPipelineExecutionRequest): Asks for the end of an execution.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, guides, ChatBotKit.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        pipeline_execution_id=pipeline_execution_id,
        body=body,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    pipeline_execution_id: str,
    *,
    client: Client,
    body: CancelPipelineExecutionRequest,
) -> PipelineExecutionReference | None:
    """Cancel a pipeline execution.

    Asks for the end of an execution. It is over only when its status says so: until then the
    status is `CANCELLING`, and an execution that ends first keeps the outcome it had.

    Args:
        project_id (str): Id of the project (a UUID).
        pipeline_execution_id (str): Id of the execution (a UUID).
        body (CancelPipelineExecutionRequest): Asks for the end of an execution.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, guides, ChatBotKit.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        pipeline_execution_id=pipeline_execution_id,
        body=body,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
