# Generated from openapi/ by scripts/generate. Do not edit.
"""Review pipelines."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.pipeline_review import PipelineReview
from ...models.review_pipelines_request import ReviewPipelinesRequest
from ...types import Operation, Response, check_body, check_headers, path_segment


def _get_kwargs(
    project_id: str,
    *,
    body: ReviewPipelinesRequest,
    agent_version: str,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    headers["Agent-Version"] = agent_version

    check_headers(headers)

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/projects/{project_id}/reviews".format(
            project_id=path_segment("project", project_id),
        ),
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
    return _kwargs


_FIELDS = frozenset(
    [
        "reviewStatus",
        "results",
        "excludedFiles",
    ]
)


def _parse(data: Any) -> PipelineReview:
    return PipelineReview.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[PipelineReview] = Operation(
    id="pipeline_reviews.create",
    method="POST",
    path="/v1/projects/{projectId}/reviews",
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
    body: ReviewPipelinesRequest,
    agent_version: str,
) -> Response[PipelineReview]:
    """Review pipelines.

    Reviews the quality of the pipelines in a commit, or of some of its files, and returns
    what was found. A request whose response was lost is not repeated, since nothing tells
    whether a second review costs anything.

    Args:
        project_id (str): Id of the project (a UUID).
        agent_version (str): Version of the agent whose rules are to be used. Sent in a
            header, so printable ASCII only.
        body (ReviewPipelinesRequest): What to review.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
        agent_version=agent_version,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    *,
    client: Client,
    body: ReviewPipelinesRequest,
    agent_version: str,
) -> PipelineReview:
    """Review pipelines.

    Reviews the quality of the pipelines in a commit, or of some of its files, and returns
    what was found. A request whose response was lost is not repeated, since nothing tells
    whether a second review costs anything.

    Args:
        project_id (str): Id of the project (a UUID).
        agent_version (str): Version of the agent whose rules are to be used. Sent in a
            header, so printable ASCII only.
        body (ReviewPipelinesRequest): What to review.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
        agent_version=agent_version,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
