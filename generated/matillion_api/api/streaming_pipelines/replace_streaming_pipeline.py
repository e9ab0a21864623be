# Generated from openapi/ by scripts/generate. Do not edit.
"""Replace a streaming pipeline."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.streaming_pipeline import StreamingPipeline
from ...models.streaming_pipeline_request import StreamingPipelineRequest
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    project_id: str,
    streaming_pipeline_id: str,
    *,
    body: StreamingPipelineRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v1/projects/{project_id}/streaming-pipelines/{streaming_pipeline_id}".format(
            project_id=path_segment("project", project_id),
            streaming_pipeline_id=path_segment("streaming_pipeline_id", streaming_pipeline_id),
        ),
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
    return _kwargs


_FIELDS = frozenset(
    [
        "streamingPipelineId",
        "projectId",
        "name",
        "agentId",
        "streamingSource",
        "streamingTarget",
        "advancedProperties",
    ]
)


def _parse(data: Any) -> StreamingPipeline | None:
    if data is None or data == {}:
        return None
    return StreamingPipeline.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[StreamingPipeline | None] = Operation(
    id="streaming_pipelines.replace",
    method="PUT",
    path="/v1/projects/{projectId}/streaming-pipelines/{streamingPipelineId}",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=True,
    projects=("project_id",),
    secret=True,
)


async def asyncio_detailed(
    project_id: str,
    streaming_pipeline_id: str,
    *,
    client: Client,
    body: StreamingPipelineRequest,
) -> Response[StreamingPipeline | None]:
    """Replace a streaming pipeline.

    Replaces the definition of a streaming pipeline as a whole, and returns it. What is not
    given is not kept.

    Args:
        project_id (str): Id of the project (a UUID).
        streaming_pipeline_id (str): Id of the streaming pipeline (a UUID).
        body (StreamingPipelineRequest): The definition of a streaming pipeline.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, streaming provider.
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
    body: StreamingPipelineRequest,
) -> StreamingPipeline | None:
    """Replace a streaming pipeline.

    Replaces the definition of a streaming pipeline as a whole, and returns it. What is not
    given is not kept.

    Args:
        project_id (str): Id of the project (a UUID).
        streaming_pipeline_id (str): Id of the streaming pipeline (a UUID).
        body (StreamingPipelineRequest): The definition of a streaming pipeline.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, streaming provider.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        streaming_pipeline_id=streaming_pipeline_id,
        body=body,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
