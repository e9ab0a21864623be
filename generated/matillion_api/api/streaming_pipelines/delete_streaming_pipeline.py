# Generated from openapi/ by scripts/generate. Do not edit.
"""Delete a streaming pipeline."""

from typing import Any

from ...client import Client, respond
from ...types import Operation, Response, path_segment


def _get_kwargs(
    project_id: str,
    streaming_pipeline_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/v1/projects/{project_id}/streaming-pipelines/{streaming_pipeline_id}".format(
            project_id=path_segment("project", project_id),
            streaming_pipeline_id=path_segment("streaming_pipeline_id", streaming_pipeline_id),
        ),
    }

    return _kwargs


def _parse(data: Any) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="streaming_pipelines.delete",
    method="DELETE",
    path="/v1/projects/{projectId}/streaming-pipelines/{streamingPipelineId}",
    idempotent=True,
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
) -> Response[None]:
    """Delete a streaming pipeline.

    Deletes a streaming pipeline. This cannot be undone. If a repeated request gets 404, the
    first one may have succeeded.

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
) -> None:
    """Delete a streaming pipeline.

    Deletes a streaming pipeline. This cannot be undone. If a repeated request gets 404, the
    first one may have succeeded.

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
    await respond(client, OPERATION, kwargs)
