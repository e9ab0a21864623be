# Generated from openapi/ by scripts/generate. Do not edit.
"""Get a streaming pipeline."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.streaming_pipeline import StreamingPipeline
from ...types import Operation, Response, path_segment


def _get_kwargs(
    project_id: str,
    streaming_pipeline_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/projects/{project_id}/streaming-pipelines/{streaming_pipeline_id}".format(
            project_id=path_segment("project", project_id),
            streaming_pipeline_id=path_segment("streaming_pipeline_id", streaming_pipeline_id),
        ),
    }

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


def _parse(data: Any) -> StreamingPipeline:
    return StreamingPipeline.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[StreamingPipeline] = Operation(
    id="streaming_pipelines.get",
    method="GET",
    path="/v1/projects/{projectId}/streaming-pipelines/{streamingPipelineId}",
    idempotent=True,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
    projects=("project_id",),
    secret=True,
)


async def asyncio_detailed(
    project_id: str,
    streaming_pipeline_id: str,
    *,
    client: Client,
) -> Response[StreamingPipeline]:
    """Get a streaming pipeline.

    Returns a streaming pipeline.

    Args:
        project_id (str): Id of the project (a UUID).
        streaming_pipeline_id (str): Id of the streaming pipeline (a UUID).

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, streaming provider.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        streaming_pipeline_id=streaming_pipeline_id,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    streaming_pipeline_id: str,
    *,
    client: Client,
) -> StreamingPipeline:
    """Get a streaming pipeline.

    Returns a streaming pipeline.

    Args:
        project_id (str): Id of the project (a UUID).
        streaming_pipeline_id (str): Id of the streaming pipeline (a UUID).

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, streaming provider.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        streaming_pipeline_id=streaming_pipeline_id,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
