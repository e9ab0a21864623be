# Generated from openapi/ by scripts/generate. Do not edit.
"""Start or stop a streaming pipeline."""

from typing import Any

from ...client import Client, respond
from ...models.streaming_pipeline_command_request import StreamingPipelineCommandRequest
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    project_id: str,
    streaming_pipeline_id: str,
    *,
    body: StreamingPipelineCommandRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/projects/{project_id}/streaming-pipelines/{streaming_pipeline_id}/commands".format(
            project_id=path_segment("project", project_id),
            streaming_pipeline_id=path_segment("streaming_pipeline_id", streaming_pipeline_id),
        ),
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
    return _kwargs


def _parse(data: Any) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="streaming_pipelines.command",
    method="POST",
    path="/v1/projects/{projectId}/streaming-pipelines/{streamingPipelineId}/commands",
    idempotent=False,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="none",
    may_be_empty=False,
    projects=("project_id",),
)


async def asyncio_detailed(
    project_id: str,
    streaming_pipeline_id: str,
    *,
    client: Client,
    body: StreamingPipelineCommandRequest,
) -> Response[None]:
    """Start or stop a streaming pipeline.

    Tells a streaming pipeline to start or to stop. Its status follows some time later.

    Args:
        project_id (str): Id of the project (a UUID).
        streaming_pipeline_id (str): Id of the streaming pipeline (a UUID).
        body (StreamingPipelineCommandRequest): A command to a streaming pipeline.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        streaming_pipeline_id=streaming_pipeline_id,
        body=body,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    streaming_pipeline_id: str,
    *,
    client: Client,
    body: StreamingPipelineCommandRequest,
) -> None:
    """Start or stop a streaming pipeline.

    Tells a streaming pipeline to start or to stop. Its status follows some time later.

    Args:
        project_id (str): Id of the project (a UUID).
        streaming_pipeline_id (str): Id of the streaming pipeline (a UUID).
        body (StreamingPipelineCommandRequest): A command to a streaming pipeline.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        streaming_pipeline_id=streaming_pipeline_id,
        body=body,
    )
    await respond(client, OPERATION, kwargs)
