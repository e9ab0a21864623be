# Generated from openapi/ by scripts/generate. Do not edit.
"""Start a pipeline."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.pipeline_execution_reference import PipelineExecutionReference
from ...models.start_pipeline_execution_request import StartPipelineExecutionRequest
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    project_id: str,
    *,
    body: StartPipelineExecutionRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/projects/{project_id}/pipeline-executions".format(
            project_id=path_segment("project", project_id),
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


def _parse(data: Any) -> PipelineExecutionReference:
    return PipelineExecutionReference.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[PipelineExecutionReference] = Operation(
    id="pipeline_executions.start",
    method="POST",
    path="/v1/projects/{projectId}/pipeline-executions",
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
    body: StartPipelineExecutionRequest,
) -> Response[PipelineExecutionReference]:
    """Start a pipeline.

    Starts a published pipeline in an environment and returns the id of its execution at once,
    while it runs. With an execution tag at most one execution of that tag runs in an
    environment: a second start gives 409. A version that was disabled gives 410. A start
    whose response was lost must not be repeated blindly, because the pipeline may run.

    Args:
        project_id (str): Id of the project (a UUID).
        body (StartPipelineExecutionRequest): What to run, where, and with which variables.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, guides, older guides, Paradime CLI, ChatBotKit, queue trigger script.
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
    body: StartPipelineExecutionRequest,
) -> PipelineExecutionReference:
    """Start a pipeline.

    Starts a published pipeline in an environment and returns the id of its execution at once,
    while it runs. With an execution tag at most one execution of that tag runs in an
    environment: a second start gives 409. A version that was disabled gives 410. A start
    whose response was lost must not be repeated blindly, because the pipeline may run.

    Args:
        project_id (str): Id of the project (a UUID).
        body (StartPipelineExecutionRequest): What to run, where, and with which variables.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, guides, older guides, Paradime CLI, ChatBotKit, queue trigger script.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
