# Generated from openapi/ by scripts/generate. Do not edit.
"""Create a project."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.create_project_request import CreateProjectRequest
from ...models.created_project import CreatedProject
from ...types import Operation, Response, check_body


def _get_kwargs(
    *,
    body: CreateProjectRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/projects",
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
    return _kwargs


_FIELDS = frozenset(
    [
        "projectId",
    ]
)


def _parse(data: Any) -> CreatedProject:
    return CreatedProject.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[CreatedProject] = Operation(
    id="projects.create",
    method="POST",
    path="/v1/projects",
    idempotent=False,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
)


async def asyncio_detailed(
    *,
    client: Client,
    body: CreateProjectRequest,
) -> Response[CreatedProject]:
    """Create a project.

    Creates a project and returns its id. Only Super Admins see a new project until members
    are invited. Names need not be unique, so a request whose response was lost must not be
    repeated blindly: list the projects and look for the name first.

    Args:
        body (CreateProjectRequest): The project to create.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: guides, older guides, ChatBotKit.
    """

    kwargs = _get_kwargs(
        body=body,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    *,
    client: Client,
    body: CreateProjectRequest,
) -> CreatedProject:
    """Create a project.

    Creates a project and returns its id. Only Super Admins see a new project until members
    are invited. Names need not be unique, so a request whose response was lost must not be
    repeated blindly: list the projects and look for the name first.

    Args:
        body (CreateProjectRequest): The project to create.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: guides, older guides, ChatBotKit.
    """

    kwargs = _get_kwargs(
        body=body,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
