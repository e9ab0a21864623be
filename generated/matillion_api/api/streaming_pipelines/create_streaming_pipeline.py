# Generated from openapi/ by scripts/generate. Do not edit.
"""Create a streaming pipeline."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.streaming_pipeline import StreamingPipeline
from ...models.streaming_pipeline_request import StreamingPipelineRequest
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    project_id: str,
    *,
    body: StreamingPipelineRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/projects/{project_id}/streaming-pipelines".format(
            project_id=path_segment("project", project_id),
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


def _parse(data: Any) -> StreamingPipeline:
    return StreamingPipeline.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[StreamingPipeline] = Operation(
    id="streaming_pipelines.create",
    method="POST",
    path="/v1/projects/{projectId}/streaming-pipelines",
    idempotent=False,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
    projects=("project_id",),
    secret=True,
)


async def asyncio_detailed(
    project_id: str,
    *,
    client: Client,
    body: StreamingPipelineRequest,
) -> Response[StreamingPipeline]:
    """Create a streaming pipeline.

    Creates a streaming pipeline and returns it. It does not run before it is told to start. A
    request whose response was lost must not be repeated blindly: list the streaming pipelines
    and look for the name first.

    Args:
        project_id (str): Id of the project (a UUID).
        body (StreamingPipelineRequest): The definition of a streaming pipeline.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, streaming provider.
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
    body: StreamingPipelineRequest,
) -> StreamingPipeline:
    """Create a streaming pipeline.

    Creates a streaming pipeline and returns it. It does not run before it is told to start. A
    request whose response was lost must not be repeated blindly: list the streaming pipelines
    and look for the name first.

    Args:
        project_id (str): Id of the project (a UUID).
        body (StreamingPipelineRequest): The definition of a streaming pipeline.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, streaming provider.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
